"""What a player of the flight simulator sees, as JSON in one language."""

from coursekit import flight, terms
from coursekit.flight.turn import in_turn
from coursekit.funnel.ladder import OPEN, WON

_LOUD = ("won", "new", "up", "lost", "gone", "cooled", "dropped", "stays")  # order of the news
_TONE = {"won": "good", "up": "good", "new": "good", "stays": "info", "dropped": "info"}
_PER_WEEK = 20  # names that one week can use up


def panel(rules, luck, lang):
    """What stays the same all through a game."""
    return {
        "luck": luck,
        "stages": [
            {
                "id": stage,
                "text": terms.term(f"stage.{stage}", lang),
                "work": flight.WORK_ON.get(stage, ""),
            }
            for stage in (*OPEN, WON)
        ],
        "work": [
            {
                "id": work,
                "text": terms.term(f"flight.{work}", lang),
                "says": terms.term(f"flight.{work}_says", lang),
            }
            for work in flight.WORK
        ],
        "call_hours": rules.call_hours,
    }


def week(game, rules, lang):
    """The week to decide on: hours, event, list; and what the week before brought."""
    state = game.state
    turns = {deal.id: at for at, deal in enumerate(in_turn(state.deals))}
    shown = {
        "week": min(state.week, state.weeks),
        "weeks": state.weeks,
        "hours": 0 if state.over else state.hours,
        "event": None if state.over else _event(state.event, lang),
        "won": terms.money(state.won, lang),
        "spent": terms.money(state.costs, lang),
        "deals": [_deal(deal, state.seed, rules, turns, lang) for deal in state.deals],
        "past": [_past(*played, lang) for played in _played(game)],
        "news": None,
    }
    if game.turns:
        shown["news"] = _news(game.turns[-1], game.states[-2], state.seed, lang)
        last = game.decisions[-1]
        shown["last"] = {work: getattr(last, work) for work in flight.WORK}
    return shown


def debrief(game, rules, rivals, lang):
    """After the game: against the policies, and week by week what it did to the inflow."""
    looked = flight.debrief(game, rules)
    yours = flight.score(game.state, rules)
    board = [(terms.term(f"flight.policy_{name}", lang), total, False)
             for name, total in rivals.items()]  # fmt: skip
    board.append((terms.term("flight.you", lang), yours.total, True))
    board.sort(key=lambda entry: (-entry[1], not entry[2]))
    code, values = hole(game, rules)
    shown = {
        "score": terms.say("flight.score_is", lang, won=yours.won, costs=yours.costs,
                           left=yours.left, total=yours.total),
        "board": [
            {"text": name, "total": round(total), "amount": terms.money(round(total), lang),
             "you": you}
            for name, total, you in board
        ],
        "hole": terms.say(code, lang, **values),
        "dug": None,
        "otherwise": "",
        "weeks": [
            {
                "week": int(number),
                "made": int(row["made"]),
                "owed": int(row["owed"]),
                "came": int(row["came"]),
                "won": terms.money(int(row["won"]), lang) if row["won"] else "",
                "amount": int(row["won"]),
                "idle": int(row["idle"]),
            }
            for number, row in looked.weeks.iterrows()
        ],
    }  # fmt: skip
    if looked.hole:
        dug = looked.hole.week
        otherwise = float(looked.weeks["otherwise"][dug])
        shown["dug"] = {"week": dug, "since": looked.hole.since, "felt": looked.hole.felt}
        better = "flight.otherwise" if otherwise > yours.total else "flight.otherwise_not"
        shown["otherwise"] = terms.say(
            better, lang, week=dug, owed=int(looked.weeks["owed"][dug]), total=otherwise,
            yours=yours.total,
        )  # fmt: skip
    return shown


def hole(game, rules):
    """Code and values of the sentence that says in which week the hole was dug."""
    looked = flight.debrief(game, rules)
    if not looked.hole:
        return "flight.no_hole", {}
    found = looked.hole
    row = looked.weeks.loc[found.week]
    return "flight.hole", {
        "week": found.week,
        "since": found.since,
        "deepest": found.deepest,
        "made": int(row["made"]),
        "owed": int(row["owed"]),
        "missing": round(found.missing, 1),
        "value": round(found.value, -3),
        "felt": found.felt,
    }


def name_of(deal_id, seed, lang):
    """A made-up customer's name, each of its own within a game."""
    heads = terms.term("flight.heads", lang).split("|")
    tails = terms.term("flight.tails", lang).split("|")
    came, _, number = deal_id.partition("-")
    at = seed + int(came) * _PER_WEEK + int(number)
    tail = (at + at // len(heads)) % len(tails)  # a pair comes back after all others
    return terms.say("flight.named", lang, head=heads[at % len(heads)], tail=tails[tail])


def _event(code, lang):
    says = f"flight.event_{code}_says"
    return {
        "id": code,
        "text": terms.term(f"flight.event_{code}", lang),
        "says": terms.term(says, lang) if terms.known(says) else "",
    }


def _deal(deal, seed, rules, turns, lang):
    return {
        "id": deal.id,
        "name": name_of(deal.id, seed, lang),
        "stage": deal.stage,
        "size": deal.size,
        "amount": terms.money(deal.amount, lang),
        "short": terms.say("flight.short", lang, n=deal.amount / {"zh": 1e4, "en": 1e3}[lang]),
        "hours": rules.visit_hours(deal),
        "turn": turns[deal.id],
        "alone": deal.untouched,
        "risk": deal.untouched >= rules.grace and rules.step[deal.stage].decay > 0,
        "says": terms.say(
            "flight.deal_alone" if deal.untouched else "flight.deal_says",
            lang,
            name=name_of(deal.id, seed, lang),
            amount=deal.amount,
            stage=terms.term(f"stage.{deal.stage}", lang),
            size=terms.term(f"flight.size_{deal.size}", lang),
            hours=rules.visit_hours(deal),
            weeks=deal.untouched,
        ),
    }


def _played(game):
    return zip(game.states, game.decisions, game.turns, strict=False)


def _past(state, decision, played, lang):
    won = played.state.won - state.won
    return {
        "week": state.week,
        "event": terms.term(f"flight.event_{state.event}", lang),
        "hours": dict(zip(flight.WORK, played.worked, strict=True)),
        "idle": state.hours - sum(played.worked),
        "came": sum(move.code == "new" for move in played.moves),
        "won": terms.money(won, lang) if won else "",
    }


def _news(played, before, seed, lang):
    moves = sorted(played.moves, key=lambda move: _LOUD.index(move.code))
    names = {move.deal: name_of(move.deal, seed, lang) for move in moves}
    idle = before.hours - sum(played.worked)
    return {
        "week": before.week,
        "idle": terms.say("flight.news_idle", lang, hours=idle) if idle > 0 else "",
        "moves": [
            {
                "code": move.code,
                "deal": move.deal,
                "tone": _TONE.get(move.code, "bad"),
                "stage": move.after or "",
                "before": move.before or "",
                "text": terms.say(
                    f"flight.news_{move.code}",
                    lang,
                    name=names[move.deal],
                    amount=move.amount,
                    stage=_stage(move.after, lang),
                ),
            }
            for move in moves
        ],
    }


def _stage(code, lang):
    return terms.term(f"stage.{code}", lang) if code in (*OPEN, WON) else ""
