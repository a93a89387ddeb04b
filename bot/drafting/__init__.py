"""Working on a script before it goes live: found, compared, drawn, played, published."""
