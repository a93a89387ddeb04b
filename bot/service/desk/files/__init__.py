"""Files from the lender: cases and payments in, what they would change, and taking them back."""
