"""Accounts that hang together: booked under one to reach a tier, or split to get new terms."""

import re

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.inputs import as_day, days_of

FIELDS = ("payer", "phone", "address")
_ELSEWHERE = 0.1  # share shipped to places that are not his own from which one looks
_NEAR = 0.1  # how far above a tier is just above it
_QUIET = 0.5  # of his earlier purchases below which an account went quiet


def links(dealers, crowd=4):
    """Pairs of accounts that share a payer, a phone or an address.

    Parameters
    ----------
    dealers : DataFrame
        ``dealer``, one row each, and any of ``payer phone address``. Blanks, spaces, dashes, case
        and a +86 before a phone make no difference.
    crowd : int, default 4
        What so many accounts share shows nothing: a market hall, an accountant's phone.

    Returns
    -------
    DataFrame
        ``dealer other`` (in the order of their names), ``shared`` (fields), ``n``; sorted.

    Raises
    ------
    InputError
        ``dealer`` or all three fields are absent, or an account stands twice.

    Notes
    -----
    Syllabus items management.4.1 (duplicates) and management.4.4. It fails both ways: brothers, a
    bookkeeper or a landlord share a phone in all honesty, and who wants to hide buys a second one.
    So a pair is a question. Phone and payer of a person are personal data: kept to those who need
    them.
    """
    inputs.filled(dealers, "dealer")
    fields = [field for field in FIELDS if field in dealers]
    if not fields:
        inputs.columns(dealers, *FIELDS)
    inputs.once(dealers, "dealer")
    crowd = inputs.whole(crowd, "accounts", least=2)
    shared = {}
    for field in fields:
        plain = _plain(dealers[field], field)
        for _, names in dealers["dealer"].groupby(plain):
            if 2 <= len(names) < crowd:
                names = sorted(names)
                for place, first in enumerate(names):
                    for second in names[place + 1 :]:
                        shared.setdefault((first, second), []).append(field)
    rows = [(*pair, tuple(found), len(found)) for pair, found in sorted(shared.items())]
    return pd.DataFrame(rows, columns=["dealer", "other", "shared", "n"])


def merged(orders, places, tiers, before=None, linked=None):
    """Accounts that may have booked others' purchases to reach a tier of the rebate.

    Parameters
    ----------
    orders : DataFrame
        Of one rebate period: ``dealer ship_to amount`` (returns negative); a blank `ship_to` is
        his own place.
    places : DataFrame
        ``dealer ship_to``: every place that belongs to an account, declared branches included.
    tiers : iterable of float
        Purchases from which a higher rebate begins.
    before : DataFrame, optional
        Orders of the period before, equally long: who went quiet.
    linked : DataFrame, optional
        As `links` gives it.

    Returns
    -------
    DataFrame
        Index ``dealer``, sorted: ``total``; ``elsewhere`` (to places not his own); ``tier`` and
        ``own_tier`` (reached with and without that; 0 for none); ``evidence``, codes in this order

        - ``other_place``: a tenth or more went elsewhere,
        - ``place_of_other``: part of it to a place of another account,
        - ``over_tier``: the tier is reached only with it,
        - ``just_over``: the total is at most a tenth above the tier,
        - ``other_went_quiet``: an account whose place it is bought less than half of what he bought
          before, and had bought something,
        - ``linked``: that account shares payer, phone or address with him;

        ``others`` (whose places they are); ``level``: ``none`` where no higher tier is reached or
        nothing went elsewhere, else ``question``, or ``suspicion`` where the goods went to an
        account that went quiet or is linked. Just above a tier is a motive, no evidence.

    Raises
    ------
    InputError
        A column is absent, a cell other than ``ship_to`` blank, or a tier negative.

    Notes
    -----
    Syllabus item management.4.4. It fails on honest deliveries elsewhere: a dealer delivers
    straight to a farm, opens a branch nobody entered, helps out a neighbour who is out of stock. So
    no level is a proof, and just above a tier alone is what tiers are made for. Ask to see the
    delivery notes before anything is held back.
    """
    inputs.columns(inputs.filled(orders, "dealer", "amount"), "ship_to")
    inputs.filled(places, "dealer", "ship_to")
    tiers = np.sort(inputs.numbers(list(tiers), "amount", least=0).to_numpy())
    orders = orders.assign(amount=inputs.numbers(orders["amount"], "amount", empty=True))
    homes = places.groupby("dealer")["ship_to"].agg(set).to_dict()
    owners = places.groupby("ship_to")["dealer"].agg(set).to_dict()
    bought, earlier = _bought(orders), _bought(before)
    pairs = _pairs(linked)
    rows = {}
    for account, own in orders.groupby("dealer"):
        away = own[own["ship_to"].notna() & ~own["ship_to"].isin(homes.get(account, set()))]
        total, elsewhere = own["amount"].sum(), away["amount"].sum()
        tier, own_tier = _tier(total, tiers), _tier(total - elsewhere, tiers)
        others = sorted(set().union(*(owners.get(place, set()) for place in away["ship_to"])))
        quiet = any(
            earlier.get(o, 0) > 0 and bought.get(o, 0) < _QUIET * earlier[o] for o in others
        )
        holds = {
            "other_place": total > 0 and elsewhere >= _ELSEWHERE * total,
            "place_of_other": bool(others),
            "over_tier": tier > own_tier,
            "just_over": tier > 0 and total <= tier * (1 + _NEAR),
            "other_went_quiet": quiet,
            "linked": any(frozenset((account, other)) in pairs for other in others),
        }
        evidence = tuple(code for code, true in holds.items() if true)
        level = _merged_level(holds)
        rows[account] = (total, elsewhere, tier, own_tier, evidence, tuple(others), level)
    columns = ["total", "elsewhere", "tier", "own_tier", "evidence", "others", "level"]
    table = pd.DataFrame.from_dict(rows, orient="index", columns=columns)
    return table.rename_axis("dealer").sort_index()


def split(dealers, orders, linked, today, new_days=365):
    """New accounts that may be an old one under another name, for the terms of newcomers.

    Parameters
    ----------
    dealers : DataFrame
        ``dealer since``.
    orders : DataFrame
        ``dealer date amount``.
    linked : DataFrame
        As `links` gives it.
    today : date, str or Timestamp
    new_days : int, default 365
        How long an account counts as new.

    Returns
    -------
    DataFrame
        One row per linked pair with a new account: ``dealer`` (the new one), ``other`` (the one
        opened before), ``shared``, ``bought`` (by the new one since it opened), ``fall`` (what the
        old one bought less since then than in as many days before; below 0 he grew), ``moved``
        (fall over bought, 0 to 1, NaN where the new one bought nothing), ``level``: ``question``,
        or ``suspicion`` with two shared fields and half or more moved.

    Raises
    ------
    InputError
        A column is absent, a cell blank, or a date is none.

    Notes
    -----
    Syllabus item management.4.4; the mirror image of merged accounts. A son who opens in another
    village shares the phone and takes nothing from the father: a question, no more. It fails where
    the whole market fell at the time.
    """
    inputs.filled(dealers, "dealer", "since")
    inputs.filled(orders, "dealer", "date", "amount")
    today, new_days = as_day(today), inputs.whole(new_days, "days", least=1)
    opened = days_of(dealers, "since").set_axis(dealers["dealer"])
    amount = inputs.numbers(orders["amount"], "amount", empty=True)
    table = orders[["dealer"]].assign(date=days_of(orders, "date"), amount=amount)
    rows = []
    for pair in linked.itertuples():
        if pair.dealer not in opened or pair.other not in opened:
            continue
        old, new = sorted((pair.dealer, pair.other), key=lambda name: (opened[name], name))
        start = opened[new]
        if opened[old] == start or not 0 <= (today - start).days <= new_days:
            continue
        first = start - (today - start) - pd.Timedelta(days=1)
        bought = _sum(table, new, start, today)
        past = _sum(table, old, first, start - pd.Timedelta(days=1))
        fall = past - _sum(table, old, start, today)
        moved = float(np.clip(fall / bought, 0, 1)) if bought else np.nan
        sure = pair.n >= 2 and moved >= 0.5
        level = "suspicion" if sure else "question"
        rows.append((new, old, pair.shared, bought, fall, moved, level))
    columns = ["dealer", "other", "shared", "bought", "fall", "moved", "level"]
    return pd.DataFrame(rows, columns=columns).sort_values(["dealer", "other"], ignore_index=True)


def _plain(values, field):
    text = values.astype("string").str.casefold()
    text = text.str.replace(r"[\W_]+", "", regex=True)
    if field == "phone":
        text = text.map(lambda number: re.sub(r"^(0086|86)(?=\d{11}$)", "", number), "ignore")
    return text.mask(text == "")


def _bought(orders):
    if orders is None:
        return {}
    inputs.filled(orders, "dealer", "amount")
    return orders.groupby("dealer")["amount"].sum().to_dict()


def _pairs(linked):
    if linked is None:
        return set()
    return {frozenset(pair) for pair in zip(linked["dealer"], linked["other"], strict=True)}


def _tier(amount, tiers):
    reached = np.searchsorted(tiers, round(amount, 6), side="right")
    return float(tiers[reached - 1]) if reached else 0.0


def _merged_level(holds):
    if not (holds["over_tier"] and holds["other_place"]):
        return "none"
    return "suspicion" if holds["other_went_quiet"] or holds["linked"] else "question"


def _sum(orders, account, first, last):
    own = (orders["dealer"] == account) & orders["date"].between(first, last)
    return float(orders.loc[own, "amount"].sum())
