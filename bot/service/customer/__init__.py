"""The customer's side: opening the link, times on offer, what follows, stop."""
