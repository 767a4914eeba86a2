"""What a manager sees two weeks before the gap shows."""

import pandas as pd

from coursekit.funnel.diagnose import diagnose
from coursekit.funnel.history import snapshot
from coursekit.inputs import as_day

# findings that tell of the future; what they say comes true one cycle, or what is left of it, later
EARLY = (
    *("no_new_blood", "top_heavy", "thin_coverage", "one_big_deal", "paper_coverage"),
    *("too_soon", "no_next_steps"),
)


def early_warnings(
    deals, today, ladder, norms, *, history=None, evidence=None, target=None, limits=None
):
    """Findings that foretell a gap, person by person, with the weeks until it shows.

    Parameters
    ----------
    deals : DataFrame
        The team's list with ``owner``; rows without one are left out.
    today, ladder, norms, history, evidence, limits
        As `funnel.diagnose`.
    target : float, optional
        Money that the list of each person still has to bring.

    Returns
    -------
    DataFrame
        One row per warning, the soonest first, those of unknown time last: ``owner``, ``code``
        (the finding; the question to ask stands in the glossary under ``question.<code>``),
        ``number``, ``comparison``, ``n`` (deals), ``weeks`` until the gap shows, 0 where it
        should show by now, NaN where that cannot be told.

    Notes
    -----
    Syllabus item funnel.3.4: ask before you order. Without new prospects the contracts stay away
    one cycle after the last first appointment; a list that stands at its top is signed, or not,
    within the usual time of the stages that it still has before it. The weeks are those of the
    usual pace and not a date. It fails where contracts come past the list, as repeat orders do: it
    then foretells a gap that never shows.
    """
    rows = []
    for owner, mine in deals[deals["owner"].notna()].groupby("owner", sort=True):
        found = diagnose(
            mine,
            today,
            ladder,
            norms,
            history=history,
            evidence=None if evidence is None else evidence.loc[evidence.index.isin(mine.index)],
            target=target,
            limits=limits,
        )
        rows += [
            {
                "owner": owner,
                "code": finding.code,
                "number": finding.number,
                "comparison": finding.comparison,
                "n": len(finding.deals),
                "weeks": _weeks(finding, mine, as_day(today), norms, history),
            }
            for finding in found.findings
            if finding.code in EARLY
        ]
    columns = ["owner", "code", "number", "comparison", "n", "weeks"]
    table = pd.DataFrame(rows, columns=columns)
    order = table["code"].map({code: place for place, code in enumerate(EARLY)})
    table = table.assign(order=order).sort_values(["weeks", "order", "owner"], kind="stable")
    return table.drop(columns="order").reset_index(drop=True)


def _weeks(finding, deals, today, norms, history):
    if finding.code == "no_new_blood" and norms.cycle_days is not None:
        mine = history[history["deal_id"].isin(deals["deal_id"])]
        quiet = (today - snapshot(mine, today)["appointment"].max()).days
        return max(0.0, round((norms.cycle_days - quiet) / 7, 1))
    if finding.code == "top_heavy" and norms.flow is not None:
        return round(float(norms.flow.loc[["p50", "p90"], "days"].sum()) / 7, 1)
    return float("nan")
