"""Lists without a row, and rows that cannot be: what every function of screening owes them."""

import pandas as pd
import pytest

from coursekit import screening
from coursekit.errors import InputError

NO_DATES = pd.Series([], dtype="datetime64[ns]")


def table(*columns, **filled):
    return pd.DataFrame({**{name: [] for name in columns}, **filled})


@pytest.mark.parametrize(
    "call",
    [
        lambda: screening.order_class(table("amount")),
        lambda: screening.zombies(table("stage"), "2026-03-02"),
        lambda: screening.win_rates(table("stage", "segment"), "segment"),
        lambda: screening.preventable(table("kind", "step"), {}, ["visit"]),
        lambda: screening.step_lift(table(), []),
        lambda: screening.cost_of_winning(table("source", "won", "money", "hours")),
        lambda: screening.cost_to_serve(table("customer", "activity", "quantity"), {"visit": 1}),
        lambda: screening.order_profit(table("amount", "margin", "cost")),
        lambda: screening.return_on_time([], []),
        lambda: screening.next_orders(table("customer", day=NO_DATES), "2026-03-02"),
        lambda: screening.before_budget(pd.Series([], dtype=float), "2026-03-02"),
        lambda: screening.first_things([], [], 3),
        lambda: screening.regret([], []),
    ],
)
def test_a_list_without_a_row_gives_a_result_without_a_row(call):
    assert len(call()) == 0


def test_classes_stand_even_where_nothing_fell_into_them():
    none = pd.Series([], dtype=bool)
    assert screening.objections_by_number(table("deal_id"), none)["n"].tolist() == [0, 0, 0, 0]
    assert screening.objections_by_step(table("deal_id", "step"), none, ["a"])["n"].tolist() == [0]
    assert screening.rate_by_load([], [], [5])["months"].tolist() == [0, 0]
    assert screening.nested_groups([], [], [])["n"].tolist() == [0, 0, 0]
    assert screening.freed(pd.Series([], dtype=str), [], [])["hours"] == 0


ORDER = {"amount": [1.0], "margin": [1.0], "cost": [1.0]}
LEAD = {"source": ["a"], "won": [True], "money": [1.0], "hours": [1.0], "fit": [1.0]}


@pytest.mark.parametrize(
    "call",
    [
        *(
            lambda name=name: screening.order_profit(pd.DataFrame(ORDER | {name: [-1.0]}))
            for name in ("amount", "cost")
        ),
        *(
            lambda name=name: screening.cost_of_winning(pd.DataFrame(LEAD | {name: [-1.0]}))
            for name in ("won", "money", "hours", "fit")
        ),
        lambda: screening.cost_to_serve(
            table(customer=["a"], activity=["v"], quantity=[-1]), {"v": 1}
        ),
        lambda: screening.cost_to_serve(
            table(customer=["a"], activity=["v"], quantity=[1]), {"v": -1}
        ),
        lambda: screening.return_on_time([1], [-1]),
        lambda: screening.rate_by_load([-1], [0], [5]),
        lambda: screening.zombies(table("stage"), "2026-03-02", limit_days=0),
        lambda: screening.zombies(table("stage"), "2026-03-02", quiet_days=0),
        lambda: screening.freed(pd.Series(["keep"]), [-1], [1]),
        lambda: screening.going_on(1, [0.5], [-1]),
        lambda: screening.heads_needed([-1], 1, 1),
    ],
)
def test_what_is_below_its_limit_is_refused(call):
    with pytest.raises(InputError) as told:
        call()
    assert "too_small" in told.value.code
    assert told.value.sentence("zh")


def test_a_score_of_fifty_is_important_and_urgent():
    told = screening.first_things([50, 49, 50, 49], [50, 50, 49, 49], 0)
    assert told["class"].tolist() == ["now", "quick", "plan", "leave"]


def test_a_series_of_one_period_is_at_the_beginning():
    told = screening.life_cycle([5])
    assert (told.stage, told.peak_share) == ("exploration", 1)
