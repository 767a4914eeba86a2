"""A trainee's own part of the case: customers, deals and dealers taken over from colleagues.

A part is drawn, and drawn to be like every other one: the same number of deals per stage and
state of the next step, the same number of customers per status and weight, the same roles among
the dealers; of several such draws the one nearest to the middle in money is kept.
"""

import dataclasses
import functools
import hashlib

import numpy as np
import pandas as pd

from coursekit import classes, funnel
from coursekit.scoring import Scorecard

DRAWS = 48  # of which the one nearest to the middle is kept
# open deals: stage, state of the next step -> how many
DEALS = {
    ("opportunity", "dated"): 3,
    ("opportunity", "undated"): 1,
    ("appointment", "dated"): 2,
    ("appointment", "none"): 1,
    ("p25", "dated"): 2,
    ("p25", "undated"): 1,
    ("p25", "past"): 1,
    ("p50", "dated"): 2,
    ("p50", "undated"): 1,
    ("p50", "past"): 1,
    ("p90", "dated"): 1,
    ("p90", "weak"): 1,
}
# end customers: key accounts with a plan and without, buyers of much and of little, and those who
# do not buy yet
CUSTOMERS = {"planned": 2, "key": 4, "large": 4, "small": 6, "prospect": 7, "suspect": 3}
DEALERS = 12
LARGE = 0.25  # of the buyers
YEAR = pd.Timedelta(days=365)


@dataclasses.dataclass(frozen=True)
class Pool:
    """What parts are drawn from, prepared once for a case.

    Attributes
    ----------
    deals : DataFrame
        Open deals by place: ``deal_id customer cell listed shown``.
    closed : DataFrame
        ``deal_id customer won``.
    customers : DataFrame
        Index customer: ``group sales won lost unknown grade``, grade 0 to 3 for A to D; dealers
        have the group ``dealer``.
    sins : tuple of (sinners, innocents)
        Dealers by what they do, and who only look like it.
    middle : dict
        What is usual -> (middle, spread) of each figure, for deals, customers and dealers.
    """

    deals: pd.DataFrame
    closed: pd.DataFrame
    customers: pd.DataFrame
    sins: tuple
    middle: dict = dataclasses.field(default_factory=dict)


def pool(case):
    """Prepare the drawing of parts.

    Parameters
    ----------
    case : coursekit.case.Case
        The whole.

    Returns
    -------
    Pool
    """
    from coursekit.making import channel_cast as cast

    deals = case.deals
    rate = funnel.Ladder.load().rates(deals["stage"]).fillna(0)
    step = "next_step" if "next_step" in deals else "next_step_zh"
    state = pd.Series("dated", deals.index)
    state[deals["next_step_date"] < case.today] = "past"
    state[deals["next_step_date"].isna()] = "undated"
    state[deals[step].isna()] = "none"
    is_open = funnel.is_open(deals["stage"])
    amount = deals["amount"].fillna(0)
    found = pd.DataFrame({"deal_id": deals["deal_id"], "customer": deals["customer"]})
    found["cell"] = list(zip(deals["stage"], state, strict=True))
    found["listed"] = amount * rate
    found["shown"] = found["listed"].where(state == "dated", 0)
    closed = found.loc[~is_open, ["deal_id", "customer"]]
    closed["won"] = deals["stage"] == "contract"
    sins = (
        (cast.DIVERTS, (*cast.BORDER, *cast.AGREED, *cast.STRAY)),
        (cast.UNDERCUTS, (*cast.LOW_ONCE, *cast.IN_THE_OFFER)),
        (cast.LOADS, cast.SEASON),
        ((cast.FRIEND, cast.ALWAYS_LATE), (cast.FULL_AND_SAFE, cast.PAYS_AFTER_FESTIVAL)),
    )
    made = Pool(
        found[is_open].reset_index(drop=True),
        closed.reset_index(drop=True),
        _customers(case, closed),
        tuple((tuple(sinners), tuple(innocents)) for sinners, innocents in sins),
    )
    return dataclasses.replace(made, middle=_middle(made))


def _customers(case, closed):
    from coursekit.making.customers import KEY_ACCOUNTS

    customers = case.customers.set_index("customer")
    orders = case.orders
    recent = orders[orders["date"] > case.today - YEAR]
    sales = recent.groupby("customer")["amount"].sum().reindex(customers.index).fillna(0)
    buys = (customers["status"] == "buyer") & (customers["kind"] != "dealer")
    group = customers["status"].copy()
    group[buys] = "small"
    group[buys & (sales >= sales[buys].quantile(1 - LARGE))] = "large"
    group[customers.index.isin([f"C{number:03d}" for number in KEY_ACCOUNTS])] = "key"
    group[customers.index.isin(case.partnership["customer"])] = "planned"
    group[customers["kind"] == "dealer"] = "dealer"
    ended = closed.groupby("customer")["won"]
    answers = customers[list(classes.MAN)]
    close = case.deals.groupby("customer")["expected_close"].min().reindex(customers.index)
    combination = classes.man_case(answers.fillna("unknown"), Scorecard.load("man"))["case"]
    grade = classes.abcd(combination, close, case.today)["class"]
    return pd.DataFrame(
        {
            "group": group,
            "sales": sales,
            "won": ended.sum().reindex(customers.index).fillna(0),
            "lost": (ended.size() - ended.sum()).reindex(customers.index).fillna(0),
            "unknown": answers.isna().sum(axis=1),
            "grade": grade.map(classes.CLASSES.index),
        }
    )


def cut(case, pool, key):
    """A function that gives each table of a part.

    Parameters
    ----------
    case : coursekit.case.Case
        The whole.
    pool : Pool
    key : str
        Names the part.

    Returns
    -------
    callable
        ``name -> DataFrame``: rows about the customers, deals and dealers of the part, and about
        what belongs to them; tables about nobody in particular come whole.
    """
    chosen = choose(pool, key)

    @functools.cache
    def known(table):
        """Keys of the part in a table, None where all of it belongs to the part."""
        if table in chosen:
            return chosen[table]
        if all(known(other) is None for other in case.links[table].values()):
            return None
        own = rows(table)
        return frozenset(own[case.keys[table]]) if table in case.keys else frozenset()

    @functools.cache
    def rows(table):
        frame = case.tables[table]
        if table in chosen:
            return frame[frame[case.keys[table]].isin(chosen[table])].reset_index(drop=True)
        keep, about = pd.Series(True, frame.index), pd.Series(False, frame.index)
        limits = {c: found for c, t in case.links[table].items() if (found := known(t)) is not None}
        for column, found in limits.items():
            there = frame[column].notna()
            keep &= frame[column].isin(found) | ~there
            about |= there
        return frame[keep & about].reset_index(drop=True) if limits else frame

    return rows


def choose(pool, key):
    """Who and what belongs to a part.

    Parameters
    ----------
    pool : Pool
    key : str

    Returns
    -------
    dict
        ``customers dealers deals`` -> frozenset of keys.
    """
    draws = _deal_draws(pool, key)
    deals = pool.deals.loc[_nearest(draws, _deal_figures(pool, draws), pool.middle["deals"])]
    draws = _customer_draws(pool, key, deals)
    figures = _customer_figures(pool, draws)
    customers = pool.customers.index[_nearest(draws, figures, pool.middle["customers"])]
    draws = _dealer_draws(pool, key)
    figures = _dealer_figures(pool, draws)
    dealers = pool.customers.index[_nearest(draws, figures, pool.middle["dealers"])]
    closed = pool.closed.loc[pool.closed["customer"].isin(customers), "deal_id"]
    return {
        "customers": frozenset(customers) | frozenset(dealers),
        "dealers": frozenset(dealers),
        "deals": frozenset(deals["deal_id"]) | frozenset(closed),
    }


def _picks(key, groups):
    """So many of each group, `DRAWS` times: places, shape (draws, number).

    Chance is a hash of the key: the same on every machine and in every version of any library.
    """
    needed = DRAWS * sum(len(places) for places, _ in groups)
    chance = np.frombuffer(hashlib.shake_256(key.encode()).digest(4 * needed), "<u4")
    picks = []
    for places, number in groups:
        own, chance = np.split(chance, [DRAWS * len(places)])
        order = np.argsort(own.reshape(DRAWS, len(places)), axis=1, kind="stable")
        picks.append(np.asarray(places, dtype=int)[order[:, :number]])
    return np.concatenate(picks, axis=1)


def _deal_draws(pool, key):
    cells = pool.deals.groupby("cell").indices
    weak = [cell for cell in cells if cell[0] == "p90" and cell[1] != "dated"]
    cells["p90", "weak"] = np.concatenate([cells[cell] for cell in weak]) if weak else []
    return _picks(f"{key}/deals", [(cells.get(cell, []), number) for cell, number in DEALS.items()])


def _deal_figures(pool, draws):
    """Customers too many of their group; listed, shown, what the largest is of the shown."""
    listed, shown = (pool.deals[name].to_numpy()[draws] for name in ("listed", "shown"))
    group = pool.deals["customer"].map(pool.customers["group"]).to_numpy()[draws]
    beyond = sum(np.maximum((group == name).sum(1) - most, 0) for name, most in CUSTOMERS.items())
    total = np.maximum(shown.sum(1), 1)
    return np.column_stack([beyond, np.log1p(listed.sum(1)), np.log(total), shown.max(1) / total])


def _customer_draws(pool, key, deals):
    """The customers of the deals, and what each group lacks."""
    places = pd.Series(range(len(pool.customers)), pool.customers.index)
    there = places[deals["customer"].unique()].to_numpy()
    group = pool.customers["group"].to_numpy()
    groups = []
    for name, number in CUSTOMERS.items():
        rest = np.setdiff1d(np.flatnonzero(group == name), there)
        groups.append((rest, max(0, number - (group[there] == name).sum())))
    picks = _picks(f"{key}/customers", groups)
    return np.concatenate([np.tile(there, (len(picks), 1)), picks], axis=1)


def _customer_figures(pool, draws):
    """Classes absent; sales of the year, share of the largest, deals won and lost, unknowns."""
    sales = pool.customers["sales"].to_numpy()[draws]
    counts = [pool.customers[name].to_numpy()[draws].sum(1) for name in ("won", "lost", "unknown")]
    total = np.maximum(sales.sum(1), 1)
    grade = pool.customers["grade"].to_numpy()[draws]
    absent = sum((grade != each).all(1) for each in range(len(classes.CLASSES)))
    return np.column_stack([absent, np.log(total), sales.max(1) / total, *counts])


def _dealer_draws(pool, key):
    """Of each sin one who does it and one who only looks like it, and dealers with no part."""
    places = {name: place for place, name in enumerate(pool.customers.index)}
    parts = [[places[name] for name in names] for pair in pool.sins for names in pair]
    dealers = np.flatnonzero(pool.customers["group"] == "dealer")
    plain = np.setdiff1d(dealers, np.concatenate(parts))
    return _picks(f"{key}/dealers", [*((part, 1) for part in parts), (plain, DEALERS - len(parts))])


def _dealer_figures(pool, draws):
    """Dealers too few, where one plays two parts; sales of the year."""
    twice = [draws.shape[1] - len(set(row)) for row in draws.tolist()]
    return np.column_stack([twice, np.log1p(pool.customers["sales"].to_numpy()[draws].sum(1))])


def _nearest(draws, figures, middle):
    """The draw that lacks least (the first figure), and of those the one nearest to the middle."""
    centre, spread = middle
    far = (((figures[:, 1:] - centre) / spread) ** 2).sum(1)
    return draws[np.lexsort((far, figures[:, 0]))[0]]


def _middle(pool):
    """Middle and spread of all figures, over the draws of an arbitrary part."""
    draws = _deal_draws(pool, "middle")
    customers = [
        _customer_draws(pool, f"middle/{number}", pool.deals.loc[row])[:1]
        for number, row in enumerate(draws)
    ]
    dealers = _dealer_figures(pool, _dealer_draws(pool, "middle"))
    figures = {
        "deals": _deal_figures(pool, draws),
        "customers": np.concatenate([_customer_figures(pool, row) for row in customers]),
        "dealers": dealers,
    }
    return {
        name: (np.median(found[:, 1:], 0), np.maximum(found[:, 1:].std(0), 0.02))
        for name, found in figures.items()
    }


def figures(pool, parts):
    """What parts are compared by.

    Parameters
    ----------
    pool : Pool
    parts : iterable of dict
        From `choose`.

    Returns
    -------
    dict of str to ndarray
        Per part: customers, dealers, open deals, won, lost, listed, shown (only deals with a next
        step to come), what the largest is of the shown, sales of the year of end customers and of
        dealers, share of the largest end customer, answers that nobody has.
    """
    rows = []
    for part in parts:
        deals = pool.deals[pool.deals["deal_id"].isin(part["deals"])]
        people = pool.customers.loc[sorted(part["customers"])]
        end = people[people["group"] != "dealer"]
        shown, sales = deals["shown"].sum(), end["sales"].sum()
        rows.append(
            {
                "customers": len(people),
                "dealers": len(part["dealers"]),
                "open": len(deals),
                "won": end["won"].sum(),
                "lost": end["lost"].sum(),
                "listed": deals["listed"].sum(),
                "shown": shown,
                "largest_of_shown": deals["shown"].max() / shown,
                "sales": sales,
                "dealer_sales": people["sales"].sum() - sales,
                "largest_of_sales": end["sales"].max() / sales,
                "unknown_answers": people["unknown"].sum(),
            }
        )
    return {name: np.array([row[name] for row in rows], float) for name in rows[0]}
