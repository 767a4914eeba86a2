"""Who plays which part among the dealers, and what follows from it for his business."""

import dataclasses
import datetime
import math

DAY = datetime.timedelta(days=1)
FORTNIGHT = 14 * DAY
DEALERS = tuple(f"C{number:03d}" for number in range(61, 131))

# goods that turn up elsewhere: dealer -> where; beside each the innocent cases that look like it
DIVERTS = {"C063": "T17", "C066": "T14"}
BORDER = {"C067": "T18"}  # customers from next door come by themselves
NO_DEALER_THERE = {"C118": "T08"}
AGREED = {"C083": "T13"}  # he was asked to help out there
STRAY = {"C092": "T16"}  # one customer moved house
SHARED_BATCH, SHARED_FOUND = ("C087", "C089"), "T13"

UNDERCUTS = {"C063": "P01", "C071": "P05"}
LOW_ONCE = {"C095": "P02"}  # torn bags
IN_THE_OFFER = ("C080", "C072")  # low only while the offer to all ran
MARKET_LOW, MARKET_PRODUCT = ("C081", "C082", "C090"), "P07"  # nobody pays the list there any more

MERGES, MERGED = "C093", ("C100", "C108")
FARM_TO_THE_TIER = "C079"  # delivered straight to a farm, over the tier only with it: a question
FARM = "C086"
BRANCH = "C107"  # a second yard, declared
NAMESAKES = ("C094", "C101")
HALL = ("C065", "C087", "C109", "C102", "C073")  # five stalls of one market hall
BOOKKEEPER = ("C097", "C104")  # one bookkeeper, one phone
NEW_NAME, OLD_NAME = "C076", "C069"
SON, FATHER = "C077", "C070"
OPENED = {NEW_NAME: datetime.date(2025, 8, 18), SON: datetime.date(2025, 7, 21)}

LOADS = ("C085", "C075")
SEASON = ("C091", "C098")  # sells much when the half-year ends, and sells it on

FRIEND = "C096"  # an old friend's word stands for his limit
FULL_AND_SAFE = "C103"
PAYS_AFTER_FESTIVAL = "C106"
ALWAYS_LATE, LATE_BUT_PAID = "C099", "C088"
DISPUTE = "C112"

SPECIAL_PRICE = ("C074", "C121")  # thin goods, below the floor, and every rebate on top
RICH_REBATE = "C113"  # as much rebate, on goods with a margin
FAVOUR, FORGOTTEN = "C105", "C125"  # booked above and below what was agreed
NO_BENCH = "T06"  # nobody could step in there
SHRINKING, ATTACKED = "C126", "C114"  # both buy much less: one needs less, one buys elsewhere
HIS_ONE_MAKER = "C111"

# what there is to find -> those who do it, and those who only look like it
PARTS = {
    "diversion": (
        tuple(DIVERTS), (*BORDER, *NO_DEALER_THERE, *AGREED, *STRAY, *SHARED_BATCH),
    ),
    "undercutting": (tuple(UNDERCUTS), (*LOW_ONCE, *IN_THE_OFFER, *MARKET_LOW)),
    "merging": ((MERGES,), (FARM_TO_THE_TIER, FARM, BRANCH, *NAMESAKES, *BOOKKEEPER)),
    "splitting": ((NEW_NAME,), (SON,)),
    "loading": (LOADS, SEASON),
    "credit": ((FRIEND, ALWAYS_LATE, LATE_BUT_PAID), (FULL_AND_SAFE, PAYS_AFTER_FESTIVAL, DISPUTE)),
    "rebates": (SPECIAL_PRICE, (RICH_REBATE,)),
    "booking": ((FAVOUR, FORGOTTEN), ()),
}  # fmt: skip

PRICE_TO_DEALERS = 0.95  # of the list
COURSE_DAY = datetime.date(2025, 8, 20)
COURSE_EFFECT, ELITE_GROWTH = 0.14, 0.26
SEASONS = dict(enumerate((1.02, 0.84, 1.0, 1.0, 0.98, 0.97, 0.94, 0.96, 1.05, 1.07, 1.06, 1.09), 1))
FADING = {"P07": 0.55, "P10": 0.55}  # of them is sold a year what was sold the year before
LINE_PARTS = (0.58, 0.27, 0.15)  # of a delivery, line by line
_RANGES = (
    ("P01", "P02", "P10"), ("P01", "P03", "P04"), ("P05", "P06"), ("P01", "P05", "P11"),
    ("P06", "P07"), ("P02", "P03", "P11"), ("P09", "P01"), ("P04", "P11", "P02"), ("P08", "P11"),
)  # fmt: skip
_OWN_RANGE = {
    "C063": ("P01", "P02"), "C071": ("P05", "P06"), "C095": ("P02", "P01"),
    "C080": ("P06", "P01"), "C072": ("P06", "P04"), "C081": ("P07", "P01"),
    "C082": ("P07", "P06"), "C090": ("P07", "P05"), "C074": ("P07", "P06", "P05"),
    "C121": ("P07", "P06"), "C113": ("P11", "P03"),
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Dealer:
    """One dealer as the makers of tables see him.

    Attributes
    ----------
    key, territory, owner : str
    opened : datetime.date
    volume : float
        Units a year.
    growth : float
        Per year, logarithm.
    products : tuple of str
    lines : int
        Products on one delivery.
    offset : int
        Day of his fortnight on which the truck comes, 0 to 11, never a weekend.
    outlets : int
        How many shops he serves.
    discount : float
        What he pays, as a share of the list.
    course : str
        ``lot`` (drawn), ``not_drawn`` (came to the draw in vain), ``elite`` or empty.
    """

    key: str
    territory: str
    owner: str
    opened: datetime.date
    volume: float
    growth: float
    products: tuple
    lines: int
    offset: int
    outlets: int
    discount: float
    course: str

    @property
    def delivered(self):
        """The products that he takes; with one line a delivery he takes them by turns."""
        return self.products if self.lines == 1 else self.products[: self.lines]

    def parts(self, day):
        """Share of each of them in what he takes around a day: some are on their way out."""
        usual = [1.0] * len(self.products) if self.lines == 1 else LINE_PARTS
        years = (day - datetime.date(2025, 3, 1)).days / 365
        parts = {
            product: part * FADING.get(product, 1.0) ** years
            for product, part in zip(self.delivered, usual, strict=False)
        }
        return {product: part / sum(parts.values()) for product, part in parts.items()}

    def demand(self, day):
        """Units a fortnight that his customers take around a day."""
        if day < self.opened:
            return 0.0
        years = (day - datetime.date(2025, 3, 1)).days / 365
        level = self.volume / 26 * SEASONS[day.month] * math.exp(self.growth * years)
        if self.course == "lot" and day > COURSE_DAY:
            level *= 1 + COURSE_EFFECT
        if self.key == OLD_NAME and day >= OPENED[NEW_NAME]:
            level *= 0.5
        if self.key in (SHRINKING, ATTACKED) and day > datetime.date(2025, 3, 1):
            level *= 0.58
        return level * (1.9 if self.key in SEASON and _around_half_year(day) else 1.0)

    def taken(self, day):
        """Units that he takes in a delivery of that day, before chance."""
        units = self.demand(day)
        if self.key in LOADS and day > datetime.date(2024, 7, 14):
            left, since = days_to_quarter_end(day), days_of_quarter(day)
            return units * (3.2 if left < 14 else 0.3 if since < 14 else 0.85)
        if self.key in MERGED and day >= datetime.date(2025, 10, 1):
            return units * 0.12
        return units


def cast(world):
    """All dealers: key -> Dealer."""
    course = _courses(world)
    found = {}
    for key in DEALERS:
        rng = world.rng(f"dealer/{key}")
        customer = world.customer(key)
        volume = world.volume[key]
        products = _RANGES[rng.randrange(len(_RANGES))]
        growth = rng.gauss(-0.05, 0.07)
        offset = rng.choice((0, 1, 2, 3, 4, 7, 8, 9, 10, 11))
        outlets = rng.choices((3, 4, 5, 6, 8), (15, 25, 30, 20, 10))[0]
        found[key] = Dealer(
            key,
            customer["territory"],
            customer["owner"],
            OPENED.get(key) or customer["since"],
            volume,
            ELITE_GROWTH if course.get(key) == "elite" else growth,
            _OWN_RANGE.get(key, products),
            1 + (volume > 300) + (volume > 900),
            offset,
            outlets,
            0.905 if key in SPECIAL_PRICE else PRICE_TO_DEALERS,
            course.get(key, ""),
        )
    return found


def days_to_quarter_end(day):
    """Days from a day to the last one of its quarter."""
    first = (day.month - 1) // 3 * 3 + 4
    end = datetime.date(day.year + first // 13, (first - 1) % 12 + 1, 1) - DAY
    return (end - day).days


def days_of_quarter(day):
    """Days since the first one of the quarter."""
    return (day - datetime.date(day.year, (day.month - 1) // 3 * 3 + 1, 1)).days


def month_end(day):
    """Last day of the month."""
    return (day.replace(day=28) + 4 * DAY).replace(day=1) - DAY


def _around_half_year(day):
    """The last fortnight of June and December, and the one after it."""
    if day.month in (6, 12):
        return days_to_quarter_end(day) < 14
    return day.month in (1, 7) and day.day <= 14


def _courses(world):
    """Who was trained: drawn by lot among those who had traded all along, or picked for growth."""
    rng = world.rng("courses")
    special = {
        *LOADS, *SEASON, *MERGED, MERGES, NEW_NAME, OLD_NAME, SON, FATHER, SHRINKING,
        ATTACKED, *SPECIAL_PRICE,
    }  # fmt: skip
    there = [
        key for key in DEALERS if key not in special and world.customer(key)["since"] < world.start
    ]
    rng.shuffle(there)
    drawn = dict.fromkeys(there[9:26], "lot") | dict.fromkeys(there[26:], "not_drawn")
    return dict.fromkeys(there[:9], "elite") | drawn
