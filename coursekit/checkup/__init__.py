"""All figures of a funnel check-up, as plain data that a report only has to draw."""

from coursekit.checkup.changes import changes
from coursekit.checkup.doubt import doubtful
from coursekit.checkup.facts import facts

__all__ = ["changes", "doubtful", "facts"]
