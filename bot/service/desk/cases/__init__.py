"""A case as the desk sees it: opened, looked at, held, and its history."""
