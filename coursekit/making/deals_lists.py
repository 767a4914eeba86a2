"""Lists that are written down deal by deal: the six portfolios, and two equal quarters.

A line is one deal: stage, size (s m l), thousands, days since the first appointment, days in the
stage (or since it ended), days to the next step, days to the expected contract, and what stands in
the cell of the next step (see `deals_steps`); ``-`` where there is nothing.
"""

import dataclasses
import datetime

SIZES = {"s": "small", "m": "medium", "l": "large"}
STEPS = {
    **{"a": "agreed", "g": "agreed", "b": "before_first", "o": "own_plan", "v": "vague"},
    **{"n": "", "p": "polite", "x": "past", "-": ""},
}


@dataclasses.dataclass
class Draft:
    """One deal before it has a customer and words.

    ``key``: names it while it has no number; ``history``: pairs of stage and day; ``step``: kind of
    the next step's cell; ``step_days``: from today to the next step, None where no day is written;
    ``close``: the expected day; ``thousands``: amount before the skin's scale, None where the size
    decides; ``tag``: what others know it by; ``customer``: where it must be a certain one.
    """

    key: str
    owner: str
    size: str
    history: list
    step: str = ""
    step_days: int | None = None
    close: datetime.date | None = None
    thousands: float | None = None
    tag: str = ""
    customer: str | None = None

    @property
    def stage(self):
        """Where it stands today."""
        return self.history[-1][0]

    @property
    def is_open(self):
        """Neither won nor lost."""
        return self.stage not in ("contract", "lost")


# S01: still in shape, nobody new for seven weeks
_DRYING_UP = """
opportunity s   80   -   9  4  70 b
opportunity m  190   -  13  3  88 b
opportunity s   60   -  16  2  64 b
p25         m  240  50   9  3  48 a
p25         m  210  53  12  5  47 a
p25         s   90  56  15  2  31 a
p25         m  180  60  19  8  44 o
p50         m  260  63   8  4  30 a
p50         m  220  67  13  2  26 a
p50         s  100  70  16  7  21 a
p90         m  230  76   5  2   7 g
p90         m  200  81   8  4   9 g
contract    m  240  92   6  -   - -
contract    s   90  98  17  -   - -
lost        m  200  84  11  -   - -
lost        m  170 103  33  -   - -
"""

# S02: a base, a middle, a top, and all of it moves
_SOUND = """
opportunity m  170   -   3  2  96 b
opportunity s   70   -   5  4  62 b
opportunity m  250   -   7  1  92 b
opportunity m  210   -  10  3  87 b
opportunity s   90   -  13  8  58 b
appointment m  230   1   1  3  80 a
appointment m  180   6   6  2  75 a
appointment s   85  10  10  5  45 a
appointment m  200  14  14  9  68 a
p25         m  220  21   4  2  60 a
p25         m  190  27   8  4  54 a
p25         s  100  30  12  3  32 a
p50         m  240  44   7  1  34 a
p50         m  200  50  11  4  29 a
p90         m  210  61   5  2   8 g
contract    m  260  74   5  -   - -
contract    s  110  66  13  -   - -
contract    m  210  93  24  -   - -
lost        m  160  58   9  -   - -
lost        m  190  77  16  -   - -
lost        s   80  70  27  -   - -
"""

# S03: lets nothing go
_HOARDER = """
opportunity s   75   -   5  3   - b
opportunity m  200   -   8  2   - b
opportunity m  230   -  11  -   - v
opportunity s   60   -  19  -   - n
appointment m  190   4   4  2   - a
appointment m  170  13  13  -   - v
appointment s   90  26  26  -   - n
p25         m  220  75  52  -   - v
p25         m  260  88  63  -   - n
p25         m  180 101  76  -   - n
p25         s  110 118  90  3   - a
p25         m  200 318 286  -   - n
p25         m  240 292 252  -   - v
p50         m  230  96  58  2  12 a
p50         m  190 110  66  -   - n
p50         m  280 301 248  -   - v
p50         m  210 322 270  -   - n
p50         s   95 296 262  -   - v
contract    m  230  77   7  -   - -
lost        m  200  90  18  -   - -
"""

# S04: a harvest now, nothing later
_CLOSER = """
opportunity m  190   -   9  3  84 b
p25         m  200  40  10  4  52 a
p50         m  230  52   6  1  31 a
p50         m  250  57  10  3  27 a
p50         s  110  61  13  2  19 a
p50         m  270  66  16  4  22 a
p90         m  240  71   3  1   9 g
p90         m  210  75   7  3   8 g
p90         m  260  80  11  2   4 g
contract    m  220  90   4  -   - -
contract    m  250  99  15  -   - -
contract    s  105  72  20  -   - -
lost        m  190  82  13  -   - -
"""

# S05: all hangs on one deal
_ONE_DEAL = """
opportunity m  180   -   4  3  95 b
opportunity s   70   -   6  2  60 b
opportunity m  230   -  10  4  88 b
opportunity s   65   -  12  1  55 b
appointment m  200   2   2  3  79 a
appointment m  170   7   7  2  73 a
appointment s   90  11  11  8  44 a
appointment m  190  15  15  2  66 a
p25         m  210  22   6  4  58 a
p25         s  105  25  10  3  35 a
p50         l 3100  64  11  3  58 a
p50         m  180  52  13  2  28 a
p90         m  190  63   6  1   9 g
contract    m  230  76   8  -   - -
contract    s   95  60  14  -   - -
lost        m  160  64  12  -   - -
lost        m  210  85  19  -   - -
"""

# S06: all signed on the last of the month, faster than ever
_DREAMER = """
opportunity m  260   -   3  2  29 b
opportunity m  300   -   5  3  29 b
opportunity m  280   -   8  4  29 b
appointment m  320   2   2  3  29 a
appointment m  250   5   4  2  29 a
appointment m  290   8   6  1  29 o
appointment m  230  12   7  4  29 a
p25         m  340  17   3  2  29 a
p25         m  270  21   4  3  29 o
p25         m  300  26   6  4  29 a
p50         m  320  35   5  2  29 a
p50         m  290  41   7  3  29 a
p90         m  270  49   3  1  29 g
contract    m  200  76   7  -   - -
contract    s  100  58  16  -   - -
lost        m  160  61  11  -   - -
lost        m  220  79  17  -   - -
lost        s   90  70  26  -   - -
"""

# S08 and S09 signed the same in the fourth quarter of 2025; behind S08 stands a list
_SIGNED = """
contract    m  260 212 136  -   - -
contract    m  180 196 124  -   - -
contract    s   90 160 111  -   - -
contract    m  310 178  97  -   - -
contract    m  240 146  75  -   - -
"""
_SIGNED_TOO = """
contract    m  280 216 141  -   - -
contract    m  200 199 127  -   - -
contract    s  100 157 106  -   - -
contract    m  270 174  99  -   - -
contract    m  230 149  71  -   - -
"""
_FULL = """
opportunity m  200   -   4  2  94 b
opportunity m  240   -   6  4  90 b
opportunity s   80   -   9  3  58 b
opportunity m  180   -  12  1  85 b
appointment m  230   2   2  3  79 a
appointment s   95   5   5  2  47 a
appointment m  210  10  10  8  72 a
appointment m  190  13  13  4  69 a
p25         m  250  20   3  2  61 a
p25         m  200  24   7  4  57 a
p25         s  100  27  11  3  31 a
p25         m  220  33  15  9  50 a
p50         m  260  46   6  3  34 a
p50         m  190  51  12  1  30 a
p50         m  230  55  15  8  27 a
p90         m  220  64   5  2  10 g
lost        m  200  80   8  -   - -
lost        m  180  95  30  -   - -
lost        m  240 120  52  -   - -
"""
_EMPTY = """
opportunity s   70   -  41  -   - n
p25         m  180 148 119  -  29 v
p50         m  210 155 102  -  29 v
p90         s   90  62   9  3   8 g
lost        m  190 170  89  -   - -
lost        m  220 183  98  -   - -
"""

PORTFOLIOS = {
    **{"S01": _DRYING_UP, "S02": _SOUND, "S03": _HOARDER, "S04": _CLOSER},
    **{"S05": _ONE_DEAL, "S06": _DREAMER, "S08": _SIGNED + _FULL, "S09": _SIGNED_TOO + _EMPTY},
}
_WAY = (("appointment", 0.0), ("p25", 0.22), ("p50", 0.52), ("p90", 0.82))
_TOPS = ("p50", "p25", "p90", "p50", "appointment")  # where the lost ones had come to
_LEAD = 8  # days from the first note to the first appointment


def drafts(today):
    """The written lists as drafts.

    Parameters
    ----------
    today : datetime.date

    Returns
    -------
    list of Draft
    """
    return [
        _draft(f"{owner}/line {number}", owner, line.split(), today)
        for owner, lines in PORTFOLIOS.items()
        for number, line in enumerate(lines.strip().splitlines())
        if line
    ]


def _draft(key, owner, fields, today):
    stage, size, thousands, *days, step = fields
    met, stay, ahead, close = (None if text == "-" else int(text) for text in days)
    entered = weekday(today - datetime.timedelta(days=stay))
    if met is None:
        history = [("opportunity", entered)]
    else:
        first = weekday(today - datetime.timedelta(days=met))
        history = [("opportunity", weekday(first - datetime.timedelta(days=_LEAD)))]
        history += way(first, entered, stage, _TOPS[met % len(_TOPS)] if stage == "lost" else "p90")
    return Draft(
        key,
        owner,
        SIZES[size],
        history,
        STEPS[step],
        ahead,
        None if close is None else today + datetime.timedelta(days=close),
        float(thousands),
    )


def way(first, entered, stage, top="p90"):
    """Stages from the first appointment to the stage of today.

    Parameters
    ----------
    first, entered : datetime.date
        The appointment, and the day on which `stage` was entered.
    stage : str
    top : str, default "p90"
        The furthest stage of a deal that has ended.

    Returns
    -------
    list of (str, datetime.date)
    """
    ended = stage in ("contract", "lost")
    last = top if ended else stage
    codes = [code for code, _ in _WAY]
    whole = (entered - first).days
    part = 1.0 if ended else dict(_WAY)[stage] or 1.0
    steps = []
    for code, share in _WAY[: codes.index(last) + 1]:
        day = entered if code == stage else first + datetime.timedelta(round(whole * share / part))
        steps.append((code, weekday(day) if code != stage else day))
    if ended:
        steps.append((stage, entered))
    return steps


def weekday(day):
    """The day itself, or the Friday before a weekend."""
    return day - datetime.timedelta(days=max(0, day.weekday() - 4))
