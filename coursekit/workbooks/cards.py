"""A scorecard as a block of the settings, as columns to answer, and as formulas over them.

The answers of a row stand side by side, as criteria do in the block, so that one product of ranges
gives the score: no hidden column of points, and what a trainer changes in the block counts at once.
"""

from coursekit import cards, terms
from coursekit.workbooks.listing import Column, aid, counted
from coursekit.workbooks.page import figure, setting, text


def settings(page, card):
    """Write a card's weights, answers, points and grades; names begin with the card's name."""
    book, name, lang = page.book, card.name, page.book.lang
    criteria, n = card.criteria, len(card.criteria)
    most = max(len(criterion.answers) for criterion in criteria)
    page.heading(card.words[lang], book.say("card_says"))
    page.line(text(book.say("criterion"), "header_count"), *_titles(criteria, lang), height=48)
    page.name_last(f"{name}_titles", 1, 1, n)
    page.line(text(book.say("weight")), *(setting(c.weight, "number") for c in criteria))
    page.name_last(f"{name}_weights", 1, 1, n)
    if any(criterion.edges for criterion in criteria):
        for place in range(most - 1):
            page.line(
                text(book.say("edge", n=place + 2)),
                *(
                    setting(c.edges[place], _form(c)) if place < len(c.edges) else text(None)
                    for c in criteria
                ),
            )
        page.name_last(f"{name}_edges", most - 1, 1, n)
    for place in range(most):
        page.line(
            text(book.say("answer", n=place + 1)),
            *(text(_word(book, c, place - most + len(c.answers))) for c in criteria),
        )
    page.name_last(f"{name}_words", most, 1, n)
    page.line(text(book.say("answer_unknown")), *[text(book.term("answer.unknown"))] * n)
    for place, criterion in enumerate(criteria):
        rows = len(criterion.answers) + 1
        page.name_last(f"{name}_list_{criterion.code}", rows, place + 1)
    for place in range(most):
        page.line(
            text(book.say("points", n=place + 1)),
            *(_points(c, place - most + len(c.answers)) for c in criteria),
        )
    page.name_last(f"{name}_points", most, 1, n)
    page.line(text(book.say("points_unknown")), *(setting(c.unknown, "number") for c in criteria))
    page.name_last(f"{name}_unknown", 1, 1, n)
    for code, function in (("worst", "MIN"), ("best", "MAX")):
        columns = [chr(ord("B") + place) for place in range(n)]
        last = page.row - (0 if code == "worst" else 1)
        spans = [f"{c}{last - most}:{c}{last}" for c in columns]
        page.line(text(book.say(code)), *(figure(f"{function}({s})", "number") for s in spans))
        page.name_last(f"{name}_{code}", 1, 1, n)
    page.gap()
    page.line(text(book.say("grade"), "header_count"), text(book.say("from"), "header_count"))
    for code, least in card.grades:
        page.line(text(grade(book, code)), setting(least, "number"))
    page.name_last(f"{name}_grades", len(card.grades), 0)
    page.name_last(f"{name}_least", len(card.grades), 1)


def inputs(book, card, examples, width=11):
    """A column per criterion; `examples` gives the answer of the example row, by code."""
    lang = book.lang
    columns = []
    for criterion in card.criteria:
        words = {a.code: a.words[lang] for a in criterion.answers}
        words[cards.UNKNOWN] = book.term("answer.unknown")
        example = examples.get(criterion.code)
        columns.append(
            Column(
                criterion.code,
                _form(criterion) if criterion.edges else "choice",
                width=width,
                example=words.get(example, example),
                options={} if criterion.edges else words,
                choices="" if criterion.edges else f"{card.name}_list_{criterion.code}",
                title=criterion.words[lang],
                says=_says(book, criterion),
            )
        )
    return columns


def results(card, prefix="", low_high=False):
    """Columns of score, grade and known share over the answers of a row.

    Parameters
    ----------
    card : coursekit.scoring.Scorecard
    prefix : str, optional
        Of the codes, where a list has two cards.
    low_high : bool, default False
        Also the score with every unknown at its worst and at its best; hidden where false.
    """
    block, name = _block(card), card.name
    n = len(card.criteria)
    # a question left blank is one that nobody knows
    open_ = f'(({block}="")+({block}=s_unknown))'
    hits = f'({block}={name}_words)*({name}_words<>"")'
    valid = f"SUMPRODUCT({hits})+SUMPRODUCT({open_})={n}"
    total = f"SUM({name}_weights)"
    points = f"SUMPRODUCT({hits}*{name}_points*{name}_weights)"
    unknown = f"SUMPRODUCT({open_}*{name}_unknown*{name}_weights)"

    def of(code, extra=""):
        score = f"ROUND(({points}+{unknown}{extra})/{total},9)"
        return f"IF({valid},{score},s_wrong_answer)"

    def moved(end):
        return f"+SUMPRODUCT({open_}*({name}_{end}-{name}_unknown)*{name}_weights)"

    score = f"{{{prefix}score}}"
    grade_ = f"INDEX({name}_grades,1+SUMPRODUCT(--({name}_least>{score})))"
    share = f"1-SUMPRODUCT({open_}*{name}_weights)/{total}"
    ends = [
        (
            counted(f"{prefix}{code}", "tenth", of(code, moved(end)), 8)
            if low_high
            else aid(f"{prefix}{code}", of(code, moved(end)))
        )
        for code, end in (("low", "worst"), ("high", "best"))
    ]
    return [
        counted(f"{prefix}score", "tenth", of("score"), 10),
        counted(f"{prefix}grade", "any", f'IF(ISNUMBER({score}),{grade_},"")', 9),
        counted(f"{prefix}known", "percent", share, 9),
        *ends,
    ]


def answers_of_bands(card):
    """Hidden columns with the answer of every criterion, numbers turned into their band's name."""
    columns = []
    for place, criterion in enumerate(card.criteria, 1):
        cell = f"{{{criterion.code}}}"
        formula = f'IF({cell}="","",{cell})'
        if criterion.edges:
            bands = f"INDEX({card.name}_words,0,{place})"
            edges = f"INDEX({card.name}_edges,0,{place})"
            skip = max(len(c.answers) for c in card.criteria) - len(criterion.answers)
            band = f'INDEX({bands},{skip + 1}+SUMPRODUCT(--({edges}<={cell})*({edges}<>"")))'
            formula = f'IF({cell}="","",IF(ISNUMBER({cell}),{band},{cell}))'
        columns.append(aid(f"answer_{criterion.code}", formula))
    return columns


def grade(book, code):
    """The word for a grade; letters are their own."""
    return book.term(f"grade.{code}") if terms.known(f"grade.{code}") else code


def _block(card):
    first, last = card.criteria[0], card.criteria[-1]
    lead = "answer_" if any(criterion.edges for criterion in card.criteria) else ""
    return f"{{{lead}{first.code}}}:{{{lead}{last.code}}}"


def _titles(criteria, lang):
    return [text(criterion.words[lang], "header_count") for criterion in criteria]


def _form(criterion):
    return "percent" if criterion.unit == "percent" else "number"


def _word(book, criterion, place):
    if place < 0:
        return None
    if criterion.edges:
        return book.say("band", n=place + 1)
    return criterion.answers[place].words[book.lang]


def _points(criterion, place):
    return text(None) if place < 0 else setting(criterion.answers[place].points, "number")


def _says(book, criterion):
    """The answers with their points, as the explanation of a column."""
    found = [
        book.say("answer_points", answer=answer.words[book.lang], points=answer.points)
        for answer in criterion.answers
    ]
    unknown = book.say("unknown_points", points=criterion.unknown)
    return book.say("answers_says", answers=book.say("joint").join(found), unknown=unknown)
