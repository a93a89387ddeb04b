"""Loops that poke the services: what is due is rows of ours, the clock only says when to look."""
