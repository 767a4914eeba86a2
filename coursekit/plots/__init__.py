"""Figures: one module per lesson and report; beside each figure a function of its numbers."""
