"""Bots that do the same ten questions: ours, and what people would use instead."""
