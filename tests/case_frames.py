"""Tables of a made world as frames, for tests."""

import datetime

import pandas as pd


def frame(world, name):
    """One table, its days as dates."""
    table = pd.DataFrame(world.tables[name])
    for column in table:
        if table[column].map(lambda value: isinstance(value, datetime.date)).any():
            table[column] = pd.to_datetime(table[column])
    return table
