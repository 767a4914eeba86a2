"""The value side: what customers buy, what serving them takes, and what the time goes into."""


def tables(world):
    """Orders, visits and what they cost."""
    return {}
