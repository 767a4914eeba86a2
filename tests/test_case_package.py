"""datapackage.json says what every cell of the case may be, and every cell is that."""

import csv
import json

import pandas as pd
import pytest

from coursekit import making
from coursekit.case import read
from coursekit.making import package

SKINS = ("feed", "parts")


@pytest.fixture(scope="module")
def folders(tmp_path_factory, case_world):
    made = {skin: tmp_path_factory.mktemp("case") / skin for skin in SKINS}
    for skin, folder in made.items():
        making.write(case_world(skin), folder)
    return made


@pytest.fixture(scope="module")
def resources(folders):
    return {skin: _resources(folder) for skin, folder in folders.items()}


def _resources(folder):
    return {one["name"]: one for one in read.package(folder)["resources"]}


@pytest.mark.parametrize("skin", SKINS)
def test_every_cell_is_of_its_type_and_within_its_limits_and_every_key_leads_somewhere(
    folders, resources, skin
):
    keys = {}

    def known(table):
        if table not in keys:
            keys[table] = read.known(folders[skin], resources[skin][table])
        return keys[table]

    for name, resource in resources[skin].items():
        checked = read.checked(folders[skin], resource, None, known)
        assert len(checked), name
        # what is read quickly is what was checked
        pd.testing.assert_frame_equal(read.fast(folders[skin], resource, None), checked)


def test_the_package_is_one_of_the_standard(folders, resources):
    for skin in SKINS:
        about = json.loads((folders[skin] / "datapackage.json").read_text("utf-8"))
        assert about["profile"] == "tabular-data-package"
        for resource in resources[skin].values():
            path = folders[skin] / resource["path"]
            with path.open(encoding="utf-8-sig", newline="") as file:
                header = next(csv.reader(file))
            assert [field["name"] for field in resource["schema"]["fields"]] == header
            for key in resource["schema"].get("foreignKeys", ()):
                other = resources[skin][key["reference"]["resource"]]["schema"]
                assert key["reference"]["fields"] == other["primaryKey"]


def test_the_skins_have_the_same_tables_columns_and_types(resources):
    assert resources["feed"] == resources["parts"]


def test_keys_and_truths_are_the_same_in_both_skins(folders, resources):
    """Words and money differ; who, when, how often and which do not."""
    for name, resource in resources["feed"].items():
        if name in COUNTED:
            continue
        same = [
            field["name"]
            for field in resource["schema"]["fields"]
            if not field["name"].endswith(("_zh", "_en"))
            and field["type"] in ("date", "datetime", "boolean", "string")
            and field["name"] not in UNLIKE
        ]
        feed, parts = (read.fast(folders[skin], resource, None) for skin in SKINS)
        columns = [column for column in same if column in feed]
        pd.testing.assert_frame_equal(feed[columns], parts[columns], obj=name)


UNLIKE = {"phone", "payer"}
# what is counted from money, which each skin rounds in its own scale
COUNTED = {"cost_inputs": ["quarter", "customer", "activity"], "rebates": ["dealer", "period_end"]}


@pytest.mark.parametrize("name", COUNTED)
def test_what_is_counted_from_money_differs_in_a_few_rows_at_most(folders, resources, name):
    rows = []
    for skin in SKINS:
        found = read.fast(folders[skin], resources[skin][name], None)
        rows.append(set(found[COUNTED[name]].itertuples(index=False)))
    assert len(rows[0] ^ rows[1]) < len(rows[0]) / 200


def test_every_column_is_described_in_both_languages(resources):
    for name, resource in resources["feed"].items():
        for text in [resource["description"]] + [
            field["description"] for field in resource["schema"]["fields"]
        ]:
            zh, slash, en = text.partition(" / ")
            assert slash and any("\u4e00" <= sign <= "\u9fff" for sign in zh), (name, text)
            assert en and not any("\u4e00" <= sign <= "\u9fff" for sign in en), (name, text)


def test_no_table_is_described_that_there_is_not(resources):
    assert set(package.fields()["tables"]) == set(resources["feed"])


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        (["region", "name_zh", "name_en", "colour"], "no word for colour"),
        (["product", "name_zh", "name_en"], "no column"),
    ],
)
def test_a_table_that_is_not_as_it_is_described_is_refused(columns, said):
    with pytest.raises(ValueError, match=said):
        package.resource("regions" if "region" in columns else "products", columns)


def test_a_table_that_nobody_described_is_refused():
    with pytest.raises(ValueError, match="no table wishes"):
        package.resource("wishes", ["wish"])
