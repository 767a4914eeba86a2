"""Arithmetic of a split: what its rows get, what that brings, what one step more or less would do.

A split is a dict of row to amount; ``ladders`` gives each row {what it may get: what that brings},
least first.
"""


def used(split):
    """What a split gives out in all."""
    return sum(split.values())


def value(split, ladders):
    """What a split brings in all."""
    return sum(ladders[row][amount] for row, amount in split.items())


def steps(split, ladders):
    """Row -> what its last step brings and what one more would; None where there is none."""
    found = {}
    for row, amount in split.items():
        values = list(ladders[row].values())
        at = list(ladders[row]).index(amount)
        down = values[at] - values[at - 1] if at else None
        up = values[at + 1] - values[at] if at + 1 < len(values) else None
        found[row] = (down, up)
    return found


def better(split, ladders, total):
    """A row of which one more step, alone or against one step of another, brings more; or None."""
    now = value(split, ladders)
    for row in ladders:
        for other in (None, *ladders):
            tried = _moved(split, ladders, row, other)
            if tried is None or used(tried) > total + 1e-9:
                continue
            if value(tried, ladders) > now + 1e-6 * max(1, abs(now)):
                return row
    return None


def _moved(split, ladders, row, other):
    """One step more for a row and one less for another, if there are such steps."""
    amounts = list(ladders[row])
    at = amounts.index(split[row])
    if row == other or at + 1 == len(amounts):
        return None
    moved = {**split, row: amounts[at + 1]}
    if other is not None:
        lower = list(ladders[other])
        if split[other] == lower[0]:
            return None
        moved[other] = lower[lower.index(split[other]) - 1]
    return moved
