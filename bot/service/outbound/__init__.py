"""What goes out: the gate, the rows of the outbox, the words and buttons."""
