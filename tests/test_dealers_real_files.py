"""The methods for dealers and key accounts on files that nobody made for them."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from coursekit import accounts, retention, tables


@pytest.fixture(scope="module")
def orders(shared):
    """Lines of the superstore with codes for headers."""
    frame = tables.read(next((shared / "cn_superstore").glob("*.xls"))).frame
    names = {
        **{"客户 ID": "account", "订单日期": "date", "发货日期": "shipped", "销售额": "amount"},
        **{"利润": "profit", "邮寄方式": "mode", "类别": "product", "订单 ID": "order"},
    }
    return frame.rename(columns=names)[list(names.values())]


def test_half_of_the_superstore_customers_is_a_survival_curve(orders):
    end = orders["date"].max()
    seen = orders.groupby("account")["date"].agg(["min", "max"])
    left = (end - seen["max"]).dt.days > 365
    followed = (seen["max"].where(left, end) - seen["min"]).dt.days
    table = retention.curve(followed, left)
    fitted = SurvfuncRight(followed.to_numpy(float), left.to_numpy())
    rest = table[table["left"] > 0]
    assert len(followed) == 790 and rest["left"].sum() == left.sum()
    assert rest["staying"].to_numpy() == pytest.approx(fitted.surv_prob)
    assert retention.staying_at(table, 0)[0] == table["staying"].iloc[0]


def test_the_days_from_order_to_shipping_are_those_of_plain_pandas(orders):
    sent = orders.drop_duplicates("order")
    events = pd.DataFrame(
        {"case": sent["order"], "step": sent["mode"], "started": sent["date"]}
    ).assign(ended=sent["shipped"])
    table = retention.step_times(events)
    plain = (sent["shipped"] - sent["date"]).dt.days.groupby(sent["mode"]).mean()
    assert (table["work"] / 24).sort_index().tolist() == pytest.approx(plain.sort_index().tolist())
    assert table["n"].sum() == sent["order"].nunique()


def test_the_profit_of_the_superstore_stays_whole(orders):
    book = orders.groupby("account").agg(revenue=("amount", "sum"), margin=("profit", "sum"))
    table = accounts.profit_after(book.assign(cost=0.0))
    assert round(table["profit"].sum(), 2) == 2_156_559.52
    assert (table["profit"] < 0).sum() == 138
    lost = accounts.loss_test(book, result=book["margin"].sum())
    assert lost["share"].sum() == pytest.approx(1)
    assert not lost["key"].any()  # 790 customers: nobody brings a tenth


def test_warnings_about_orders_are_those_of_plain_pandas(orders):
    today = orders["date"].max()
    names = sorted(set(orders["account"]))
    found, off = accounts.early_warnings(names, today, orders=orders)
    days = (today - orders["date"]).dt.days
    now = orders["amount"].where(days < 90, 0).groupby(orders["account"]).sum()
    past = orders["amount"].where(days.between(365, 454), 0).groupby(orders["account"]).sum()
    down = np.flatnonzero((past > 0) & (now < 0.7 * past))
    told = found.loc[found["code"] == "orders_down", "account"]
    assert told.tolist() == [past.index[n] for n in down]
    assert "key_person_left" in off and found["account"].isin(names).all()
