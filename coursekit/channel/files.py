"""The customer file: how complete and fresh it is, and which of its entries cannot be right."""

import re

import pandas as pd

from coursekit import inputs
from coursekit.channel.booking import links
from coursekit.inputs import as_day, days_of

_PHONE = re.compile(r"(\+?86)?(1\d{10}|0\d{9,11}|400\d{7})")
_TIES = ("dealer", "name")


def completeness(files, fields, today, stale_days=365):
    """How much of each file is filled in, and how old it is.

    Parameters
    ----------
    files : DataFrame
        One row per customer; ``updated`` (date) for its age.
    fields : iterable of str
        Columns that a file should have.
    today : date, str or Timestamp
    stale_days : int, default 365
        Age above which a file is stale.

    Returns
    -------
    DataFrame
        Index kept. ``known`` (share of the fields filled in, 0 to 1), ``missing`` (the others),
        ``age_days`` and ``fresh`` (NaN and False where nobody knows when it was updated).

    Raises
    ------
    InputError
        A column is absent, no field is asked for, or dates are none.

    Notes
    -----
    Syllabus items management.4.1 and management.5.2. It fails where the entries are wrong: a full
    file counts as known, see `file_errors`. Ask for what a decision needs: what nobody uses is not
    kept, above all about persons.
    """
    fields = tuple(fields)
    inputs.columns(files, *fields, "updated")
    inputs.whole(len(fields), "fields", least=1)
    stale_days = inputs.whole(stale_days, "days", least=0)
    there = pd.DataFrame({field: ~_blank(files[field]) for field in fields}, index=files.index)
    age = (as_day(today) - days_of(files, "updated")).dt.days.astype(float)
    missing = [tuple(there.columns[~row]) for row in there.to_numpy(dtype=bool)]
    return pd.DataFrame(
        {
            "known": there.mean(axis=1),
            "missing": pd.Series(missing, files.index, dtype=object),
            "age_days": age,
            "fresh": age <= stale_days,
        }
    )


def file_errors(files, today, territories=None):
    """Entries of the customer file that cannot be right, or need a second look.

    Parameters
    ----------
    files : DataFrame
        ``dealer`` and any of ``name phone address payer territory since updated term_days
        credit_limit``; what is absent is not checked.
    today : date, str or Timestamp
    territories : iterable of str, optional
        The ones that exist.

    Returns
    -------
    DataFrame
        One row per finding, sorted: ``row`` (label in `files`), ``column``, ``code``: ``blank``
        (no dealer), ``same_twice`` (dealer or name), ``shared`` (payer, phone or address with
        another, see `links`), ``no_phone`` (no number of a phone in China), ``in_the_future``,
        ``below_zero``, ``no_such_territory``.

    Raises
    ------
    InputError
        ``dealer`` is absent, or dates are none.

    Notes
    -----
    Syllabus item management.4.1. It fails on a wrong entry that looks right: last year's phone
    number is still a phone number. ``shared`` and ``same_twice`` are questions: two shops may
    belong to one owner.
    """
    inputs.columns(files, "dealer")
    today = as_day(today)
    found = [(row, "dealer", "blank") for row in files.index[_blank(files["dealer"])]]
    for column in [tie for tie in _TIES if tie in files]:
        name = files[column].astype("string").str.strip().str.casefold().mask(_blank(files[column]))
        twice = name.notna() & name.duplicated(keep=False)
        found += [(row, column, "same_twice") for row in files.index[twice]]
    fields = [field for field in ("payer", "phone", "address") if field in files]
    if fields:
        rows = pd.Series(files.index, range(len(files)))
        numbered = files[fields].reset_index(drop=True).assign(dealer=rows.index)
        for pair in links(numbered).itertuples():
            ends = (rows[pair.dealer], rows[pair.other])
            found += [(row, field, "shared") for field in pair.shared for row in ends]
    if "phone" in files:
        number = files["phone"].astype("string").str.replace(r"[\s()\-]+", "", regex=True)
        wrong = ~_blank(files["phone"]) & ~number.str.fullmatch(_PHONE.pattern).fillna(False)
        found += [(row, "phone", "no_phone") for row in files.index[wrong]]
    for column in [date for date in ("since", "updated") if date in files]:
        late = days_of(files, column) > today
        found += [(row, column, "in_the_future") for row in files.index[late]]
    for column in [figure for figure in ("term_days", "credit_limit") if figure in files]:
        figures = inputs.numbers(files[column], "amount", missing=True, empty=True)
        found += [(row, column, "below_zero") for row in files.index[figures < 0]]
    if territories is not None and "territory" in files:
        known = files["territory"].isin(list(territories)) | _blank(files["territory"])
        found += [(row, "territory", "no_such_territory") for row in files.index[~known]]
    place = {row: number for number, row in enumerate(inputs.ordered(files).index)}
    found = sorted(set(found), key=lambda one: (place[one[0]], *one[1:]))
    return pd.DataFrame(found, columns=["row", "column", "code"])


def _blank(values):
    return values.isna() | (values.astype("string").str.strip() == "").fillna(False)
