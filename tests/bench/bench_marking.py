"""How long an answer of each kind takes to mark; peers take about two seconds for a submission."""

import random
import statistics
import tempfile
import time

from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice import bank
from coursekit.practice.desk import Desk
from coursekit.practice.exercise import issue
from coursekit.practice.kinds import KINDS, kind_of
from coursekit.practice.turns import takes_turns

SECONDS = 0.2  # for each exercise
SUBMITTED = 20
PEERS_MS = 2000


def marking_ms(exercise, course_id):
    """Milliseconds that one mark of an exercise takes, over answers of every outcome."""
    question = issue(exercise, "bench", course_id)
    answers = list(kind_of(exercise.kind).fabricate(question, random.Random(0)).values())
    marked, begin = 0, time.perf_counter()
    while (spent := time.perf_counter() - begin) < SECONDS:
        for answer in answers:
            question.mark(answer)
        marked += len(answers)
    return spent / marked * 1000


def submission_ms(exercise):
    """Milliseconds from an answer to what the card shows, the record on disk in between."""
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk(Course.find(folder))
        desk.open(exercise.id)
        question = desk.question(exercise.id)
        made = kind_of(exercise.kind).fabricate(question, random.Random(0))
        raw = made.get("right") or made["recorded"]
        took = []
        for _ in range(SUBMITTED):
            begin = time.perf_counter()
            if takes_turns(exercise):
                for move in raw["moves"]:
                    desk.turn(exercise.id, move)
            else:
                desk.submit(exercise.id, raw)
            took.append((time.perf_counter() - begin) * 1000)
            if takes_turns(exercise):
                desk.again(exercise.id)
        return statistics.median(took) / (len(raw["moves"]) if takes_turns(exercise) else 1)


def main():
    """Print a line per kind: the exercise in the middle, a whole submission, the slowest."""
    course = Course("bench", Course.find().folder)
    took = {kind: {} for kind in KINDS}
    for module in bank.modules(course):
        try:
            good, _ = bank.load(course, module)
        except InputError as error:
            print(error)
            continue
        for exercise in good.values():
            took[exercise.kind][exercise.id] = marking_ms(exercise, course.id)
    print(
        f"{'kind':12}{'n':>3}{'mark ms':>9}{'a second':>10}{'with record':>13}{'faster':>10}"
        "  slowest mark"
    )
    for kind, found in took.items():
        if not found:
            print(f"{kind:12}  0  no exercise of this kind in the bank")
            continue
        middle, slowest = statistics.median(found.values()), max(found, key=found.get)
        whole = submission_ms(bank.exercise(course, slowest))
        print(
            f"{kind:12}{len(found):3}{middle:9.3f}{1000 / middle:10,.0f}{whole:10.1f} ms"
            f"{PEERS_MS / whole:9,.0f}x  {found[slowest]:.3f} ms {slowest}"
        )


if __name__ == "__main__":
    main()
