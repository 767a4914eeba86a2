"""A world of the flight simulator without luck, and any game of the shipped one."""

import pathlib

from hypothesis import settings
from hypothesis import strategies as st

from coursekit import flight
from coursekit.flight import Decision

RULES = flight.Rules.load()
anywhere = settings(deadline=None, max_examples=50)  # games take their time on a busy machine
SURE = flight.Rules.load(pathlib.Path(__file__).with_name("small_flight.toml"))


@st.composite
def decisions(draw, state):
    """Any decision that can be carried out."""
    left, hours = state.hours, []
    for _ in flight.WORK:
        hours.append(draw(st.integers(0, left)))
        left -= hours[-1]
    names = draw(st.permutations([deal.id for deal in state.deals]))
    cut = draw(st.integers(0, min(3, len(names))))
    return Decision(*hours, first=tuple(names[cut : cut + 3]), drop=tuple(names[:cut]))


@st.composite
def games(draw):
    game = flight.Game(flight.start(RULES, "six", draw(st.integers(0, 10**6))))
    while not game.state.over:
        game = game.decide(draw(decisions(game.state)), RULES)
    return game
