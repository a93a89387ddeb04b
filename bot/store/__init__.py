"""Tables, statements and migrations: the only place that speaks to the database."""
