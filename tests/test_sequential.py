import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coursekit import sequential
from coursekit.errors import InputError

PLAN = sequential.Plan(poor=0.2, good=0.4, alpha=0.05, beta=0.2)


def exact(plan, rate, tries):
    """Shares of go, stop and undecided by adding up every way that a trial can take."""
    up, down = plan.steps
    stop, go = plan.limits
    ways, ended = {0: 1.0}, {"go": 0.0, "stop": 0.0}
    for tried in range(1, tries + 1):
        later = {}
        for won, share in ways.items():
            for hit, chance in ((1, rate), (0, 1 - rate)):
                evidence = (won + hit) * up + (tried - won - hit) * down
                if evidence >= go - 1e-9:
                    ended["go"] += share * chance
                elif evidence <= stop + 1e-9:
                    ended["stop"] += share * chance
                else:
                    later[won + hit] = later.get(won + hit, 0) + share * chance
        ways = later
    return ended | {"undecided": sum(ways.values())}


def test_a_row_of_successes_says_go_after_four_tries():
    # .4 / .2 = 2 per success; (1 - .2) / .05 = 16 = 2^4
    assert sequential.follow([1, 1, 1, 1], PLAN)[:2] == ("go", 4)
    assert sequential.follow([1, 1, 1], PLAN)[:2] == ("go_on", 3)


def test_a_row_of_failures_says_stop_after_six_tries():
    # .6 / .8 = .75 per failure; .2 / .95 = .2105; .75^5 = .237, .75^6 = .178
    decision, tries, evidence = sequential.follow([0] * 9, PLAN)
    assert (decision, tries) == ("stop", 6)
    assert evidence == pytest.approx([k * math.log(0.75) for k in range(1, 7)])


def test_what_comes_after_the_decision_changes_nothing():
    assert sequential.follow([1, 1, 1, 1] + [0] * 20, PLAN)[:2] == ("go", 4)


def test_a_trial_that_is_full_ends_undecided():
    plan = sequential.Plan(0.2, 0.4, most=3)
    assert sequential.follow([1, 0], plan)[:2] == ("go_on", 2)
    assert sequential.follow([1, 0, 1, 1, 1, 1], plan)[:2] == ("undecided", 3)


def test_a_trial_of_one_try_can_be_planned_and_simulated():
    plan = sequential.Plan(0.2, 0.4, most=1)
    assert sequential.follow([1], plan)[:2] == ("undecided", 1)
    told = sequential.error_rates(plan, 1, n=1, tries=1)
    assert told == {"go": 0, "stop": 0, "undecided": 1, "tries": 1}


def test_no_try_is_no_decision():
    decision, tries, evidence = sequential.follow([], PLAN)
    assert (decision, tries, len(evidence)) == ("go_on", 0, 0)


@pytest.mark.parametrize("rate", [0.2, 0.3, 0.4])
def test_the_simulated_error_rates_are_the_exact_ones(rate):
    told = sequential.error_rates(PLAN, rate, tries=300)
    for share, value in exact(PLAN, rate, 300).items():
        assert told[share] == pytest.approx(value, abs=0.012)  # 3.4 standard errors of 20,000


def test_the_errors_stay_within_walds_limits():
    poor, good = (sequential.error_rates(PLAN, rate) for rate in (PLAN.poor, PLAN.good))
    assert poor["go"] <= 0.05 / 0.8 + 0.005
    assert good["stop"] <= 0.2 / 0.95 + 0.01
    assert poor["go"] + good["stop"] <= 0.25 + 0.01


def test_looking_saves_tries_against_a_fixed_sample():
    from coursekit import trials

    fixed = trials.sample_size(0.2, 0.4, alpha=0.1)  # both sides of .1: one side of .05
    assert sequential.error_rates(PLAN, 0.2)["tries"] < fixed / 2
    assert sequential.error_rates(PLAN, 0.4)["tries"] < fixed / 2


def test_the_same_seed_gives_the_same_rates():
    first, second = (sequential.error_rates(PLAN, 0.3, n=500, seed=s) for s in (1, 1))
    assert first == second
    assert first != sequential.error_rates(PLAN, 0.3, n=500, seed=2)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((0.4, 0.2), "sequential.not_apart"),
        ((0.3, 0.3), "sequential.not_apart"),
        ((0.2, 0.4, 0.5, 0.5), "sequential.no_better_than_luck"),
        ((0, 0.4), "inputs.not_above"),
        ((0.2, 1.0), "inputs.not_below"),
        ((0.2, 0.4, 0.05, 0.2, 0), "inputs.one_too_small"),
    ],
)
def test_a_plan_that_cannot_decide_is_refused(arguments, code):
    with pytest.raises(InputError) as told:
        sequential.Plan(*arguments)
    assert told.value.code == code
    assert told.value.sentence("zh")


def test_an_outcome_is_yes_or_no():
    with pytest.raises(InputError) as told:
        sequential.follow([1, 0.5], PLAN)
    assert told.value.code == "inputs.not_yes_or_no"


@given(st.lists(st.booleans(), max_size=60))
def test_a_trial_follows_the_evidence_try_by_try(outcomes):
    up, down = PLAN.steps
    stop, go = PLAN.limits
    evidence, expected = 0.0, "go_on"
    for hit in outcomes:
        evidence += up if hit else down
        if evidence >= go - 1e-9 or evidence <= stop + 1e-9:
            expected = "go" if evidence > 0 else "stop"
            break
    decision, tries, path = sequential.follow(outcomes, PLAN)
    assert decision == expected
    assert tries == len(path)
    assert np.all(path[:-1] < go)
