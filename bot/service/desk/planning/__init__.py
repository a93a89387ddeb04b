"""Visits planned: who can go, the plan as pictures and cards, and what is planned anew."""
