# The closing case of the funnel module: one region, three documents, one group product. Made up.
# %%
import pandas as pd

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, say, show
from coursekit.plots import meeting

course = Course.find()
lang, ladder = course.lang, course.ladder()
case = Case.load(course.switches["case"], lang, course)
# %% [markdown] lang="zh" minutes=10 part="core"
# # 结业案例：南部大区的周一
#
# 大区经理叶秋萍请了两周病假。今天周一，你们小组替她开会。桌上有三样东西：**一张表，一页纸，一段录音记下来的谈话。** 十分钟，各看各的，先别商量。
#
# *公司、客户、谈话全是编的。*
# %% [markdown] lang="en" minutes=10 part="core"
# # The closing case: Monday in the South
#
# Qiuping Ye, who leads the South, is ill for two weeks. It is Monday, and your group takes her meeting. On the table lie three things: **a list, a page, and a talk that was written down.** Ten minutes, everybody alone, no discussion yet.
#
# *Company, customers and talk are made up.*
# %%
to_sign = 4_000_000  # what the South still has to sign by the end of June
reps = case.salespeople.query("region == 'R2' and role == 'rep'")["salesperson"]
south = case.named("deals")
south = south[south["owner_id"].isin(reps) & funnel.is_open(south["stage"])]
early = south["stage"].isin(["opportunity", "appointment"])
columns = {
    "owner": ("业务员", "Whose"), "customer": ("客户", "Customer"), "stage": ("报的级别", "Class"),
    "amount": ("金额", "Amount"), "next_step": ("下一步", "Next step"),
    "next_step_date": ("哪天", "Day"), "next_step_person": ("见谁", "With"),
}  # fmt: skip
forms = {"stage": "term", "amount": "money", "next_step_date": "date"}
listed = south[~early].sort_values(["owner_id", "amount"], ascending=[True, False])
values = {}
lines = ["| " + " | ".join(both[lang == "en"] for both in columns.values()) + " |"]
lines.append("|" + "---|" * len(columns))
for number, row in enumerate(listed.to_dict("records")):
    row["stage"] = f"stage.{row['stage']}"
    if pd.notna(row["snooze_reason"]):  # laid aside with a reason: it keeps its class
        row["next_step"] = f"{row['next_step']} ({row['snooze_reason']})"
    cells = []
    for column in columns:
        name = f"{column}_{number}"
        values[name] = "" if pd.isna(row[column]) else row[column]
        form = forms.get(column, "") if values[name] != "" else ""
        cells.append(f"{{{name}:{form}}}" if form else f"{{{name}}}")
    lines.append("| " + " | ".join(cells) + " |")
fewer = south[early].groupby("owner", sort=False).size()
say(
    zh="## 材料一：漏斗表\n\n{today:date}的表，南部大区六个人，{n:n} 个在谈。下面是报 25% 以上的 {n_listed:n} 个；其余 {n_early:n} 个还在机会和首次约见：{early}。\n\n"
    + "\n".join(lines),
    en="## Document 1: the list\n\nThe list of {today:date}: six people of the South, {n:n} open deals. Below are the {n_listed:n} claimed at 25% or more; the other {n_early:n} are opportunities and first appointments: {early}.\n\n"
    + "\n".join(lines),
    today=case.today,
    n=len(south),
    n_listed=len(listed),
    n_early=int(early.sum()),
    early={"zh": "、", "en": ", "}[lang].join(f"{name} {n}" for name, n in fewer.items()),
    **values,
)
# %% [markdown] lang="zh"
# ## 材料二：例会这一页
# %% [markdown] lang="en"
# ## Document 2: the page of the meeting
# %%
lists = case.snapshots[case.snapshots["owner"].isin(reps)]
week_ago = case.today - pd.Timedelta(weeks=1)
page = meeting.page_numbers(south, case.today, ladder, to_sign, lists, week_ago)
show(meeting.page(south, case.today, ladder, lang, to_sign, lists, week_ago), alt=page)
# %%
say(
    zh="照表 {listed:money}，拿得出来 {shown:money}；到六月底还要签 {target:money}。一周里往后推 {n_slipped:n} 个，其中 {n_month_end:n} 个推到月底那一天。",
    en="{listed:money} as listed, {shown:money} to show; {target:money} still to sign by the end of June. {n_slipped:n} slipped in a week, {n_month_end:n} of them to the last day of the month.",
    **page,
)
# %%
talk = case.transcripts.query("talk == 'G01'").sort_values("turn")
who = case.talks.set_index("talk").loc["G01"]
seller = case.salespeople.set_index("salesperson").loc[who["salesperson"], "name"]
speakers = {"seller": seller, "customer": {"zh": "客户", "en": "Customer"}[lang]}
spoken = {f"text_{n}": text for n, text in enumerate(talk["text"])}
spoken |= {f"who_{n}": speakers[speaker] for n, speaker in enumerate(talk["speaker"])}
told = "\n\n".join(f"**{{who_{n}}}**　{{text_{n}}}" for n in range(len(talk)))
say(
    zh="## 材料三：一段谈话\n\n{day:date}，{seller}第一次见{customer}的人。\n\n" + told,
    en="## Document 3: a talk\n\n{day:date}: {seller} meets {customer} for the first time.\n\n"
    + told.replace("　", ": "),
    day=who["date"],
    seller=seller,
    customer=case.customers.set_index("customer").loc[who["customer"], "name"],
    **spoken,
)
# %% [markdown] lang="zh" minutes=25 part="core"
# ## 小组做：一张挂图，五格
#
# 25 分钟。写大字，一格三行以内：
#
# 1. **两个数。** 照表多少，拿得出多少；差在哪里，只许说客户做了什么、没做什么。
# 2. **先谈哪三个。** 每个后面写一句要问的话。
# 3. **例会三条。** 每条后面：谁，哪天，做什么。
# 4. **单独谈谁。** 写下你的第一句话。看看谈话记录：错在哪一句之后？他手里有多少家客户？
# 5. **说不准的。** 哪个数你们不敢信，为什么？
#
# 写好以后，一个人把下面这张表填了交上来，其余的人排练：**上台五分钟，谁都得开口。**
# %% [markdown] lang="en" minutes=25 part="core"
# ## The group's product: one flip chart, five boxes
#
# 25 minutes. Large letters, three lines a box at most:
#
# 1. **Two figures.** As listed, and to show. What makes the difference? Say only what customers did and did not do.
# 2. **Which three deals first.** Behind each the question that you will ask.
# 3. **Three points for the meeting.** Behind each: who, which day, what.
# 4. **Whom to talk to alone.** Write your first sentence. Look at the talk: after which sentence does it go wrong? How many customers does he look after?
# 5. **What cannot be told.** Which figure do you not trust, and why?
#
# Then one of you fills in the form below, and the others rehearse: **five minutes in front, and everybody speaks.**
# %%
ask("funnel.6.3/south-region")
# %% [markdown] lang="zh" minutes=15 part="core"
# ## 上台：每组五分钟
#
# 听的组只问两样：“凭什么？”“散会时有人、有日子吗？”
# %% [markdown] lang="en" minutes=15 part="core"
# ## In front: five minutes a group
#
# Those who listen ask two things only: “What does that rest on?” and “Is there a name and a day?”
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：评分表和底牌
#
# **每组五分钟，超时就停。** 组多就抽三组上台，其余贴墙，大家走一圈，每人贴两个点。
#
# | 看什么 | 0 分 | 1 分 | 2 分 |
# |---|---|---|---|
# | 两个数 | 只报一个 | 两个都报 | 还说得出差在客户的哪一步 |
# | 三个项目 | 挑的是金额大的 | 挑的是站不住的 | 每个都有一句问客户的话 |
# | 三条议程 | 念表、排名、表态 | 三条都是要一起定的 | 每条有人、有日子 |
# | 单独谈 | 当众说，或先下结论 | 单独谈 | 第一句是问，而且问到了客户数 |
# | 说不准 | 没有 | 说出一个 | 说得出几单、凭什么 |
#
# 满分 10 分。分数给组，不给人。
#
# **底牌。** 站不住的钱，几乎全在方小军一个人手里；可他手里的客户是别人的两三倍，很多项目没有日子，不是懒，是跑不过来。顾海峰的单子大，拿得出来的里面他占了差不多一半：少了他，这个区还剩多少？有组说得出来，加掌声。陶玉洁的项目个个有日子有人，没人会提到她，你来提：不出事的人，会上也该听她讲一分钟。
#
# **谈话错在哪。** 第一句。他一个问题也没问，客户说“现在不怎么拉稀”，他也没停。要的第一句：“您现在最头疼的是哪一样？”
#
# **常见的跑偏。** 变成审方小军。叫停，问：“他这 63 家是谁分给他的？”（数字以客户表为准。）
#
# **没有电脑。** 三份材料每组一套打印；表格写在挂图背面。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: rubric, and what lies beneath
#
# **Five minutes a group, then stop.** With many groups draw three; hang up the others, walk round, two dots each.
#
# | look at | 0 | 1 | 2 |
# |---|---|---|---|
# | two figures | only one | both | and at which step of the customer they part |
# | three deals | the largest | those that do not hold | each with a question to the customer |
# | three points | reading, ranking, promises | three that need the group | each with a name and a day |
# | alone | before all, or a verdict first | alone | begins with a question, and asks about the number of customers |
# | not to be told | nothing | one figure | on how many deals, and why |
#
# Ten at most. Points are for groups, not for persons.
#
# **What lies beneath.** Nearly all of what does not hold is Xiaojun Fang's. But he looks after two or three times as many customers as the others; many of his deals have no day because he cannot get round, not because he is lazy. Haifeng Gu's deals are large, and near half of what can be shown is his: what is left of the region without him? A group that says so gets applause. Yujie Tao's deals all have a day and a person, and nobody will mention her. You do: those with whom nothing is wrong deserve a minute too.
#
# **Where the talk goes wrong.** At the first sentence. He asks nothing, and does not stop when the customer says there is not much scouring. The first sentence should be: “What troubles you most at the moment?”
#
# **Where it goes astray.** It becomes a trial of Xiaojun. Stop it: “Who gave him his 63 customers?” (The figure is that of the customer list.)
#
# **No computer.** The three documents in print, a set per group; the form on the back of the flip chart.
