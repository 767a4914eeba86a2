"""What a method may assume of its input: numbers, all there, within their limits."""

import math

import numpy as np
import pandas as pd

from coursekit.errors import InputError


def numbers(values, name, *, least=-math.inf, most=math.inf, missing=False, empty=False):
    """One finite number per row, as a Series of floats.

    Parameters
    ----------
    values : Series or array_like, shape (n,)
        Index kept; anything else is counted from 1.
    name : str
        What they are, an entry of the glossary's section ``quantity``.
    least, most : float, optional
        Limits, both allowed.
    missing : bool, default False
        Whether a value may be missing.
    empty : bool, default False
        Whether there may be no value at all.

    Raises
    ------
    InputError
        Something is no number, missing or outside the limits, with its rows; or nothing came.
    """
    series = values if isinstance(values, pd.Series) else _counted(values, name)
    if not (len(series) or empty):
        raise InputError("inputs.empty", name=_word(name))
    try:
        series = series.astype(float)
    except (ValueError, TypeError, OverflowError):
        raise InputError("inputs.not_numbers", name=_word(name)) from None
    figures = series.to_numpy()
    within = len(figures) and figures.min() >= least and figures.max() <= most
    if within and np.isfinite(figures).all():
        return series  # the usual case, a million of them too
    _refuse(series, series.isna() & (not missing), name, "missing")
    _refuse(series, np.isinf(series), name, "infinite")
    _refuse(series, series < least, name, "too_small", limit=least)
    _refuse(series, series > most, name, "too_large", limit=most)
    return series


def yes_no(values, name, *, missing=False):
    """One yes or no per row, as a Series of bool; with `missing` of 1, 0 and NaN.

    Raises
    ------
    InputError
        Something is missing, or neither true, false, 1 nor 0.
    """
    series = numbers(values, name, least=0, most=1, missing=missing, empty=True)
    _refuse(series, ~series.isin([0, 1]) & series.notna(), name, "not_yes_or_no")
    return series if missing else series.astype(bool)


def days(values, name):
    """One day per row, as a Series of dates without time.

    Raises
    ------
    InputError
        Something is missing or no date.
    """
    series = values if isinstance(values, pd.Series) else _counted(values, name)
    if pd.api.types.is_datetime64_dtype(series) and series.notna().all():
        return series.dt.normalize().astype("datetime64[ns]")  # the usual case, from a table
    return pd.Series([one_day(day, name) for day in series], series.index, "datetime64[ns]")


def one_day(value, name):
    """A day as a Timestamp without time.

    Raises
    ------
    InputError
        It is no date; a bare number is none.
    """
    try:
        # pandas would count a number in nanoseconds from 1970 on
        day = pd.NaT if isinstance(value, int | float | np.number) else pd.Timestamp(value)
    except (ValueError, TypeError):
        day = pd.NaT
    if day is pd.NaT:
        raise InputError("inputs.not_a_day", name=_word(name), value=str(value))
    return day.tz_localize(None).normalize()


def as_day(today):
    """A day as a Timestamp without time, see `one_day`.

    Raises
    ------
    InputError
        It is no date.
    """
    return one_day(today, "day")


def days_of(frame, column):
    """A column of dates as whole days, missing ones kept missing; index kept.

    Raises
    ------
    InputError
        Something in it is no date; a bare number is none.
    """
    found = frame[column]
    try:
        if pd.api.types.is_numeric_dtype(found) and found.notna().any():
            raise TypeError
        # text of several forms is read cell by cell, as `days` does
        form = None if pd.api.types.is_datetime64_any_dtype(found) else "mixed"
        return pd.to_datetime(found, format=form).dt.tz_localize(None).dt.normalize()
    except (ValueError, TypeError, OverflowError):
        raise InputError("inputs.not_dates", column=column) from None


def number(value, name, *, least=-math.inf, most=math.inf, above=None):
    """One finite number as float.

    Raises
    ------
    InputError
        It is none, or it is outside ``least`` to ``most``, or not above ``above``.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | np.number):
        raise InputError("inputs.not_a_number", name=_word(name), value=str(value))
    # a whole number can be larger than any float
    value = float(value) if abs(value) < 1e300 else math.inf
    if not math.isfinite(value):
        raise InputError("inputs.not_a_number", name=_word(name), value=str(value))
    if above is not None and value <= above:
        raise InputError("inputs.not_above", name=_word(name), value=value, limit=above)
    if not least <= value <= most:
        code, limit = ("too_small", least) if value < least else ("too_large", most)
        raise InputError(f"inputs.one_{code}", name=_word(name), value=value, limit=limit)
    return value


def open_share(value, name):
    """A share above 0 and below 1 as float.

    Raises
    ------
    InputError
        It is no number, or outside.
    """
    value = number(value, name, above=0)
    if value >= 1:
        raise InputError("inputs.not_below", name=_word(name), value=value, limit=1)
    return value


def whole(value, name, *, least=0, most=math.inf):
    """One whole number as int, see `number`.

    Raises
    ------
    InputError
        It is no number, not whole or outside the limits.
    """
    exact = number(value, name, least=least, most=most)
    if exact != int(exact):
        raise InputError("inputs.not_whole", name=_word(name), value=exact)
    return int(exact)


def columns(frame, *needed):
    """A frame that has these columns.

    Raises
    ------
    InputError
        One is absent; all that are absent are named.
    """
    absent = [column for column in needed if column not in frame]
    if absent:
        known = ", ".join(map(str, frame.columns))
        raise InputError("inputs.no_column", column=", ".join(absent), known=known)
    return frame


def filled(frame, *needed):
    """A frame that has these columns, with something in every cell of them.

    Raises
    ------
    InputError
        A column is absent, or a cell of it is missing or blank; its rows are told.
    """
    columns(frame, *needed)
    for column in needed:
        empty = blank(frame[column])
        if empty.any():
            rows = frame.index[empty]
            raise InputError("inputs.blank", rows, column=column, where=str(rows[0]))
    return frame


def one_of(frame, column, known):
    """A column that holds only these codes.

    Raises
    ------
    InputError
        The column is absent, or holds something else or nothing; its rows are told.
    """
    found = columns(frame, column)[column]
    wrong = ~found.isin(known)
    if wrong.any():
        rows = frame.index[wrong]
        raise InputError(
            "inputs.not_one_of",
            rows,
            column=column,
            where=str(rows[0]),
            value=str(found[wrong].iloc[0]),
            known=", ".join(map(str, known)),
        )
    return found


def once(frame, *keys):
    """A frame in which no two rows share these columns.

    Raises
    ------
    InputError
        A column is absent, or two rows are alike; their rows are told.
    """
    again = columns(frame, *keys).duplicated(list(keys), keep=False)
    if again.any():
        rows = frame.index[again]
        raise InputError("inputs.twice", rows, column=", ".join(keys), where=str(rows[0]))
    return frame


def same_length(first, second, name):
    """Raise where two inputs that belong together are not equally long.

    Raises
    ------
    InputError
        Lengths differ.
    """
    if len(first) != len(second):
        raise InputError("inputs.lengths", name=_word(name), first=len(first), second=len(second))


def paired(values, like, name):
    """Values put beside those that they belong to: by label, or by position where one has none.

    Raises
    ------
    InputError
        Lengths differ, or the labels are not the same.
    """
    same_length(values, like, name)
    if values.index.equals(like.index):
        return values
    if _has_no_labels(values) or _has_no_labels(like):
        return values.set_axis(like.index)
    if values.index.is_unique and like.index.is_unique and values.index.isin(like.index).all():
        return values.reindex(like.index)
    if any(isinstance(series.index, pd.RangeIndex) for series in (values, like)):
        return values.set_axis(like.index)
    raise InputError("inputs.other_labels", name=_word(name))


def blank(column):
    """Which cells are missing, or hold nothing but white space; index kept."""
    return column.isna() | (column.astype("string").str.strip() == "").fillna(False)


def ordered(values):
    """Rows in the order of their labels, so that the order they came in decides nothing.

    Labels may be of different types; equal labels keep their order.
    """
    if values.index.is_monotonic_increasing:
        return values
    places, _ = pd.factorize(values.index, sort=True)
    return values.iloc[np.argsort(places, kind="stable")]


def _counted(values, name):
    try:
        series = pd.Series(np.asarray(values).ravel())
    except (ValueError, TypeError):
        raise InputError("inputs.not_numbers", name=_word(name)) from None
    series = series.set_axis(pd.RangeIndex(1, len(series) + 1))
    series.attrs["counted"] = True  # its labels are places, see `paired`
    return series


def _has_no_labels(values):
    return values.attrs.get("counted", False) and isinstance(values.index, pd.RangeIndex)


def _refuse(series, wrong, name, code, **values):
    if wrong.any():
        rows = series.index[wrong]
        value = float(series[wrong].iloc[0])
        where = str(rows[0])
        raise InputError(
            f"inputs.{code}", rows, name=_word(name), where=where, value=value, **values
        )


def _word(name):
    return f"quantity.{name}"
