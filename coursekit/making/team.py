"""The sample team: twelve sales people of a made-up feed company, the same from one seed.

What is built in on purpose stands in datasets/README.md.
"""

import csv
import datetime
import random

from coursekit import course, toml

SEED = 20260526
TODAY = datetime.date(2026, 3, 2)  # a Monday
FIRST_WEEK = datetime.date(2025, 1, 6)
TARGET = 600_000  # what each person's list still has to bring, yuan

# first appointments per week of the team: two Spring Festivals, and from mid-August to the
# October holiday nobody made new ones
DROUGHT = (datetime.date(2025, 8, 11), datetime.date(2025, 10, 6))
HOLIDAYS = {datetime.date(2025, 1, 27), datetime.date(2025, 2, 3), datetime.date(2026, 2, 16)}
# of ten first appointments: won, lost, never ended; what is old has mostly ended
FATES = ["won"] * 3 + ["lost"] * 3 + ["stuck"] * 4
OLD_FATES = ["won"] * 3 + ["lost"] * 6 + ["stuck"] * 1
OLD = datetime.date(2025, 6, 1)
LONGEST_DAYS = 165  # from the first entry to the contract or the loss, no closed deal took longer

TYPICAL_AMOUNT = {
    "pig": 320, "layer": 210, "broiler": 260, "dairy": 380, "fish": 160, "premix": 290,
}  # thousand yuan  # fmt: skip
SHARE = {  # share of first appointments, by habit
    "closer": 1.6, "hoarder": 1.7, "beginner": 0.9,
}  # fmt: skip
JOINED = {"S07": datetime.date(2025, 11, 24), "S11": datetime.date(2025, 8, 4)}
STOPPED = {"S02": datetime.date(2026, 1, 5)}  # no first appointment since

OPEN = ("opportunity", "appointment", "p25", "p50", "p90")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def days(number):
    """A span of whole days."""
    return datetime.timedelta(days=round(number))


def first_appointments(rng):
    """The day of every first appointment up to today, oldest first."""
    weeks = (TODAY - FIRST_WEEK).days // 7
    for week in range(weeks):
        monday = FIRST_WEEK + days(7 * week)
        if DROUGHT[0] <= monday < DROUGHT[1]:
            number = week % 2
        elif monday in HOLIDAYS:
            number = 1
        else:
            number = rng.choice((4, 4, 4, 5, 5)) + (monday >= DROUGHT[1])
        yield from sorted(monday + days(rng.randrange(5)) for _ in range(number))


def pick_owner(rng, people, day):
    """Who had a first appointment on a day."""
    there = [
        person
        for person in people
        if JOINED.get(person["id"], FIRST_WEEK) <= day
        and day < STOPPED.get(person["id"], datetime.date.max)
    ]
    return rng.choices(there, [SHARE.get(person["habit"], 1.2) for person in there])[0]


def appointed(rng, people, day, fate):
    """One deal from its first appointment on: ``stage``, ``history`` and dates."""
    created = day - days(rng.randrange(3, 18))
    owner = pick_owner(rng, people, day)
    cycle = {
        "won": lambda: min(max(rng.gauss(70, 12), 38), 110),
        "lost": lambda: min(max(rng.gauss(80, 28), 20), LONGEST_DAYS - 20),
        "stuck": lambda: 10_000,
    }[fate]()
    if fate == "won":
        top = "p90"
    elif owner["habit"] == "closer":
        top = rng.choice(("p50", "p90"))
    elif fate == "lost":
        top = rng.choices(OPEN[1:], (20, 35, 32, 13))[0]
    else:
        top = rng.choices(OPEN[1:], (20, 40, 32, 8))[0]
    pace = 72 if fate == "stuck" else cycle
    history = [("opportunity", created), ("appointment", day)]
    for stage, part in (("p25", 0.22), ("p50", 0.52), ("p90", 0.82)):
        reached = day + days(pace * part + rng.uniform(-2, 2))
        if OPEN.index(stage) <= OPEN.index(top) and reached < TODAY:
            history.append((stage, reached))
    end = day + days(cycle)
    if fate != "stuck" and end < TODAY - days(2):
        history.append(("contract" if fate == "won" else "lost", end))
    if owner["habit"] == "beginner":  # a beginner has not been anywhere near a contract
        history = [step for step in history if step[0] in ("opportunity", "appointment", "p25")]
    return {"owner": owner, "history": history}


def untouched(rng, people):
    """A deal that has not had a first appointment."""
    there = [p for p in people if p["habit"] != "closer"]
    heavy = [3 if p["habit"] in ("beginner", "hoarder") else 1 for p in there]
    created = TODAY - days(rng.randrange(4, 75))
    return {"owner": rng.choices(there, heavy)[0], "history": [("opportunity", created)]}


def story(rng, people):
    """All deals with owner and stage history, oldest first."""
    deals, fates = [], []
    for day in first_appointments(rng):
        if not fates:
            fates = rng.sample(OLD_FATES if day < OLD else FATES, 10)
        deals.append(appointed(rng, people, day, fates.pop()))
    deals += [untouched(rng, people) for _ in range(32)]
    return sorted(deals, key=lambda deal: deal["history"][0][1])


def amount(rng, product, closed_month):
    """An amount in yuan: wide spread, a little more in spring and autumn."""
    season = 1.12 if closed_month in (3, 4, 9, 10) else 0.96
    value = TYPICAL_AMOUNT[product] * season * 2.718281828 ** rng.gauss(0, 0.55)
    return int(min(max(value, 30), 1250)) * 1000


def step_kind(rng, habit, stage, waiting):
    """What the next-step cell of an open deal looks like; ``waiting``: days in its stage."""
    weights = {"agreed": 58, "own_plan": 10, "vague": 12, "blank": 12, "past": 8}
    if waiting > 75:
        weights = {"agreed": 16, "own_plan": 10, "vague": 30, "blank": 26, "past": 18}
    if habit == "steady":
        weights = {"agreed": 80, "own_plan": 10, "blank": 10}
    elif habit == "hoarder":
        weights["vague"] *= 3
    elif habit == "past_dates":
        weights["past"] *= 5
    if stage == "opportunity":
        weights = {"before_first": 45, "vague": 25, "blank": 30}
    return rng.choices(list(weights), list(weights.values()))[0]


def step_date(rng, kind):
    """When the next step is due; None where nobody wrote a day."""
    if kind in ("vague", "blank"):
        return None
    if kind == "past":
        return TODAY - days(rng.choice((3, 5, 6, 10, 12, 17, 24, 38, 55)))
    return TODAY + days(rng.choice((1, 1, 2, 2, 3, 3, 4, 7, 8, 9, 10, 11, 15, 17)))


def written_day(day):
    """A day as one writes it in a list, Chinese and English."""
    if TODAY <= day < TODAY + days(5):
        return "周" + "一二三四五六日"[day.weekday()], _weekday(day)
    if TODAY <= day < TODAY + days(12):
        return "下周" + "一二三四五六日"[day.weekday()], "next " + _weekday(day)
    return f"{day.month}月{day.day}日", f"{day.day} {MONTHS[day.month - 1]}"


def _weekday(day):
    return ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")[day.weekday()]


def next_step(rng, words, kind, who):
    """Date and both texts of a next step."""
    day = step_date(rng, kind)
    if kind == "blank":
        return day, ("", "")
    texts = words["steps"]["agreed" if kind == "past" else kind]
    written = written_day(day) if day else ("", "")
    template = rng.choice(texts)
    return day, tuple(template[i].format(day=written[i], who=who[i]) for i in (0, 1))


def row(rng, words, deal, customer):
    """One deal as a row with codes; words as pairs (Chinese, English)."""
    place, kind = customer
    history = dict(deal["history"])
    stage, entered = deal["history"][-1]
    habit = deal["owner"]["habit"]
    is_open = stage in OPEN
    if is_open and habit == "optimist" and stage == "p50" and rng.random() < 0.5:
        stage = "p90"  # claimed, and no record says when
    surname, title = (
        rng.choice(words["contacts"]["surnames"]),
        rng.choice(words["contacts"]["titles"]),
    )
    who = (surname[0] + title[0], surname[1])
    entry = {
        "owner_id": deal["owner"]["id"],
        "owner": (deal["owner"]["zh"], deal["owner"]["en"]),
        "customer": (place[0] + kind[0], f"{place[1]} {kind[1]}"),
        "product": tuple(words["products"][kind[2]]),
        "stage": stage,
        "amount": amount(rng, kind[2], (TODAY if is_open else entered).month),
        "created": deal["history"][0][1],
        "entered": entered,
        "next_step_person": (who[0], f"{surname[1]} ({title[1].lower()})"),
    }
    if not is_open:
        return entry | {"closed": entered, "last_contact": entered}
    waiting = (TODAY - entered).days
    step = entry["step"] = step_kind(rng, habit, stage, waiting)
    entry["next_step_date"], entry["next_step"] = next_step(rng, words, step, who)
    fresh = step in ("agreed", "before_first")
    quiet = rng.randrange(1, 14) if fresh else rng.randrange(min(12, waiting), waiting + 2)
    entry["last_contact"] = max(entered, TODAY - days(quiet))
    start = history.get("appointment", entry["created"])
    guess = start + days(rng.gauss(85, 15))
    entry["expected_close"] = guess if rng.random() < 0.75 else datetime.date(2026, 3, 31)
    if step in ("own_plan", "vague", "blank") and rng.random() < 0.6:
        entry["next_step_person"] = ("", "")
    early = stage in ("opportunity", "appointment")
    if early and rng.random() < (0.9 if habit == "no_amounts" else 0.12):
        entry["amount"] = None
    return entry


def special(rows, words):
    """Change a few rows into the cases that lessons talk about."""
    numbered = {key: [r for r in rows if r["owner_id"] == key] for key in ("S03", "S06", "S08")}
    whale = max(
        (r for r in numbered["S06"] if r["stage"] in ("p25", "p50", "p90")),
        key=lambda r: (r["created"], r["amount"] or 0),
    )
    whale |= {
        "stage": "p50",
        "amount": 2_600_000,
        "customer": ("长风原食品集团", "Longwind Food Group"),
        "next_step": ("老板很感兴趣，保持联系", "Owner very interested, keep in touch"),
        "next_step_date": None,
        "step": "vague",
    }
    polite = max(
        (r for r in numbered["S03"] if r["stage"] in ("p25", "p50") and not _too_old(r)),
        key=lambda r: (r["stage"], TODAY - r["entered"]),
    )
    polite |= {
        "next_step": (
            "周四上午陈总看第三轮试喂数据，他请我们去的",
            "Thu am: Director Chen looks at the data of trial no. 3, at his own invitation",
        ),
        "next_step_person": ("陈总", "Chen (director)"),
        "next_step_date": TODAY + days(3),
        "last_contact": TODAY - days(4),
        "step": "agreed",
    }
    waiting = [r for r in rows if r["stage"] in ("p25", "p50") and not r["next_step_date"]]
    for entry, reason in zip(waiting[-40::17], words["steps"]["snooze"], strict=False):
        entry["snooze_reason"] = tuple(reason)
        entry["snooze_until"] = datetime.date(2026, 5, 11)
    nameless = [r for r in rows if r["stage"] == "opportunity"]
    for entry in nameless[2::9]:
        entry["customer"] = ("", "")


def _too_old(entry):
    return entry["created"] < TODAY - days(LONGEST_DAYS - 30)


def team(words):
    """The whole team: rows of deals and rows of the stage history, both with codes."""
    rng = random.Random(SEED)
    deals = story(rng, words["people"])
    customers = [
        (place, kind)
        for place in words["customers"]["places"]
        for kind in words["customers"]["kinds"]
    ]
    customers = [c for c in customers if c[0][0] + c[1][0] != "长风原食品集团"]
    rng.shuffle(customers)
    rows = []
    for number, (deal, customer) in enumerate(zip(deals, customers, strict=False)):
        own = random.Random(f"{SEED}/{number}")  # a change of one deal leaves the others alone
        rows.append(row(own, words, deal, customer))
    special(rows, words)
    history = []
    for number, (entry, deal) in enumerate(zip(rows, deals, strict=True), 1):
        entry["deal_id"] = f"D{number:03d}"
        owner = deal["owner"]["id"]
        history += [(entry["deal_id"], stage, day, owner) for stage, day in deal["history"]]
    rows.sort(key=lambda r: (r["created"], r["deal_id"]), reverse=True)
    return rows, history


def evidence(entry, reached, gates):
    """What could be shown for a deal when the list was last gone through: gate -> 1 or 0."""
    rng = random.Random(f"{SEED}/gates/{entry['deal_id']}")
    ended = {"contract": 0, "lost": 1}.get(entry["stage"], 2)
    agreed = ended == 2 and entry["step"] == "agreed"
    shown = {gate: int(rng.random() < share[ended] + 0.2 * agreed) for gate, share in gates.items()}
    if ended == 2:
        shown["next_step"] = int(agreed)
        if entry["owner_id"] == "S10":
            shown["contract_pending"] = 0
    if "p90" not in reached and entry["stage"] != "p90":
        shown["contract_pending"] = shown["only_supplier"] = 0
    return shown


def cell(entry, code, lang, stages):
    """One cell as text in one language, 0 for Chinese and 1 for English."""
    value = entry.get(code)
    if code == "stage":
        value = tuple(stages[value])
    if isinstance(value, tuple):
        value = value[lang]
    return "" if value is None else str(value)


def write(folder):
    """Write the three tables and the settings into a folder."""
    words = toml.read(course.content() / "datasets" / "words.toml")
    rows, history = team(words)
    columns = words["columns"]
    for lang, name in enumerate(("team.zh.csv", "team.en.csv")):
        body = [[cell(entry, code, lang, words["stages"]) for code in columns] for entry in rows]
        _csv(folder / name, [header[lang] for header in columns.values()], body)
    _csv(folder / "team_history.csv", ["deal_id", "stage", "date", "owner"], history)
    reached = {}
    for deal_id, stage, *_ in history:
        reached.setdefault(deal_id, set()).add(stage)
    gates = [
        [entry["deal_id"], *evidence(entry, reached[entry["deal_id"]], words["gates"]).values()]
        for entry in sorted(rows, key=lambda r: r["deal_id"])
        if "p25" in reached[entry["deal_id"]] or entry["stage"] in ("p25", "p50", "p90")
    ]
    _csv(folder / "team_gates.csv", ["deal_id", *words["gates"]], gates)
    settings = "# the sample team: the day it is looked at, what each list still has to bring\n"
    settings += f"today = {TODAY}\ntarget = {TARGET}\n"
    (folder / "team.toml").write_text(settings, encoding="utf-8", newline="\n")


def _csv(path, header, body):
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, *body])
