"""One plain record per deal: what it claims, what it can show, whose it is."""

import pandas as pd

from coursekit import funnel
from coursekit.errors import InputError


def records(frame, today, ladder, strict, column):
    """Every deal as a dict, by row of the file.

    Parameters
    ----------
    frame : DataFrame
        Index: rows of the file; columns of the deals schema.
    today : Timestamp
    ladder : funnel.Ladder
    strict : bool
    column : str or None
        Column that says whose a deal is.

    Returns
    -------
    list of dict
        ``row deal_id customer owner owner_name stage effective rate amount listed shown reason
        note next_step next_step_date expected_close age_days contact_days``; dates as ISO text,
        None where something is not known. A deal without an amount is listed and shown at 0.
    """
    frame = frame.sort_index(kind="stable")
    result = funnel.review(frame, today, ladder, strict)
    owner, name = _owners(frame, column)
    columns = {
        "row": frame.index.tolist(),
        "deal_id": _texts(frame, "deal_id"),
        "customer": _texts(frame, "customer"),
        "owner": owner,
        "owner_name": name,
        "stage": [None if pd.isna(code) else code for code in result["claimed"]],
        "effective": [None if pd.isna(code) else code for code in result["effective"]],
        "rate": result["rate"].tolist(),
        "amount": _numbers(funnel.money(frame)),
        "listed": result["listed"].fillna(0.0).round(6).tolist(),
        "shown": result["expected"].fillna(0.0).round(6).tolist(),
        "reason": result["reason"].tolist(),
        "note": result["note"].tolist(),
        "next_step": _texts(frame, "next_step"),
        "next_step_date": _days(frame, "next_step_date"),
        "expected_close": _days(frame, "expected_close"),
        "age_days": _whole(funnel.days_since(frame, "created", today)),
        "contact_days": _whole(funnel.days_since(frame, "last_contact", today)),
    }
    return [
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    ]


def column_of(frame, mapping, by):
    """The column of the frame that makes the parts.

    Returns
    -------
    str or None
        None where the owner is asked for and the file has none: then there is only the team.

    Raises
    ------
    InputError
        Neither a column of the file nor one of our codes.
    """
    column = by if by in frame else mapping.code(by)
    if column in frame:
        return "owner" if column == "owner_id" and "owner" in frame else column
    if by == "owner":
        return "owner_id" if "owner_id" in frame else None
    raise InputError("funnel.no_column_by", column=by, known=", ".join(mapping.headers))


def _owners(frame, column):
    """Key and name of the owner of each deal; both blank where there is none."""
    if column is None:
        return [""] * len(frame), [""] * len(frame)
    name = _clean(frame[column])
    if column != "owner" or "owner_id" not in frame:
        return name.tolist(), name.tolist()
    key = _clean(frame["owner_id"])
    key = key.mask(key == "", name)
    # an id that is written with two names is one person: the name that is there most, then first
    known = pd.DataFrame({"key": key, "name": name})[name != ""]
    often = known.value_counts().reset_index()
    often = often.sort_values(["count", "name"], ascending=[False, True])
    best = often.drop_duplicates("key").set_index("key")["name"].to_dict()
    return key.tolist(), [best.get(one, one) for one in key]


def _clean(texts):
    return texts.astype("string").str.strip().fillna("").astype(object)


def _texts(frame, column):
    if column not in frame:
        return [None] * len(frame)
    return [text or None for text in _clean(frame[column])]


def _days(frame, column):
    if column not in frame:
        return [None] * len(frame)
    texts = funnel.days_of(frame, column).dt.strftime("%Y-%m-%d")
    return [text if isinstance(text, str) else None for text in texts]


def _numbers(series):
    return [None if value != value else value for value in series.tolist()]


def _whole(series):
    return [None if value != value else int(value) for value in series.tolist()]
