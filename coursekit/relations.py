"""Two sides of a relationship: match of customer and offer, six states of an account."""

import pandas as pd

from coursekit import edges, inputs

STATES = ("potential", "developing", "good", "strong", "limited", "defensive")


def match(value_to_us, value_to_them, edge=50):
    """Whether both sides would choose each other.

    Parameters
    ----------
    value_to_us, value_to_them : Series
        Scores 0 to 100: how much they are worth to us, how much we are worth to them.
    edge : float, default 50
        From which score on it is high.

    Returns
    -------
    Series of str
        Index of `value_to_us`: ``mutual``, ``we_chase`` (only we want it), ``they_chase``,
        ``neither``, or ``unknown`` where a score is missing.

    Raises
    ------
    InputError
        A score is outside 0 to 100, or labels differ.

    Notes
    -----
    Syllabus item screening.2.3. It fails where what we are worth to them is our own opinion: then
    every account that we want is ``mutual``. Ask what they would lose if we stopped.
    """
    us, them = (
        inputs.numbers(values, "score", least=0, most=100, missing=True, empty=True)
        for values in (value_to_us, value_to_them)
    )
    return _quadrant(us, them, edge, ("mutual", "we_chase", "they_chase", "neither"))


def value_seen(values_it, can_pay):
    """How a customer stands to our offer: does he value it, can he pay it.

    Parameters
    ----------
    values_it, can_pay : Series of bool
        On the same index; missing where not known.

    Returns
    -------
    Series of str
        ``fits``, ``cannot_afford`` (values it), ``looks_down`` (could pay), ``neither`` or
        ``unknown``.

    Raises
    ------
    InputError
        Something is neither yes nor no, or labels differ.

    Notes
    -----
    Syllabus item screening.2.3. It fails where his first word is taken for it: "too expensive" is
    what he says who cannot pay, who sees no value, and who only haggles.
    """
    values_it, can_pay = (
        inputs.yes_no(values, "outcome", missing=True) for values in (values_it, can_pay)
    )
    return _quadrant(values_it, can_pay, 0.5, ("fits", "cannot_afford", "looks_down", "neither"))


def points_met(wanted, offered, must=()):
    """How far our selling points meet the customer's buying points.

    Parameters
    ----------
    wanted : DataFrame, shape (n_customers, n_points)
        How much each point counts to the customer, 0 where it does not.
    offered : Series or dict
        Point -> how well we meet it, 0 to 1; a point that is not there is not met.
    must : list of str, optional
        Points without which there is no deal for those who want them.

    Returns
    -------
    DataFrame
        Index kept. ``met``: share of what is wanted that we meet, 0 to 1 (NaN where nothing is
        wanted); ``lacking``: the heaviest wanted point that we meet less than half, else empty;
        ``must_fails``: whether a wanted must is one of these.

    Notes
    -----
    Syllabus item screening.2.3: what they want to buy and not what we want to sell. Compare the
    win rate of bands of ``met`` with `coursekit.calibration.monotonicity`.
    """
    offered = pd.Series(offered, dtype=float).reindex(wanted.columns).fillna(0.0)
    offered = inputs.numbers(offered, "share", least=0, most=1, empty=True)
    weights = wanted.apply(lambda column: inputs.numbers(column, "weight", least=0, empty=True))
    total = weights.sum(axis=1)
    open_ = weights.loc[:, offered < 0.5]
    lacking = pd.Series("", index=wanted.index)
    if open_.shape[1]:
        lacking = open_.idxmax(axis=1).where(open_.max(axis=1) > 0, "")
    fails = open_[[point for point in must if point in open_]].gt(0).any(axis=1)
    met = (weights * offered).sum(axis=1) / total.where(total > 0)
    return pd.DataFrame({"met": met, "lacking": lacking, "must_fails": fails})


def relationship_state(accounts, rules=None):
    """One of six states of the relationship per account.

    Parameters
    ----------
    accounts : DataFrame
        ``revenue`` and ``revenue_before`` (this year's and last year's with us); ``grade``
        (``firm`` or ``weak``, of the scorecard ``relationship``); ``wallet`` (our share of what
        they spend) and ``range`` (share of our range that they buy), 0 to 1, missing where not
        known; ``wallet_before`` optional.
    rules : dict, optional
        The edges; the shipped ``states.toml`` without it.

    Returns
    -------
    DataFrame
        Index kept. ``state``: ``potential`` (never bought), ``defensive`` (bought much less),
        ``strong``, ``limited`` (a rival holds them), ``good`` (room to cross-sell),
        ``developing``; ``detail``: of the defensive ones ``shrinking`` where our share held and
        so their need fell, ``attacked`` where it fell; ``sure``: False where wallet or range was
        needed and is not known.

    Raises
    ------
    InputError
        A column is absent, revenue below 0 or missing, a share outside 0 to 1.

    Notes
    -----
    Syllabus item key_accounts.2.3; states of the source, edges ours. The first rule that applies
    counts, in the order above. It fails on small accounts, where one lost order looks like decline:
    look at the orders before the talk.
    """
    rules = rules or edges.read("states")
    inputs.columns(accounts, "revenue", "revenue_before", "grade", "wallet", "range")
    now, before = (
        inputs.numbers(accounts[column], "revenue", least=0, empty=True)
        for column in ("revenue", "revenue_before")
    )
    wallet, width = (_share(accounts[column]) for column in ("wallet", "range"))
    firm = accounts["grade"].astype(str) == "firm"
    change = ((now - before) / before.where(before > 0)).round(9)  # missing in the first year
    state = pd.Series("developing", index=accounts.index)
    state = state.mask(firm, "good")
    state = state.mask((wallet < rules["small_wallet"]) & (change < rules["growth"]), "limited")
    full = (wallet >= rules["strong_wallet"]) & (width >= rules["full_range"])
    state = state.mask(firm & full, "strong")
    state = state.mask(change <= -rules["decline"], "defensive")
    state = state.mask((now == 0) & (before == 0), "potential")
    sure = state.isin(["potential", "defensive"]) | wallet.notna() & (width.notna() | ~firm)
    detail = pd.Series("", index=accounts.index)
    if "wallet_before" in accounts:
        fell = wallet - _share(accounts["wallet_before"])
        named = (fell < 0).map({True: "attacked", False: "shrinking"}).where(fell.notna(), "")
        detail = named.where(state == "defensive", "")
    return pd.DataFrame({"state": state, "detail": detail, "sure": sure})


def _share(column):
    return inputs.numbers(column, "share", least=0, most=1, missing=True, empty=True)


def _quadrant(first, second, edge, names):
    both, only_first, only_second, neither = names
    second = inputs.paired(second, first, "score")
    result = pd.Series(neither, index=first.index)
    result = result.mask((first >= edge) & (second < edge), only_first)
    result = result.mask((first < edge) & (second >= edge), only_second)
    result = result.mask((first >= edge) & (second >= edge), both)
    return result.mask(first.isna() | second.isna(), "unknown")
