"""The made-up company: its days, its seed, and the World that the makers of tables hand on."""

import dataclasses
import datetime
import random

SEED = 20260302
START = datetime.date(2024, 3, 4)
TODAY = datetime.date(2026, 3, 2)  # both Mondays: 104 weeks
STAGES = ("opportunity", "appointment", "p25", "p50", "p90")


@dataclasses.dataclass(frozen=True)
class World:
    """One company with all its tables.

    Attributes
    ----------
    name : str
        Of the skin.
    skin : dict
        The skin's file.
    products, regions, territories, salespeople, customers : list of dict
        As they are written, keys the columns; dates as dates, unknown as None. `salespeople` holds
        the 24 reps, the table the managers too.
    skill : dict
        Salesperson -> stage -> how likely he brings a deal of that stage to the next.
    nature : dict
        Buyer -> ``star``, ``middle`` or ``drain``: what is left once he is served.
    volume : dict
        Buyer or dealer -> units he buys from us in a year.
    tables : dict
        Name -> rows, of all domains that have run.
    """

    name: str
    skin: dict
    products: list
    regions: list
    territories: list
    salespeople: list
    customers: list
    skill: dict
    nature: dict
    volume: dict
    tables: dict
    seed: int = SEED
    start: datetime.date = START
    today: datetime.date = TODAY

    def rng(self, name):
        """Random numbers of one table, the same in every skin."""
        return random.Random(f"{self.seed}/{name}")

    def customer(self, number):
        """One customer by his id."""
        return self.customers[int(number[1:]) - 1]

    def money(self, base):
        """An amount in the scale of the skin, whole yuan."""
        return round(base * self.skin["price_scale"])

    def weeks(self):
        """Every Monday from the first to the last before today."""
        return [
            self.start + datetime.timedelta(weeks=n)
            for n in range((self.today - self.start).days // 7)
        ]


def both(key, pair):
    """A text in both languages as two columns."""
    return {f"{key}_zh": pair[0], f"{key}_en": pair[1]}


def phone(number):
    """A number that nobody has: no Chinese mobile begins with 120."""
    return f"120{number:08d}"
