"""Gates: which evidence a class demands, what of it can be shown, which class that carries."""

import pandas as pd

from coursekit.errors import InputError
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


def _missing(evidence, row, gates):
    absent = [gate for gate in gates if gate not in evidence]
    if absent:
        raise InputError("funnel.gate_without_column", gate=f"gate.{absent[0]}")
    return tuple(gate for gate in gates if not evidence[gate].iloc[row])
