"""A game as a record: its decisions, replayed to the same end, and what it scores."""

import dataclasses
import json

from coursekit.errors import InputError
from coursekit.flight.state import decision_of, start
from coursekit.flight.turn import turn


@dataclasses.dataclass(frozen=True)
class Score:
    """What a game is worth: won − costs + left, all in money.

    Attributes
    ----------
    won : int
        Money of contracts.
    costs : float
        Money of the hours worked.
    left : float
        What the list at the end can show (`left`).
    """

    won: int
    costs: float
    left: float

    @property
    def total(self):
        """Won − costs + left."""
        return self.won - self.costs + self.left


@dataclasses.dataclass(frozen=True)
class Game:
    """A game from its first week to where its decisions end.

    Attributes
    ----------
    first : State
    decisions : tuple of Decision
    turns : tuple of Turn
        One per decision.
    """

    first: object
    decisions: tuple = ()
    turns: tuple = ()

    @property
    def state(self):
        """Where the game stands now."""
        return self.turns[-1].state if self.turns else self.first

    @property
    def states(self):
        """The state before each decision, and the one now."""
        return (self.first, *(week.state for week in self.turns))

    def decide(self, decision, rules):
        """The game with one week more; this one stays as it is.

        Raises
        ------
        InputError
            As `flight.turn`.
        """
        played = turn(self.state, decision, rules)
        return Game(self.first, (*self.decisions, decision_of(decision)), (*self.turns, played))


def play(policy, rules, version="twelve", seed=0, skill=None):
    """A whole game by one policy.

    Parameters
    ----------
    policy : callable
        ``(state, rules) -> Decision``.
    rules : Rules
    version, seed, skill
        As `flight.start`.

    Returns
    -------
    Game

    Notes
    -----
    Syllabus item funnel.4.3. It fails as a proof that one policy beats another: within one seed
    luck decides between two that are close, so compare them over many.
    """
    game = Game(start(rules, version, seed, skill))
    while not game.state.over:
        game = game.decide(policy(game.state, rules), rules)
    return game


def score(state, rules):
    """What a game is worth as it stands.

    Returns
    -------
    Score

    Notes
    -----
    Syllabus item funnel.4.3. Won money minus costs plus what the list can still show. The list
    counts because the job does not end with the game: whoever takes it over on Monday gets either a
    list or a hole. Each deal counts its amount times the chance that it ends in a contract when it
    is looked after; one more visit does not change that on average, so that closing in a hurry
    earns nothing extra. A deal that was not worked on in the week just played counts nothing, so
    that the last week's hours are needed for the list too: all of them on closing, or all on calls,
    loses what was left alone, and an emptied list is simply missing. The bench shows what the last
    week played otherwise would bring. Salary is the same for everyone and left out. It fails as a
    mark of one trainee: between two who play alike, the draw of a single game decides.
    """
    return Score(state.won, state.costs, left(state, rules))


def left(state, rules):
    """What the list can show: amount times chance of a contract, over deals just worked on.

    A deal that was left alone in the week before counts nothing, as one without a next step on
    the ladder. From 25% up the chances are the ladder's; a first appointment, which no forecast
    counts, has the small value that a colleague would pay for it.
    """
    return sum(deal.amount * rules.worth[deal.stage] for deal in state.deals if not deal.untouched)


def to_json(game, rules):
    """A game as one line of JSON: what replays it, no more.

    Returns
    -------
    str
        Keys sorted; ``decisions``, ``rules`` (digest), ``seed``, ``skill``, ``version``.
    """
    record = {
        "version": game.first.version,
        "seed": game.first.seed,
        "skill": dict(game.first.skill),
        "rules": rules.digest,
        "decisions": [dataclasses.asdict(decision) for decision in game.decisions],
    }
    return json.dumps(record, sort_keys=True)


def replay(text, rules):
    """The game of a record, exactly as it was played.

    Parameters
    ----------
    text : str
        As `to_json` writes it. It may come from a trainee: it is data, checked as such.
    rules : Rules
        The rules it was played by.

    Returns
    -------
    Game

    Raises
    ------
    InputError
        No such record, other rules, more weeks than the version has, or a decision that could
        not be carried out.

    Notes
    -----
    Syllabus item funnel.4.3. It fails as evidence of judgement: a record holds what was decided,
    not why, and a copied game replays as well as an own one.
    """
    try:
        record = json.loads(text)
    except (TypeError, ValueError, RecursionError):
        raise InputError("flight.record") from None
    wanted = {"version", "seed", "skill", "rules", "decisions"}
    if not isinstance(record, dict) or set(record) != wanted:
        raise InputError("flight.record")
    if not isinstance(record["decisions"], list):
        raise InputError("flight.record")
    if record["rules"] != rules.digest:
        raise InputError("flight.other_rules")
    game = Game(start(rules, record["version"], record["seed"], record["skill"]))
    for decision in record["decisions"]:
        game = game.decide(decision, rules)
    return game
