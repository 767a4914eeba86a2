"""How many answers are marked in a second; peers take about two seconds for one submission."""

import random
import time

from coursekit.course import Course
from coursekit.errors import InputError
from coursekit.practice import bank
from coursekit.practice.exercise import issue
from coursekit.practice.kinds import kind_of

ROUNDS = 200


def main():
    """Print the time of one mark for every exercise of the bank."""
    course = Course("bench", Course.find().folder)
    for module in bank.modules(course):
        try:
            good, _ = bank.load(course, module)
        except InputError as error:
            print(error)
            continue
        for exercise in good.values():
            question = issue(exercise, "bench", course.id)
            answers = list(kind_of(exercise.kind).fabricate(question, random.Random(0)).values())
            start = time.perf_counter()
            for _ in range(ROUNDS):
                for answer in answers:
                    question.mark(answer)
            one = (time.perf_counter() - start) / ROUNDS / len(answers)
            print(f"{exercise.id:45} {one * 1000:7.3f} ms  {1 / one:9,.0f} a second")


if __name__ == "__main__":
    main()
