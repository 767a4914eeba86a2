"""Which of several kinds a customer is most like, by what was seen of him."""

import dataclasses
import pathlib

import numpy as np
import pandas as pd

from coursekit import cards, replies, terms, toml
from coursekit.errors import InputError

CANNOT_TELL = "cannot_tell"

_FOLDER = pathlib.Path(__file__).parent / "instruments"
_LISTS = ("signs", "do", "avoid")
_SECTION = {"signs": "sign", "do": "respond", "avoid": "respond"}


@dataclasses.dataclass(frozen=True)
class Kind:
    """One kind: its code, the signs of it (codes), what to do and what to avoid (codes)."""

    code: str
    signs: tuple
    do: tuple = ()
    avoid: tuple = ()


@dataclasses.dataclass(frozen=True)
class Kinds:
    """Kinds in their order, and from where on one dares to name one.

    Attributes
    ----------
    kinds : tuple of Kind
    seen : int
        Fewest signs that must have been seen.
    likeness : float
        Least likeness, 0 to 1.
    lead : float
        Least lead over the second, 0 to 1.
    item : str
        Of the syllabus.
    cautions : tuple of dict
        Where the rule is wrong, ``{"zh": ..., "en": ...}`` each.

    Notes
    -----
    Syllabus items management.1.1 and screening.2.1. It fails where the kinds share most of their
    signs: then nobody can be told apart, and more looking does not help.
    """

    kinds: tuple
    seen: int = 2
    likeness: float = 0.5
    lead: float = 0.1
    item: str = ""
    cautions: tuple = dataclasses.field(default=(), compare=False, repr=False)

    @classmethod
    def load(cls, source):
        """``"customer_types"``, ``"life_cycle"``, or a file of the same form.

        Parameters
        ----------
        source : str or pathlib.Path

        Raises
        ------
        InputError
            The file does not fit; the line is named.
        """
        path = pathlib.Path(source)
        return _read(path if path.suffix == ".toml" else _FOLDER / f"{source}.toml")

    @property
    def signs(self):
        """All signs, each once, in the order of the file."""
        return tuple(dict.fromkeys(sign for kind in self.kinds for sign in kind.signs))

    def kind(self, code):
        """One kind, with what to do and what to avoid.

        Raises
        ------
        InputError
            There is none of this code.

        Notes
        -----
        Syllabus item management.1.2. It fails as a script: a customer who is between two kinds, or
        in another mood today, needs what the other kind's list says to avoid.
        """
        for kind in self.kinds:
            if kind.code == code:
                return kind
        known = ", ".join(kind.code for kind in self.kinds)
        raise InputError("likeness.no_such_kind", kind=code, known=known)


def likeness(seen, kinds):
    """How like each kind every customer is.

    Parameters
    ----------
    seen : DataFrame
        A column per sign: yes or no, true or false; a missing cell or column means that nobody
        looked.
    kinds : Kinds

    Returns
    -------
    DataFrame
        Index kept, a column per kind: of the signs that were seen or belong to the kind, as far
        as somebody looked, the share that is both; 0 where there is none.

    Raises
    ------
    InputError
        No column of a sign is there, or a cell is neither yes nor no.

    Notes
    -----
    Syllabus items management.1.1 and screening.2.1. It fails where only the signs that were there
    are written down and never those that were absent: then nothing speaks against a kind.
    """
    table = _table(seen, kinds)
    looked, found = table.notna(), table == 1
    result = {}
    for kind in kinds.kinds:
        typical = table.columns.isin(kind.signs)
        either = (looked & (found | typical)).sum(axis=1)
        result[kind.code] = ((found & typical).sum(axis=1) / either.where(either > 0)).fillna(0.0)
    return pd.DataFrame(result, index=seen.index)


def likeliest(seen, kinds):
    """The kind that each customer is most like, or that one cannot tell.

    Parameters
    ----------
    seen, kinds
        As for `likeness`.

    Returns
    -------
    DataFrame
        Index kept. ``kind``, or ``"cannot_tell"``; ``likeness`` of the first, 0 to 1; ``second``
        and its ``second_likeness``; ``why``: empty, or why one cannot tell: ``few`` (too little
        was seen), ``none_fits``, ``close`` (two are about as likely).

    Notes
    -----
    Syllabus items management.1.1 and screening.2.1. The likeness is the Jaccard index of seen and
    typical signs. It fails as a label: eight types are a rule of thumb, nobody has shown that
    customers come in eight kinds, and the same person differs from day to day. Use it to choose the
    next sentence, not to file a person.
    """
    like = likeness(seen, kinds)
    order = np.argsort(-like.to_numpy(), axis=1, kind="stable")
    names, rows = like.columns.to_numpy(object), np.arange(len(like))
    first, second = order[:, 0], order[:, 1]
    best, next_ = like.to_numpy()[rows, first], like.to_numpy()[rows, second]
    number = (_table(seen, kinds) == 1).sum(axis=1).to_numpy()
    why = np.select(
        [number < kinds.seen, best < kinds.likeness, np.round(best - next_, 9) < kinds.lead],
        ["few", "none_fits", "close"],
        "",
    )
    return pd.DataFrame(
        {
            "kind": np.where(why == "", names[first], CANNOT_TELL),
            "likeness": best,
            "second": names[second],
            "second_likeness": next_,
            "why": why,
        },
        index=seen.index,
    )


def life_cycle_match(seen, stage, kinds=None):
    """Whether customers suit the stage that a product is in.

    Parameters
    ----------
    seen : DataFrame
        Signs of each customer, as for `likeness`.
    stage : str
        ``exploration growth maturity decline``.
    kinds : Kinds, optional
        The shipped ``life_cycle`` without it.

    Returns
    -------
    DataFrame
        As `likeliest`, and ``match``: ``fits`` (the product's stage), ``near`` (next to it),
        ``far``, or ``unknown`` where one cannot tell.

    Raises
    ------
    InputError
        As `likeness`; or there is no such stage.

    Notes
    -----
    Syllabus item screening.2.1. It fails for a customer who buys the newest of one thing and the
    oldest of another: the signs must be of this kind of product.
    """
    kinds = kinds or Kinds.load("life_cycle")
    kinds.kind(stage)
    order = [kind.code for kind in kinds.kinds]
    found = likeliest(seen, kinds)
    away = found["kind"].map({code: abs(n - order.index(stage)) for n, code in enumerate(order)})
    words = away.map(lambda steps: ("fits", "near")[int(steps)] if steps < 2 else "far")
    return found.assign(match=words.where(away.notna(), "unknown"))


def _table(seen, kinds):
    """Signs as 1, 0 or missing."""
    if not any(sign in seen for sign in kinds.signs):
        raise InputError("likeness.no_columns", known=", ".join(kinds.signs))
    answers = tuple(
        cards.Answer(code, 0, terms.glossary()[f"answer.{code}"]) for code in (cards.NO, cards.YES)
    )
    places = {
        sign: replies.places(seen, cards.Criterion(sign, 1, answers, 0)) for sign in kinds.signs
    }
    table = pd.DataFrame(places, index=seen.index)
    return table.where(table < 2)


def _read(path):
    toml.no_section_twice(path)
    content = toml.read(path)
    toml.known_keys(path, content, ("item", "cautions", "edges", "kinds"))
    edges = content.get("edges", {})
    toml.known_keys(path, edges, ("seen", "likeness", "lead"), "edges")
    for key, value in edges.items():
        fits = type(value) is int and value > 0 if key == "seen" else _is_share(value)
        if not fits:
            expected = "1, 2, 3 …" if key == "seen" else "0 … 1"
            raise toml.wrong_value(path, "edges", key, value, expected)
    tables = content.get("kinds", {})
    toml.known_keys(path, tables, tables, "kinds")
    if len(tables) < 2:
        raise InputError("likeness.too_few_kinds", file=path.name)
    kinds = tuple(_kind(path, code, table) for code, table in tables.items())
    cautions = tuple(
        _word(path, None, "cautions", "caution", code) for code in content.get("cautions", ())
    )
    return Kinds(kinds, **edges, item=content.get("item", ""), cautions=cautions)


def _kind(path, code, table):
    section = f"kinds.{code}"
    toml.known_keys(path, table, _LISTS, section)
    _word(path, "kinds", code, "kind", code)
    lists = {}
    for key in _LISTS:
        codes = table.get(key, [])
        if not isinstance(codes, list) or (key == "signs" and not codes):
            raise toml.wrong_value(path, section, key, codes, '["…"]')
        for one in codes:
            _word(path, section, key, _SECTION[key], one)
        lists[key] = tuple(codes)
    return Kind(code, **lists)


def _word(path, section, key, group, code):
    """The glossary's entry of a code of the file."""
    if not isinstance(code, str) or not terms.known(f"{group}.{code}"):
        prefix = f"{group}."
        known = [entry[len(prefix) :] for entry in terms.glossary() if entry.startswith(prefix)]
        raise toml.wrong_value(path, section, key, code, " / ".join(known))
    return terms.glossary()[f"{group}.{code}"]


def _is_share(value):
    return type(value) in (int, float) and 0 <= value <= 1
