"""What comes in from a chat or falls due, and which handler it belongs to."""
