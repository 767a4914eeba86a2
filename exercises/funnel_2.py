"""Exercises of the funnel: what varies, and the keys from the functions that the lessons teach."""

import functools
import math
import pathlib
import tomllib

import pandas as pd

from coursekit import funnel, terms
from coursekit.practice import draws
from coursekit.practice.draws import moved, picked

TEXTS = tomllib.loads((pathlib.Path(__file__).parent / "funnel_2_texts.toml").read_text("utf-8"))
TODAY = "2026-03-02"
LADDER = funnel.Ladder.load()
GATES = sorted({gate for stage in LADDER.stages for gate in stage.gates})
FIVE = LADDER.gates("p50")
THREE = LADDER.gates("p90")
FAULTS = ("date", "person", "aim", "yes")
CLEAR_FAULTS = ("date", "aim", "yes")  # a person may be named by the other notes of a card
AHEAD = ("2026-03-03", "2026-03-04", "2026-03-05", "2026-03-06", "2026-03-10", "2026-03-12")
PAST = ("2026-02-27", "2026-02-26", "2026-02-24", "2026-02-12", "2026-01-29")
PEOPLE = {name: TEXTS["people"][name] for name in ("who", "boss", "day")}


def _cards(rng, picks):
    return draws.cards(rng, picks, PEOPLE)


def _lists(rng, n, stages, low=8, high=96):
    """Rows with customer, stage and an amount in steps of 40,000."""
    customers = rng.sample(TEXTS["people"]["customers"], n)
    return [
        {
            "customer": draws.pair(customer),
            "stage": stage,
            "amount": 10_000 * rng.randrange(low, high + 1, 4),
        }
        for customer, stage in zip(customers, stages, strict=True)
    ]


# --- funnel.2.1: which rung


def which_rung(rng, case):
    """Ten situations from the first tip to the signed contract."""
    talk = TEXTS["fa"]["no"]
    early = [*talk["not_agreed"], *talk["no_meeting"], *talk["no_business"]]
    early += TEXTS["gate"]["nothing"]["hearsay"]
    pools = {"opportunity": early, "appointment": TEXTS["fa"]["yes"], **TEXTS["rung"]}
    n = {"p90": 1, "contract": 1}
    picks = []
    for name, pool in pools.items():
        picks += picked(rng, {"rung": name}, pool, n.get(name, 2))
    return _cards(rng, picks)


def rung(given):
    """Where each card stands."""
    return {card["id"]: card["rung"] for card in given["cards"]}


def met_is_25(given):
    """Having met somebody is taken for 25%."""
    return moved(given, "rung", appointment="p25")


def contact_is_fa(given):
    """Any contact is taken for a first appointment."""
    return moved(given, "rung", opportunity="appointment")


def pending_is_signed(given):
    """A contract that waits is taken for one that is signed."""
    return moved(given, "rung", p90="contract")


# --- funnel.2.6: first appointments


def fa_or_not(rng, case):
    """Nine contacts of one week: four first appointments, one of every other kind."""
    no = TEXTS["fa"]["no"]
    picks = picked(rng, {"kind": "yes"}, TEXTS["fa"]["yes"], 4)
    picks += [p for kind, pool in no.items() for p in picked(rng, {"kind": kind}, pool, 1)]
    return _cards(rng, picks)


def is_fa(given):
    """Agreed, took place, was the first, with somebody who counts, on business."""
    return {c["id"]: "yes" if c["kind"] == "yes" else "no" for c in given["cards"]}


def kind_of_contact(given):
    """What kind of contact each card is."""
    return {card["id"]: card["kind"] for card in given["cards"]}


def meeting_counts(given):
    """Whoever was seen counts."""
    return moved(given, "kind", not_agreed="yes", not_first="yes", wrong_person="yes")


def phone_counts(given):
    """A call or a message counts."""
    return moved(given, "kind", no_meeting="yes")


def needed_weekly(rng, case):
    """A target for the half-year, an order value, a rate and a cycle that makes a difference."""
    while True:
        order_value = 10_000 * rng.randrange(16, 37, 2)
        given = {
            "target": order_value * rng.randrange(5, 10) - 10_000 * rng.randrange(2, 9),
            "order_value": order_value,
            "rate": rng.choice((0.2, 0.25, 0.3)),
            "weeks": rng.randrange(21, 27),
            "cycle": rng.randrange(8, 12),
        }
        if cycle_forgotten(given)["per_week"] < fas_needed(given)["per_week"]:
            return given


def fas_needed(given):
    """Worked backwards by `funnel.appointments_needed`."""
    needed = funnel.appointments_needed(
        given["target"], given["order_value"], given["rate"], given["weeks"], given["cycle"]
    )
    return {
        "contracts": needed.contracts,
        "appointments": needed.appointments,
        "per_week": needed.per_week,
    }


def cycle_forgotten(given):
    """All weeks are counted, also those too late for a contract."""
    return {"per_week": math.ceil(fas_needed(given)["appointments"] / given["weeks"])}


def rate_forgotten(given):
    """Every first appointment is thought to bring a contract."""
    contracts = fas_needed(given)["contracts"]
    return {
        "appointments": contracts,
        "per_week": math.ceil(contracts / (given["weeks"] - given["cycle"])),
    }


def rounded_down(given):
    """Parts of a contract and of an appointment are dropped."""
    contracts = given["target"] // given["order_value"]
    appointments = int(contracts / given["rate"])
    return {
        "contracts": contracts,
        "appointments": appointments,
        "per_week": appointments // (given["weeks"] - given["cycle"]),
    }


def weeks_that_help(given, key):
    """Weeks in which a first appointment can still become a contract."""
    return {"left": given["weeks"] - given["cycle"]}


# --- funnel.2.2 to 2.4: gates


def which_gate(rng, case):
    """Ten notes from a list: evidence for a gate of the 25% class, or none."""
    gates = ("fa_done", "project_set_up", "plan", "decision_path")
    twice = rng.choice(gates)
    picks = [
        p
        for gate in gates
        for p in picked(rng, {"gate": gate}, TEXTS["gate"][gate]["shown"], 1 + (gate == twice))
    ]
    picks += picked(rng, {"gate": "next_step"}, TEXTS["step"]["complete"], 1)
    for sound, pool in TEXTS["gate"]["nothing"].items():
        picks += picked(rng, {"gate": sound}, pool, 1)
    return _cards(rng, picks)


def gate_of(given):
    """The gate that a note shows."""
    sounds = TEXTS["gate"]["nothing"]
    return {c["id"]: "nothing" if c["gate"] in sounds else c["gate"] for c in given["cards"]}


def gate_or_sound(given):
    """The gate, or what makes a note sound like one."""
    return {card["id"]: card["gate"] for card in given["cards"]}


def ours_is_plan(given):
    """What we sent is taken for a plan."""
    return moved(given, "gate", ours="plan")


def feeling_is_path(given):
    """A good relationship is taken for the decision path."""
    return moved(given, "gate", feeling="decision_path")


def hearsay_is_project(given):
    """What others say is taken for a project of the customer."""
    return moved(given, "gate", hearsay="project_set_up")


def claims_25(rng, case):
    """Eight deals claimed at 25% with what of the six gates can be shown."""
    six = list(LADDER.gates("p25"))
    inner = [gate for gate in six if gate not in ("fa_done", "next_step")]
    missing = [(), (), (), ("next_step",), (rng.choice(inner),), (rng.choice(inner),)]
    missing += [tuple(sorted(rng.sample(inner, 2))), rng.choice([(), (rng.choice(inner),)])]
    rng.shuffle(missing)
    rows = _lists(rng, 8, ["p25"] * 8)
    for row, gone in zip(rows, missing, strict=True):
        row["gates"] = [gate for gate in six if gate not in gone]
        row["evidence"] = draws.listed([TEXTS["short"][gate] for gate in row["gates"]])
        row["gone"] = draws.listed([TEXTS["short"][gate] for gate in six if gate in gone])
    return {"rows": draws.numbered("r", rows)}


def _evidence(parts):
    """Which gates each card or row shows, as `funnel.missing_gates` wants it."""
    return pd.DataFrame(
        [[gate in part["gates"] for gate in GATES] for part in parts],
        index=[part["id"] for part in parts],
        columns=GATES,
    )


def _missing(parts, stage):
    evidence = _evidence(parts)
    return funnel.missing_gates(evidence, pd.Series(stage, evidence.index), LADDER)


def not_25(given):
    """Claims that lack a gate."""
    missing = _missing(given["rows"], "p25")
    return list(missing.index[missing.map(len) > 0])


def five_are_enough(given):
    """One gate short is let pass."""
    missing = _missing(given["rows"], "p25")
    return list(missing.index[missing.map(len) > 1])


def step_not_asked(given):
    """The next step is not looked at."""
    missing = _missing(given["rows"], "p25").map(lambda gone: set(gone) - {"next_step"})
    return list(missing.index[missing.map(len) > 0])


def complete_or_not(given):
    """Whether each row passes."""
    missing = _missing(given["rows"], "p25")
    return {row: "short" if gone else "complete" for row, gone in missing.items()}


def _noted(rng, gates, gone_of, step):
    """Cards of one note per gate; where the gate is gone, the note only sounds like it."""
    decks = {}

    def note(gate, gone):
        is_there = gate not in gone
        if gate == "next_step":
            # a day for signing would contradict a card whose contract is not there yet
            name = step if "contract_pending" not in gone else "complete"
            other = "not_closing" if step == "closing" else rng.choice(CLEAR_FAULTS)
            pool = TEXTS["step"][name if is_there else other]
        else:
            pool = TEXTS["gate"][gate]["shown" if is_there else "missing"]
        deck = decks.setdefault(id(pool), rng.sample(pool, len(pool)))
        return deck.pop()

    cards = []
    for gone in gone_of:
        cast = {name: [rng.choice(pool)] for name, pool in PEOPLE.items()}
        notes = [draws.told(rng, note(gate, gone), cast) for gate in gates]
        shown = [gate for gate in gates if gate not in gone]
        cards.append({"gates": shown, "text": draws.joined(notes)})
    rng.shuffle(cards)
    return {"cards": draws.numbered("c", cards)}


def five_gates(rng, case):
    """Six deals claimed at 50%: two pass, four lack one gate each."""
    return _noted(rng, FIVE, [(), (), *((gate,) for gate in rng.sample(FIVE, 4))], "complete")


def three_gates(rng, case):
    """Seven deals claimed at 90%: two pass, five lack one gate each."""
    again = rng.sample(("contract_pending", "only_supplier"), 2)
    return _noted(rng, THREE, [(), (), *((gate,) for gate in (*THREE, *again))], "closing")


def missing_at_50(given):
    """The gate of the 50% class that is missing, or none."""
    return {card: (*gone, "none")[0] for card, gone in _missing(given["cards"], "p50").items()}


def missing_at_90(given):
    """The gate of the 90% class that is missing, or none."""
    return {card: (*gone, "none")[0] for card, gone in _missing(given["cards"], "p90").items()}


def _let_pass(given, gate):
    return {card["id"]: "none" for card in given["cards"] if gate not in card["gates"]}


def warm_contact(given):
    """A keen contact is taken for the one who decides."""
    return _let_pass(given, "right_person")


def talk_of_money(given):
    """Talk of money is taken for a budget."""
    return _let_pass(given, "budget")


def some_day(given):
    """A wish is taken for a schedule."""
    return _let_pass(given, "schedule")


def any_step(given):
    """Something under next step is taken for one."""
    return _let_pass(given, "next_step")


def handshake(given):
    """A promise is taken for a contract that waits for signature."""
    return _let_pass(given, "contract_pending")


def mainly_us(given):
    """Being ahead is taken for being the only one."""
    return _let_pass(given, "only_supplier")


def claims_50(rng, case):
    """Five deals claimed at 50% that all passed 25%, with the gate that is missing."""
    inner = [gate for gate in FIVE if gate != "next_step"]
    gone_of = [None, None, "next_step", *rng.sample(inner, 2)]
    rng.shuffle(gone_of)
    rows = _lists(rng, 5, ["p50"] * 5)
    for row, gone in zip(rows, gone_of, strict=True):
        row["gates"] = [g for g in (*LADDER.gates("p25"), *FIVE) if g != gone]
        row["gone"] = draws.listed([TEXTS["short"][gone]] if gone else [], TEXTS["short"]["none"])
    return {"rows": draws.numbered("r", rows)}


def listed_and_passed(given):
    """The forecast as claimed, and with each deal in the class that its evidence carries."""
    rates = LADDER.rates(funnel.class_shown(_evidence(given["rows"]), LADDER))
    amounts = _amounts(given)
    return {
        "listed": float((amounts * LADDER.rate("p50")).sum()),
        "passed": float((amounts * rates).sum()),
    }


def _amounts(given):
    return pd.Series({row["id"]: float(row["amount"]) for row in given["rows"]})


def all_or_nothing(given):
    """A deal that lacks a gate counts nothing at all."""
    full = funnel.class_shown(_evidence(given["rows"]), LADDER) == "p50"
    return {"passed": float((_amounts(given) * full).sum() * LADDER.rate("p50"))}


def step_is_a_gate_like_others(given):
    """A deal without a next step is left at 25%."""
    full = funnel.class_shown(_evidence(given["rows"]), LADDER) == "p50"
    half, quarter = LADDER.rate("p50"), LADDER.rate("p25")
    return {"passed": float((_amounts(given) * full.map({True: half, False: quarter})).sum())}


def plain_sum(given):
    """The amounts are added up as they stand."""
    return {"listed": float(_amounts(given).sum())}


def sums_at_50(given, key):
    """The sums in writing."""
    shown = funnel.class_shown(_evidence(given["rows"]), LADDER)
    amounts = _amounts(given)
    kept = amounts[shown != "opportunity"]
    return {
        "sum_listed": _sum(amounts, [LADDER.rate("p50")] * len(amounts)),
        "sum_passed": _sum(kept, LADDER.rates(shown[kept.index])),
        "gap": key["listed"] - key["passed"],
    }


def _sum(amounts, rates):
    return {
        lang: " + ".join(
            f"{terms.money(amount, lang)} × {terms.percent(rate)}"
            for amount, rate in zip(amounts, rates, strict=True)
        )
        for lang in terms.LANGS
    }


# --- funnel.2.5: the next-step rule


def next_step_or_not(rng, case):
    """Nine next steps: three complete, six that lack exactly one thing."""
    picks = picked(rng, {"lacks": "none"}, TEXTS["step"]["complete"], 3)
    faults = [*FAULTS, *rng.sample(FAULTS, 2)]
    for fault in FAULTS:
        picks += picked(rng, {"lacks": fault}, TEXTS["step"][fault], faults.count(fault))
    return _cards(rng, picks)


def lacks(given):
    """What each next step lacks: the day, the person, the aim, the customer's yes, or nothing."""
    return {card["id"]: card["lacks"] for card in given["cards"]}


def own_plan_counts(given):
    """A plan of one's own is taken for an agreement."""
    return moved(given, "lacks", yes="none")


def visit_is_an_aim(given):
    """Seeing each other is taken for an aim."""
    return moved(given, "lacks", aim="none")


def soon_is_a_day(given):
    """Soon is taken for a day."""
    return moved(given, "lacks", date="none")


def firm_is_a_person(given):
    """The firm is taken for a person."""
    return moved(given, "lacks", person="none")


def next_steps(rng, kinds):
    """Rows of a list whose next steps are as named: good, blank, past, nobody, no_day."""
    rows = _lists(rng, len(kinds), [rng.choice(("p25", "p50", "p90")) for _ in kinds])
    aims = rng.sample(TEXTS["step"]["aims"], len(kinds))
    for row, kind, aim in zip(rows, kinds, aims, strict=True):
        text = {"blank": None, "no_day": rng.choice(TEXTS["step"]["vague"])}.get(kind, aim)
        row["next_step"] = draws.pair(text) if text else None
        row["next_step_date"] = rng.choice(PAST if kind == "past" else AHEAD)
        row["next_step_person"] = draws.pair(rng.choice(PEOPLE["who"]))
        if kind in ("blank", "no_day"):
            row["next_step_date"] = None
        if kind == "nobody" or (kind == "no_day" and rng.random() < 0.5):
            row["next_step_person"] = None
    return {"rows": draws.numbered("r", rows)}


def eight_deals(rng, case):
    """Eight deals: four with a next step, one of each fault."""
    kinds = ["good"] * 4 + ["blank", "past", "nobody", "no_day"]
    rng.shuffle(kinds)
    return next_steps(rng, kinds)


def six_deals(rng, case):
    """Six deals: three with a next step, three without."""
    kinds = ["good"] * 3 + ["past", *rng.sample(["blank", "nobody", "no_day"], 2)]
    rng.shuffle(kinds)
    return next_steps(rng, kinds)


def _review(given):
    deals = pd.DataFrame(given["rows"]).set_index("id")
    for name in ("next_step", "next_step_person"):
        deals[name] = [both["zh"] if both else None for both in deals[name]]
    return funnel.review(deals, TODAY, LADDER, strict=True)


def dropped(given):
    """Deals that fall back to opportunity under the strict rule of `funnel.review`."""
    checked = _review(given)
    return list(checked.index[checked["reason"] != ""])


def why_dropped(given):
    """The reason of each row, or that it has none."""
    rows = {row["id"]: row for row in given["rows"]}

    def named(row, reason):
        if reason != "not_strict_step":
            return reason or "counts"
        return "no_day" if rows[row]["next_step_date"] is None else "nobody"

    return {row: named(row, reason) for row, reason in _review(given)["reason"].items()}


def any_text_counts(given):
    """Whatever is written counts as a next step."""
    return [row["id"] for row in given["rows"] if not row["next_step"]]


def past_counts(given):
    """A day that has passed is taken for a day."""
    return _dropped_but(given, "step_in_the_past")


def nobody_counts(given):
    """A step with nobody is let pass."""
    return _dropped_but(given, "nobody")


def _dropped_but(given, passed):
    return [row for row, why in why_dropped(given).items() if why not in ("counts", passed)]


def what_drops(given, key):
    """Listed and shown, so that the explanation can name both."""
    checked = _review(given)
    return {
        "n": len(key),
        "before": float(checked["listed"].sum()),
        "after": float(checked["expected"].sum()),
        "gap": float(checked["listed"].sum() - checked["expected"].sum()),
    }


def before_and_after(given):
    """The forecast as listed and what of it can be shown."""
    checked = _review(given)
    return {
        "before": float(checked["listed"].sum()),
        "after": float(checked["expected"].sum()),
    }


def no_rates(given):
    """Amounts are added without their rates."""
    kept = _amounts(given)[_review(given)["reason"] == ""]
    return {"before": float(_amounts(given).sum()), "after": float(kept.sum())}


def mean_rate(given):
    """All amounts are multiplied with the mean of the rates."""
    checked = _review(given)
    rates, kept = LADDER.rates(checked["claimed"]), checked["reason"] == ""
    amounts = _amounts(given)
    return {
        "before": float(amounts.sum() * rates.mean()),
        "after": float(amounts[kept].sum() * rates[kept].mean()),
    }


def past_still_counts(given):
    """Deals whose step has passed stay in."""
    checked = _review(given)
    kept = checked["reason"].isin(["", "step_in_the_past"])
    return {"after": float(checked["listed"][kept].sum())}


def sums_of_six(given, key):
    """The sums in writing."""
    checked = _review(given)
    kept = checked["reason"] == ""
    rates, amounts = LADDER.rates(checked["claimed"]), _amounts(given)
    return {
        "sum_before": _sum(amounts, rates),
        "sum_after": _sum(amounts[kept], rates[kept]),
        "n": int((~kept).sum()),
        "gap": key["before"] - key["after"],
    }


# --- guesses about the lists of the case, before their figures are shown


@functools.cache
def _whole():
    from coursekit.case import Case

    return Case.load()


def my_list(rng, case):
    """What a guess may name of the trainee's own list; without one, of the company's."""
    own = _whole() if case is None else case
    return _counted(own.deals, own.gates, own.today)


@functools.cache
def _company():
    whole = _whole()
    cycle = funnel.cycle_days(whole.deal_history)
    counted = _counted(whole.deals, whole.gates, whole.today)
    return counted | {"cycle_weeks": round(cycle / 7)}


def company(rng, case):
    """What a guess may name of the company's lists."""
    return dict(_company())


def _counted(deals, gates, today):
    deals = deals.set_index("deal_id").rename(
        columns={"next_step_zh": "next_step", "next_step_person_zh": "next_step_person"}
    )
    deals = deals[funnel.is_open(deals["stage"])]
    stage = deals["stage"]
    evidence = gates.set_index("deal_id").reindex(deals.index)
    passed = {
        code: evidence[list(LADDER.gates(code))].eq(1).all(axis=1) & (stage == code)
        for code in ("p25", "p50", "p90")
    }
    checked = funnel.review(deals, today, LADDER, strict=True)
    return {
        "n_open": len(deals),
        "n_percent": int((LADDER.rates(stage) > 0).sum()),
        "n_25": int((stage == "p25").sum()),
        "n_six": int(passed["p25"].sum()),
        "n_50": int((stage == "p50").sum()),
        "n_five": int(passed["p50"].sum()),
        "n_90": int((stage == "p90").sum()),
        "n_only": int(evidence["only_supplier"][stage == "p90"].sum()),
        "listed": float(checked["listed"].sum()),
        "shown": float(checked["expected"].sum()),
    }


def guess_percent(given):
    """How many open deals stand in a class with a percent."""
    return {"n_percent": given["n_percent"]}


def guess_weeks(given):
    """Weeks from first appointment to contract."""
    return {"cycle_weeks": given["cycle_weeks"]}


def guess_six(given):
    """Deals claimed at 25% that pass all six gates."""
    return {"n_six": given["n_six"]}


def guess_five(given):
    """Deals claimed at 50% that pass all five gates."""
    return {"n_five": given["n_five"]}


def guess_only(given):
    """Deals claimed at 90% where nobody else is in it any more."""
    return {"n_only": given["n_only"]}


def guess_shown(given):
    """What of the list can be shown."""
    return {"shown": given["shown"]}


# --- funnel.2.1: the way from far off to signed


def nearest_last(rng, case):
    """Six customers, one on each rung."""
    talk = TEXTS["fa"]["no"]
    early = [*talk["not_agreed"], *talk["no_meeting"], *TEXTS["gate"]["nothing"]["hearsay"]]
    pools = {"opportunity": early, "appointment": TEXTS["fa"]["yes"], **TEXTS["rung"]}
    return _cards(
        rng, [p for name, pool in pools.items() for p in picked(rng, {"rung": name}, pool, 1)]
    )


def up_the_ladder(given):
    """Lowest rung first."""
    return _by_rung(given, LADDER.codes)


def met_goes_ahead(given):
    """A first meeting is put above a project that the customer has set up."""
    return _by_rung(given, ("opportunity", "p25", "appointment", "p50", "p90", "contract"))


def waiting_is_signed(given):
    """A contract that waits is put above one that is signed."""
    return _by_rung(given, ("opportunity", "appointment", "p25", "p50", "contract", "p90"))


def _by_rung(given, order):
    rungs = rung(given)
    return sorted(rungs, key=lambda card: order.index(rungs[card]))
