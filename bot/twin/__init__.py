"""A digital twin: the real services on a real database, with made-up people and a clock that jumps to what is next."""
