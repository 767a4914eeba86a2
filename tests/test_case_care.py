"""What is built into complaints, survey, trials and processes of the running case, found again."""

import pandas as pd
import pytest

from coursekit import retention, sequential, trials

ITEMS = ("product", "delivery", "complaint", "price", "advice", "visits", "gifts", "billing")
GONE_DAYS = 60  # without an order: everybody else orders within four weeks


@pytest.fixture(scope="module", params=["feed", "parts"])
def world(request, case_world):
    return case_world(request.param)


@pytest.fixture(scope="module")
def complaints(world):
    table = pd.DataFrame(world.tables["complaints"])
    return table.assign(
        opened=pd.to_datetime(table["opened"]), solved=pd.to_datetime(table["solved"])
    )


@pytest.fixture(scope="module")
def customers(world, complaints):
    """All who ever bought: how long they were there, whether they left, how a complaint went."""
    today = pd.Timestamp(world.today)
    orders = pd.DataFrame(world.tables["orders"])
    last = pd.to_datetime(orders["date"]).groupby(orders["customer"]).max()
    first = pd.to_datetime(orders["date"]).groupby(orders["customer"]).min()
    left = (today - last).dt.days > GONE_DAYS
    soon = (complaints["solved"] - complaints["opened"]).dt.days <= 7
    went = soon.groupby(complaints["customer"]).all().map({True: "solved", False: "unsolved"})
    return pd.DataFrame(
        {
            "time": (last.where(left, today) - first).dt.days / 30.44,
            "left": left,
            "complaint": went.reindex(last.index).fillna("none"),
        }
    )


@pytest.fixture(scope="module")
def survey(world):
    return pd.DataFrame(world.tables["survey"]).set_index("customer")


@pytest.fixture(scope="module")
def points(survey):
    answers = survey[list(ITEMS)].astype(float)
    return retention.drivers(answers, survey["overall"].astype(float))


# --- complaints


def test_who_is_helped_soon_stays_like_one_without_a_complaint_and_who_is_not_goes(customers):
    table = retention.of_hundred(customers["complaint"], ~customers["left"])["of_hundred"]
    assert abs(table["solved"] - table["none"]) < 8
    assert table["unsolved"] < 75 < 85 < table[["none", "solved"]].min()


def test_the_curves_part(customers):
    table = retention.curves(customers, "complaint")
    end = table.groupby("complaint").tail(1).set_index("complaint")
    assert end.loc["unsolved", "high"] < end.loc["none", "low"]
    assert end.loc["unsolved", "high"] < end.loc["solved", "low"]


def test_many_who_left_never_said_a_word(customers):
    silent = (customers.loc[customers["left"], "complaint"] == "none").mean()
    assert 0.25 < silent < 0.7


def test_orders_after_a_complaint_agree_with_bought_again(world, complaints):
    orders = pd.DataFrame(world.tables["orders"])
    last = pd.to_datetime(orders["date"]).groupby(orders["customer"]).max()
    said = complaints.dropna(subset=["bought_again"])
    rest = (said["customer"].map(last) - said["opened"]).dt.days
    assert (rest[said["bought_again"].astype(bool)] > 0).all()
    assert (rest[~said["bought_again"].astype(bool)] < 90).all()


def test_the_pile_of_open_complaints_is_seen(world, complaints):
    found = retention.complaint_flow(complaints, world.today)
    assert found["n"] == len(complaints) and found["open"] > 20
    assert found["oldest_days"] > 300 and found["median_days"] < 10
    closed = complaints["solved"].notna()
    quick = (complaints["solved"] - complaints["opened"]).dt.days[closed] <= 7
    assert found["within"] < quick.mean() - 0.1  # what counts only the solved looks better


def test_dealers_complain_where_others_goods_turn_up(world, complaints):
    places = {row["customer"]: row["territory"] for row in world.customers}
    neighbour = complaints[complaints["kind"] == "neighbour"]
    assert set(neighbour["customer"].map(places)) == {"T14", "T17"}
    assert neighbour["solved"].isna().all()


def test_what_customers_say_stands_in_both_languages(complaints):
    assert complaints[["words_zh", "words_en"]].notna().all(axis=None)
    assert complaints["words_zh"].nunique() > 12


# --- survey


def test_delivery_and_complaints_are_to_mend_and_gifts_are_overdone(points):
    table = retention.priorities(points["importance"], points["satisfaction"])
    assert set(table.index[:2]) == {"delivery", "complaint"}
    assert set(table.index[table["place"] == "mend"]) == {"delivery", "complaint"}
    assert table.loc["product", "place"] == "keep"
    assert table.loc["gifts", "place"] == "overdone"


def test_price_is_what_they_say_and_not_what_moves_them(survey, points):
    assert survey["matters_most"].value_counts().idxmax() == "price"
    assert points["importance"].rank()["price"] <= 4
    assert points.loc["price", "importance"] < 0.5 * points.loc["delivery", "importance"]


def test_who_does_not_answer_leaves_more_often(survey, customers):
    answered = survey["answered"].notna().map({True: "answered", False: "silent"})
    stayed = ~customers["left"].reindex(survey.index)
    table = retention.of_hundred(answered, stayed)
    assert table.loc["silent", "high"] < table.loc["answered", "rate"]
    assert 0.4 < (answered == "answered").mean() < 0.6


def test_a_mean_over_those_who_answered_is_too_friendly(survey, customers):
    """The unhappy answer less: weighted by how many there are of each, the mean is lower."""
    groups = customers["complaint"].reindex(survey.index)
    score = survey["overall"].astype(float)
    usual = score.mean()
    weighted = (score.groupby(groups).mean() * groups.value_counts(normalize=True)).sum()
    assert weighted < usual - 0.1


# --- trials of an offer


@pytest.fixture(scope="module")
def offers(world):
    return pd.DataFrame(world.tables["trials"]).groupby("offer")["won"]


def test_one_offer_sells_more_and_one_only_began_well(offers):
    won, n = offers.sum(), offers.size()
    early = offers.apply(lambda own: own.head(20).sum())
    gap = {
        offer: trials.newcombe(won[offer], n[offer], won["usual"], n["usual"])
        for offer in ("trial_pack", "gift_card")
    }
    assert early["gift_card"] > early["trial_pack"]  # after twenty it led
    low, _ = gap["trial_pack"]
    assert low > 0
    low, high = gap["gift_card"]
    assert low < 0 < high


def test_step_by_step_the_better_offer_is_known_before_all_were_asked(offers):
    own = offers.get_group("trial_pack").astype(bool).to_numpy()
    decision, tries, _ = sequential.follow(own, sequential.Plan(0.12, 0.24))
    assert decision == "go" and tries < len(own)


# --- processes


@pytest.fixture(scope="module")
def steps(world):
    table = pd.DataFrame(world.tables["process_steps"])
    moments = {column: pd.to_datetime(table[column]) for column in ("started", "ended")}
    return retention.step_times(table.assign(**moments))


def test_the_longest_wait_is_for_a_signature_and_not_where_the_work_is(steps):
    assert steps["wait"].idxmax() == "credit"
    assert steps["work"].idxmax() in ("make", "drive")
    assert steps["work"].rank()["credit"] == 1  # the shortest work of all
    assert retention.without_wait(steps, "credit")["share"] > 0.33


def test_an_order_goes_through_all_steps_in_their_order(steps):
    assert steps.index.tolist() == ["order", "credit", "plan", "make", "load", "drive"]
    assert steps.loc["credit", "n"] < steps.loc["order", "n"]  # who pays at once needs none


def test_one_service_level_for_all_is_too_dear_or_too_slow(world):
    wanted = pd.DataFrame(world.tables["service_wants"]).rename(columns={"size_class": "segment"})
    costs = {row["days"]: row["cost"] for row in world.tables["service_levels"]}
    table = retention.service(wanted, costs)
    assert table.loc[("large", 7), "met"] == 1
    assert table.loc[("middle", 3), "met"] == 1 and table.loc[("middle", 7), "met"] < 0.5
    assert table.loc[("small", 3), "met"] == 0 and table.loc[("small", 1), "met"] == 1
    own = sum(table.loc[(size, days), "cost"] for size, days in
              (("large", 7), ("middle", 3), ("small", 1)))  # fmt: skip
    assert own < 0.7 * table.xs(1, level="days")["cost"].sum()
