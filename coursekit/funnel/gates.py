"""Gates: which evidence a class demands, what of it can be shown, which class that carries."""

import pandas as pd

from coursekit.errors import InputError
from coursekit.funnel.flow import beta_interval
from coursekit.funnel.ladder import OPPORTUNITY


def missing_gates(evidence, claimed, ladder):
    """The gates of the claimed class that cannot be shown, in the ladder's order.

    Parameters
    ----------
    evidence : DataFrame
        One row per deal, one column per gate code; true or 1 where the evidence is there.
    claimed : Series of str
        Stage code per deal, on the index of `evidence`.
    ladder : Ladder

    Returns
    -------
    Series of tuple of str
        Index kept; empty where every gate is there or the stage has none.

    Raises
    ------
    InputError
        A gate of a claimed class has no column.

    Notes
    -----
    Syllabus items funnel.2.2 to funnel.2.4. Only the gates of the claimed class are looked at:
    the classes ask different questions, and what an upper one asks includes the sense of the
    lower. It fails where a customer buys in another way than the gates suppose: a farm that pays
    from the till has no budget to show.
    """
    return pd.Series(
        [
            _missing(evidence, row, ladder.gates(stage))
            for row, stage in enumerate(claimed.reindex(evidence.index))
        ],
        index=evidence.index,
        dtype=object,
    )


def class_shown(evidence, ladder):
    """The highest class with a rate below 1 whose own gates can all be shown.

    Parameters
    ----------
    evidence : DataFrame
        As in `missing_gates`.
    ladder : Ladder

    Returns
    -------
    Series of str
        Index kept; ``"opportunity"`` where no percent class is reached.

    Raises
    ------
    InputError
        A gate of a percent class has no column.

    Notes
    -----
    Syllabus item funnel.2.2. It fails where gates are ticked on the salesperson's word alone: the
    class is then as soft as the claim that it should test.
    """
    classes = [stage for stage in reversed(ladder.stages) if 0 < stage.rate < 1]
    return pd.Series(
        [
            next(
                (stage.code for stage in classes if not _missing(evidence, row, stage.gates)),
                OPPORTUNITY,
            )
            for row in range(len(evidence))
        ],
        index=evidence.index,
        dtype=object,
    )


def gate_standard(evidence, claimed, ladder, stage="p50", by=None):
    """Share of the deals claimed at a class that pass every one of its gates.

    Parameters
    ----------
    evidence : DataFrame
        As in `missing_gates`; deals without a row are not counted.
    claimed : Series of str
    ladder : Ladder
    stage : str, default "p50"
    by : Series, optional
        Who owns each deal, on the index of `claimed`; without it all deals are one row.

    Returns
    -------
    DataFrame
        Index: owners, or ``"team"``. ``n`` claimed, ``passed``, ``share`` (NaN where n is 0),
        ``low`` and ``high`` (90% Jeffreys interval), ``weakest``: the gate that is missing most
        often (None where nothing is missing).

    Raises
    ------
    InputError
        A gate of the class has no column.

    Notes
    -----
    Syllabus item funnel.3.3, the 50% standard: hold the five gates of 50% strictly, the watershed
    where claims get soft. It fails on deals that are claimed too low: they could pass, and are not
    in the share.
    """
    claimed = claimed.reindex(evidence.index)
    owner = pd.Series("team", evidence.index) if by is None else by.reindex(evidence.index)
    gates = ladder.gates(stage)
    there = evidence[claimed == stage]
    missing = missing_gates(there, claimed, ladder)
    passed = missing.map(len) == 0
    n = passed.groupby(owner[missing.index]).agg(["size", "sum"])
    n = n.reindex(sorted(owner.dropna().unique()), fill_value=0).astype(int)
    low, high = beta_interval(n["sum"] + 0.5, n["size"] - n["sum"] + 0.5)
    some = n["size"] > 0
    return pd.DataFrame(
        {
            "n": n["size"],
            "passed": n["sum"],
            "share": n["sum"] / n["size"].where(some),
            "low": pd.Series(low, n.index).where(some),
            "high": pd.Series(high, n.index).where(some),
            "weakest": pd.Series(
                [_weakest(missing[owner[missing.index] == key], gates) for key in n.index],
                n.index,
                dtype=object,
            ),
        }
    )


def _weakest(missing, gates):
    """The gate that is missing most often, the first of the ladder where several are."""
    counts = [sum(gate in row for row in missing) for gate in gates]
    return gates[counts.index(max(counts))] if any(counts) else None


def _missing(evidence, row, gates):
    absent = [gate for gate in gates if gate not in evidence]
    if absent:
        raise InputError("funnel.gate_without_column", gate=f"gate.{absent[0]}")
    return tuple(gate for gate in gates if not evidence[gate].iloc[row])
