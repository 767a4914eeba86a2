"""What a portfolio can suffer from: one function per finding.

Each takes a `Portfolio` and its limits and returns what it measured and what it compares with,
or None. It needs what its decorator names; without it the finding is off.
"""

import dataclasses
import functools
import typing

import pandas as pd

from coursekit.funnel.flow import flow, own_rates
from coursekit.funnel.gates import missing_gates
from coursekit.funnel.history import snapshot
from coursekit.funnel.ladder import OPEN, is_open, known_stage
from coursekit.funnel.norms import Norms, unfinished
from coursekit.funnel.prospect import plays_ball
from coursekit.funnel.review import RULES, days_since, money, rests, review
from coursekit.funnel.shape import ageing
from coursekit.inputs import days_of

ACTIVE = ("p25", "p50", "p90")
TOP = ("p50", "p90")
BASE = ("opportunity", "appointment")


@dataclasses.dataclass(frozen=True, eq=False)
class Portfolio:
    """One person's deals, prepared for the findings; frames carry the index of `deals`.

    ``own``: the person's part of the stage history, or None. ``evidence``: gates by the index of
    `deals`, or None. ``norms``: the team's.
    """

    deals: pd.DataFrame
    today: pd.Timestamp
    ladder: object
    norms: Norms
    own: pd.DataFrame | None = None
    evidence: pd.DataFrame | None = None
    target: float | None = None
    pyramid: dict | None = None

    @functools.cached_property
    def review(self):
        """`funnel.review` of all deals."""
        return review(self.deals, self.today, self.ladder)

    @functools.cached_property
    def open(self):
        """The open deals: ``stage amount listed shown reason days late rests``."""
        found = self.review[is_open(self.review["claimed"])]
        table = pd.DataFrame(
            {
                "stage": found["claimed"],
                "amount": money(self.deals).reindex(found.index),
                "listed": found["listed"].fillna(0.0),
                "shown": found["expected"].fillna(0.0),
                "reason": found["reason"],
                "days": days_since(self.deals, "entered", self.today).reindex(found.index),
                "late": False,
                "normal": float("nan"),
            }
        )
        if self.norms.flow is not None:
            pace = ageing(self.deals, self.today, self.norms.flow)
            table["late"], table["normal"] = pace["late"], pace["normal"]
        return table

    @functools.cached_property
    def active(self):
        """The open deals of the percent classes."""
        return self.open[self.open["stage"].isin(ACTIVE)]

    def has(self, need):
        """Whether what a finding needs is there: a column, or one of the names below."""
        return {
            "history": self.own is not None,
            "pace": self.norms.flow is not None and "entered" in self.deals,
            "cycle": self.own is not None and self.norms.cycle_days is not None,
            "fastest": self.norms.fastest is not None,
            "age_limit": self.norms.age_limit is not None and "created" in self.deals,
            "step": bool({"next_step", "next_step_date"} & set(self.deals.columns)),
            "evidence": self.evidence is not None,
            "target": self.target is not None,
        }.get(need, need in self.deals)


class Seen(typing.NamedTuple):
    """What a finding measured, what it is compared with, which deals (labels), at which stage."""

    number: float
    comparison: float
    deals: tuple = ()
    stage: str | None = None


FINDINGS = {}


def _finding(action, *needs):
    def keep(function):
        FINDINGS[function.__name__] = (function, action, needs)
        return function

    return keep


def _some(rows):
    return tuple(rows.index)


def _step_fails(table):
    return table["reason"].map(lambda code: RULES.get(code) == "next_step")


@_finding("book_appointments", "history")
def no_new_blood(p, limit):
    """First appointments a week of late, against the usual number before."""
    met = snapshot(p.own, p.today)["appointment"].dropna()
    ago = (p.today - met).dt.days
    recent, before = 7 * limit["weeks"], 7 * limit["usual_weeks"]
    earlier = ago[(ago >= recent) & (ago < recent + before)]
    if len(earlier) < limit["least"]:
        return None
    weeks = min(limit["usual_weeks"], (ago.max() - recent) / 7 + 1 / 7)  # a newcomer has fewer
    usual, now = len(earlier) / max(weeks, 1), int((ago < recent).sum()) / limit["weeks"]
    return Seen(now, usual) if now < limit["share"] * usual else None


@_finding("rebuild_base")
def top_heavy(p, limit):
    """Share of the open deals at 50% and 90%, against the pyramid."""
    stage = p.open["stage"]
    norm = sum(p.pyramid[code] for code in TOP)
    share = stage.isin(TOP).mean()
    if len(stage) < limit["deals"] or share <= limit["times"] * norm:
        return None
    return Seen(share, norm, _some(p.open[stage.isin(TOP)]))


@_finding("move_or_drop", "pace")
def stuck_base(p, limit):
    """Share of the open deals below 25% where half of these are late, against the pyramid."""
    base = p.open[p.open["stage"].isin(BASE)]
    if len(p.open) < limit["deals"] or len(base) / len(p.open) < limit["share"]:
        return None
    if base["late"].mean() <= limit["late"]:
        return None
    norm = sum(p.pyramid[code] for code in BASE)
    return Seen(len(base) / len(p.open), norm, _some(base[base["late"]]))


@_finding("move_or_drop", "pace")
def stuck_stage(p, limit):
    """Median days in the stage of the percent classes where most are late, against its usual."""
    worst = None
    for code in ACTIVE:
        there = p.open[p.open["stage"] == code]
        late = there[there["late"]]
        most = worst is None or len(late) > len(worst.deals)
        if len(there) >= limit["deals"] and there["late"].mean() > limit["late"] and most:
            normal = float(there["normal"].iloc[0])
            worst = Seen(float(there["days"].median()), normal, _some(late), code)
    return worst


@_finding("drop_or_restart", "age_limit")
def zombies(p, limit):
    """Age in days of the oldest open deal, against the oldest that ever closed."""
    age = days_since(p.deals, "created", p.today).reindex(p.open.index)
    old = age[age > p.norms.age_limit]
    if not len(old) or len(old) < limit["share"] * len(age):
        return None
    return Seen(float(old.max()), float(p.norms.age_limit), _some(old))


@_finding("agree_steps", "step")
def no_next_steps(p, limit):
    """Share of the percent classes without a next step that counts, against the limit."""
    bare = p.active[_step_fails(p.active)]
    if len(p.active) < limit["deals"] or len(bare) < limit["share"] * len(p.active):
        return None
    return Seen(len(bare) / len(p.active), limit["share"], _some(bare))


@_finding("second_leg", "amount")
def one_big_deal(p, limit):
    """Share of the shown value that hangs on one deal, against the limit."""
    shown = p.open["shown"]
    if len(p.open) < limit["deals"] or not shown.sum() > 0:
        return None
    share = shown.max() / shown.sum()
    return Seen(share, limit["share"], (shown.idxmax(),)) if share > limit["share"] else None


@_finding("check_gates", "evidence")
def soft_fifty(p, limit):
    """Share of the deals claimed at 50% that pass all five gates, against the limit."""
    claimed = p.open[p.open["stage"] == "p50"]
    there = p.evidence.reindex(claimed.index.intersection(p.evidence.index))
    missing = missing_gates(there, claimed["stage"], p.ladder)
    passed = missing.map(len) == 0
    if len(there) < limit["deals"] or passed.mean() >= limit["share"]:
        return None
    return Seen(float(passed.mean()), limit["share"], tuple(there.index[~passed]), "p50")


@_finding("fill_list", "target", "amount")
def thin_coverage(p, limit):
    """The list as listed, against the target: too little even if every claim is true."""
    listed = p.open["listed"].sum()
    return Seen(float(listed), float(p.target)) if listed < p.target else None


@_finding("check_gates", "target", "amount")
def paper_coverage(p, limit):
    """What can be shown, against the target that the list covers only on paper."""
    listed, shown = p.open["listed"].sum(), p.open["shown"].sum()
    if not shown < p.target <= listed:
        return None
    return Seen(float(shown), float(p.target), _some(p.open[p.open["reason"] != ""]))


@_finding("redate", "expected_close")
def overdue(p, limit):
    """Share of the dated open deals whose expected day has passed, against the limit."""
    due = days_of(p.deals, "expected_close").reindex(p.open.index).dropna()
    past = due[due < p.today]
    if len(due) < limit["deals"] or len(past) < limit["share"] * len(due):
        return None
    return Seen(len(past) / len(due), limit["share"], _some(past))


@_finding("redate", "expected_close", "amount")
def same_day(p, limit):
    """Share of the listed value of dated deals that is due on one day, against the limit."""
    due = days_of(p.deals, "expected_close").reindex(p.active.index).dropna()
    listed = p.active["listed"].reindex(due.index)
    by_day = listed.groupby(due).sum()
    if not by_day.sum() > 0:
        return None
    share, crowd = by_day.max() / by_day.sum(), due[due == by_day.idxmax()]
    if len(crowd) < limit["deals"] or share <= limit["share"]:
        return None
    return Seen(float(share), limit["share"], _some(crowd))


@_finding("redate", "expected_close", "fastest")
def too_soon(p, limit):
    """Days to the expected day of the hastiest deal, against the fastest contract from there."""
    due = days_of(p.deals, "expected_close").reindex(p.open.index)
    left = (due - p.today).dt.days
    fastest = p.open["stage"].map(p.norms.fastest).astype(float)
    entered = p.open["days"].fillna(0)  # days already spent in the stage count
    hasty = left[(left >= 0) & (left + entered < fastest)]
    if len(hasty) < max(limit["deals"], limit["share"] * left.notna().sum()):
        return None
    worst = (left + entered - fastest)[hasty.index].idxmin()
    return Seen(
        float((left + entered)[worst]), float(fastest[worst]), _some(hasty), p.open["stage"][worst]
    )


@_finding("train_stage", "history")
def leak(p, limit):
    """Own share that moves on from the leakiest stage, against the team's."""
    mine, team = flow(p.own, p.today), p.norms.flow
    ended = mine["moved_on"] + mine["lost"]
    found = [
        Seen(float(mine.loc[code, "rate"]), float(team.loc[code, "rate"]), (), code)
        for code in OPEN
        if ended[code] >= limit["deals"]
        and mine.loc[code, "moved_on"] < ended[code]
        and mine.loc[code, "high"] < team.loc[code, "rate"]
    ]
    return min(found, key=lambda seen: seen.number - seen.comparison, default=None)


@_finding("check_gates", "history")
def optimist(p, limit):
    """Share won of what this person had at 90%, against what 90% claims."""
    row = own_rates(p.own, p.ladder).loc["p90"]
    if row["n"] < limit["deals"] or row["high"] >= p.ladder.rate("p90"):
        return None
    claimed = p.open[p.open["stage"] == "p90"]
    return Seen(float(row["rate"]), p.ladder.rate("p90"), _some(claimed), "p90")


@_finding("ask_for_yes", "pace", "step")
def polite_steps(p, limit):
    """Days in the stage of the stillest deal that always has a step, against the usual."""
    pace = plays_ball(p.deals, p.today, p.norms.flow).reindex(p.active.index)
    still = pace[pace["has_step"] & (pace["times"] > limit["times"])]
    if still.empty:
        return None
    row = still.loc[still["times"].idxmax()]
    return Seen(float(row["days"]), float(row["normal"]), _some(still), row["stage"])


@_finding("fill_amounts", "amount")
def no_amounts(p, limit):
    """Share of the percent classes without an amount, against the limit."""
    bare = p.active[p.active["amount"].isna()]
    if len(p.active) < limit["deals"] or len(bare) < limit["share"] * len(p.active):
        return None
    return Seen(len(bare) / len(p.active), limit["share"], _some(bare))


@_finding("call_today", "last_contact")
def silent(p, limit):
    """Share of the percent classes without contact for weeks, against the limit."""
    quiet = days_since(p.deals, "last_contact", p.today).reindex(p.active.index)
    quiet = quiet[(quiet > limit["days"]) & ~rests(p.deals, p.today).reindex(quiet.index)]
    if len(p.active) < limit["deals"] or len(quiet) < limit["share"] * len(p.active):
        return None
    return Seen(len(quiet) / len(p.active), limit["share"], _some(quiet))


@_finding("drop_or_restart", "cycle")
def never_lets_go(p, limit):
    """Share of old first appointments that are still open, against the team's."""
    found = snapshot(p.own, p.today)
    share, ids = unfinished(found, p.today, limit["cycles"] * p.norms.cycle_days)
    if len(ids) < limit["deals"] or share < limit["share"] or share <= p.norms.unfinished:
        return None
    rows = p.deals["deal_id"].isin(ids) & is_open(known_stage(p.deals["stage"]))
    return Seen(share, p.norms.unfinished, tuple(p.deals.index[rows]))
