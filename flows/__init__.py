"""The conversation core: pure functions over scripts, sessions, events and rules."""
