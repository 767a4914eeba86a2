# The running case, for trainers and developers: key accounts, people at them, rivals.
# %%
from IPython.display import display

from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import say, show
from coursekit.plots import case_accounts as plots

lang = Course.find().lang
case = Case.load(lang=lang)
names = case.customers.set_index("customer")["name"]
MARKED = ("C001", "C002")
# %% [markdown] lang="zh"
# # 案例数据（三）：关键客户
#
# C001 到 C060 是关键客户：大场和食品集团。`contacts` 是里面的人：层级、角色、影响力、态度，空着的态度是没人知道。`account_answers` 是评分的答案，今年一次、去年一次；前八家还有强弱机危、双方怎么看合作、谁答应了什么。
# %% [markdown] lang="en"
# # The case's data (3): key accounts
#
# C001 to C060 are the key accounts: large farms and food groups. `contacts` are the people there: level, part, influence, stance; an empty stance is one that nobody knows. `account_answers` holds the answers for the scorecards, this year and last; for the first eight there are also strengths and threats, both views of the partnership, and who promised what.
# %%
stance = case.contacts["stance"]
say(
    zh="{n} 家关键客户，{people} 个联系人，其中 {met} 个见过面，{unknown} 个的态度没人知道。对手 {rivals} 家。",
    en="{n} key accounts with {people} contacts; we have met {met} of them, and of {unknown} nobody knows the stance. {rivals} rivals.",
    n=len(case.accounts),
    people=len(case.contacts),
    met=int(case.contacts["met"].sum()),
    unknown=int(stance.isna().sum()),
    rivals=len(case.rivals),
)
display(case.contacts[case.contacts["customer"] == "C001"].iloc[:, :10])
# %% [markdown] lang="zh"
# ## 值不值得做，走得近不近
#
# 红点是两家要认得的客户：一家以前很近，今年凉下来了；一家很值得做，我们却很少去。
# %% [markdown] lang="en"
# ## Worth having, and how close we are
#
# The red dots are two accounts to know: one used to be close and has cooled down this year; the other is well worth having, and we hardly go there.
# %%
show(
    plots.quadrants(case.account_answers, case.today, names, MARKED, lang),
    alt=plots.quadrants_numbers(case.account_answers, case.today),
)
# %% [markdown] lang="zh"
# ## 一家在往下走的
#
# 它的订单一季比一季少。早先的信号在 `visits` 里：拜访越来越多是处理投诉，见到的人越来越说不上话。
# %% [markdown] lang="en"
# ## One that goes down
#
# Its orders shrink from quarter to quarter. The early signs stand in `visits`: more and more of them were about complaints, and reached people with less and less of a say.
# %%
numbers = plots.decline_numbers(case.orders, "C001", case.today)
show(
    plots.decline(case.orders, "C001", names["C001"], case.today, lang),
    alt={**numbers, "name": names["C001"]},
)
# %% [markdown] lang="zh"
# ## 几段谈话
#
# `talks` 和 `transcripts` 是十次谈话的记录，有谈成的，有没谈成的，每句话标着算什么：提问、确认、打断。
# %% [markdown] lang="en"
# ## A few talks
#
# `talks` and `transcripts` hold ten talks, some that led somewhere and some that did not; each utterance is marked: a question, a check, an interruption.
# %%
display(case.transcripts[case.transcripts["talk"] == "G02"])
