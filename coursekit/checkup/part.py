"""The figures of one person's deals, or of the team's."""

import collections
import datetime
import math

import numpy as np

from coursekit import forecast, funnel

BARS = 20


def part(deals, today, ladder, limit_days, *, target=None, conversion=None):
    """All figures about some deals.

    Parameters
    ----------
    deals : list of dict
        From `checkup.deals.records`.
    today : Timestamp
    ladder : funnel.Ladder
    limit_days : int or None
        From `funnel.age_limit`, of the whole file.
    target : float, optional
    conversion : Series, optional
        A row of `funnel.conversion`.

    Returns
    -------
    dict
        ``n_open n_won n_lost won open_amount listed shown n_without_amount stages reasons deals
        week zombies range target conversion``. Listed and shown are sums over the open deals at
        the rate of the claimed and of the effective stage. A deal of a stage that nobody knows
        is open, at stage None, and counted under ``unknown``.
    """
    open_ = [deal for deal in deals if deal["stage"] not in funnel.CLOSED]
    open_.sort(key=lambda deal: (-_lost(deal), -deal["listed"], *_by_amount(deal)))
    won = [deal for deal in deals if deal["stage"] == funnel.WON]
    totals = {
        "open_amount": _sum(open_, "amount"),
        "listed": _sum(open_, "listed"),
        "shown": _sum(open_, "shown"),
    }
    return {
        "n_open": len(open_),
        "n_won": len(won),
        "n_lost": sum(1 for deal in deals if deal["stage"] == funnel.LOST),
        "won": _sum(won, "amount"),
        **totals,
        "n_without_amount": sum(1 for deal in open_ if deal["amount"] is None),
        "stages": _stages(open_),
        "reasons": _reasons(open_),
        "deals": open_,
        "week": _week(open_, today, ladder.limits),
        "zombies": _zombies(open_, limit_days),
        "range": _range(open_),
        "target": None if target is None else _target(open_, target, totals),
        "conversion": _conversion(conversion),
    }


def number(value):
    """A number without noise of floats: six digits after the point, None where not known."""
    if value is None or value != value:
        return None
    return round(float(value), 6)


def _sum(deals, key):
    return number(math.fsum(deal[key] for deal in deals if deal[key] is not None))


def _by_amount(deal):
    """Largest amount first, then by row of the file."""
    return -(deal["amount"] or 0), deal["row"]


def _lost(deal):
    return deal["listed"] - deal["shown"]


def _stages(deals):
    claimed, effective = collections.defaultdict(list), collections.defaultdict(list)
    for deal in deals:
        claimed[deal["stage"]].append(deal)
        effective[deal["effective"]].append(deal)
    codes = [*funnel.OPEN, None] if None in claimed else funnel.OPEN
    return [
        {
            "code": code or "unknown",
            "n_claimed": len(claimed[code]),
            "n_effective": len(effective[code]),
            "amount_claimed": _sum(claimed[code], "amount"),
            "amount_effective": _sum(effective[code], "amount"),
            "listed": _sum(claimed[code], "listed"),
            "shown": _sum(effective[code], "shown"),
        }
        for code in codes
    ]


def _reasons(deals):
    taken = collections.defaultdict(list)
    for deal in deals:
        if deal["reason"]:
            taken[deal["reason"]].append(deal)
    found = [
        {"code": code, "n": len(these), "lost": number(math.fsum(map(_lost, these)))}
        for code, these in taken.items()
    ]
    return sorted(found, key=lambda reason: (-reason["lost"], -reason["n"], reason["code"]))


def _week(deals, today, limits):
    """Next steps that fall due, by day; then what lost value, largest first, half of the list."""
    first = today.date()
    last = (first + datetime.timedelta(days=limits.week_days)).isoformat()
    due = [
        {**deal, "why": "step_due"}
        for deal in deals
        if deal["reason"] != "no_next_step"
        and first.isoformat() <= (deal["next_step_date"] or "") <= last
    ]
    due.sort(key=lambda deal: (deal["next_step_date"], *_by_amount(deal)))
    rows = {deal["row"] for deal in due}
    lost = [
        {**deal, "why": deal["reason"]}
        for deal in deals
        if _lost(deal) > 0 and deal["row"] not in rows
    ]
    room = max(limits.week_deals - len(lost), (limits.week_deals + 1) // 2)
    return (due[:room] + lost)[: limits.week_deals]


def _zombies(deals, limit_days):
    """Open longer than any deal that closed took, or so long without contact; oldest first."""
    found = []
    if limit_days is not None:
        for deal in deals:
            if (deal["age_days"] or 0) > limit_days:
                found.append({**deal, "why": "older_than_any_closed"})
            elif (deal["contact_days"] or 0) > limit_days:
                found.append({**deal, "why": "no_contact"})
    found.sort(key=lambda deal: (-_days(deal), *_by_amount(deal)))
    return {
        "n": len(found),
        "amount": _sum(found, "amount"),
        "limit_days": limit_days,
        "oldest_days": _days(found[0]) if found else None,
        "deals": found,
    }


def _days(deal):
    return max(deal["age_days"] or 0, deal["contact_days"] or 0)


def _range(deals):
    amount, rate, _ = _valued(deals)
    spread = forecast.distribution(amount, rate)
    return {
        "mean": number(spread.mean),
        "sd": number(spread.sd),
        **{f"p{share}": number(spread.quantile(share / 100)) for share in (10, 50, 90)},
        "bars": _bars(spread) if deals else [],
    }


def _bars(spread):
    """About twenty bars of a round width; what is rarer than 1 in 1,000 goes to the outermost."""
    least, most = spread.quantile(0.001), spread.quantile(0.999)
    if least == most:
        return [{"low": number(least), "high": number(most), "share": 1.0}]
    width = _round_width((most - least) / BARS)
    first, last = (math.floor((total + 0.001) / width) for total in (least, most))
    places = np.floor((spread.totals + 0.001) / width).clip(first, last) - first
    shares = np.bincount(places.astype(int), weights=spread.shares, minlength=last - first + 1)
    return [
        {
            "low": number((first + place) * width),
            "high": number((first + place + 1) * width),
            "share": number(share),
        }
        for place, share in enumerate(shares)
    ]


def _round_width(width):
    """1, 2 or 5 times a power of ten, not below the given width and not below a hundredth."""
    power = 10.0 ** math.floor(math.log10(width))
    return max(0.01, next(m * power for m in (1, 2, 5, 10) if m * power >= width * (1 - 1e-9)))


def _target(deals, target, totals):
    amount, rate, valued = _valued(deals)
    table = forecast.deciding(amount, rate, target)
    return {
        "target": number(target),
        "probability": number(forecast.distribution(amount, rate).at_least(target)),
        "coverage_open": number(totals["open_amount"] / target),
        "coverage_shown": number(totals["shown"] / target),
        "deciding": [
            {**valued[place], "with": number(row["with"]), "without": number(row["without"])}
            for place, row in table.iterrows()
        ],
    }


def _valued(deals):
    """Amounts and rates of the deals that have an amount, and these deals."""
    valued = [deal for deal in deals if deal["amount"] is not None]
    return [deal["amount"] for deal in valued], [deal["rate"] for deal in valued], valued


def _conversion(row):
    if row is None or row["team"] != row["team"]:
        return None
    return {
        "won": int(row["won"]),
        "n": int(row["n"]),
        **{key: number(row[key]) for key in ("rate", "shrunk", "low", "high", "team")},
    }
