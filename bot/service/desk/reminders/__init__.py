"""Reminders that a scheduler has sent, to one customer or to a set."""
