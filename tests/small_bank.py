"""A course folder with a small bank of its own, for tests."""

from coursekit.course import Course

SORT = """
- id: mini.1.1/classes
  version: 1
  kind: sort
  minutes: 3
  key: {c1: p25, c2: [p25, p50], c3: p90}
  slips: {hope: {c1: p50}}
  zh:
    prompt: 每张卡放到哪一级？
    bins: {p25: 25%类, p50: 50%类, p90: 90%类}
    cards: {c1: 还没有预算, c2: 预算报上去了, c3: 等签字}
    hints: [先看预算。, 再看签字。]
    reasons: {c1: 没有预算就到不了 50%。}
    slips: {hope: 关系好不是预算。}
    why: 看证据，不看感觉。
  en:
    prompt: Which class for each card?
    bins: {p25: Class 25%, p50: Class 50%, p90: Class 90%}
    cards: {c1: No budget yet, c2: Budget asked for, c3: Waiting for a signature}
    hints: [Look at the budget., Look at the signature.]
    reasons: {c1: Without a budget it is no 50%.}
    slips: {hope: Good relations are no budget.}
    why: "Evidence, not feeling."
"""

FIND = """
- id: mini.1.2/no-step
  version: 1
  kind: find
  minutes: 4
  make: deals
  solve: without_step
  slips: {any_text: blank_only}
  reasons: why_it_drops
  columns: {customer: text, amount: money, step: text, day: date, stage: stage}
  zh:
    prompt: 哪几个没有下一步？
    columns: {customer: 客户, amount: 金额, step: 下一步, day: 日期, stage: 阶段}
    reasons: {none: "{customer}：什么也没写。", vague: "“{step}”没有时间。"}
    slips: {any_text: 写了字不等于有下一步。}
    why: 下一步要有时间。
  en:
    prompt: Which have no next step?
    columns: {customer: Customer, amount: Amount, step: Next step, day: Date, stage: Stage}
    reasons: {none: "{customer}: nothing written.", vague: "“{step}” has no time."}
    slips: {any_text: Some text is not a next step.}
    why: A next step has a time.
"""

NUMBER = """
- id: mini.1.3/forecast
  version: 1
  kind: number
  minutes: 5
  make: amount_and_rate
  solve: expected
  slips: {rate_forgotten: plain_amount}
  fields: {total: money, share: {unit: percent, within: 0.01}}
  zh:
    prompt: 项目 {amount:money}，胜算 {rate:percent}，预测里算多少？
    fields: {total: 预测值, share: 占名义金额}
    steps: ["{amount:money} × {rate:percent} = {total:money}"]
    slips: {rate_forgotten: 忘了乘胜算。}
    why: 金额乘胜算。
  en:
    prompt: A deal of {amount:money} at {rate:percent}. What does it count?
    fields: {total: Forecast, share: Share of the amount}
    steps: ["{amount:money} × {rate:percent} = {total:money}"]
    slips: {rate_forgotten: The rate is forgotten.}
    why: Amount times rate.
"""

CODE = """
def deals(rng, case):
    rows = [("", "", "p25"), ("call again", "", "p50"), ("meet on Thursday", "2026-03-05", "p90")]
    rng.shuffle(rows)
    return {
        "rows": [
            {
                "id": f"r{n}",
                "customer": {"zh": f"客户{n}", "en": f"Customer {n}"},
                "amount": rng.randrange(10, 90) * 10_000,
                "step": {"zh": step, "en": step},
                "day": day or None,
                "stage": stage,
            }
            for n, (step, day, stage) in enumerate(rows, 1)
        ]
    }


def without_step(given):
    return [row["id"] for row in given["rows"] if not row["day"]]


def blank_only(given):
    return [row["id"] for row in given["rows"] if not row["step"]["zh"]]


def why_it_drops(given):
    return {
        row["id"]: "vague" if row["step"]["zh"] else "none"
        for row in given["rows"]
        if not row["day"]
    }


def amount_and_rate(rng, case):
    return {"amount": rng.randrange(10, 90) * 10_000, "rate": rng.choice([0.25, 0.5, 0.9])}


def expected(given):
    return {"total": given["amount"] * given["rate"], "share": given["rate"]}


def plain_amount(given):
    return {"total": given["amount"]}


def broken(*anything):
    return 1 / 0


def nan(given):
    return {"total": float("nan"), "share": 0.5}
"""


def course(folder, bank=SORT + FIND + NUMBER, code=CODE, settings="run_code = true\n"):
    """A course folder whose module ``mini`` has this bank."""
    (folder / "exercises").mkdir(parents=True, exist_ok=True)
    (folder / "course.toml").write_text('id = "course"\n' + settings, "utf-8")
    (folder / "exercises" / "mini.yaml").write_text(bank, "utf-8")
    if code is not None:
        (folder / "exercises" / "mini.py").write_text(code, "utf-8")
    return Course.find(folder)
