"""Telegram is an edge: this folder alone knows it, and plain dicts carry what is hot."""
