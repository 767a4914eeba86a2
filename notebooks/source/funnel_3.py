# Lesson funnel.3: the list, row by row and as a whole. The running case from datasets/, made up.
# %%
import datetime

import pandas as pd

from coursekit import funnel, tables
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, check, guess, mine, own, say, show, slider
from coursekit.plots import gates as gate_plots
from coursekit.plots import listing, standing

course = Course.find()
lang, ladder = course.lang, course.ladder()
skin = course.switches["case"]
case, company = mine(), Case.load(skin, lang, course)
today = case.today
customers = company.customers.set_index("customer")["name"]
deals = company.deals.set_index("deal_id", drop=False)
deals["customer"] = deals["customer"].map(customers)
mine_now = deals[deals["deal_id"].isin(case.deals["deal_id"]) & funnel.is_open(deals["stage"])]
# %% [markdown] lang="zh" minutes=1 part="core"
# # 漏斗表：换个人拿着，也能接着跑
#
# 周一早上八点四十。经理说：“有几位同事调走了，他们的客户归你。表在这儿，九点半你给我报个数。”
#
# 你打开表。第一行的下一步写着：“多走动”。
#
# **学完这一课，你能做到四件事：**
#
# 1. 把一行填到别人拿着就能去做，导出来的表有毛病，说得出是第几行；
# 2. 拿五个问题，几分钟问清一个项目站不站得住；
# 3. 一张表摆在面前，看形状、看进出、看够不够，分得清哪些是真在动的；
# 4. 看别人的表，先问一句，再说别的。
#
# *课里的公司是编的：一家不存在的饲料公司，人、客户、数字都是编的，规律是故意放进去的。你的表上是不是这样，最后用你自己的表查。*
# %% [markdown] lang="en" minutes=1 part="core"
# # The funnel list: somebody else could take it and go
#
# Monday, twenty to nine. “Some colleagues have moved on,” says your manager, “and their customers are yours now. Here is the list. Give me a figure at half past nine.”
#
# You open it. In the first row, under next step, it says: “Visit more often.”
#
# **After this lesson you can do four things:**
#
# 1. fill in a row so that somebody else could act on it, and say in which row of an export something is wrong;
# 2. find out with five questions, in a few minutes, whether a deal stands;
# 3. look at a whole list for shape, for what comes and goes, for whether it is enough, and tell what really moves;
# 4. look at other people's lists and begin with a question.
#
# *The company of this lesson is made up: a feed maker that does not exist, invented people, customers and figures, with patterns put in on purpose. Whether your own list looks like that, you check at the end.*
# %%
say(
    zh="这就是你接手的：{n:n} 个在谈项目，来自 {n_from:n} 位同事，其中 {n_claim:n} 个报了 25% 以上。每个人分到的客户不一样，难易差不多；和邻座对的时候，对做法，别对数字。",
    en="This is what you take over: {n:n} open deals from {n_from:n} colleagues, {n_claim:n} of them claimed at 25% or more. Everybody gets other customers of about the same difficulty: compare ways with your neighbour, not figures.",
    n=len(mine_now),
    n_from=mine_now["owner"].nunique(),
    n_claim=len(listing.claims(mine_now)),
)
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一课怎么带
#
# **目标。** 一个人拿到一张陌生的表，十分钟内说得出：哪几行能用，哪几行要问，这张表够不够。主管再多一样：能只用问句谈完一张表。
#
# **时间。** 主线 25 分钟，课堂练习 22 分钟，收尾检查 10 分钟；三人角色扮演另加 12 分钟。标“回去做”的不占课堂。
#
# **开场。** 不放幻灯片。请一位学员把自己表上随便一行念出来，全班只回答一个问题：“换了你，明天去不去得成？”
#
# **自己的表。** 一半人不带表，带了的也有人不便给别人看。不勉强：用系统分的那一份，或者用代号 K01、K02。谁的表也不上传。
#
# **练习卡。** 头一回没对，卡上只说错在哪、给提示；交到第二回，或者做对了，才讲为什么。先让大家自己改一回，再讲评；每台电脑抽到的卡不一样，讲评讲理由，别报答案。
#
# **术语。** FA 是首次约见。“50% 标准”有两种讲法，我们取“五道门从严”。“金”字塔是一语双关：底大顶小，才出得来金子。“讲得通”（make sense）是说**客户**用自己的话讲得出为什么合适，不是我们讲得通。
#
# **别变成审人。** 这一课里有人的名字，都是编的。甲乙丙丁四张表，就是第四课的 3、2、4、6 号名单（范国梁、邓春梅、姜晓雯、贾文博）；对话里的小贾是另编的，不是贾文博。讲评自己公司的表时，说表，不说人；别排名次。
#
# **只有一半时间。** 留 3.2 的五个问题和 3.4 的对话，3.1 只讲“好的一行”那张小表，3.3 只看倍数那张图。合起来二十四五分钟。
#
# **没有电脑。** 图打印成 A3 上墙；五个问题抄在挂图上，一直留到下课；对话练习由一个人念小贾的话，全班举手选甲乙丙。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run this lesson
#
# **Aim.** With a list that they have never seen, people can say within ten minutes which rows can be used, which need a question, and whether the list is enough. Managers, besides: go through a list with questions only.
#
# **Time.** Core 25 minutes, exercises in class 22, closing check 10; role-play in threes 12 more. What is marked “to take home” is not in it.
#
# **Opening.** No slides. One of the group reads out any row of their own list; the room answers one question: “If it were yours tomorrow, could you go?”
#
# **Own lists.** Half bring none, and some may not show theirs. Do not press: use the part that the kit hands out, or code names K01, K02. Nobody's list is uploaded.
#
# **Cards.** After a first wrong try a card names what is wrong and gives hints; why comes with the second try, or once it is right. Let them mend it themselves before you discuss it. Every computer draws other cards: discuss reasons, not answers.
#
# **Words.** FA is the first appointment. “50% standard” has two readings; we take the strict one, all five gates. The “golden” pyramid is a pun in Chinese: broad base, narrow top, and gold comes out. “Makes sense” means that the **customer** can say in his own words why it fits, not that we can.
#
# **No trial of persons.** There are names in this lesson; all are made up. Lists A, B, C and D are numbers 3, 2, 4 and 6 of lesson 4. Jia of the talk is made up apart and is none of them. With lists of your own company talk about the list and not the person, and rank nobody.
#
# **Half the time.** Keep the five questions of 3.2 and the talk of 3.4; of 3.1 the small table of a good row, of 3.3 the figure of the target. That is about 25 minutes.
#
# **No computer.** Figures as A3 on the wall; the five questions on a flip chart for the whole lesson; for the talk somebody reads Jia's lines and the room votes.
# %% [markdown] lang="zh" item="funnel.3.1" minutes=5 part="core"
# ## 一、写给明天替你跑的那个人
#
# 表不是填给经理看的。你明天发烧躺下，同事拿着这一行，去不去得成？
# %% [markdown] lang="en" item="funnel.3.1" minutes=5 part="core"
# ## 1. Write for the one who goes in your place tomorrow
#
# A list is not filled in for the manager. Tomorrow you lie in bed with a fever and a colleague takes this row: can he go?
# %%
guess("funnel.3.1/guess-rows")
# %%
filled = listing.fill_numbers(deals, today)
show(listing.fill(deals, today, lang), alt=filled)
# %%
mine_filled = listing.fill_numbers(mine_now, today)
say(
    zh="全公司 {n:n} 行报了 25% 以上，明天换个人能接着跑的 {n_all:n} 行。最常断在“{least:term}”：{n_past:n} 行的日子已经过了，{n_blank:n} 行空着，还有 {n_courtesy:n} 行写的是客气话。你接手的 {own:n} 行里，能接着跑的 {own_all:n} 行。",
    en="Of the company's {n:n} rows from 25% up {n_all:n} could be carried on by somebody else tomorrow. They break most often at “{least:term}”: in {n_past:n} the day has passed, {n_blank:n} are empty, {n_courtesy:n} hold a courtesy. Of the {own:n} rows that you took over, {own_all:n} could.",
    own=mine_filled["n"],
    own_all=mine_filled["n_all"],
    **filled,
)
# %% [markdown] lang="zh"
# **好的一行：**
#
# | 栏 | 写成这样 | 别写成这样 |
# |---|---|---|
# | 级别 | 50%，凭：预算批了，老板定四月换 | 50%，关系好 |
# | 金额 | 36 万（月用 40 吨，先换一半） | 大概三五十万 |
# | 下一步 | 和周老板过付款条款 | 多走动 |
# | 和谁 | 周老板 | 他们那边 |
# | 哪天 | 2026 年 3 月 5 日，他点过头 | 下周 |
#
# 一格一样东西，数字就写数字，日子就写日子。空白模板找培训师要（命令是 `coursekit template funnel`），Excel、WPS 都能填，退不退自己会算。
#
# 要是表在系统里，导出来会怎样？我们拿这家公司的原始导出试一试，一处都没有整理过。
# %% [markdown] lang="en"
# **A good row:**
#
# | Column | Like this | Not like this |
# |---|---|---|
# | Class | 50%, because: budget approved, owner set April for the change | 50%, good relationship |
# | Amount | 360,000 (40 tonnes a month, half of it first) | somewhere around 400,000 |
# | Next step | Settle payment terms with the owner | Visit more often |
# | With whom | Mr Zhou, owner | them |
# | Day | 5 March 2026, he said yes | next week |
#
# One thing per cell; a number is a number, a day is a day. Ask the trainer for the empty workbook (the command is `coursekit template funnel`); it opens in Excel or WPS and works out by itself what falls back.
#
# And if your list sits in a system? Here is this company's raw export, with nothing tidied up.
# %%
name = f"raw/{lang}/deals.csv"
export = tables.read(course.file(f"datasets/{skin}/{name}"), "deals")
every = sorted((*export.notes, *export.dropped), key=lambda note: -note.row)
first = {note.code: note for note in every}  # one of each kind, the one highest up
shown = {f"s{n}": note.sentence(lang) for n, note in enumerate(reversed(first.values()))}
lines = "\n".join(f"- {{{key}}}" for key in shown)
say(
    zh="文件里 {rows:n} 行，读进来 {kept:n} 行，{dropped:n} 行没用上，{notes:n} 处要你看一眼。每种毛病举一处：\n\n"
    + lines,
    en="The file has {rows:n} rows: {kept:n} were read, {dropped:n} were not, and {notes:n} cells need a look. One of each kind:\n\n"
    + lines,
    rows=len(export.frame) + len(export.dropped),
    kept=len(export.frame),
    dropped=len(export.dropped),
    notes=len(export.notes),
    **shown,
)
# %%
dirt = pd.read_csv(course.file(f"datasets/{skin}/raw/{lang}/dirt.csv"), encoding="utf-8-sig")
dirt = dirt[dirt["file"] == "deals.csv"]
silent = dirt[dirt["found"] == "silent"]
say(
    zh="**什么时候不灵？** 机器只看得出“写得不像”，看不出“写得不对”。这份导出里我们故意弄脏了 {n:n} 处：它自己读懂 {n_read:n} 处，指得出 {n_told:n} 处（{n_blank:n} 格是空的，算账的时候才说），还有 **{n_silent:n} 处一声不响**。比如 {n_zero:n} 个金额多了一个零，{n_year:n} 个日子写成了去年。多出来的零，只有认得这家客户的人看得见。",
    en="**When does it fail?** A machine sees what is written oddly, not what is wrong. We soiled this export in {n:n} places: it read {n_read:n} by itself, pointed out {n_told:n} ({n_blank:n} of them empty cells, told when it comes to counting), and **said nothing about {n_silent:n}**. {n_zero:n} amounts have a zero too many, {n_year:n} days name last year. Only somebody who knows the customer sees that zero.",
    n=len(dirt),
    n_read=(dirt["found"] == "read").sum(),
    n_told=(dirt["found"] == "told").sum(),
    n_blank=((dirt["kind"] == "left_out") & (dirt["found"] == "told")).sum(),
    n_silent=len(silent),
    n_zero=(silent["kind"] == "a_zero_too_many").sum(),
    n_year=(silent["kind"] == "last_year").sum(),
)
# %% [markdown] lang="zh" item="funnel.3.1" minutes=4 part="more"
# ### 练一练：这句话填在哪一栏
# %% [markdown] lang="en" item="funnel.3.1" minutes=4 part="more"
# ### Practice: which column does it belong to?
# %%
ask("funnel.3.1/where-it-goes")
# %% [markdown] lang="zh" item="funnel.3.1" minutes=18 part="homework"
# ### 回去做：改好导出的表，再填你自己的五个
# %% [markdown] lang="en" item="funnel.3.1" minutes=18 part="homework"
# ### To take home: mend an export, then fill in five of your own
# %%
ask("funnel.3.1/rows-to-mend")
# %%
ask("funnel.3.1/five-deals")
# %% [markdown] role="trainer" lang="zh"
# **3.1 · 主线 5 分钟，练习 4 分钟。**
#
# **问。** “你上次休假，谁替你跑的？他打了几个电话来问？”每个电话，就是表上少的一格。
#
# **常见回答。** “写那么细，哪有时间。”接：一行四十个字，三分钟。替你跑的人打一个电话问，也是三分钟，还要客户再讲一遍。
#
# **容易出岔子。** 学员争“多走动”算不算下一步。不争，请他现在演：你就是同事，拿着“多走动”，出门第一站去哪儿？
#
# **挂图。** 中间写“多走动”三个字，全班往上添：和谁、哪天、做什么、客户点头了吗。添满为止。
#
# **没有电脑。** 每人手写一行，和对面的人交换，对方只许问一个问题；问不出来的，这行就合格。
# %% [markdown] role="trainer" lang="en"
# **3.1 · core 5 minutes, practice 4.**
#
# **Ask.** “Who covered for you on your last holiday, and how often did they call you?” Every call is a cell that was missing.
#
# **Usual answer.** “Who has time to write all that?” A row is twenty words, three minutes. So is the call of the one who covers for you, and the customer has to tell it all again.
#
# **Where it goes wrong.** A quarrel over whether “visit more often” is a next step. Do not argue; let them act it: you are the colleague with this row in your hand, where do you drive first?
#
# **Flip chart.** Write “visit more often” in the middle and let the room add: with whom, which day, what for, did the customer say yes?
#
# **No computer.** Everybody writes one row by hand and swaps it; the other may ask one question. A row that leaves none is a good one.
# %% [markdown] lang="zh" item="funnel.3.2" minutes=6 part="core"
# ## 二、五个问题，问清一个项目
#
# 填满了，不等于站得住。经理指着一行问：“这家该在这一级吗？”用五个问题答他：
#
# 1. **FA**：约着见过吗？
# 2. **信息**：立项、谁拍板、多少预算、哪天要，是**客户**告诉你的吗？
# 3. **方案**：写成纸、分了步骤吗？
# 4. **讲得通**（make sense）：客户能**用自己的话**说出为什么合适吗？
# 5. **下一步**：哪天、见谁、做什么？
#
# 报 25% 的，第四问先不问；报 50% 以上的，五样都要。
# %% [markdown] lang="en" item="funnel.3.2" minutes=6 part="core"
# ## 2. Five questions show whether a deal stands
#
# A full row need not be a sound one. Your manager points at one: “Does it belong in this class?” Answer with five questions:
#
# 1. **FA**: did you meet by appointment?
# 2. **Information**: the project, who decides, what budget, by when; did the **customer** tell you?
# 3. **Proposal**: is it on paper, in stages?
# 4. **Makes sense**: can the customer say **in his own words** why it fits him?
# 5. **Next step**: which day, with whom, what for?
#
# At 25% the fourth is not asked yet; from 50% up all five are.
# %%
guess("funnel.3.2/guess-checks")
# %%
evidence = company.gates.set_index("deal_id")
history = company.deal_history
flow = funnel.flow(history, today)
everyone = listing.checks_table(deals, evidence, today, ladder, flow)
mine_checked = everyone.loc[everyone.index.isin(mine_now.index)]
mine_checks = listing.checks_numbers(mine_checked)
show(listing.checks(mine_checked, mine_now["customer"], lang), alt=mine_checks)
# %%
checked = listing.checks_numbers(everyone)
say(
    zh="你的 {own:n} 个里，该有的都有、又没停太久的 **{own_sound:n} 个**（图里绿的一行）。全公司 {n:n} 个里 {n_sound:n} 个。最常缺的是信息，{n_information:n} 个：立项、拍板人、预算、日子，至少有一样没听客户亲口说过。",
    en="Of your {own:n} deals **{own_sound:n}** have all they should and are on time (green in the figure); of the company's {n:n} it is {n_sound:n}. What is lacking most is information, in {n_information:n}: of project, decider, budget and date at least one was never heard from the customer.",
    own=mine_checks["n"],
    own_sound=mine_checks["n_sound"],
    **checked,
)
# %% [markdown] lang="zh"
# **怎么问第四个？** 别问“您觉得怎么样”，问：“**您要是跟老板汇报，会怎么说换我们的理由？**”他说得出自己的栏舍、自己的数，这一关就过了。他要是把你宣传页上的话背一遍，没过。
#
# 五样里，只有“下一步”天天在变，也最好糊弄。要求松一点紧一点，差多少钱？拖一拖看：**0** 照表算，**1** 写了字，**2** 不是客气话，**3** 有没过的日子，**4** 有名有姓的人。
# %% [markdown] lang="en"
# **How do you ask the fourth?** Not “what do you think?” but: “**If you had to tell your owner why to change to us, what would you say?**” If his own barns and his own figures come, he has passed. If he recites your leaflet, he has not.
#
# Of the five only the next step changes every day, and it is the easiest to fake. What does it cost to be lenient? Drag: **0** as listed, **1** something is written, **2** it is no courtesy, **3** a day ahead, **4** a person.


# %%
def how_strict(level):
    numbers = listing.strictness_numbers(deals, today, ladder, flow, level)
    return listing.strictness(deals, today, ladder, flow, lang, level), numbers


slider(
    how_strict,
    level={
        "zh": "下一步要几条",
        "en": "Demands on the next step",
        "low": 0,
        "high": 4,
        "step": 1,
        "start": 2,
    },
)
# %%
strictest = listing.strictness_numbers(deals, today, ladder, flow)
say(
    zh="四条全要，{listed:money} 降到 {worth:money}，退回 {fallen:n} 个。可是要求加到顶，站着的里面还有 {polite:n} 个停得太久。",
    en="Demand by demand {listed:money} shrinks to {worth:money}, and {fallen:n} deals go back. Yet even with all four, {polite:n} of those that pass have stood too long.",
    **strictest,
)
# %%
polite = everyone[everyone["holds"] & everyone["late"]].sort_values("times").iloc[-1]
row = deals.loc[polite.name]
weekly = company.snapshots[company.snapshots["deal_id"] == polite.name]
say(
    zh="**什么时候不灵？** 看{customer}，{amount:money}，五样全过，下一步有日子有人：“{text}”。往前翻 {n:n} 份周报，份份有下一步，换了 {n_steps:n} 种写法；阶段一次没动，停了 {days:n} 天，平时 {normal:.0f} 天就过去了。约是真约，茶是真茶，**就是没有一步是客户自己动的**。表看不出来，只能问：“上一步做完，他做了什么？”",
    en="**When does it fail?** Look at {customer}, {amount:money}: all five passed, a next step with a day and a person, “{text}”. In each of the last {n:n} weekly lists it had one, worded in {n_steps:n} ways. The stage never changed: {days:n} days, where {normal:.0f} are usual. The meetings are real and so is the tea; **only the customer has not moved once**. No list shows that. Ask: “What did he do after the last step?”",
    customer=row["customer"],
    amount=row["amount"],
    text=row["next_step"],
    n=weekly["date"].nunique(),
    n_steps=weekly["next_step"].nunique(),
    days=polite["days"],
    normal=polite["normal"],
)
# %%
slow = listing.slow_winners_numbers(deals, history, flow)
heads = deals.groupby("size_class")["people"].median()
say(
    zh="**反过来，停得久也不一定坏。** {n_large:n} 个签成的大单，路上停得比平时久的有 {slow_large:n} 个；小单 {n_small:n} 个里只有 {slow_small:n} 个。大单一般要 {people:n} 个人点头，小单 {people_small:n} 个；拿小单的日子去量它，个个像死的。大小分开比。",
    en="**And slow is not always bad.** Of {n_large:n} large contracts {slow_large:n} stood longer than usual somewhere on their way, of {n_small:n} small ones {slow_small:n}. A large deal usually needs {people:n} people to agree and a small one {people_small:n}; measured by the days of small ones, each of them looks dead. Compare like with like.",
    people=heads["large"],
    people_small=heads["small"],
    **slow,
)
# %%
half_past_nine = listing.strictness_numbers(mine_now, today, ladder, flow)
say(
    zh="**九点半，你可以这样报：** “表上 {listed:money}，下一步站得住的 {worth:money}。差的那些在 {fallen:n} 个项目里，今天下午一个一个打电话。有下一步可停得太久的有 {polite:n} 个，我去问客户自己动过什么。”",
    en="**At half past nine you can say:** “{listed:money} on the list, {worth:money} with a next step that holds. The rest sits in {fallen:n} deals, and I call them one by one this afternoon. Deals with a step that have stood too long: {polite:n}; there I ask what the customer has done himself.”",
    **half_past_nine,
)
# %% [markdown] lang="zh" item="funnel.3.2" minutes=5 part="more"
# ### 练一练：哪几个放错了级
# %% [markdown] lang="en" item="funnel.3.2" minutes=5 part="more"
# ### Practice: which stand in the wrong class?
# %%
ask("funnel.3.2/wrong-class")
# %% [markdown] lang="zh" item="funnel.3.2" minutes=4 part="homework"
# ### 回去做：是他自己的话吗
# %% [markdown] lang="en" item="funnel.3.2" minutes=4 part="homework"
# ### To take home: are these his own words?
# %%
ask("funnel.3.2/own-words")
# %% [markdown] role="trainer" lang="zh"
# **3.2 · 主线 6 分钟，练习 5 分钟。**
#
# **问。** 猜完先举手，再揭图。然后请一个人挑图里红叉最多的一行：“你接手了，第一个电话打给谁，问哪一样？”
#
# **常见回答。** “信息我都有啊。”追问：谁告诉你的？他坐在哪个位子上？是你问的，还是他主动说的？
#
# **试一试（2 分钟）。** 两人一组，一人当客户，一人只许问一句：“您跟老板会怎么说？”听的人竖手指：说出几样自己的事。
#
# **容易出岔子。** 有人把“讲得通”当成“我讲得很通”。挂图上画两个人，箭头从客户画过来。上过第二课的会问：那家爱喝茶的，那边说一半 21 天过 50%，这边怎么是 28 天？那边数的是走到 90% 的，一半在 21 天以内；这边的“平时”放得宽，十个里八个不超过 28 天。两把尺，它都超了。
#
# **挂图。** 五个问题竖着写，旁边留一列空白，每讲一个项目就打勾打叉。留到下课。
#
# **没有电脑。** 每人报一个 50% 的项目，组里的人轮流问五个问题，答不上的那一样写在便签上贴给他：这就是他下周的下一步。
# %% [markdown] role="trainer" lang="en"
# **3.2 · core 6 minutes, practice 5.**
#
# **Ask.** Hands after the guess, then the figure. Let somebody choose the row with most crosses: “It is yours now. Whom do you call first, and what do you ask?”
#
# **Usual answer.** “I have all the information.” Who told you? What is his job? Did you ask, or did he say so by himself?
#
# **Try it (2 minutes).** In pairs, one plays the customer and the other may ask one thing only: “What would you tell your owner?” The listener counts on the fingers what came from the customer's own farm.
#
# **Where it goes wrong.** “Makes sense” is taken for “I explained it well”. Draw two people on the flip chart, and the arrow from the customer to us. Who has done lesson 2 may ask about the tea drinker: 21 days there, 28 here? There it was half of those that came to 90%; “usual” here is more generous, eight in ten took no longer. He is past both.
#
# **Flip chart.** The five questions below each other with an empty column for ticks and crosses; leave it there.
#
# **No computer.** Everybody names a 50% deal, the group asks the five in turn; what cannot be answered goes on a sticky note: that is next week's next step.
# %% [markdown] lang="zh" item="funnel.3.3" minutes=2 part="core"
# ## 三、三倍的目标，也可能是一堆不动的
#
# 一行一行看完了，退一步看整张表。经理们爱问：“表上有没有目标的三倍？”
#
# 下面两张表，这个季度都还要带来一样多。先猜甲表。
# %% [markdown] lang="en" item="funnel.3.3" minutes=2 part="core"
# ## 3. Three times the target, and most of it does not move
#
# Enough of rows; step back and look at whole lists. Managers like to ask: “Have you got three times the target?”
#
# Two lists, and each still has to bring the same this quarter. Guess about list A first.
# %%
guess("funnel.3.3/guess-cover")
# %%
TARGET = 1_000_000
letters = dict(zip("ABCD", {"zh": "甲乙丙丁", "en": "ABCD"}[lang], strict=True))
label = {key: {"zh": f"{word}表", "en": f"List {word}"}[lang] for key, word in letters.items()}
of = {"A": "S03", "B": "S02", "C": "S04", "D": "S06"}
lists = {label[key]: deals[deals["owner"] == owner] for key, owner in of.items()}
two = {label[key]: lists[label[key]] for key in "AB"}
limit = funnel.age_limit(deals, ladder)
covered = standing.cover_numbers(two, today, ladder, TARGET, limit)
show(standing.cover(two, today, ladder, TARGET, limit, lang), alt=covered)
# %%
say(
    zh="甲表全额是目标的 {first_open:.1f} 倍，乙表 {last_open:.1f} 倍：只数倍数，甲表更好看。可是甲表有 {first_n_zombie:n} 个项目（{first_zombie:money}）比公司里任何一个结束了的项目都老，还有一大段没有下一步。图上蓝的那段是全额；再按级别打折，拿得出来的只够目标的 {first_shown:percent}，乙表够 {last_shown:percent}。两张都不够，甲表自己还不知道。",
    en="List A holds {first_open:.1f} times the target, list B {last_open:.1f} times: by that count A looks better. But {first_n_zombie:n} deals of A ({first_zombie:money}) are older than any deal that ever ended in this company, and a large part has no next step. The blue bar is the full amount; at the rates of the classes A has evidence for {first_shown:percent} of the target and B for {last_shown:percent}. Neither is enough; only A does not know.",
    **covered,
)
# %% [markdown] lang="zh"
# **规则。** “三倍”只在三单成一单的时候够用，而且只数**在动的**。先划掉僵尸，再数倍数。
# %% [markdown] lang="en"
# **The rule.** “Three times” is enough where one deal in three is won, and only what **moves** counts. Strike off the zombies, then count.
# %% [markdown] lang="zh" item="funnel.3.3" minutes=2 part="core"
# ### 底大顶小，才叫“金”字塔
#
# 乙表不算多，形状却对：底下宽，一级比一级窄。丙表呢？
# %% [markdown] lang="en" item="funnel.3.3" minutes=2 part="core"
# ### Broad at the base: the pyramid that brings the gold
#
# List B is not large, but it has the right shape, narrower from class to class. And list C?
# %%
pair = {label[key]: lists[label[key]] for key in "BC"}
shapes = standing.shapes_numbers(pair)
show(standing.shapes(pair, lang), alt=shapes)
# %%
norms = funnel.norms(deals, today, ladder, history)
region = company.salespeople[
    (company.salespeople["region"] == "R1") & (company.salespeople["role"] == "rep")
].set_index("salesperson")["name"]
team = deals[deals["owner"].isin(region.index)]
warned = funnel.early_warnings(team, today, ladder, norms, history=history, evidence=evidence)
dreamt = warned[(warned["owner"] == of["D"]) & (warned["code"] == "too_soon")].iloc[0]
say(
    zh="丙表 {last_n:n} 个项目，{last_top:n} 个压在 50% 和 90%，底下只有 {last_base:n} 个。眼前有单可签，签完没有接着的。**什么时候看形状会看错？** 丁表的形状几乎挑不出毛病，只有 {misplaced:percent} 站错地方；可上面有 {n:n} 个项目，写的签约日比从前最快的一单还快。形状看多少，不看真假。水产料也别照这座塔看：冬天全在底下，开春一齐往上，本来就该是歪的。不到十个项目的表，看项目，别看形状。",
    en="List C has {last_n:n} deals, {last_top:n} at 50% and 90% and {last_base:n} at the base. There is something to sign now, and nothing behind it. **When does shape mislead?** List D has a nearly perfect one, {misplaced:percent} out of place, yet {n:n} of its deals are dated faster than the fastest that was ever won. Shape counts deals, it does not know whether they are true. Fish feed does not fit either: all at the base in winter, all moving up in spring, and rightly so. Below ten deals look at the deals and not at the shape.",
    misplaced=funnel.shape(lists[label["D"]]).misplaced,
    n=dreamt["n"],
    **shapes,
)
# %% [markdown] lang="zh" item="funnel.3.3" minutes=2 part="core"
# ### 新血：进来的要跟得上出去的
#
# 签约是出去，丢单也是出去。不补，再好的形状也只够用一个周期。
# %% [markdown] lang="en" item="funnel.3.3" minutes=2 part="core"
# ### New blood: what comes in has to keep up with what goes out
#
# A contract leaves the list, and so does a lost deal. Without new ones the finest shape lasts one cycle.
# %%
blood = standing.blood_numbers(history, today)
show(standing.blood(history, today, lang), alt=blood)
# %%
met = history[history["stage"] == "appointment"]
lately = met[met["date"] > today - pd.Timedelta(weeks=4)]
moves = funnel.weekly_moves(history, today)
week = moves.div(moves.sum(axis=1), axis=0).loc["p50"]
open_now = deals[funnel.is_open(deals["stage"])]
say(
    zh="全公司每周约进来 {a_week:.0f} 个，出去 {out_a_week:.0f} 个，在谈的从 {before:n} 个涨到 {under_way:n} 个，看着人丁兴旺。两处要当心：一，这是大家加起来的，{people:n} 个人里有 {quiet:n} 个四周没约过一个新客户；二，里头有 {old:n} 个早该划掉没人划，池子变满，不全是进得多，也是出得慢。",
    en="The company takes in {a_week:.0f} a week and {out_a_week:.0f} leave; {before:n} deals under way have become {under_way:n}. It looks lively. Mind two things. This is everybody together: {quiet:n} of {people:n} people met nobody new in four weeks. And {old:n} deals should have been struck off long ago: the pool is fuller also because nobody drains it.",
    people=company.deals["owner"].nunique(),
    quiet=company.deals["owner"].nunique() - lately["owner"].nunique(),
    old=(funnel.age_days(open_now, today) > limit).sum(),
    **blood,
)
# %%
say(
    zh="**下推上拉。** 一个普通的星期，站在 50% 的项目里往上走的 {up:percent}，丢的 {lost:percent}，其余原地不动。不推不动：低级别的，每周给一个下一步往上推；高级别卡住的，请老总、请专家、请已经签了的客户，从上面拉一把。",
    en="**Push and pull.** In a usual week {up:percent} of the deals at 50% move up, {lost:percent} are lost and the rest stay where they are. Nothing moves by itself: push the lower classes with one next step a week; where an upper one is stuck, pull with your director, an expert, or a customer who has signed.",
    up=week["p90"],
    lost=week["lost"],
)
# %% [markdown] lang="zh" item="funnel.3.3" minutes=2 part="core"
# ### 50% 标准：五道门，松一道就不是标准
#
# 表虚不虚，先看中间。报 50% 的里面，五道门全过的占几成？
# %% [markdown] lang="en" item="funnel.3.3" minutes=2 part="core"
# ### The 50% standard: five gates, and none is given away
#
# Whether a list is hollow shows in its middle. What share of the deals claimed at 50% pass all five gates?
# %%
standard = funnel.gate_standard(evidence, deals["stage"], ladder).loc["team"]
by_owner = funnel.gate_standard(evidence, deals["stage"], ladder, by=deals["owner"])
tight, loose = by_owner.loc["S20"], by_owner.loc["S21"]
reached_50 = history.loc[history["stage"] == "p50", "deal_id"]
ended = gate_plots.won_by_gates_numbers(evidence, deals, reached_50, ladder)
show(gate_plots.won_by_gates(evidence, deals, reached_50, ladder, lang), alt=ended)
# %%
at_25 = evidence.reindex(deals.index[deals["stage"] == "p25"])
say(
    zh="全公司报 50% 的 {n:n} 个，全过的 {passed:n} 个，{share:percent}（当它是抽样看，90% 区间 {low:percent} 到 {high:percent}），最常缺“{weakest:term}”。五道全过的确实多半成了：上图里 {n_full:n} 个签了 {won_full:n} 个。**别拿它给人排队：** 有个人 {n_tight:n} 个过了 {p_tight:n} 个，另一个 {n_loose:n} 个过了 {p_loose:n} 个，看着天差地别，90% 区间 {low_tight:percent}–{high_tight:percent} 和 {low_loose:percent}–{high_loose:percent} 连边都不挨。可这两位是从 {n_owners:n} 个人里挑出来的两头：每人才几个项目，就算人人一样严，这样挑，三回里也有一回挑得出这么一对。它也看不见报低了的：报 25% 的里面有 {higher:n} 个，五道门其实都过了。",
    en="Of {n:n} deals claimed at 50% {passed:n} pass, {share:percent} (taken as a sample of how they claim, 90% interval {low:percent} to {high:percent}); most often missing: “{weakest:term}”. Deals with all five are mostly won: above, {won_full:n} of {n_full:n}. **Do not line people up by it:** one has {p_tight:n} of {n_tight:n}, another {p_loose:n} of {n_loose:n}. That looks worlds apart, and the 90% intervals, {low_tight:percent}–{high_tight:percent} and {low_loose:percent}–{high_loose:percent}, do not even touch. But these two were picked as the ends of {n_owners:n} people with a few deals each, and even if all were equally strict, one time in three such a pair turns up. Nor does it see what is claimed too low: {higher:n} deals at 25% pass all five.",
    n=standard["n"],
    passed=standard["passed"],
    share=standard["share"],
    low=standard["low"],
    high=standard["high"],
    weakest=f"gate.{standard['weakest']}",
    n_tight=tight["n"],
    p_tight=tight["passed"],
    low_tight=tight["low"],
    high_tight=tight["high"],
    n_loose=loose["n"],
    p_loose=loose["passed"],
    n_owners=int((by_owner["n"] > 0).sum()),
    low_loose=loose["low"],
    high_loose=loose["high"],
    higher=at_25[list(ladder.gates("p50"))].eq(1).all(axis=1).sum(),
    n_full=ended["n_full"],
    won_full=ended["won_full"],
)
# %% [markdown] lang="zh" item="funnel.3.3" minutes=5 part="more"
# ### 练一练：够不够
# %% [markdown] lang="en" item="funnel.3.3" minutes=5 part="more"
# ### Practice: is it enough?
# %%
ask("funnel.3.3/is-it-enough")
# %% [markdown] lang="zh" item="funnel.3.3" minutes=8 part="homework"
# ### 回去做：这个星期先做哪几件，一周要约几个
# %% [markdown] lang="en" item="funnel.3.3" minutes=8 part="homework"
# ### To take home: what comes first this week, and how many new ones
# %%
ask("funnel.3.3/this-week")
# %%
ask("funnel.3.3/in-and-out")
# %% [markdown] role="trainer" lang="zh"
# **3.3 · 主线 8 分钟，练习 5 分钟。** 四张图，一张图一个问题：够不够、歪不歪、补没补、虚不虚。
#
# **问。** 先只放两根横条，盖住颜色：“这两张表你接哪一张？”多数人选长的。再揭颜色。
#
# **常见回答。** “老客户总有一天会成的。”接：公司里有了结果的，最久走了 168 天，它已经过了。划掉不是得罪他，是把时间还给别人；他哪天回头，半分钟就能重新写上。
#
# **容易出岔子。** 大家开始猜甲表是谁。不猜，后面会出现名字，都是编的；要紧的是自己表上有没有这一段红的。另一处：这里的条是**全额**，第二、四、五、六课的“照表”是**乘过百分比的**（乙表这里 264.5 万，第四课是 53.65 万）。甲表巧了，在动的全额和照表都是 80.5 万，不是一回事，有人问就说明。还有两个“报低了”：这里 17 个是五道门都过的，第二课 10 个是连 25% 的六道也过的。
#
# **挂图。** 画一座塔，四个箭头：底下进来（新血），左边往上推，顶上往上拉，右边出去（签约、丢单）。让大家把自己本周的数写在箭头旁边。
#
# **没有电脑。** 每人用便签摆自己的塔，一张一个项目，贴墙。不说话，全班走一圈看，再各自挪一张：哪张该退，哪里该添。
# %% [markdown] role="trainer" lang="en"
# **3.3 · core 8 minutes, practice 5.** Four figures, one question each: enough? crooked? fed? hollow?
#
# **Ask.** Show the two bars with the colours covered: “Which list would you take over?” Most choose the long one. Then uncover.
#
# **Usual answer.** “Old ones come through some day.” Of all deals that ever ended in this company the slowest took 168 days, and this one is past that. Striking it off offends nobody and gives the time to others; if he comes back, it is on the list again in half a minute.
#
# **Where it goes wrong.** The room guesses who list A is. Do not; names come later and are made up. What matters is the red part of one's own list. Also: these bars are **full amounts**, while “as listed” in lessons 2, 4, 5 and 6 is **times the percent** (list B has 2,645,000 here and 536,500 in lesson 4). For list A what moves, in full, and the whole as listed both happen to be 805,000: two different things. And two counts of “claimed too low”: the 17 here pass the five gates, the 10 of lesson 2 pass the six of 25% as well.
#
# **Flip chart.** A tower and four arrows: in at the base (new blood), push from below, pull from above, out at the side (contracts and losses). Everybody writes this week's own numbers beside them.
#
# **No computer.** Everybody builds a tower of sticky notes, one per deal, on the wall. Walk round in silence, then each moves one note: which goes down, where is one missing?
# %% [markdown] lang="zh" item="funnel.3.4" minutes=5 part="core"
# ## 四、早两周看见缺口，先问一句
#
# 换个位子：你带六个人。上个月六个人都有单签，周报一片绿。
# %% [markdown] lang="en" item="funnel.3.4" minutes=5 part="core"
# ## 4. See the gap two weeks early, and begin with a question
#
# Change chairs: you lead six people. All of them signed something last month, and the weekly report is green.
# %%
guess("funnel.3.4/guess-weeks")
# %%
named = warned.assign(owner=warned["owner"].map(region))
early = standing.warnings_numbers(named)
show(standing.warnings(named, lang), alt=early)
# %%
say(
    zh="{n:n} 条预警，{n_people:n} 个人。最早的是{first}：“{first_code:term}”，照平时的快慢，{first_weeks:.1f} 周以后签约才断。今天的报表上什么也看不出来；等看得出来，已经晚了一个周期。",
    en="{n:n} warnings about {n_people:n} people. The first is {first}, “{first_code:term}”: at the usual pace the contracts stop {first_weeks:.1f} weeks from now. Nothing of it shows in today's report, and when it does, a whole cycle is gone.",
    **early,
)
# %% [markdown] lang="zh"
# 看见了，怎么开口？同一条预警，一句命令，一句问话：
# %% [markdown] lang="en"
# You have seen it; how do you open your mouth? The same warnings, as a question to ask instead of an order to give:
# %%
asked = {f"o{n}": row["owner"] for n, row in named.iterrows()}
asked |= {f"f{n}": f"finding.{row['code']}" for n, row in named.iterrows()}
asked |= {f"q{n}": f"question.{row['code']}" for n, row in named.iterrows()}
lines = "".join(f"\n| {{o{n}}} | {{f{n}:term}} | {{q{n}:term}} |" for n in named.index)
say(
    zh="| 谁 | 看见什么 | 问什么 |\n|---|---|---|" + lines,
    en="| Who | What you see | What you ask |\n|---|---|---|" + lines,
    **asked,
)
# %% [markdown] lang="zh"
# **管理者的四件事：**
#
# 1. **重参谋，轻管理。** 给方法，不给命令。命令管一天，问题管一年。
# 2. **强调自我管理。** 五个问题让他自己问自己；你看的是他改没改，不是他听没听。
# 3. **提前预报。** 看的是还没出事的：新客户、下一步、压在一单上的。
# 4. **协助控制节奏。** 该推的帮着推，该停的劝着停，该请人的你去请。
# %% [markdown] lang="en"
# **The manager's four tasks:**
#
# 1. **Advise more than manage.** Give ways, not orders. An order lasts a day, a question a year.
# 2. **Insist on self-management.** They ask themselves the five questions; you look at what changed, not at who obeyed.
# 3. **Warn early.** Look at what has not happened yet: new customers, next steps, all on one deal.
# 4. **Help to control the pace.** Help push what should move, advise to stop what should not, and fetch the person who is needed.
# %%
hollow = named[named["owner"] == region[of["A"]]].iloc[-1]
say(
    zh="**什么时候不灵？** 看最底下一行：{owner}，说不准哪天来。他就是甲表，全额 {first_open:.1f} 倍、拿得出来 {first_shown:percent} 的那一张，最该谈的是他，单子上却排在最后：排在前面的是**最早**的，不是**最大**的。还有，走老客户续单的人，漏斗表上四周没有新约也许不要紧；这四周里还夹着一个春节。报警只是让你去问，不是让你去罚。",
    en="**When does it fail?** Look at the bottom row: {owner}, no telling when. That is list A, {first_open:.1f} times the target with evidence for {first_shown:percent} of it. He needs the talk most and stands last, because the list puts the **soonest** first and not the **largest**. And for somebody who lives on repeat orders, four weeks without a new face may not matter, and these four had the Spring Festival in them: a warning sends you to ask, not to punish.",
    owner=hollow["owner"],
    first_open=covered["first_open"],
    first_shown=covered["first_shown"],
)
# %% [markdown] lang="zh" item="funnel.3.4" minutes=8 part="more"
# ### 练一练：和小贾看表
# %% [markdown] lang="en" item="funnel.3.4" minutes=8 part="more"
# ### Practice: going through the list with Jia
# %%
ask("funnel.3.4/review-talk")
# %% [markdown] lang="zh" item="funnel.3.4" minutes=4 part="homework"
# ### 回去做：这句是问，还是命令
# %% [markdown] lang="en" item="funnel.3.4" minutes=4 part="homework"
# ### To take home: a question, or an order?
# %%
ask("funnel.3.4/question-or-order")
# %% [markdown] role="trainer" lang="zh" item="funnel.3.4" minutes=12 part="more"
# **3.4 · 主线 5 分钟，练习 8 分钟，角色扮演 12 分钟。**
#
# **问。** 放图以前：“六个人都有单签，你今天找谁谈？”多数人答“找最少的”。再揭图：最早的一个缺口在谁那里？
#
# **常见回答。** “直接让他去约三个不就行了？”接：约得来三个。下个月呢？下个月你还得说一遍。
#
# **三人角色扮演（每轮 4 分钟，轮三次）。** 经理、业务员、观察员。业务员抽一张表（甲、丙、丁课前打印好，或自己的），先藏一个毛病不说。经理的任务：不下命令，让对方自己说出毛病、自己定下一步、定好哪天再看。观察员一张纸画两栏，**问句**和**命令**，听到一句画一道；带答案的问句（“你是不是该去约客户？”）画在命令那一栏。时间到，先念数，再问业务员：“哪一句让你想说实话？哪一句让你想躲？”多出来的人当第二个观察员。
#
# **目标数。** 第一轮问句多半不到一半；第三轮争取三比一。数的是句子，不评人。
#
# **容易出岔子。** 经理一着急就演成审问：问句全是“为什么没有”。提醒：少问“为什么没”，多问“还差什么”“你想怎么试”。
#
# **学员里没有主管。** 照样练：和自己谈。每周五拿这六个问题问自己的表，十分钟。
#
# **挂图。** 左边“命令”，右边“问话”，让大家把自己听过的命令改成一句问话，改得好的贴到右边。
#
# **没有电脑。** 本来就不用。
# %% [markdown] role="trainer" lang="en" item="funnel.3.4" minutes=12 part="more"
# **3.4 · core 5 minutes, practice 8, role-play 12.**
#
# **Ask.** Before the figure: “All six have signed something. With whom do you talk today?” Most say: with the one who signed least. Then show it: where is the first gap?
#
# **Usual answer.** “Just tell him to book three.” He will. And next month? You will have to say it again.
#
# **Role-play in threes (4 minutes a round, three rounds).** Manager, salesperson, observer. The salesperson draws a list (A, C or D, printed beforehand, or an own one) and keeps one fault back. The manager gives no order; the other is to name the fault, set the next step and agree a day to look again. The observer draws two columns, **questions** and **orders**, and makes a stroke for each sentence; a question with the answer in it (“shouldn't you be making calls?”) goes under orders. At the end read out the counts, then ask the salesperson: “Which sentence made you want to be frank? Which made you want to hide?” Whoever is left over is a second observer.
#
# **Counts.** In round one fewer than half are questions; by round three aim at three to one. Sentences are counted, nobody is graded.
#
# **Where it goes wrong.** In a hurry it becomes an interrogation: nothing but “why haven't you”. Fewer “why not”, more “what is missing” and “what would you try”.
#
# **No managers in the group.** Do it all the same, with oneself: ten minutes every Friday, these questions, one's own list.
#
# **Flip chart.** Orders on the left, questions on the right. Everybody turns an order they have heard into a question; the good ones go up on the right.
#
# **No computer.** None is needed here.
# %% [markdown] lang="zh" minutes=15 part="homework"
# ## 五、现在看你自己的表
#
# 填好的模板（就是找培训师要的那本）或者系统里导出来的 Excel、CSV，在下面选文件。只在这台电脑上算，不上传，不留底。没有的栏不查，会告诉你；有毛病的格，按行说。
#
# **周一做三件事：**
#
# 1. 挑金额最大的三行，写到同事拿着能去；写不出的，就是今天要打的电话。
# 2. 老过任何一单的，今天问一句“还做不做”，不做的划掉，把它占的时间写成两次新约见。
# 3. 周五下班前十分钟，拿五个问题问自己的表；带人的，挑一个人，只用问句谈一次。
# %% [markdown] lang="en" minutes=15 part="homework"
# ## 5. Now your own list
#
# Choose the workbook that you filled in, or an Excel or CSV export. It is worked out on this computer only, not sent anywhere, not kept. What your list has no column for is not checked, and you are told; what is wrong in a cell is told by its row.
#
# **Three things for Monday:**
#
# 1. Take the three largest rows and write them so that a colleague could go. What you cannot write is today's call.
# 2. Whatever is older than any deal you ever closed: ask “yes or no?” today. Strike off the noes and put two first appointments into the time they took.
# 3. Friday, ten minutes before you leave: the five questions to your own list. If you lead people, go through one list with questions only.


# %%
def my_list(table):
    funnel.review(table.frame, datetime.date.today(), ladder)
    numbers = listing.fill_numbers(table.frame, datetime.date.today())
    numbers["unchecked"] = funnel.rules_off(table.frame, ladder, strict=True)
    return listing.fill(table.frame, datetime.date.today(), lang), numbers


own("deals", my_list)
# %% [markdown] lang="zh" minutes=10 part="more"
# ## 收尾检查：十分钟
#
# 每题只答一次，答完看得到对错和理由。数字是新抽的，和刚才练的不一样。
# %% [markdown] lang="en" minutes=10 part="more"
# ## Closing check: ten minutes
#
# One answer each; then you see whether it was right, and why. The figures are drawn anew.
# %%
check("funnel.3", "close", minutes=10)
