"""Doorstep: the shell around the conversation core."""
