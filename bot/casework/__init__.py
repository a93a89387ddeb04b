"""The lender's own arithmetic and judgement: pure, numbers in and numbers out."""
