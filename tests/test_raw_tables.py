"""The raw tables of dealers: what they are called, and that they read."""

import pandas as pd
import pytest

from coursekit import tables, terms
from coursekit.tables import schema

TABLES = (
    *("dealers", "shipments", "sell_out", "invoices", "receipts", "targets"),
    *("dealer_costs", "market", "promotions", "outlets", "ratings"),
    *("complaints", "price_sightings"),
)


@pytest.mark.parametrize("name", TABLES)
def test_no_header_means_two_columns_and_every_column_has_a_word(name):
    columns = schema.load(name).columns.values()
    headers = [header for column in columns for header in column.names]
    assert len(set(headers)) == len(headers)
    assert all(terms.known(f"tables.column_{column.code}") for column in columns)


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_what_it_cannot_do_without(name):
    assert any(column.required for column in schema.load(name).columns.values())


def test_a_chinese_export_is_read_as_it_comes(tmp_path):
    path = tmp_path / "发货.csv"
    path.write_text("发货日期,经销商编号,生产批号,销售额\n2026/1/3,D01,B7,2.5万\n", "utf-8")
    frame = tables.read(path, "shipments").frame
    assert frame.to_dict("records") == [
        {"date": pd.Timestamp("2026-01-03"), "dealer": "D01", "batch": "B7", "amount": 25_000}
    ]


@pytest.mark.parametrize("month", ["2026-01-01", "2026年1月1日", "2026/1/1"])
def test_a_month_is_written_as_a_day_of_it(tmp_path, month):
    path = tmp_path / "target.csv"
    path.write_text(f"经销商编号,月份,目标\nD01,{month},3万\n", "utf-8")
    frame = tables.read(path, "targets").frame
    assert frame["month"].item() == pd.Timestamp("2026-01-01")


def test_a_list_of_complaints_is_read_as_it_is_kept(tmp_path):
    path = tmp_path / "投诉.csv"
    path.write_text("投诉日期,客户名称,问题描述,结案日期\n2026/1/3,老槐岭商行,少送六包,\n", "utf-8")
    frame = tables.read(path, "complaints").frame
    assert frame["solved"].isna().all()
    assert frame.drop(columns="solved").to_dict("records") == [
        {"customer": "老槐岭商行", "opened": pd.Timestamp("2026-01-03"), "words": "少送六包"}
    ]


def test_prices_seen_are_read_as_they_are_noted(tmp_path):
    path = tmp_path / "价格.csv"
    path.write_text("巡查日期,经销商,品名,市场售价\n2026/1/3,D01,P01,3 180\n", "utf-8")
    frame = tables.read(path, "price_sightings").frame
    assert frame.to_dict("records") == [
        {"dealer": "D01", "product": "P01", "date": pd.Timestamp("2026-01-03"), "price": 3180}
    ]
