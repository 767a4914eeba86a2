"""The funnel flight simulator: weeks of hours to split, and a list that moves by them.

What it models: hours are short and a list costs some of them; a deal moves by visits, one stage
a week at most, and cools when it is left alone; large deals take more hours and more time; what
is sown today is reaped four weeks later and more; everyone of a class meets the same luck.

What it does not model: prices and margins, several products or sellers, a customer who remembers
how often he was visited, referrals, deals that grow old although they are visited, learning. All
figures are chosen for teaching (``instruments/flight.toml``); a win in the game proves nothing
about a real list.

Syllabus item funnel.4.3.
"""

from coursekit.flight.debrief import CYCLE, Debrief, Hole, debrief, owed_calls, repaired
from coursekit.flight.policies import (
    SIMPLE,
    hours_per_appointment,
    hours_to_the_end,
    tended,
    value_per_hour,
    visiting,
    whole_hours,
)
from coursekit.flight.record import Game, Score, left, play, replay, score, to_json
from coursekit.flight.rules import ENTRY, WORK, WORK_ON, Event, Rules, Size, Step, Version
from coursekit.flight.state import Deal, Decision, State, decision_of, luck, start
from coursekit.flight.turn import Move, Turn, call_chance, chances, checked, in_turn, turn, visits

__all__ = [
    "CYCLE",
    "ENTRY",
    "SIMPLE",
    "WORK",
    "WORK_ON",
    "Deal",
    "Debrief",
    "Decision",
    "Event",
    "Game",
    "Hole",
    "Move",
    "Rules",
    "Score",
    "Size",
    "State",
    "Step",
    "Turn",
    "Version",
    "call_chance",
    "chances",
    "checked",
    "debrief",
    "decision_of",
    "hours_per_appointment",
    "hours_to_the_end",
    "in_turn",
    "left",
    "luck",
    "owed_calls",
    "play",
    "repaired",
    "replay",
    "score",
    "start",
    "tended",
    "to_json",
    "turn",
    "value_per_hour",
    "visiting",
    "visits",
    "whole_hours",
]
