"""Visits as everybody in them lives through them, in three languages."""
