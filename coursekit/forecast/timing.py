"""How long deals take: open ones are not over yet, and a loss takes a deal out of the race."""

import dataclasses

import numpy as np

from coursekit.errors import InputError
from coursekit.funnel import LOST, WON, as_day, days_of, known_stage


@dataclasses.dataclass(frozen=True, eq=False)
class Cycle:
    """What has become of a deal by its age.

    Attributes
    ----------
    days : ndarray, shape (n_days,)
        Ages in days at which a deal was won or lost, ascending.
    open, won, lost : ndarray, shape (n_days,)
        Share of all deals that are open, won and lost by the end of that day; they sum to 1.
    n, n_won, n_lost : int
        Deals used, won and lost of them; the others are open.
    n_left_out : int
        Deals whose start is missing or after the end, or that ended on no known day.
    """

    days: np.ndarray
    open: np.ndarray
    won: np.ndarray
    lost: np.ndarray
    n: int
    n_won: int
    n_lost: int
    n_left_out: int

    def won_by(self, day):
        """Share of all deals that are won by an age in days, shape of `day`."""
        return self._at(self.won, day, 0.0)

    def lost_by(self, day):
        """Share of all deals that are lost by an age in days, shape of `day`."""
        return self._at(self.lost, day, 0.0)

    def open_after(self, day):
        """Share of all deals that are still open at an age in days, shape of `day`."""
        return self._at(self.open, day, 1.0)

    def chance(self, age, within=None):
        """Chance that a deal which is open at an age will be won.

        Parameters
        ----------
        age : array_like
            Days; NaN gives NaN.
        within : array_like, optional
            In so many days from then; without it: ever, as far as the history goes.

        Returns
        -------
        ndarray or float
            Shape of `age`. NaN where no deal was ever open so long. What is neither won nor lost
            at the end of the history counts as not won.
        """
        age = np.asarray(age, dtype=float)
        until = np.full_like(age, np.inf) if within is None else age + np.asarray(within, float)
        left = np.asarray(self.open_after(age))
        gain = np.asarray(self.won_by(until)) - np.asarray(self.won_by(age))
        found = np.divide(gain, left, out=np.full_like(gain, np.nan), where=left > 1e-12)
        return np.where(np.isnan(age), np.nan, found)[()]

    def quantile(self, share):
        """The age by which this share of all contracts to come has been signed; NaN without any.

        Raises
        ------
        InputError
            `share` is outside [0, 1].
        """
        if not 0 <= share <= 1:
            raise InputError("forecast.not_a_share", value=share)
        if not self.n_won:
            return float("nan")
        signed = np.flatnonzero(np.diff(self.won, prepend=0.0) > 0)
        place = np.searchsorted(self.won[signed], share * self.won[-1] - 1e-12)
        return float(self.days[signed[min(place, len(signed) - 1)]])

    def weekly(self, weeks=None):
        """Share of all deals that is won in week 0, 1, 2 … of their life.

        Parameters
        ----------
        weeks : int, optional
            How many; up to the last contract else. What is won later is not in the result.

        Returns
        -------
        ndarray, shape (weeks,)
            As `funnel.arrivals` and `funnel.shortfall` take it.
        """
        if weeks is None:
            weeks = 1 if not self.n_won else int(self.quantile(1.0) // 7) + 1
        by = np.asarray(self.won_by(7.0 * np.arange(1, weeks + 1) - 1))
        return np.diff(by, prepend=0.0)

    def _at(self, shares, day, before):
        place = np.searchsorted(self.days, np.asarray(day, dtype=float), side="right")
        return np.concatenate([[before], shares])[place][()]


def cycle(deals, today, *, start="created"):
    """Share of deals that are won, lost and open by their age.

    Parameters
    ----------
    deals : DataFrame
        ``stage``, ``closed`` and the column `start`; `funnel.snapshot` gives such a frame from a
        stage history.
    today : date, str or Timestamp
        Deals that are open, or that end later, are known to be open up to this day.
    start : str, default "created"
        From when the age is counted, for example ``"appointment"``.

    Returns
    -------
    Cycle

    Raises
    ------
    InputError
        A column is absent or holds no dates.

    Notes
    -----
    Syllabus item funnel.5.2. Open deals are right-censored: all that is known is that they take
    longer. A loss competes with a contract: cumulative incidence after Aalen and Johansen (1978),
    Scand. J. Statist. 5, over the product-limit curve of Kaplan and Meier (`scipy.stats.ecdf`).
    Of one day, endings come before censoring. The mean over won deals alone is too short, and one
    minus a Kaplan-Meier curve that takes losses as censored is too high a win rate. It fails where
    being left open is itself news: dead deals that nobody closes look like slow ones.
    """
    from scipy import stats

    absent = [column for column in ("stage", "closed", start) if column not in deals]
    if absent:
        raise InputError("forecast.cycle_column", column=", ".join(absent))
    today = as_day(today)
    stage = known_stage(deals["stage"])
    begun, closed = days_of(deals, start), days_of(deals, "closed")
    ends = stage.isin((WON, LOST))
    over = ends & (closed <= today)
    age = (closed.where(over, today) - begun).dt.days
    fits = (age >= 0) & ~(ends & closed.isna())
    age, stage, over = age[fits].to_numpy(float), stage[fits].to_numpy(), over[fits].to_numpy()
    days = np.unique(age[over])
    if not len(days):
        return Cycle(days, days, days, days, len(age), 0, 0, int((~fits).sum()))
    open_ = stats.ecdf(stats.CensoredData.right_censored(age, ~over)).sf.evaluate(days)
    before = np.concatenate([[1.0], open_[:-1]])
    at_risk = len(age) - np.searchsorted(np.sort(age), days, side="left")
    won, lost = age[over & (stage == WON)], age[over & (stage == LOST)]

    def incidence(ended):
        ended_here = np.bincount(np.searchsorted(days, ended), minlength=len(days))
        return np.cumsum(before * ended_here / at_risk)

    return Cycle(
        days,
        open_,
        incidence(won),
        incidence(lost),
        n=len(age),
        n_won=len(won),
        n_lost=len(lost),
        n_left_out=int((~fits).sum()),
    )
