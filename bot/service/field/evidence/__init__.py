"""Evidence of a visit: noted when it comes, fetched and sealed, shown to the desk, given back as it was."""
