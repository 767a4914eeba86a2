"""Goals that pass SMART+C, checked by formulas against history and the team's goals."""

from coursekit import edges, goals, terms
from coursekit.workbooks import settings
from coursekit.workbooks.listing import FEW, Ahead, Column, Listing, aid, counted

# column -> word -> code, of what is picked from a list
WORDS = {
    "measure": {
        terms.term(f"measure.{code}", lang): code for code in goals.MEASURES for lang in terms.LANGS
    }
}
_SAME = "--(s_past_owner={owner}),--(s_past_measure={measure})"
_TOGETHER = "({measure:all}={measure})*({due:all}={due})"
_LIVE = '({number:all}<>"")*({number:all}<>s_example)'


def lists(book, rows):
    """The sheets of goals, of past periods and of the team's goals."""
    measures = {code: book.term(f"measure.{code}") for code in goals.MEASURES}
    columns = {
        "goals": _goals(book, measures),
        "history": _history(book, measures),
        "team_goals": _team(book, measures),
    }
    # what is wrong with a goal takes lines; of past periods there are many
    forms = {"goals": {"height": 56, "ready": FEW}, "history": {}, "team_goals": {"ready": FEW}}
    made = [
        Listing(book, code, found, rows.get(code, ()), **forms[code])
        for code, found in columns.items()
    ]
    for code in ("owner", "measure", "value", "off"):
        made[1].name(code, f"s_past_{code}")
    for code in ("measure", "due", "value"):
        made[2].name(code, f"s_team_{code}")
    for check in goals.CHECKS:
        made[0].warn(check, f"{{{check}}}<>s_passed")
    return made


def settings_of(book, page, course):
    """What the checks go by."""
    rules = edges.read("goals", course.file("instruments/goals.toml"))
    page.heading(book.say("goal_rules"), book.say("goal_rules_says"))
    for code, form in (
        ("least_history", "whole"),
        ("reach", "number"),
        ("slack", "number"),
        ("tolerance", "percent"),
    ):
        settings.value(page, code, rules[code], form, f"s_{code}")
    page.gap()
    settings.words(page, "s_measures", [book.term(f"measure.{code}") for code in goals.MEASURES])
    settings.words(page, "s_passed", [book.say("passed")])


def _measure(measures):
    example = measures["amount"]
    return Column("measure", "choice", "", 14, "fill", example, measures, "s_measures")


def _goals(book, measures):
    def check(code, *faults):
        rest = "s_passed"
        for fault, rule in reversed(faults):
            rest = f'IF({rule},"{book.term(f"goal.{fault}")}",{rest})'
        return counted(code, "any", rest, 17, title=book.term(f"goal.{code}"))

    none = ("no_value", "N({value})<=0")
    planned = (
        f"SUMPRODUCT({_LIVE}*({{measure:all}}={{measure}})*({{due:all}}={{due}}),{{value:all}})"
    )
    return [
        Column("goal", width=24, example=book.say("example_goal")),
        Column("owner", width=10, example=book.say("example_owner")),
        _measure(measures),
        Column("value", "money", width=13, title=book.say("goal_value"), example=1_200_000),
        Column("source", width=18, example=book.say("example_source")),
        Column("serves", width=20, example=book.say("example_serves")),
        Column("start", "date", width=11.5, example=Ahead(0)),
        Column("due", "date", width=11.5, title=book.say("goal_due"), example=Ahead(90)),
        Column("parts", "money", width=13, example=1_200_000),
        check(
            "specific",
            ("no_measure", 'TRIM({measure})=""'),
            ("unknown_measure", "SUMPRODUCT(--(s_measures={measure}))=0"),
            ("no_owner", 'TRIM({owner})=""'),
        ),
        check("measurable", none, ("no_source", 'TRIM({source})=""')),
        check(
            "achievable",
            none,
            ("no_history", "{past_n}<s_least_history"),
            ("out_of_reach", "{value}>ROUND({past_mean}+s_reach*{past_sd},9)"),
            ("no_effort", "{value}<ROUND({past_mean}-s_slack*{past_sd},9)"),
        ),
        check("relevant", ("serves_nothing", 'TRIM({serves})=""')),
        check(
            "time_bound",
            ("no_due", "N({due})=0"),
            ("due_passed", "INT(N({due}))<s_today"),
            ("due_before_start", "AND(N({start})>0,INT(N({due}))<INT(N({start})))"),
        ),
        check(
            "consistent",
            (
                "contradicts_parts",
                "AND(ISNUMBER({parts}),ISNUMBER({value}),"
                "ROUND(ABS(N({value})-N({parts})),9)>s_tolerance*ABS(N({value})))",
            ),
            ("twice", f"SUMPRODUCT({_LIVE}*({{owner:all}}={{owner}})*{_TOGETHER})>1"),
            ("below_team", 'AND({team_gap}<>"",N({team_gap})<-s_tolerance)'),
            ("above_team", 'AND({team_gap}<>"",N({team_gap})>s_tolerance)'),
            ("no_team", '{team_gap}=""'),
        ),
        aid("past_n", f"SUMPRODUCT({_SAME},--ISNUMBER(s_past_value))"),
        aid("past_mean", f"IF({{past_n}}>0,SUMPRODUCT({_SAME},s_past_value)/{{past_n}},0)"),
        aid("past_sd", f"IF({{past_n}}>1,SQRT(SUMPRODUCT({_SAME},s_past_off)/({{past_n}}-1)),0)"),
        aid(
            "team_wanted",
            "IF(N({due})=0,0,SUMPRODUCT("
            "--(s_team_measure={measure}),--(s_team_due={due}),s_team_value))",
        ),
        aid("team_gap", f'IF({{team_wanted}}>0,ROUND({planned}/{{team_wanted}}-1,9),"")'),
    ]


def _history(book, measures):
    same = "--({owner:all}={owner}),--({measure:all}={measure})"
    mean = f"SUMPRODUCT({same},{{value:all}})/SUMPRODUCT({same},--ISNUMBER({{value:all}}))"
    return [
        Column("owner", width=14, example=book.say("example_owner")),
        _measure(measures),
        Column("value", "money", width=16, title=book.say("past_value"), example=1_050_000),
        aid("off", f"IF(ISNUMBER({{value}}),({{value}}-{mean})^2,0)"),
    ]


def _team(book, measures):
    return [
        _measure(measures),
        Column("due", "date", width=14, title=book.say("goal_due"), example=Ahead(90)),
        Column("value", "money", width=16, title=book.say("goal_value"), example=1_200_000),
    ]
