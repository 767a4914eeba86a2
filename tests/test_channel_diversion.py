import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursekit import channel, toml
from coursekit.errors import InputError

TERRITORIES = pd.DataFrame(
    [("Li", "north"), ("Wang", "south"), ("Zhao", "east")], columns=["dealer", "territory"]
)


def shipments(*rows):
    return pd.DataFrame(rows, columns=["batch", "dealer", "date", "quantity"])


def sightings(*rows):
    frame = pd.DataFrame(rows, columns=["batch", "territory", "date", "quantity"])
    return frame.set_axis([f"f{n}" for n in range(1, len(rows) + 1)])


def verdicts(*finds, deliveries=(("B1", "Li", "2026-01-05", 100),), **options):
    return channel.traces(shipments(*deliveries), sightings(*finds), TERRITORIES, **options)


def test_two_batches_in_anothers_territory_are_a_reason_to_ask_with_the_finds():
    sent = shipments(("B1", "Li", "2026-01-05", 100), ("B2", "Li", "2026-02-05", 100))
    finds = sightings(
        ("B1", "south", "2026-01-20", 20),
        ("B2", "south", "2026-02-20", 10),
        ("B2", "north", "2026-02-21", 30),
    )
    found = channel.traces(sent, finds, TERRITORIES)
    assert found["verdict"].tolist() == ["outside", "outside", "inside"]
    row = channel.diversion(found, sent).loc["Li"]
    # 30 of the 200 of these two batches
    assert row[["finds", "outside", "batches", "share"]].tolist() == [3, 30, 2, 0.15]
    assert (row["level"], row["evidence"]) == ("yes", ("f1", "f2"))


def test_a_low_price_without_a_batch_is_no_evidence():
    sent = shipments(("B1", "Li", "2026-01-05", 100))
    finds = sightings(("B1", "north", "2026-01-20", 60)).assign(price=0.01)
    assert channel.diversion(channel.traces(sent, finds, TERRITORIES), sent).loc["Li", "level"] == (
        "none"
    )


def test_a_customer_who_moved_house_with_one_batch_is_benign():
    sent = shipments(("B1", "Li", "2026-01-05", 100))
    found = channel.traces(sent, sightings(("B1", "south", "2026-01-20", 50)), TERRITORIES)
    row = channel.diversion(found, sent).loc["Li"]
    assert (row["level"], row["evidence"]) == ("benign", ("f1",))


def test_a_few_bags_of_many_batches_are_benign():
    sent = shipments(*((f"B{n}", "Li", "2026-01-05", 100) for n in range(4)))
    finds = sightings(*((f"B{n}", "south", "2026-01-20", 4) for n in range(4)))
    row = channel.diversion(channel.traces(sent, finds, TERRITORIES), sent).loc["Li"]
    assert (row["batches"], row["share"], row["level"]) == (4, 0.04, "benign")  # 16 of 400


def test_the_border_and_the_empty_market_are_benign_however_much():
    finds = [("B1", "south", "2026-01-20", 50), ("B1", "west", "2026-01-20", 40)]
    found = verdicts(*finds, borders=[("south", "north")])
    assert found["verdict"].tolist() == ["border", "empty_market"]
    sent = shipments(("B1", "Li", "2026-01-05", 100))
    row = channel.diversion(found, sent).loc["Li"]
    assert row[["outside", "tolerated", "level"]].tolist() == [0, 90, "benign"]


def test_a_batch_of_several_dealers_convicts_none_of_them():
    sent = [("B1", "Li", "2026-01-05", 100), ("B1", "Zhao", "2026-01-06", 100)]
    found = verdicts(("B1", "south", "2026-01-20", 50), deliveries=sent)
    assert found.loc["f1", ["verdict", "dealer", "sources"]].tolist() == [
        "shared_batch",
        None,
        ("Li", "Zhao"),
    ]
    table = channel.diversion(found, shipments(*sent))
    assert table["level"].tolist() == ["none", "none"]
    assert table["unclear"].tolist() == [1, 1]


def test_a_batch_that_the_local_dealer_got_too_is_at_home():
    sent = [("B1", "Li", "2026-01-05", 100), ("B1", "Wang", "2026-01-06", 100)]
    found = verdicts(("B1", "south", "2026-01-20", 150), deliveries=sent)
    assert found.loc["f1", "verdict"] == "inside"


def test_a_dealer_who_got_the_batch_later_does_not_clear_the_first():
    sent = [("B1", "Li", "2026-01-05", 100), ("B1", "Wang", "2026-02-06", 100)]
    found = verdicts(("B1", "south", "2026-01-20", 50), deliveries=sent)
    assert found.loc["f1", ["verdict", "dealer"]].tolist() == ["outside", "Li"]


def test_a_dealer_who_sent_the_batch_back_is_not_its_source():
    sent = [("B1", "Li", "2026-01-05", 100), ("B1", "Li", "2026-01-08", -100)]
    sent += [("B1", "Zhao", "2026-01-09", 100)]
    found = verdicts(("B1", "south", "2026-01-20", 50), deliveries=sent)
    assert found.loc["f1", ["verdict", "dealer"]].tolist() == ["outside", "Zhao"]


def test_a_delivery_agreed_for_another_region_is_inside():
    sent = shipments(("B1", "Li", "2026-01-05", 100)).assign(agreed="south")
    found = channel.traces(sent, sightings(("B1", "south", "2026-01-20", 50)), TERRITORIES)
    assert found.loc["f1", "verdict"] == "inside"


@pytest.mark.parametrize(
    ("find", "verdict"),
    [
        (("B9", "south", "2026-01-20", 5), "unknown_batch"),
        (("B1", "south", "2026-01-04", 5), "before_shipment"),
        (("B1", "south", "2026-01-20", 101), "more_than_shipped"),
    ],
)
def test_records_that_do_not_fit_accuse_nobody(find, verdict):
    found = verdicts(find)
    assert found.loc["f1", "verdict"] == verdict
    assert found.loc["f1", "dealer"] is None
    table = channel.diversion(found, shipments(("B1", "Li", "2026-01-05", 100)))
    assert table.loc["Li", ["finds", "level"]].tolist() == [0, "none"]


def test_without_finds_every_dealer_is_clear():
    sent = shipments(("B1", "Li", "2026-01-05", 100))
    table = channel.diversion(channel.traces(sent, sightings(), TERRITORIES), sent)
    assert table["level"].tolist() == ["none"]


def test_a_blank_batch_is_told_with_its_row():
    with pytest.raises(InputError) as told:
        verdicts((None, "south", "2026-01-20", 5))
    assert (told.value.code, told.value.rows) == ("inputs.blank", ("f1",))


deliveries = st.lists(
    st.tuples(
        st.sampled_from(["B1", "B2", "B3"]), st.sampled_from(["Li", "Wang"]), st.just("2026-01-05")
    ),
    min_size=1,
    max_size=6,
)
places = st.sampled_from(["north", "south", "east", "west"])
finds = st.lists(
    st.tuples(st.sampled_from(["B1", "B2", "B3", "B4"]), places, st.integers(1, 30)), max_size=8
)


@settings(max_examples=40, deadline=None)
@given(deliveries, finds, st.randoms())
def test_the_order_of_records_changes_nothing_and_every_find_gets_one_verdict(sent, seen, random):
    sent = shipments(*((*row, 100) for row in sent))
    seen = sightings(*((batch, place, "2026-02-01", n) for batch, place, n in seen))
    found = channel.traces(sent, seen, TERRITORIES)
    table = channel.diversion(found, sent)
    assert len(found) == len(seen)
    assert table["outside"].sum() + table["tolerated"].sum() <= seen["quantity"].sum()
    other_sent = sent.loc[random.sample(list(sent.index), len(sent))]
    other_seen = seen.loc[random.sample(list(seen.index), len(seen))]
    other = channel.traces(other_sent, other_seen, TERRITORIES)
    pd.testing.assert_frame_equal(other.loc[found.index], found)
    again = channel.diversion(other, other_sent)
    assert again["level"].to_dict() == table["level"].to_dict()
    assert [sorted(e) for e in again["evidence"]] == [sorted(e) for e in table["evidence"]]


def test_levels_are_the_answers_of_the_credit_card(root):
    card = toml.read(root / "coursekit" / "instruments" / "credit.toml")
    assert tuple(card["criteria"]["diversion"]["answers"]) == channel.LEVELS
