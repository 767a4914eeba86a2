# The running case, for trainers and developers: deals, next steps, the people.
# %%
from IPython.display import display

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import say, show
from coursekit.plots import case_deals as plots
from coursekit.plots import funnel as funnel_plots

course = Course.find()
lang, ladder = course.lang, course.ladder()
case = Case.load(lang=lang)
people = case.salespeople.set_index("salesperson")["name"]
# %% [markdown] lang="zh"
# # 案例数据（二）：项目和漏斗
#
# `deals` 一行一个项目，`deal_history` 记着每个项目哪天进了哪个阶段，`gates` 是过表时拿得出的依据，`snapshots` 是最近十二周每周一的表。下一步那一栏照业务员平时的写法写：有日期有人的，有“保持联系”的，也有空着的。
# %% [markdown] lang="en"
# # The case's data (2): deals and the funnel
#
# `deals` has one row per deal, `deal_history` the day on which each entered each stage, `gates` the evidence that could be shown, `snapshots` the lists of the last twelve Mondays. The next step is written as sales people write it: with day and person, as "keep in touch", or not at all.
# %%
is_open = funnel.is_open(case.deals["stage"])
ended = case.deals["stage"].value_counts()
say(
    zh="一共 {n} 个项目：在谈 {open} 个，签约 {won} 个，丢单 {lost} 个，分在 {people} 个人手上。",
    en="{n} deals in all: {open} open, {won} won, {lost} lost, with {people} people.",
    n=len(case.deals),
    open=int(is_open.sum()),
    won=int(ended["contract"]),
    lost=int(ended["lost"]),
    people=int(case.deals["owner"].nunique()),
)
columns = ["deal_id", "customer", "owner", "stage", "amount", "next_step", "next_step_date"]
display(case.named("deals")[is_open][columns].iloc[[3, 40, 90, 140, 190]])
# %% [markdown] lang="zh"
# ## 下一步那一栏
# %% [markdown] lang="en"
# ## The cell of the next step
# %%
show(plots.steps(case.deals, case.today, lang), alt=plots.steps_numbers(case.deals, case.today))
# %% [markdown] lang="zh"
# 按规则重新算一遍，表上的数就少下来：没有下一步的退回“机会”，过期的、比成过的单子都老的也不算。
# %% [markdown] lang="en"
# Counted again by the rules, the list shrinks: a deal without a next step falls back to opportunity; one whose step has passed, or which is older than any that ever closed, counts nothing either.
# %%
checked = funnel.review(case.deals, case.today, ladder)
show(
    funnel_plots.claimed_and_shown(checked, lang),
    alt=funnel_plots.claimed_and_shown_numbers(checked),
)
# %% [markdown] lang="zh"
# ## 客户多，不等于赢得多
#
# 有一个人手上的客户是别人的两倍多，做成的比例却最低。六个人的漏斗各有各的毛病（S01 到 S06），S08 和 S09 业绩一样、漏斗不一样，都写在 README 里。
# %% [markdown] lang="en"
# ## More customers, fewer wins
#
# One person has more than twice as many customers as the others, and wins least. Six people have six different portfolios (S01 to S06); S08 and S09 have equal results and unequal lists: see the README.
# %%
numbers = plots.people_numbers(case.customers, case.deals)
show(
    plots.people(case.customers, case.deals, people, lang),
    alt={**numbers, "most": people[numbers["most"]]},
)
