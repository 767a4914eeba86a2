"""Every exercise of the bank, whatever stands there, through parse, mark and journal."""

import json
import random

import pytest

from coursekit.course import Course
from coursekit.practice import bank, lint
from coursekit.practice.desk import Desk
from coursekit.practice.exercise import issue
from coursekit.practice.kinds import kind_of
from coursekit.practice.mark import COUNTED

SEEDS = 50


def shipped():
    return Course("course", bank.content())


def every_id():
    banks = [bank.load(shipped(), module) for module in bank.modules(shipped())]
    return [exercise_id for good, bad in banks for exercise_id in (*good, *bad)]


@pytest.fixture(scope="module", params=every_id())
def exercise(request):
    return bank.exercise(shipped(), request.param)  # an entry with a mistake says it here


@pytest.fixture(scope="module")
def questions(exercise):
    return [issue(exercise, f"trainee {n}", "course") for n in range(SEEDS)]


def test_the_proof_reader_finds_nothing_to_mend(exercise):
    """Each outcome, each known mistake, both languages, the printed figures, over 50 trainees."""
    found = lint.findings(exercise, SEEDS)
    assert [f.sentence("en") for f in found if f.level == "wrong"] == []


def test_its_key_does_not_reach_the_page(questions):
    for question in questions:
        shown = set(strings(question.public("zh")))
        assert not shown & set(question.exercise.text["zh"].get("slips", {}).values())
        assert "key" not in question.public("zh")


def test_trainees_get_different_questions_unless_it_is_about_one_list(exercise, questions):
    given = {json.dumps(question.given, sort_keys=True) for question in questions}
    rng = Watched(0)
    if exercise.make:
        exercise.make(rng, None)
    keyed = getattr(kind_of(exercise.kind), "KEYED", True)  # a form has no answer to copy
    assert len(given) > 1 or not keyed or (exercise.make and not rng.used)


def test_the_journal_gives_back_what_was_answered(exercise, tmp_path):
    course = Course("course", tmp_path)
    desk = Desk(course)
    desk.open(exercise.id)
    question = desk.question(exercise.id)
    made = kind_of(exercise.kind).fabricate(question, random.Random(0))
    counted = 0
    for outcome, raw in made.items():
        state = desk.submit(exercise.id, raw, token=outcome)
        counted += outcome in COUNTED
        assert (state["outcome"], state["answer"], state["attempts"]) == (outcome, raw, counted)
        assert Desk(course).open(exercise.id)["state"] == state
        assert desk.submit(exercise.id, raw, token=outcome) == state  # sent twice, recorded once
    assert desk.journal.check() == ()


class Watched(random.Random):
    used = False

    def random(self):
        self.used = True
        return super().random()

    def getrandbits(self, k):
        self.used = True
        return super().getrandbits(k)


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)
