"""One turn of a conversation: what is loaded for it, what the core decides, what is written."""
