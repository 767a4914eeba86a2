"""Whom we know in an account: levels covered, who decides, who of ours is responsible."""

import math

import numpy as np
import pandas as pd

from coursekit import inputs
from coursekit.errors import InputError
from coursekit.inputs import as_day, days_of

LEVELS = ("top", "middle", "working")
ROLES = ("decider", "budget", "user", "expert", "gatekeeper", "coach")
STANCES = (-2, -1, 0, 1, 2)  # against it, doubtful, neutral, for it, fights for it
_RACI = ("R", "A", "C", "I")


def coverage(contacts, today, stale_days=60):
    """Contacts of each account across levels, and the gaps.

    Parameters
    ----------
    contacts : DataFrame
        ``account person level`` (`LEVELS`), ``ours`` (who of us knows him), ``last_contact``
        (date, missing if never).
    today : date, str or Timestamp
    stale_days : int, default 60
        Days without a word after which a contact no longer counts.

    Returns
    -------
    DataFrame
        Index ``account``, sorted: ``persons`` (different ones spoken to in that time), ``top middle
        working`` of them, ``of_ours`` (different people of us), ``gaps``: ``no_top no_middle
        no_working``, ``one_person`` (all hangs on one of them), ``one_of_ours`` (on one of us),
        ``silent`` (nobody was spoken to).

    Raises
    ------
    InputError
        A column is absent, a cell other than ``last_contact`` blank, another level, or dates are
        none.

    Notes
    -----
    Syllabus items key_accounts.1.2 and key_accounts.1.3. It fails where a greeting passes for
    access: it counts that there was a talk, not what it was worth. A small firm has one level:
    there a gap is none.
    """
    inputs.filled(contacts, "account", "person", "level", "ours")
    inputs.one_of(contacts, "level", LEVELS)
    inputs.columns(contacts, "last_contact")
    age = (as_day(today) - days_of(contacts, "last_contact")).dt.days
    live = contacts[age.between(0, stale_days)]
    accounts = pd.Index(sorted(set(contacts["account"])), name="account")

    def persons(rows, column="person"):
        return rows.groupby("account")[column].nunique().reindex(accounts, fill_value=0)

    table = pd.DataFrame({"persons": persons(live)})
    for level in LEVELS:
        table[level] = persons(live[live["level"] == level])
    table["of_ours"] = persons(live, "ours")
    silent = table["persons"] == 0
    holds = pd.DataFrame({f"no_{level}": (table[level] == 0) & ~silent for level in LEVELS})
    holds["one_person"] = table["persons"] == 1
    holds["one_of_ours"] = table["of_ours"] == 1
    holds["silent"] = silent
    gaps = [tuple(holds.columns[row]) for row in holds.to_numpy()]
    return table.assign(gaps=pd.Series(gaps, accounts, dtype=object))


def responsibilities(plan, departments=()):
    """Whether every promise to the account has someone inside who does it and one who answers.

    Parameters
    ----------
    plan : DataFrame
        ``task person role``: R does it, A answers for it, C is asked, I is told; optional
        ``department``.
    departments : iterable of str, optional
        Those that must have a part; looked for in ``department``.

    Returns
    -------
    tasks : DataFrame
        Index ``task``, sorted: ``R A C I`` (persons), ``gaps``: ``nobody_does``,
        ``nobody_answers``, ``several_answer``.
    left_out : tuple of str
        Departments without any part.

    Raises
    ------
    InputError
        A column is absent, a cell blank, or another role.

    Notes
    -----
    Syllabus item key_accounts.1.3: the harder part is support inside. It fails where people were
    entered without being asked: it shows who is named, not who agreed.
    """
    inputs.filled(plan, "task", "person", "role")
    inputs.one_of(plan, "role", _RACI)
    departments = tuple(departments)
    if departments:
        inputs.columns(plan, "department")
    counted = plan.groupby(["task", "role"])["person"].nunique().unstack(fill_value=0)
    table = counted.reindex(columns=list(_RACI), fill_value=0).rename_axis(columns=None)
    holds = pd.DataFrame(
        {
            "nobody_does": table["R"] == 0,
            "nobody_answers": table["A"] == 0,
            "several_answer": table["A"] > 1,
        }
    )
    gaps = [tuple(holds.columns[row]) for row in holds.to_numpy()]
    table = table.assign(gaps=pd.Series(gaps, table.index, dtype=object))
    return table, tuple(d for d in departments if not (plan["department"] == d).any())


def decision_chain(contacts):
    """Who decides, who influences how much, and where each stands.

    Parameters
    ----------
    contacts : DataFrame
        Of one account: ``person``, ``role`` (`ROLES`), ``influence`` (0 to 10), ``stance`` (-2
        against, -1 doubtful, 0 neutral, 1 for, 2 fights for it; missing where not known), ``met``
        (true or false); optional ``reports_to`` (a person, blank at the top).

    Returns
    -------
    people : DataFrame
        Index kept: ``person role``, ``weight`` (share of all influence), ``counts`` (weight ×
        stance / 2, NaN where not known), ``steps`` up to a decider (0 for him, NaN where none is
        above).
    summary : dict
        ``support`` (-1 to 1: weighted stance of those known, NaN where nobody is), ``known`` (share
        of influence), ``low`` and ``high`` (every unknown against and for it), ``gaps``:
        ``no_decider``, ``several_deciders``, ``decider_not_met``, ``decider_unknown``,
        ``decider_against``, ``no_budget``, ``no_coach``; ``next``: the most influential who is not
        met, unknown or not for it (None where there is none).

    Raises
    ------
    InputError
        A column is absent, a cell blank, a person twice, a figure outside, or persons who report
        to each other in a circle.

    Notes
    -----
    Syllabus items key_accounts.4.2 and funnel.2.2. Influence is a judgement: ask two people inside
    who is asked before anything is signed. It fails where the title decides the number. A coach
    who likes you is none unless he is able, has a stake, is keen, and wants nothing for himself.
    """
    inputs.filled(contacts, "person", "role", "influence", "met")
    inputs.once(inputs.columns(contacts, "stance"), "person")
    role = inputs.one_of(contacts, "role", ROLES)
    influence = inputs.numbers(contacts["influence"], "influence", least=0, most=10)
    stance = inputs.numbers(contacts["stance"], "stance", least=-2, most=2, missing=True)
    met = inputs.yes_no(contacts["met"], "outcome")
    total = inputs.number(influence.sum(), "influence", above=0)
    weight = influence / total
    people = contacts[["person", "role"]].assign(
        weight=weight, counts=weight * stance / 2, steps=_steps(contacts, role)
    )
    known = float(weight[stance.notna()].sum())
    sure = math.fsum(people["counts"].dropna())
    decider = role == "decider"
    holds = {
        "no_decider": not decider.any(),
        "several_deciders": decider.sum() > 1,
        "decider_not_met": bool((decider & ~met).any()),
        "decider_unknown": bool((decider & stance.isna()).any()),
        "decider_against": bool((decider & (stance < 0)).any()),
        "no_budget": not (role.isin(("budget", "decider"))).any(),
        "no_coach": not ((role == "coach") & (stance > 0) & met).any(),
    }
    to_do = people[~met | stance.isna() | (stance <= 0)]
    ranked = to_do.sort_values(["weight", "person"], ascending=[False, True])
    return people, {
        "support": sure / known if known else math.nan,
        "known": known,
        "low": sure - (1 - known),
        "high": sure + (1 - known),
        "gaps": tuple(code for code, true in holds.items() if true),
        "next": None if ranked.empty else ranked["person"].iloc[0],
    }


def _steps(contacts, role):
    if "reports_to" not in contacts:
        return pd.Series(np.where(role == "decider", 0.0, np.nan), contacts.index)
    above = dict(zip(contacts["person"], contacts["reports_to"], strict=True))
    deciders = set(contacts["person"][role == "decider"])

    def climb(person):
        path = [person]
        while person not in deciders:
            person = above.get(person)
            if person is None or pd.isna(person) or person == "":
                return math.nan
            if person in path:
                raise InputError("accounts.circle", person=str(person))
            path.append(person)
        return float(len(path) - 1)

    return pd.Series([climb(person) for person in contacts["person"]], contacts.index)
