"""From the facts of a check-up to one page per person, a team page and an index."""
