"""Why: the rules and what they said of each message, slot and step."""
