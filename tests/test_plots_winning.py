"""Figures of how to win and of prospects: their numbers, and that they can be drawn."""

import matplotlib.text
import pandas as pd
import pytest

from coursekit import funnel, terms
from coursekit.plots import prospects, winning

LADDER = funnel.Ladder.load()
TODAY = pd.Timestamp("2026-03-02")


def words(figure):
    return [found.get_text() for found in figure.findobj(matplotlib.text.Text)]


def history(*rows):
    frame = pd.DataFrame(rows, columns=["deal_id", "stage", "date", "owner"])
    return frame.assign(date=pd.to_datetime(frame["date"]))


# a sells twice as much as b in the north; in the south both sell alike
LIST = pd.DataFrame(
    [
        ("n1", "a", "contract", 200),
        ("n2", "b", "contract", 100),
        ("n3", "b", "p25", 50),
        ("s1", "c", "contract", 100),
        ("s2", "d", "contract", 100),
        ("s3", "d", "p50", 80),
    ],
    columns=["deal_id", "owner_id", "stage", "amount"],
)
TEAM = pd.Series({"a": "north", "b": "north", "c": "south", "d": "south"})
PAST = history(
    *(
        (deal, stage, day, owner)
        for deal, owner in (("n1", "a"), ("n2", "b"), ("s1", "c"), ("s2", "d"))
        for stage, day in (("appointment", "2025-11-03"), ("contract", "2025-12-01"))
    ),
    ("n3", "appointment", "2026-02-16", "b"),
    ("n3", "p25", "2026-02-23", "b"),
    ("s3", "appointment", "2025-12-01", "d"),
    ("s3", "p50", "2025-12-08", "d"),
)


def of_north():
    return winning.problems_numbers(LIST, TODAY, LADDER, PAST, TEAM, "north")


def test_the_best_fifth_of_two_people_is_one_of_them():
    numbers = of_north()
    assert numbers["stars"] == pytest.approx(200 / 300)
    assert numbers["alike"] == 1 / 2
    assert numbers["n_people"] == 2


def test_a_team_stands_out_where_it_is_worse_than_every_other():
    # in the south nobody met anybody in four weeks, in the north one of two did
    numbers = of_north()
    assert "stars" in numbers["worst"]
    assert "initiative" not in numbers["worst"]
    assert numbers["values"]["south"]["initiative"] == 0


def test_what_the_records_do_not_hold_is_drawn_for_nobody():
    numbers = of_north()
    assert numbers["values"]["north"]["plan"] is None  # the list has no next steps
    drawn = winning.problems(LIST, TODAY, LADDER, PAST, TEAM, "north", "North", "en")
    assert "67%" in words(drawn)


def test_deals_that_are_still_open_say_nothing_of_the_card():
    answers = pd.DataFrame(
        [("yes",) * 4, ("yes",) * 4, ("no",) * 4, ("no",) * 4, ("yes",) * 4],
        columns=["decision_chain", "offer", "partners", "win_win"],
    )
    stage = pd.Series(["contract", "lost", "lost", "lost", "p50"])
    numbers = winning.won_by_score_numbers(answers, stage)
    assert (numbers["n_high"], numbers["won_high"], numbers["n_low"]) == (2, 1, 2)
    assert (numbers["n"], numbers["n_open"]) == (4, 1)
    assert numbers["low_high"] < 0.5 < numbers["high_high"]
    assert "1 of 2" in words(winning.won_by_score(answers, stage, "en"))


def test_two_people_with_the_same_result_and_another_list():
    own = history(
        *((f"w{who}", "contract", "2025-12-01", who) for who in ("a", "b")),
        ("o1", "appointment", "2026-02-02", "a"),
        ("o2", "p50", "2025-12-15", "a"),
        ("o3", "opportunity", "2025-12-20", "b"),
    )
    amount = pd.Series({"wa": 10, "wb": 10, "o1": 40, "o2": 20, "o3": 30})
    chosen = (own, amount, ("a", "b"), ("2025-10-01", "2025-12-31"), TODAY, LADDER)
    numbers = winning.two_people_numbers(*chosen)
    assert numbers["won_amount_1"] == numbers["won_amount_2"] == 10
    assert (numbers["n_open_1"], numbers["n_open_2"]) == (2, 1)
    assert (numbers["came_1"], numbers["came_2"]) == (1, 0)
    assert numbers["expected_then_1"] == 20 * LADDER.rate("p50")
    assert "Ann: 2 open" in words(winning.two_people(*chosen, ("Ann", "Ben"), "en"))


# the usual time at 25% is ten days; on 1 January two deals played ball, two did not
USUAL = history(
    *((f"u{n}", "p25", "2025-11-01", "a") for n in range(5)),
    *((f"u{n}", "p50", "2025-11-11", "a") for n in range(5)),
)
THEN = pd.DataFrame(
    [
        ("d1", "p25", "2025-12-28", "trial", "2026-01-08"),
        ("d2", "p25", "2025-12-28", "trial", "2026-01-08"),
        ("d3", "p25", "2025-11-28", "trial", "2026-01-08"),
        ("d4", "p25", "2025-12-28", None, None),
        ("d5", "opportunity", "2025-12-28", "call", "2026-01-08"),
    ],
    columns=["deal_id", "stage", "entered", "next_step", "next_step_date"],
).assign(date=pd.Timestamp("2026-01-01"))
THEN[["entered", "next_step_date"]] = THEN[["entered", "next_step_date"]].apply(pd.to_datetime)
NOW = pd.Series({"d1": "contract", "d2": "lost", "d3": "p50", "d4": "lost", "d5": "contract"})


def test_a_deal_plays_ball_with_a_step_and_within_the_usual_time():
    numbers = prospects.played_ball_numbers(THEN, "2026-01-01", USUAL, NOW)
    assert (numbers["n_ball"], numbers["won_ball"], numbers["lost_ball"]) == (2, 1, 1)
    assert (numbers["n_rest"], numbers["won_rest"], numbers["open_rest"]) == (2, 0, 1)
    assert numbers["low"] < 0.5 < numbers["high"]


def test_early_deals_are_left_out_of_the_two_bars():
    drawn = prospects.played_ball(THEN, "2026-01-01", USUAL, NOW, "en")
    assert "Played ball: 1 of 2 signed. Did not: 0 of 2" in words(drawn)


def test_what_does_not_play_ball_lacks_a_step_or_stands_still():
    numbers = prospects.pace_numbers(THEN, "2026-01-01", funnel.flow(USUAL, "2026-01-01"))
    assert numbers["deals"][2] == ("still", 34 / 10)
    assert numbers["deals"][3][0] == "bare"
    found = [numbers[name] for name in ("n", "n_ball", "n_bare", "n_still", "n_unknown")]
    assert found == [5, 2, 1, 1, 1]  # nobody has passed the opportunity here: no usual time


def test_weekly_lists_tell_how_often_a_deal_played_ball():
    later = THEN.assign(date=pd.Timestamp("2026-01-05"))  # d1 and d2 now 8 days in, d3 still late
    table = prospects.followed(pd.concat([THEN, later], ignore_index=True), USUAL)
    assert table.loc["d1", ["lists", "steps", "played", "stages"]].tolist() == [2, 2, 2, 1]
    assert table.loc["d3", ["steps", "played"]].tolist() == [2, 0]
    assert not table.loc["d4", "first"]
    assert "d5" not in table.index


def test_a_long_list_shows_its_largest_deals():
    many = pd.concat([THEN] * 5, ignore_index=True).assign(amount=range(25), customer="Farm")
    flow = funnel.flow(USUAL, "2026-01-01")
    drawn = prospects.pace(many, "2026-01-01", flow, "en")
    assert [label.get_text() for label in drawn.axes[0].get_yticklabels()] == ["Farm"] * 18
    assert any(word.startswith("the 18 largest") for word in words(drawn))


def test_without_the_day_of_entry_nobody_is_said_to_play_ball():
    flow = funnel.flow(USUAL, "2026-01-01")
    numbers = prospects.pace_numbers(THEN.drop(columns="entered"), "2026-01-01", flow)
    assert (numbers["n_ball"], numbers["n_unknown"], numbers["n_bare"]) == (0, 4, 1)


def test_a_list_without_dates_or_deals_can_be_drawn():
    flow = funnel.flow(USUAL, "2026-01-01")
    bare = pd.DataFrame({"stage": ["p25", "contract"]})
    assert "?" in words(prospects.pace(bare, "2026-01-01", flow, "zh"))
    prospects.pace(bare.iloc[1:], "2026-01-01", flow, "zh")


@pytest.mark.parametrize("lang", terms.LANGS)
def test_every_sentence_of_the_figures_is_filled(lang):
    for numbers in (
        of_north(),
        prospects.played_ball_numbers(THEN, "2026-01-01", USUAL, NOW),
        prospects.pace_numbers(THEN, "2026-01-01", funnel.flow(USUAL, "2026-01-01")),
    ):
        assert "{" not in terms.fill(terms.term(numbers["alt"], lang), lang, numbers)
