"""The case as it comes out of a system in real life: three exports with dirt, and where it is.

About two cells in a hundred are dirty, in both languages at the same places. ``dirt.csv`` lists
what was planted: ``found`` says what a reader of the file can make of it.

- ``read``: written in another way, the value can still be read;
- ``told``: it is empty, cannot be read or does not belong there, and that can be seen;
- ``silent``: it looks like any other cell; only who knows the customer can find it.
"""

import csv
import datetime
import io
import random

from coursekit import terms

SHARE = 0.02  # of the cells
ORDERS_FROM = datetime.date(2026, 2, 16)
DIRT = ("file", "row", "column", "kind", "found", "true")
_DEALS = (
    *("deal_id", "customer", "owner", "stage", "amount", "created", "last_contact"),
    *("expected_close", "closed", "next_step", "next_step_date"),
)
_CUSTOMERS = ("customer", "money", "authority", "need", "last_visit", "revenue")
_ORDERS = ("date", "dealer", "product", "quantity", "amount")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
# one wrong key, per stage
_MISSPELT = {
    "opportunity": ("机汇", "Oportunty"),
    "appointment": ("首次约件", "Frist apointmnt"),
    "p25": ("2S%", "2S%"),
    "p50": ("5O%", "5O%"),
    "p90": ("9O%", "9O%"),
    "contract": ("签月", "Contrakt"),
    "lost": ("丢旦", "Lsot"),
}
_OTHERS = {  # what another system calls it
    "opportunity": ("线索", "Lead in"),
    "appointment": ("已约见", "Meeting scheduled"),
    "p25": ("产品试用", "Trial"),
    "p50": ("已报价", "Quote sent"),
    "p90": ("合同审批", "Legal review"),
    "contract": ("赢单", "Closed won"),
    "lost": ("输单", "Closed lost"),
}


def _day(value, lang, parts):
    year, month, day = value.year, value.month, value.day
    zh = {"ymd": f"{year}年{month}月{day}日", "md": f"{month}月{day}日", "ym": f"{year}年{month}月"}
    named = _MONTHS[month - 1]
    en = {"ymd": f"{day} {named} {year}", "md": f"{day} {named}", "ym": f"{named} {year}"}
    return (zh, en)[lang][parts]


# kind of a column -> kind of dirt -> what can be found, and the cell it makes of the true value
_CELLS = {
    "money": {
        "unit": ("read", lambda v, lang: (f"{v / 1e4:.10g}万", f"CNY {v}")[lang]),
        "full_width": ("read", lambda v, lang: f"{v:.0f}".translate(_WIDE)),
        "thousands": ("read", lambda v, lang: f"{v:,.2f}"),
        "about": ("told", lambda v, lang: (f"约{v / 1e4:.0f}万", f"about {v / 1e3:.0f}k")[lang]),
        "open": ("told", lambda v, lang: ("待定", "tbd")[lang]),
        "a_zero_too_many": ("silent", lambda v, lang: f"{v * 10:.0f}"),
        "left_out": ("told", lambda v, lang: ""),
    },
    "day": {
        "written_out": ("read", lambda v, lang: _day(v, lang, "ymd")),
        "slashes": ("read", lambda v, lang: f"{v.year}/{v.month}/{v.day}"),
        "no_year": ("told", lambda v, lang: _day(v, lang, "md")),
        "no_day": ("told", lambda v, lang: _day(v, lang, "ym")),
        "no_such_day": ("told", lambda v, lang: f"{v.year}-02-30"),
        "last_year": ("silent", lambda v, lang: str(v - datetime.timedelta(days=364))),
    },
    "stage": {
        "misspelt": ("told", lambda v, lang: _MISSPELT[v][lang]),
        "other_word": ("read", lambda v, lang: _OTHERS[v][lang]),
    },
    "name": {
        "spaces": ("read", lambda v, lang: f" {v}　"),
        "shortened": ("silent", lambda v, lang: v[:-2].rstrip()),
        "merged": ("silent", lambda v, lang: f"{v}{('（王总）', ' (Wang, owner)')[lang]}"),
        "left_out": ("told", lambda v, lang: ""),
    },
}
_KINDS = {
    "customer": "name",
    "stage": "stage",
    "amount": "money",
    "revenue": "money",
    **dict.fromkeys(("created", "last_contact", "expected_close", "next_step_date"), "day"),
    **dict.fromkeys(("last_visit", "date"), "day"),
}


def write(world, folder):
    """Write the raw exports: ``zh`` and ``en``, each with three files and ``dirt.csv``.

    Parameters
    ----------
    world : coursekit.making.World
        With all its tables.
    folder : pathlib.Path
    """
    for lang in range(len(terms.LANGS)):
        target = folder / terms.LANGS[lang]
        target.mkdir(parents=True, exist_ok=True)
        planted = []
        for name, columns, rows in (
            ("deals", _DEALS, _deals(world, lang)),
            ("customers", _CUSTOMERS, _customers(world, lang)),
            ("orders", _ORDERS, _orders(world)),
        ):
            rng = random.Random(f"{world.seed}/raw/{name}")
            lines, found = _export(world, rng, name, columns, rows, lang)
            # the CRM of the Chinese office writes GBK, as many do
            encoding = "gbk" if (name, lang) == ("deals", 0) else "utf-8-sig"
            (target / f"{name}.csv").write_bytes(_text(lines).encode(encoding))
            planted += [(f"{name}.csv", *one) for one in sorted(found)]
        (target / "dirt.csv").write_bytes(_text([DIRT, *planted]).encode("utf-8-sig"))


def _text(lines):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(lines)
    return text.getvalue()


def _export(world, rng, name, columns, rows, lang):
    """All lines of one file, and what was planted: row, header, kind, found, true value."""
    code = terms.LANGS[lang]
    header = [terms.term(f"tables.column_{column}", code) for column in columns]
    above, below = [], []
    planted = []
    if name == "customers":  # what a report prints above and below its table
        made = terms.say("raw.made", code, day=world.today)
        above = [[terms.term("raw.title", code)], [made], [""]]
        planted = [(1, "", "title", "read", ""), (2, "", "title", "read", "")]
        sums = ["" for _ in columns[1:-1]]
        revenue = sum(row["revenue"] or 0 for row in rows)
        below = [[terms.term("raw.total", code), *sums, revenue]]
    body, found = _dirty(rng, columns, rows, lang, len(above) + 2)
    if below:
        planted.append((len(above) + len(body) + 2, "", "total", "told", ""))
    titles = dict(zip(columns, header, strict=True)) | {"": ""}
    planted += [(row, titles[column], *rest) for row, column, *rest in found]
    return [*above, header, *body, *below], planted


def _dirty(rng, columns, rows, lang, first):
    """Rows as text, and what was planted; `first` is the row of the file that the first one is."""
    places = [
        (at, column)
        for at, row in enumerate(rows)
        for column in columns
        if column in _KINDS and row[column] is not None
    ]
    chosen = set(rng.sample(places, round(SHARE * len(rows) * len(columns))))
    again = set(rng.sample(range(len(rows)), max(2, len(rows) // 150)))
    body, planted = [], []
    for at, row in enumerate(rows):
        here = first + len(body)
        cells = {column: _cell(column, row[column], lang) for column in columns}
        for column in columns:
            if (at, column) in chosen:
                makers = _CELLS[_KINDS[column]]
                kind = rng.choice(tuple(makers))
                said, make = makers[kind]
                planted.append((here, column, kind, said, cells[column]))
                cells[column] = make(row[column], lang)
        body.append(list(cells.values()))
        if at in again:  # entered twice; where nothing numbers the rows nobody can tell
            said = "told" if columns[0] == "deal_id" else "silent"
            planted.append((here + 1, columns[0], "twice", said, ""))
            body.append(list(cells.values()))
        if at in (len(rows) // 3, len(rows) // 2):  # somebody left a line free
            planted.append((first + len(body), "", "empty_row", "told", ""))
            body.append([""] * len(columns))
    return body, planted


def _cell(column, value, lang):
    """A clean cell."""
    if value is None:
        return ""
    word = {"stage": "stage", **dict.fromkeys(("money", "authority", "need"), "answer")}.get(column)
    return terms.term(f"{word}.{value}", terms.LANGS[lang]) if word else str(value)


def _named(world, table, key, lang):
    return {row[key]: row[f"name_{terms.LANGS[lang]}"] for row in world.tables[table]}


def _deals(world, lang):
    people = _named(world, "salespeople", "salesperson", lang)
    customers = _named(world, "customers", "customer", lang)
    return [
        {
            **{column: row.get(column) for column in _DEALS},
            "deal_id": row.get("deal_id", row.get("deal")),
            "customer": customers[row["customer"]],
            "owner": people[row["owner"]],
            "next_step": row[f"next_step_{terms.LANGS[lang]}"],
        }
        for row in world.tables["deals"]
    ]


def _customers(world, lang):
    """End customers with what they bought in a year and when they were last seen."""
    revenue, seen = {}, {}
    year_ago = world.today - datetime.timedelta(days=365)
    for line in world.tables["orders"]:
        if line["date"] > year_ago:
            revenue[line["customer"]] = revenue.get(line["customer"], 0) + round(line["amount"])
    for visit in world.tables["visits"]:
        seen[visit["customer"]] = max(visit["date"], seen.get(visit["customer"], visit["date"]))
    names = _named(world, "customers", "customer", lang)
    return [
        {
            **{column: row.get(column) for column in _CUSTOMERS},
            "customer": names[row["customer"]],
            "last_visit": seen.get(row["customer"]),
            "revenue": revenue.get(row["customer"]),
        }
        for row in world.tables["customers"]
        if row["kind"] != "dealer"
    ]


def _orders(world):
    """What dealers were sent in the last two weeks."""
    return [
        {column: row[column] for column in _ORDERS}
        for row in world.tables["shipments"]
        if row["date"] >= ORDERS_FROM
    ]
