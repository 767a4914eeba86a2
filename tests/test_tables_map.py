"""Map files: what a user tells about a file, and what a table tells back."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import tables
from coursekit.errors import InputError
from coursekit.tables import mapping, schema

DEALS = schema.load("deals")
LIST = (
    "编码,客户,进度,预计金额,负责人,行动\n1,甲,摸底,3万,王芳,拜访\n2,乙,签了,5,李雷,No Response\n"
)


@pytest.fixture
def files(tmp_path):
    """Write named files, give their folder."""

    def write(**contents):
        for name, content in contents.items():
            (tmp_path / name.replace("_", ".")).write_text(content, "utf-8")
        return tmp_path

    return write


def test_a_map_names_columns_stages_values_and_missing_words(files):
    folder = files(
        list_csv=LIST,
        map_toml="""
            [columns]
            stage = "进度"
            next_step = "行动"
            [stages]
            "摸底" = "p25"
            "签了" = "contract"
            [values]
            owner = { "王芳" = "王芳（华东）" }
            [missing]
            next_step = ["No Response"]
        """,
    )
    frame = tables.read(folder / "list.csv", "deals", folder / "map.toml").frame
    assert list(frame["stage"]) == ["p25", "contract"]
    assert list(frame["owner"]) == ["王芳（华东）", "李雷"]
    assert list(frame["next_step"].isna()) == [False, True]


def test_an_empty_header_in_a_map_switches_a_column_off(files):
    folder = files(list_csv=LIST, map_toml='[columns]\nstage = "进度"\nowner = ""\n')
    table = tables.read(folder / "list.csv", "deals", folder / "map.toml")
    assert "owner" not in table.frame
    assert "负责人" in table.mapping.unused


def test_an_empty_stage_in_a_map_is_not_matched(files):
    folder = files(list_csv="客户,阶段,金额\n甲,报价,1\n", map_toml='[stages]\n"报价" = ""\n')
    table = tables.read(folder / "list.csv", "deals", folder / "map.toml")
    assert table.frame["stage"].isna().all()
    assert table.mapping.unmatched_stages == {"报价": 1}


def test_a_stage_that_matches_nothing_stands_ready_to_fill(files):
    folder = files(list_csv="客户,阶段,金额\n甲,摸底,1\n乙,摸底,2\n丙,赢单,3\n")
    table = tables.read(folder / "list.csv", "deals")
    assert list(table.frame["stage"].isna()) == [True, True, False]
    assert [(n.row, n.code) for n in table.notes] == [
        (2, "tables.unknown_stage"),
        (3, "tables.unknown_stage"),
    ]
    assert table.mapping.unmatched_stages == {"摸底": 2}
    assert table.mapping.stages == {"摸底": None, "赢单": "contract"}
    written = table.mapping.to_toml("zh")
    assert '"摸底" = ""  # 2 条，还没对上，请填' in written
    assert "opportunity appointment p25 p50 p90 contract lost" in written


def test_a_map_that_was_written_and_filled_reads_the_file(files):
    folder = files(list_csv="客户,阶段,金额\n甲,摸底,1\n")
    first = tables.read(folder / "list.csv", "deals")
    filled = first.mapping.to_toml("en").replace('"摸底" = ""', '"摸底" = "p25"')
    files(map_toml=filled)
    second = tables.read(folder / "list.csv", "deals", folder / "map.toml")
    assert list(second.frame["stage"]) == ["p25"]
    assert second.mapping.unmatched_stages == {}
    assert second.mapping.fingerprint == first.mapping.fingerprint


def test_the_mapping_of_one_table_reads_the_next(files):
    folder = files(list_csv="客户,阶段,金额\n甲,报价,1\n", next_csv="客户,阶段,金额\n乙,赢单,2\n")
    mapped = tables.read(folder / "list.csv", "deals").mapping
    again = tables.read(folder / "next.csv", "deals", mapped)
    assert again.mapping.stages == {"报价": "p50", "赢单": "contract"}
    assert again.mapping.fingerprint == mapped.fingerprint


def test_the_fingerprint_is_known_even_without_a_stage(files):
    folder = files(list_csv=LIST, map_toml='[columns]\nstage = "进度"\n')
    mapped = tables.read(folder / "list.csv", "deals", folder / "map.toml").mapping
    assert tables.fingerprint(folder / "list.csv", "deals") == mapped.fingerprint
    other = files(other_csv=LIST.replace("行动", "动作"))
    assert tables.fingerprint(other / "other.csv", "deals") != mapped.fingerprint


def test_the_order_of_dates_can_be_told(files):
    folder = files(
        list_csv="客户,阶段,创建日期\n甲,报价,03/04/2026\n", map_toml='[dates]\ncreated = "dmy"\n'
    )
    open_order = tables.read(folder / "list.csv", "deals")
    assert open_order.frame["created"].isna().all()
    assert [n.code for n in open_order.notes] == ["tables.order_unclear", "tables.date_unclear"]
    told = tables.read(folder / "list.csv", "deals", folder / "map.toml")
    assert str(told.frame["created"].iloc[0].date()) == "2026-04-03"
    assert told.notes == ()


PRICES = "型号,标价\nA,100\nB,200\nB,250\n"
SALES = "客户,阶段,产品,金额\n甲,报价,A,\n乙,赢单,A,70\n丙,报价,B,\n丁,报价,C,\n戊,报价,,\n"
JOIN = """
[join]
file = "prices.csv"
key = { product = "型号" }
fields = { amount = "标价" }
"""


def test_a_second_file_fills_empty_cells_and_replaces_nothing(files):
    folder = files(sales_csv=SALES, prices_csv=PRICES, map_toml=JOIN)
    table = tables.read(folder / "sales.csv", "deals", folder / "map.toml")
    assert table.frame["amount"].fillna(-1).tolist() == [100, 70, -1, -1, -1]
    assert [(n.row, n.code, n.values.get("value", n.values.get("n"))) for n in table.notes] == [
        (None, "tables.join_double", "B"),
        (None, "tables.joined", 1),
        (4, "tables.join_missed", "B"),
        (5, "tables.join_missed", "C"),
    ]


def test_a_second_file_is_found_beside_the_map_and_kept_in_what_is_written(files, tmp_path):
    inner = tmp_path / "maps"
    inner.mkdir()
    (inner / "prices.csv").write_text(PRICES, "utf-8")
    (inner / "map.toml").write_text(JOIN, "utf-8")
    folder = files(sales_csv=SALES)
    table = tables.read(folder / "sales.csv", "deals", inner / "map.toml")
    files(saved_toml=table.mapping.to_toml())
    again = tables.read(folder / "sales.csv", "deals", folder / "saved.toml")
    assert again.frame.equals(table.frame)


def test_a_second_file_can_bring_a_column_that_the_first_lacks(files):
    folder = files(sales_csv="客户,阶段,产品\n甲,报价,A\n", prices_csv=PRICES, map_toml=JOIN)
    frame = tables.read(folder / "sales.csv", "deals", folder / "map.toml").frame
    assert frame["amount"].tolist() == [100]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("[column]\nstage = '进度'\n", "map_section", 1),
        ("\n[columns]\nstages = '进度'\n", "map_column", 3),
        ("[columns]\nstage = 1\n", "map_text", 2),
        ("[columns]\nstage = '进程'\n", "map_header", 2),
        ("columns = 1\n", "map_no_table", 1),
        ("[stages]\n'摸底' = 'p30'\n", "map_stage", 2),
        ("[stages]\n'摸底' = 25\n", "map_stage", 2),
        ("[values]\nowner = '王'\n", "map_pairs", 2),
        ("[missing]\nowner = 1\n", "map_words", 2),
        ("[dates]\ncreated = 'day first'\n", "map_order", 2),
        ("[join]\nfile = 'a.csv'\nfields = {amount = 'x'}\n", "map_join", 1),
        ("[join]\nfile = 'a.csv'\nkey = 'product'\nfields = 'x'\n", "map_join", 1),
        ("[join]\nfile = 'a.csv'\nkey = 'product'\nfields = {price = 'x'}\n", "map_column", 4),
    ],
)
def test_a_mistake_in_a_map_is_told_by_line(files, text, code, line):
    folder = files(list_csv=LIST, map_toml=text)
    with pytest.raises(InputError) as caught:
        tables.read(folder / "list.csv", "deals", folder / "map.toml")
    assert caught.value.code == f"tables.{code}"
    assert caught.value.values["line"] == line
    assert "map.toml" in caught.value.sentence("zh")
    assert f"line {line}" in caught.value.sentence("en")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[columns]\nstage = '进度'\n" + JOIN, "join_no_file"),
        ("[columns]\nstage = '进度'\n" + JOIN.replace("prices", "list"), "join_no_key"),
        ("sheet = 'x'\n[columns]\nstage = '进度'\n", "unknown_sheet"),
        ("[columns\n", None),
    ],
)
def test_a_map_that_does_not_fit_is_told(files, text, code):
    folder = files(list_csv=LIST, map_toml=text)
    with pytest.raises(InputError) as caught:
        tables.read(folder / "list.csv", "deals", folder / "map.toml")
    assert caught.value.code == (f"tables.{code}" if code else "course.not_toml")
    assert caught.value.sentence("zh")


def test_a_second_file_without_the_column_is_told(files):
    folder = files(sales_csv=SALES, prices_csv="a,b\n1,2\n", map_toml=JOIN)
    with pytest.raises(InputError) as caught:
        tables.read(folder / "sales.csv", "deals", folder / "map.toml")
    assert caught.value.code == "tables.join_no_column"


def test_an_absent_map_is_told(files):
    folder = files(list_csv=LIST)
    with pytest.raises(InputError) as caught:
        tables.read(folder / "list.csv", "deals", folder / "none.toml")
    assert caught.value.code == "tables.no_map"


names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
codes = st.sampled_from(list(DEALS.columns))
mappings = st.builds(
    tables.Mapping,
    columns=st.dictionaries(codes, names),
    values=st.dictionaries(codes, st.dictionaries(names, names, min_size=1)),
    missing=st.dictionaries(codes, st.lists(names).map(tuple)),
    stages=st.dictionaries(names, st.sampled_from([None, *schema.stage_names()])),
    dates=st.dictionaries(codes, st.sampled_from(["dmy", "mdy", "ymd"])),
    join=st.none()
    | st.builds(
        mapping.Join,
        file=names,
        key=st.dictionaries(codes, names, min_size=1, max_size=1),
        fields=st.dictionaries(codes, names, min_size=1),
    ),
    sheet=names,
    unused=st.lists(names).map(tuple),
)


@given(mappings)
def test_a_written_map_says_the_same_when_read(tmp_path_factory, mapped):
    path = tmp_path_factory.mktemp("maps") / "map.toml"
    path.write_text(mapped.to_toml(), "utf-8", newline="")
    read = mapping.load(path, DEALS)
    assert dataclasses.replace(read, path=None, unused=mapped.unused) == mapped
