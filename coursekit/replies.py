"""What stands in a column, as the place of an answer of a scorecard's criterion."""

import numpy as np
import pandas as pd

from coursekit import cards, terms
from coursekit.errors import InputError


def places(frame, criterion):
    """Place of each row's answer among those of a criterion.

    Parameters
    ----------
    frame : DataFrame
    criterion : coursekit.cards.Criterion
        Its code names the column; an absent one is unknown throughout.

    Returns
    -------
    ndarray of int8, shape (n_rows,)
        The number of answers where it is unknown.

    Raises
    ------
    InputError
        A cell that is no answer of the criterion, with its rows.
    """
    unknown = len(criterion.answers)
    if criterion.code not in frame:
        return np.full(len(frame), unknown, dtype=np.int8)
    column = frame[criterion.code]
    return _band(column, criterion) if criterion.edges else _chosen(column, criterion)


def _band(column, criterion):
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=float, na_value=np.nan)
    else:
        text = column.astype(object)
        text = text.mask(text.map(_is_unknown))
        values = pd.to_numeric(text, errors="coerce").to_numpy(dtype=float)
        _refuse(column, np.isnan(values) & text.notna().to_numpy(), criterion)
    _refuse(column, np.isinf(values), criterion)
    place = np.isnan(values).astype(np.int8) * np.int8(len(criterion.answers))
    for edge in criterion.edges:
        place += values >= edge
    return place


def _chosen(column, criterion):
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes, found = column.cat.codes.to_numpy(), column.cat.categories
    else:
        try:
            codes, found = pd.factorize(column)
        except TypeError:  # a list in a cell
            codes, found = pd.factorize(column.map(str, na_action="ignore"))
    known = {_plain(text): place for place, text in _spellings(criterion)}
    places = [known.get(_plain(value), -1) for value in found]
    places = np.array([*places, len(criterion.answers)], dtype=np.int8)  # code -1 is the last one
    place = places[codes]
    _refuse(column, place < 0, criterion)
    return place


def _spellings(criterion):
    """Everything that names an answer, with its place."""
    for place, answer in enumerate(criterion.answers):
        yield from ((place, text) for text in (answer.code, *answer.words.values()))
    for text in (cards.UNKNOWN, "", *terms.glossary()["answer.unknown"].values()):
        yield len(criterion.answers), text


def _plain(value):
    if isinstance(value, bool | np.bool_):
        value = cards.YES if value else cards.NO
    elif isinstance(value, float) and value.is_integer():
        value = int(value)  # 3.0, because another cell of the column is empty
    return " ".join(str(value).split()).casefold()


def _is_unknown(value):
    return isinstance(value, str) and _plain(value) in {
        _plain(text) for text in (cards.UNKNOWN, "", *terms.glossary()["answer.unknown"].values())
    }


def _refuse(column, wrong, criterion):
    if wrong.any():
        rows = column.index[wrong]
        expected = "1, 2.5 …" if criterion.edges else " / ".join(a.code for a in criterion.answers)
        raise InputError(
            "scoring.no_answer",
            rows=rows,
            row=rows[0],
            criterion=criterion.code,
            value=column[wrong].iloc[0],
            expected=expected,
        )
