"""The field staff's side: the day, and what they found."""
