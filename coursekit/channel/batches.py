"""Goods sold outside the territory: what batch codes and places of sell-out show, and what not."""

import pandas as pd

from coursekit import inputs
from coursekit.inputs import days_of

LEVELS = ("none", "benign", "yes")  # the answers of the credit scorecard's criterion
TOLERATED = ("border", "empty_market")


def traces(shipments, sightings, territories, borders=()):
    """Where each sighted batch came from, and whether it may be sold there.

    Parameters
    ----------
    shipments : DataFrame
        One row per delivery: ``batch dealer date quantity``, returns negative; optional
        ``agreed``: another territory for which this delivery was agreed (blank where none was).
    sightings : DataFrame
        One row per find at a point of sale: ``batch territory date quantity``. Prices are not
        looked at.
    territories : DataFrame
        ``dealer territory``, one row per pair.
    borders : iterable of (str, str), default ()
        Territories between which customers cross on their own.

    Returns
    -------
    DataFrame
        Index of `sightings`: ``batch territory quantity``; ``dealer`` (None unless one alone can
        have sold it there), ``sources`` (dealers who had got the batch by that day and not sent it
        back, sorted), ``verdict``

        - ``inside``: a dealer who got the batch has the territory, or had it agreed;
        - ``border``, ``empty_market``: one dealer, next door to his own, or where no dealer
          is appointed;
        - ``outside``: one dealer, in another's territory;
        - ``shared_batch``: several got it and none has it: goods moved, who moved them is
          not shown;
        - ``unknown_batch``, ``before_shipment``, ``more_than_shipped``: the records do not fit
          (counterfeit, copied label, wrong entry): no evidence against anyone.

    Raises
    ------
    InputError
        A column is absent, a cell blank, a quantity found negative, or a date is none.

    Notes
    -----
    Syllabus item management.4.3. It fails where a dealer's customer moved the goods: a batch code
    says which delivery they came from, not who carried them. So it is a reason to ask, not a proof.
    Territories and what follows from a breach need legal advice of one's own.
    """
    shipments = _shipments(shipments)
    inputs.filled(territories, "dealer", "territory")
    inputs.filled(sightings, "batch", "territory", "date", "quantity")
    seen = sightings.assign(
        date=days_of(sightings, "date"),
        quantity=inputs.numbers(sightings["quantity"], "quantity", least=0, empty=True),
    )
    regions = territories.groupby("dealer")["territory"].agg(set).to_dict()
    taken = set(territories["territory"])
    near = {frozenset(pair) for pair in borders}
    by_batch = dict(list(shipments.groupby("batch")))
    excess = _excess(shipments, seen)

    def judge(find):
        delivered = by_batch.get(find.batch)
        if delivered is None:
            return (), "unknown_batch"
        delivered = delivered[delivered["date"] <= find.date]
        if delivered.empty:
            return (), "before_shipment"
        kept = delivered.groupby("dealer")["quantity"].sum()
        sources = tuple(sorted(kept.index[kept > 0]))
        own = set().union(*(regions.get(dealer, set()) for dealer in sources))
        if find.territory in own or (delivered["agreed"] == find.territory).any():
            return sources, "inside"
        if find.batch in excess or not sources:
            return sources, "more_than_shipped"
        if len(sources) > 1:
            return sources, "shared_batch"
        if any(frozenset((find.territory, region)) in near for region in own):
            return sources, "border"
        return sources, "outside" if find.territory in taken else "empty_market"

    judged = [judge(find) for find in seen.itertuples()]
    table = seen[["batch", "territory", "quantity"]].copy()
    table["sources"] = pd.Series([sources for sources, _ in judged], seen.index, dtype=object)
    table["verdict"] = pd.Series([verdict for _, verdict in judged], seen.index, dtype=object)
    alone = table["sources"].map(lambda sources: sources[0] if len(sources) == 1 else None)
    shown = table["verdict"].isin(("inside", "outside", *TOLERATED))
    table.insert(3, "dealer", alone.astype(object).where(shown, None))
    return table


def diversion(found, shipments, least_batches=2, least_share=0.05):
    """Level of diversion per dealer, with the finds that it rests on.

    Parameters
    ----------
    found : DataFrame
        As `traces` gives it.
    shipments : DataFrame
        The same as there.
    least_batches : int, default 2
        Different batches that must be found in another's territory for a ``yes``: one may be a
        customer who moved house.
    least_share : float, default 0.05
        Part of those batches, by quantity delivered to the dealer, that must have been found: a
        few bags are carried by end customers.

    Returns
    -------
    DataFrame
        Index ``dealer``, sorted, every dealer who got goods: ``finds`` (that are his alone),
        ``outside`` (quantity found in another's territory), ``batches`` (different ones of it),
        ``share`` (of the quantity of those batches; a lower bound, since not every bag is seen),
        ``tolerated`` (quantity at borders and in empty markets), ``unclear`` (finds of shared
        batches that he got too), ``level`` (``none benign yes``), ``evidence`` (labels of the finds
        behind the level).

    Raises
    ------
    InputError
        As `traces`; or a border outside its limits.

    Notes
    -----
    Syllabus items management.2.1 and management.4.3; three levels as in the source: none, benign
    (borders, empty markets, below the borders above), yes. "Yes" means: ask the dealer and check
    on the spot. It fails where goods are rebagged or codes removed, and where only some territories
    are looked at: who is watched is found.
    """
    shipments = _shipments(shipments)
    least_batches = inputs.whole(least_batches, "batches", least=1)
    least_share = inputs.number(least_share, "share", least=0, most=1)
    dealers = pd.Index(sorted(set(shipments["dealer"])), name="dealer")
    own = found[found["dealer"].notna()]
    outside, tolerated = (own[own["verdict"].isin(v)] for v in (("outside",), TOLERATED))
    batches = outside[["dealer", "batch"]].drop_duplicates()
    delivered = batches.merge(shipments, on=["dealer", "batch"])
    table = pd.DataFrame(
        {
            "finds": _per(dealers, own.groupby("dealer").size()),
            "outside": _per(dealers, outside.groupby("dealer")["quantity"].sum()),
            "batches": _per(dealers, batches.groupby("dealer").size()),
            "tolerated": _per(dealers, tolerated.groupby("dealer")["quantity"].sum()),
        }
    )
    got = _per(dealers, delivered.groupby("dealer")["quantity"].sum())
    table.insert(3, "share", (table["outside"] / got.where(got > 0)).fillna(0.0))
    shared = found.loc[found["verdict"] == "shared_batch", "sources"].explode()
    table["unclear"] = _per(dealers, shared.groupby(shared).size()).astype(int)
    proof = (table["batches"] >= least_batches) & (table["share"] >= least_share)
    some = (table["batches"] > 0) | (table["tolerated"] > 0)
    level = pd.Series("none", dealers, dtype=object).mask(some, "benign").mask(proof, "yes")
    against = own[own["verdict"].isin(("outside", *TOLERATED))]
    behind = {dealer: tuple(rows.index) for dealer, rows in against.groupby("dealer")}
    evidence = pd.Series([behind.get(d, ()) for d in dealers], dealers, dtype=object)
    return table.assign(level=level, evidence=evidence).astype({"finds": int, "batches": int})


def _shipments(shipments):
    inputs.filled(shipments, "batch", "dealer", "date", "quantity")
    agreed = shipments.get("agreed")
    return shipments.assign(
        date=days_of(shipments, "date"),
        quantity=inputs.numbers(shipments["quantity"], "quantity", empty=True),
        agreed=agreed,
    )


def _excess(shipments, seen):
    """Batches of which more was found than ever left the house."""
    left = shipments.groupby("batch")["quantity"].sum()
    found = seen.groupby("batch")["quantity"].sum()
    return set(found.index[found > left.reindex(found.index)])


def _per(dealers, counted):
    return counted.reindex(dealers, fill_value=0)
