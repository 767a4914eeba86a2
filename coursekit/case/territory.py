"""A trainee's own part of the case."""


def cut(case, key):
    """Tables of a part."""
    return dict(case.tables)
