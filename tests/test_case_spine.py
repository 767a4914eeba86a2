"""The running case as a whole: made alike every time, whole in its keys, and nobody's real data."""

import csv
import datetime
import json
import os
import re
import subprocess
import sys

import pytest
from conftest import ROOT

from coursekit import making
from coursekit.errors import InputError
from coursekit.making import skins

FEED = ROOT / "datasets" / "feed"
BOTH = pytest.mark.parametrize("skin", ["feed", "parts"])
# firms that a reader could take a made-up name for
REAL = (
    *("新希望", "大北农", "正大", "海大", "双胞胎", "牧原", "温氏", "通威", "唐人神", "傲农"),
    *("伊利", "蒙牛", "双汇", "金锣", "瓦轴", "洛轴", "哈轴", "人本", "三一重工", "徐工", "潍柴"),
    *("六和", "正邦", "禾丰", "安佑", "粤海", "德康", "圣农", "君乐宝", "现代牧业", "光明乳业"),
    *("舍弗勒", "铁姆肯", "万向", "金风", "明阳", "远景能源"),
    *("Cargill", "Charoen", "Tyson", "Nutreco", "New Hope", "Haid", "Muyuan", "Wens", "Tongwei"),
    *("SKF", "Schaeffler", "Timken", "NSK", "NTN", "Siemens", "Vestas", "Goldwind", "Caterpillar"),
    *("Purina", "Trouw", "Alltech", "Evonik", "Danone", "Nestl", "Mengniu", "Yili", "Smithfield"),
    *("Bosch", "Freudenberg", "Trelleborg", "Rexnord", "Bonfiglioli", "Nabtesco", "Flender"),
)
# who leads or founded such firms
KNOWN = (
    *(
        "刘永好",
        "秦英林",
        "温鹏程",
        "邵根伙",
        "鲍洪星",
        "刘汉元",
        "梁稳根",
        "谭旭光",
        "潘刚",
        "万隆",
    ),
    *("Liu Yonghao", "Yonghao Liu", "Yinglin Qin", "Wengen Liang", "Xuguang Tan", "Gang Pan"),
)
# Chinese mobiles begin with 13 to 19; area code and number; eighteen digits of an identity card
CALLABLE = re.compile(r"(?<!\d)(1[3-9]\d{9}|0\d{2,3}-\d{7,8}|\d{17}[\dXx])(?!\d)")
KEYS = {
    "customer": "customers",
    "salesperson": "salespeople",
    "owner": "salespeople",
    "product": "products",
    "region": "regions",
    "segment": "segments",
}


@pytest.fixture(scope="module")
def files():
    return sorted(FEED.glob("*.csv"))


def cells(world):
    return {
        str(value)
        for rows in world.tables.values()
        for row in rows
        for value in row.values()
        if isinstance(value, str)
    }


@BOTH
def test_making_a_skin_twice_gives_the_same(case_world, skin):
    assert making.world(skin).tables == case_world(skin).tables


@BOTH
def test_making_a_skin_in_another_process_gives_the_same_bytes(case_world, skin, tmp_path):
    making.write(case_world(skin), tmp_path / "here")
    order = f"from coursekit import making; import pathlib; making.write(making.world({skin!r}), "
    order += "pathlib.Path('there'))"
    another = os.environ | {"PYTHONHASHSEED": "7"}
    subprocess.run([sys.executable, "-c", order], cwd=tmp_path, env=another, check=True)
    here, there = (
        {path.relative_to(tmp_path / part): path.read_bytes() for path in _files(tmp_path / part)}
        for part in ("here", "there")
    )
    assert here == there


def _files(folder):
    return (path for path in folder.rglob("*") if path.is_file())


def test_the_committed_tables_are_those_that_are_made(case_world, tmp_path):
    making.write(case_world("feed"), tmp_path)
    made = {path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {path.relative_to(FEED) for path in FEED.rglob("*") if path.is_file()}
    differ = (name for name in made if (FEED / name).read_bytes() != (tmp_path / name).read_bytes())
    assert sorted(map(str, differ)) == []


def test_the_data_stay_below_six_megabytes():
    folder = ROOT / "datasets"
    assert sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) < 6_000_000


def test_files_open_right_in_a_spreadsheet(files):
    for path in files:
        text = path.read_bytes()
        assert text.startswith(b"\xef\xbb\xbf") and b"\r" not in text, path.name


def test_no_cell_starts_like_a_formula(files):
    number = re.compile(r"-?\d+(\.\d+)?")
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            bad = [
                cell
                for row in csv.reader(file)
                for cell in row
                if cell[:1] in ("=", "+", "-", "@") and not number.fullmatch(cell)
            ]
        assert bad == [], path.name


def test_the_package_lists_every_table_with_its_columns(files):
    listed = json.loads((FEED / "datapackage.json").read_text("utf-8"))["resources"]
    assert [entry["path"] for entry in listed] == [path.name for path in files]
    for entry, path in zip(listed, files, strict=True):
        with path.open(encoding="utf-8-sig", newline="") as file:
            assert next(csv.reader(file)) == [f["name"] for f in entry["schema"]["fields"]]


@BOTH
def test_every_key_leads_somewhere(case_world, skin):
    tables = case_world(skin).tables
    known = {
        column: {next(iter(row.values())) for row in tables[table]}
        for column, table in KEYS.items()
    }
    lost = {
        (name, column, row[column])
        for name, rows in tables.items()
        for column in KEYS.keys() & rows[0].keys()
        for row in rows
        if isinstance(row[column], str) and row[column] not in known[column]  # else a mark
    }
    assert lost == set()


def test_skins_share_keys_days_and_counts(case_world):
    feed, parts = (case_world(skin).tables for skin in ("feed", "parts"))
    unlike = {name for name, rows in feed.items() if len(rows) != len(parts[name])}
    # these follow the money, and the rounding of a price may add or drop a row
    assert unlike <= {"cost_inputs", "rebates"}
    for one, other in zip(feed["orders"], parts["orders"], strict=True):
        same = ("order", "date", "customer", "product")
        assert [one[key] for key in same] == [other[key] for key in same]


@BOTH
def test_nothing_happens_after_today(case_world, skin):
    world = case_world(skin)
    for name in ("orders", "visits", "inquiries", "duties"):
        days = [row["date"] for row in world.tables[name]]
        assert world.start <= min(days) and max(days) < world.today, name


@BOTH
def test_no_cell_names_a_firm_or_a_person_that_there_is(case_world, skin):
    assert not [
        (text, name) for text in cells(case_world(skin)) for name in (*REAL, *KNOWN) if name in text
    ]


@BOTH
def test_nobody_can_be_rung_up(case_world, skin):
    assert not [text for text in cells(case_world(skin)) if CALLABLE.search(text)]


@BOTH
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_customers_have_one_name(case_world, skin, lang):
    names = [row[f"name_{lang}"] for row in case_world(skin).customers]
    assert len(set(names)) == 600


@BOTH
def test_english_texts_are_english(case_world, skin):
    columns = {
        row[column]
        for rows in case_world(skin).tables.values()
        for column in rows[0]
        if column.endswith("_en")
        for row in rows
        if row[column]
    }
    # a dash or a curly quote is English too, a Chinese character is not
    assert not [text for text in columns if re.search(r"[\u3000-\u9fff\uff00-\uffef]", text)]


@BOTH
def test_two_dozen_people_in_four_regions(case_world, skin):
    people = [row for row in case_world(skin).tables["salespeople"] if row["role"] == "rep"]
    assert [row["region"] for row in people] == [f"R{n}" for n in range(1, 5) for _ in range(6)]


@BOTH
def test_orders_are_sold_after_the_product_came_out(case_world, skin):
    world = case_world(skin)
    launched = {row["product"]: row["launched"] for row in world.products}
    assert all(row["date"] >= launched[row["product"]] for row in world.tables["orders"])


@BOTH
def test_nobody_buys_or_is_visited_before_he_is_on_the_list(case_world, skin):
    world = case_world(skin)
    since = {row["customer"]: row["since"] for row in world.customers}
    for name in ("orders", "visits"):
        assert all(row["date"] >= since[row["customer"]] for row in world.tables[name]), name


@BOTH
def test_visits_are_made_on_working_days(case_world, skin):
    tables = case_world(skin).tables
    worked = {row["date"] for row in tables["calendar"] if row["working"]}
    assert {row["date"] for row in tables["visits"]} <= worked


@BOTH
def test_an_amount_is_quantity_times_price(case_world, skin):
    for row in case_world(skin).tables["orders"]:
        # a dealer's price is what he paid over what he got, to the cent
        assert abs(row["amount"] - row["quantity"] * row["unit_price"]) <= 0.01 * row["quantity"]
        assert 0 <= row["returned"] <= row["quantity"]


@BOTH
def test_dealers_orders_are_what_was_shipped_to_them(case_world, skin):
    tables = case_world(skin).tables
    dealers = {row["customer"] for row in tables["customers"] if row["kind"] == "dealer"}
    ordered = sum(row["amount"] for row in tables["orders"] if row["customer"] in dealers)
    assert ordered == sum(row["amount"] for row in tables["shipments"] if row["quantity"] > 0)


def test_both_skins_have_the_same_words():
    def shape(value):
        return {key: shape(part) for key, part in value.items()} if isinstance(value, dict) else 0

    feed, parts = skins.load("feed"), skins.load("parts")
    for words in (feed, parts):
        words.pop("units")
    assert shape(feed) == shape(parts)


def test_a_skin_that_does_not_exist_is_named():
    with pytest.raises(InputError) as error:
        making.world("../feed")
    assert error.value.code == "making.no_skin"


def test_today_is_a_monday(case_world):
    assert case_world("feed").today == datetime.date(2026, 3, 2)
    assert case_world("feed").today.weekday() == 0
