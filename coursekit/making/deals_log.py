"""What hangs on a deal: its history, evidence, objections, risks, ways to win, the No. 1 form."""

import datetime

from coursekit.making.company import both
from coursekit.making.days import worked
from coursekit.making.deals_life import CAREFUL

CLASSES = ("p25", "p50", "p90")
# gates of the ladder, and how often each can be shown: deals won, lost, open
GATES = {
    "fa_done": (1.0, 0.96, 0.97), "project_set_up": (0.97, 0.66, 0.70),
    "sales_plan": (0.92, 0.60, 0.64), "staged_plan": (0.88, 0.48, 0.52),
    "decision_path": (0.93, 0.42, 0.46), "right_person": (0.95, 0.52, 0.56),
    "right_proposal": (0.96, 0.70, 0.74), "budget": (0.86, 0.50, 0.54),
    "schedule": (0.94, 0.54, 0.58), "contract_pending": (1.0, 0.34, 0.55),
    "only_supplier": (0.92, 0.24, 0.50), "next_step": (0.97, 0.55, 0.0),
}  # fmt: skip
SOFT = "S21"  # claims what he hopes
# the step of selling that answers an objection before the customer raises it
PREVENTED_BY = {
    "price": "p25", "terms": "p25", "proof": "p25", "supplier": "appointment", "authority": "p25",
    "timing": "appointment", "service": "p50", "budget": "p25",
}  # fmt: skip
_KINDS = {"price": 30, "proof": 18, "supplier": 14, "authority": 14, "terms": 10, "timing": 8}
_KINDS |= {"service": 8, "budget": 8}
# number of objections: weights of 0, 1, 2, 3
_EARLY = {"contract": (40, 42, 15, 3), "lost": (30, 44, 20, 6), "open": (38, 44, 18, 0)}
_LATE = {"contract": (80, 17, 3, 0), "lost": (14, 36, 30, 20), "open": (60, 30, 10, 0)}
RISKS = ("product", "finance", "credit", "politics", "management")
_LIKELIHOOD, _IMPACT = ("unlikely", "possible", "likely"), ("minor", "moderate", "serious")
_CHANCE = {"p25": 0.3, "p50": 0.45, "p90": 0.7}  # what people say when asked
WAYS = ("decision_chain", "offer", "partners", "win_win")
_ANSWERS = ("yes", "partly", "no")


def tables(world, pairs):
    """Everything that is written down per deal.

    Parameters
    ----------
    world : World
    pairs : list of (dict, Draft)

    Returns
    -------
    dict of str to list of dict
    """
    return {
        "deal_history": [
            {"deal": row["deal"], "stage": stage, "date": day, "owner": row["owner"]}
            for row, draft in pairs
            for stage, day in draft.history
        ],
        "gates": [_gates(world, row, draft) for row, draft in pairs if _reached(draft, "p25")],
        "objections": _numbered(world, pairs),
        "deal_risks": [
            risk for row, draft in pairs if _active(draft) for risk in _risks(world, row, draft)
        ],
        "win_factors": [_ways(world, row) for row, draft in pairs if _reached(draft, "p50")],
        "prospects": _prospects(world, pairs),
    }


def _reached(draft, stage):
    return any(code == stage for code, _ in draft.history)


def _active(draft):
    return draft.stage in CLASSES


def _gates(world, row, draft):
    rng = world.rng(f"gates/{row['deal']}")
    place = {"contract": 0, "lost": 1}.get(draft.stage, 2)
    agreed = draft.step in ("agreed", "polite")
    shown = {}
    for gate, share in GATES.items():
        likely = share[place] + (0.2 if place == 2 and agreed else 0)
        if place == 2 and draft.owner in CAREFUL and agreed:
            likely = 0.98
        elif place == 2 and draft.owner == SOFT:
            likely = 0.45
        shown[gate] = rng.random() < likely
    if place == 2:
        shown["next_step"] = agreed
    if not _reached(draft, "p90"):
        shown["contract_pending"] = shown["only_supplier"] = False
    return {"deal": row["deal"]} | shown


def _numbered(world, pairs):
    found = [one for row, draft in pairs for one in _objections(world, row, draft)]
    found.sort(key=lambda one: (one["date"], one["deal"], one["kind"]))
    return [{"objection": f"J{n:04d}"} | one for n, one in enumerate(found, 1)]


def _objections(world, row, draft):
    """Early ones cost little; late ones come with deals that are lost, however well answered."""
    rng = world.rng(f"objections/{row['deal']}")
    outcome = draft.stage if draft.stage in _EARLY else "open"
    steps = [code for code, _ in draft.history if code in ("appointment", *CLASSES)]
    days = dict(draft.history)
    until = draft.history[-1][1] if not draft.is_open else world.today
    for part, weights in ((("appointment", "p25"), _EARLY), (("p50", "p90"), _LATE)):
        there = [code for code in steps if code in part]
        if not there:
            continue
        number = rng.choices(range(4), weights[outcome])[0]
        kinds = _some(rng, _KINDS, number)
        for kind in kinds:
            stage = rng.choice(there)
            later = [day for code, day in draft.history if day > days[stage] and code != stage]
            end = min([*later, until])
            span = max(0, (end - days[stage]).days - 1)
            day = worked(days[stage] + datetime.timedelta(days=rng.randrange(span + 1)))
            yield {
                "deal": row["deal"],
                "date": max(day, days[stage]),
                "stage": stage,
                "kind": kind,
                "answered": rng.random() < 0.8,
                "prevented_by": PREVENTED_BY[kind],
                **both("said", _said(world, row["deal"], kind)),
            }


def _said(world, deal, kind):
    """In the customer's words; how many there are changes nothing else."""
    return world.rng(f"said/{deal}/{kind}").choice(world.skin["deals"]["objections"][kind])


def _some(rng, weights, number):
    """Different codes, by weight."""
    left, found = dict(weights), []
    for _ in range(number):
        found.append(rng.choices(tuple(left), tuple(left.values()))[0])
        del left[found[-1]]
    return found


def _risks(world, row, draft):
    """Five judgements; of two equal deals one is safe, the other has a payer in doubt."""
    rng = world.rng(f"risks/{row['deal']}")
    safe = rng.random() < 0.5
    for risk in RISKS:
        likelihood = rng.choices(_LIKELIHOOD, (60, 30, 10) if safe else (30, 45, 25))[0]
        impact = rng.choices(_IMPACT, (45, 40, 15) if safe else (25, 45, 30))[0]
        if draft.tag in ("safe", "grave"):
            grave = draft.tag == "grave" and risk in ("credit", "politics")
            likelihood, impact = ("likely", "serious") if grave else ("unlikely", "moderate")
        elif rng.random() < 0.08:
            likelihood = impact = None
        yield {"deal": row["deal"], "risk": risk, "likelihood": likelihood, "impact": impact}


def _ways(world, row):
    rng = world.rng(f"ways/{row['deal']}")
    weights = {"contract": (68, 24, 8), "lost": (26, 38, 36)}.get(row["stage"], (42, 36, 22))
    answers = {way: rng.choices(_ANSWERS, weights)[0] for way in WAYS}
    if row["closed"] is None and rng.random() < 0.3:
        answers[rng.choice(WAYS)] = None
    return {"deal": row["deal"]} | answers


def _prospects(world, pairs):
    """Each one's No. 1: the largest active deal with a step; careful people leave no gap."""
    words = world.skin["deals"]["prospect"]
    found = []
    for person in world.salespeople:
        key = person["salesperson"]
        rng = world.rng(f"prospects/{key}")
        mine = [(row, draft) for row, draft in pairs if row["owner"] == key and _active(draft)]
        if key in CAREFUL:
            mine = [(row, draft) for row, draft in mine if draft.step == "agreed"]
        if not mine:
            continue
        mine = [row for row, _ in mine]
        row = max(mine, key=lambda r: (r["next_step_date"] is not None, r["amount"], r["deal"]))

        def gap(share, sure=key in CAREFUL, rng=rng):
            return not sure and rng.random() < share

        form = {"salesperson": key, "deal": row["deal"], "customer": row["customer"]}
        form |= {"first_meeting": row["appointment"], "last_talk": row["last_contact"]}
        form |= both("key_person", _pair(row, "next_step_person", gap(0.2)))
        form |= {"amount": None if gap(0.1) else row["amount"]}
        form |= both("amount_why", _text(rng, words["amount_why"], gap(0.3)))
        form |= {"chance": None if gap(0.15) else _CHANCE[row["stage"]]}
        for field, share in (("chance_why", 0.4), ("obstacle", 0.3), ("rival_move", 0.6),
                             ("change_of_plan", 0.5)):  # fmt: skip
            form |= both(field, _text(rng, words[field], gap(share)))
        form |= {"step_time": row["next_step_date"]}
        no_step = row["next_step_date"] is None or gap(0.15)
        form |= both("step_place", _text(rng, words["step_place"], no_step or gap(0.2)))
        form |= both("step_people", _pair(row, "next_step_person", no_step or gap(0.2)))
        form |= both("step_aim", _text(rng, words["step_aim"], no_step or gap(0.35)))
        form |= both("step_content", _pair(row, "next_step", no_step))
        found.append(form)
    return found


def _pair(row, column, is_gap):
    return (None, None) if is_gap else (row[f"{column}_zh"], row[f"{column}_en"])


def _text(rng, texts, is_gap):
    text = rng.choice(texts)
    return (None, None) if is_gap else text
