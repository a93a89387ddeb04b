"""What is on record: that it is whole, getting it out, and its end."""
