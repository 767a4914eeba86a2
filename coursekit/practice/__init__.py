"""Exercises: what is asked, how it is marked, and the record of what was answered."""
