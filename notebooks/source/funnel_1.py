# Lesson funnel.1: where a team is ill, where the key accounts are, how one wins, who plays ball.
# %%
import datetime

import pandas as pd

from coursekit import funnel, screening
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, check, guess, mine, own, say, show
from coursekit.plots import prospects as prospect_plots
from coursekit.plots import winning as winning_plots
from coursekit.scoring import Scorecard

course = Course.find()
lang, ladder = course.lang, course.ladder()
case = mine()
company = Case.load(course.switches["case"], lang, course)
today = company.today
deals = company.deals.rename(columns={"owner": "owner_id"})
history = company.deal_history
people = company.salespeople.set_index("salesperson")
customers = company.customers.set_index("customer")
by_id = deals.set_index("deal_id")
# %% [markdown] lang="zh" minutes=1 part="core"
# # 赢在过程：结果出来以前，表上早就写着了
#
# 周一早上九点，大区季度会。上季的任务完成了，有人已经在订吃饭的地方。经理却问了四个问题，没人接得住：
#
# “这些单，是谁签的？我们最输不起的客户是哪几家？签得一样多的两个人，下一季也一样吗？你手里最大的那一家，他也在动吗？”
#
# **学完这一课，你能做到四件事：**
#
# 1. 给团队把脉：十个毛病，一个毛病一个数，从自己的记录里量；
# 2. 说出哪些是大客户、为什么，拿一个项目用赢的四要素过一遍；
# 3. 看两个业绩一样的人，说出谁下一季要断粮；
# 4. 写出你的一号潜在客户，指出表上哪几格是空的。
#
# *课里的公司是编的，客户、人名、数字全是编的；规律是故意放进去的，好让你看得见。你那里是不是这样，最后用你自己的表查。*
# %% [markdown] lang="en" minutes=1 part="core"
# # The list knew before the result did
#
# Monday, nine o'clock, the region's quarterly meeting. The target was met; somebody is booking a table for dinner already. Then the manager asks four things, and nobody has an answer.
#
# “Who signed all this? Which customers can we least afford to lose? Two of you signed the same: will it be the same next quarter? And your largest prospect: is he moving too?”
#
# **After this lesson you can do four things:**
#
# 1. take a team's pulse: ten problems, one figure each, from your own records;
# 2. say which customers are key accounts and why, and take a deal through the four ways to win;
# 3. look at two people with the same result and tell who will run dry;
# 4. write down your No. 1 prospect and name what is empty on the sheet.
#
# *The company of this lesson does not exist; customers, people and figures are invented. What you will find was put in on purpose, so that it can be seen. Whether it is so with you, you check at the end with your own list.*
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一课怎么带
#
# **目标。** 让大家从“谁签得多”转到“过程里看得见什么”。走的时候，每人手里有一个数（团队最该量的那个毛病）和一张写满或空着的一号潜在客户表。
#
# **时间。** 主线 25 分钟，课堂练习 22 分钟，结尾小测 10 分钟，合起来一小时不到。标“回去做”的不占课堂。
#
# **先猜后看。** 四段都先猜，答案就在猜测卡下面：全班写下数以前，投影别往下滚。
#
# **开场。** 每人在纸上写一个名字：我最大的潜在客户。写完折起来压在桌角，最后一段再打开。
#
# **别做成批斗会。** 第一段量的是团队，不是人。有主管在场时先说好：今天谁的数都不念。图上比的是大区，靠一个人撑着，是大区的事，不是这个人的错。
#
# **练习卡。** 头一回没对，卡上只说错在哪、给提示；交到第二回，或者做对了，才讲为什么。先让大家自己改一回，再讲评；每台电脑抽到的卡不一样，讲评讲理由，别报答案。
#
# **术语。** HOW 是 How to Win，赢的四条路，不是三个词的缩写。FA 是首次约见。“玩球”就是一来一往：我抛过去，他抛回来。
#
# **只有一半时间。** 留 1.1 的图和自测表、1.4 的图和一号客户表；1.2 只讲四条路和不灵的那两单；1.3 只看图。合起来三十分钟。
#
# **没有电脑。** 五张图打印成 A3；自测表和一号客户表抄在挂图上，每人一张白纸照着写。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run this lesson
#
# **Aim.** From “who signed most” to “what can be seen on the way”. People leave with one figure (the problem that their team should measure first) and one sheet on their No. 1 prospect, full or with gaps.
#
# **Time.** Core 25 minutes, exercises in class 22, closing check 10: just under an hour. What is marked “to take home” is not for class.
#
# **Guess first.** Each of the four parts begins with a guess, and the answer stands right below: do not scroll on before everybody has written a number.
#
# **Opening.** Everybody writes down one name, their largest prospect, folds the paper and leaves it on the table. It is opened in the last part.
#
# **No tribunal.** The first part measures teams, not people. With the boss in the room agree beforehand that nobody's figure is read out. If a region hangs on one person, that is the region's problem and not his fault.
#
# **Cards.** After a first wrong try a card names what is wrong and gives hints; why comes with the second try, or once it is right. Let them mend it themselves before you discuss it. Every computer draws other cards: discuss reasons, not answers.
#
# **Words.** HOW stands for How to Win, four ways; it is not an acronym of three words. FA is the first appointment. Playing ball: I throw, he throws back.
#
# **Half the time.** Keep the figure and the self-test of 1.1 and the figure and the form of 1.4; of 1.2 only the four ways and the two deals that break the rule; of 1.3 only the figure. That is half an hour.
#
# **No computer.** Five figures as A3; copy the self-test and the prospect sheet to the flip chart, everybody fills in a blank page.
# %% [markdown] lang="zh" item="funnel.1.1" minutes=7 part="core"
# ## 一、十个毛病，先量再治
#
# 销售团队的毛病，翻来覆去就这十个。每个都有人拍着桌子讲过，很少有人量过。其实自己的表上都有数：
#
# | 毛病 | 量什么 |
# |---|---|
# | 主动性 | 四周里约到新客户的人，占几成 |
# | 效率 | 有结果的首次约见，签下几成 |
# | 计划性 | 25% 以上的项目，几成有下一步 |
# | 成本 | 几成的时间花在丢掉的、拖死的项目上 |
# | 预测 | 每签 1 单，当初预测了几单 |
# | 靠明星 | 最好的五分之一签了几成 |
# | 人员流动 | 几成的人三个月没有记录 |
# | 经验分享 | 成交率最高的和最低的差多少 |
# | 动态评估 | 在谈的项目，几成四周内动过 |
# | 忽高忽低 | 各季成交率的起伏，比碰运气大几倍 |
# %% [markdown] lang="en" item="funnel.1.1" minutes=7 part="core"
# ## 1. Ten problems: measure before you mend
#
# Sales teams suffer from the same ten things everywhere. People thump the table about each; hardly anybody measures. Yet your own list holds a figure for every one:
#
# | problem | what to measure |
# |---|---|
# | initiative | share of the team that met somebody new in four weeks |
# | efficiency | share of the decided first appointments that were signed |
# | plan | share of the deals from 25% up with a next step |
# | cost | share of the time that went into lost and dead deals |
# | forecast | contracts foretold for each one that came |
# | stars | share signed by the best fifth |
# | turnover | share of the team without an entry for three months |
# | sharing | distance between the best and the poorest win rate |
# | dynamics | share of the open deals that moved in four weeks |
# | erratic | how much more the win rate swings than by chance |
# %%
guess("funnel.1.1/guess-star")
# %%
SOUTH = "R2"
region = company.regions.set_index("region")["name"]
problem_numbers = winning_plots.problems_numbers(
    deals, today, ladder, history, people["region"], SOUTH
)
show(
    winning_plots.problems(
        deals, today, ladder, history, people["region"], SOUTH, region[SOUTH], lang
    ),
    alt=problem_numbers,
)
# %%
south = deals[deals["owner_id"].map(people["region"]) == SOUTH]
won = south[south["stage"] == funnel.WON].groupby("owner_id")["amount"].agg(["sum", "size"])
star = won["sum"].idxmax()
say(
    zh="看{region}：{stars:percent} 的钱是一个人签的，他叫{star}，手里 {n_star:n} 单；另外 {n_rest:n} 个人合起来 {rest:money}。人人一样的话，一个人该占 {alike:percent}。别的 {n_other:n} 条，这个区都不垫底，效率还是最高的。",
    en="Take the region {region}. {stars:percent} of the money was signed by one person: {star}, {n_star:n} contracts; the other {n_rest:n} together brought {rest:money}. If all sold alike, one of them would bring {alike:percent}. In the {n_other:n} problems that are not red the region is never last, and in efficiency it is first.",
    region=region[SOUTH],
    star=people.loc[star, "name"],
    n_star=won.loc[star, "size"],
    n_rest=problem_numbers["n_people"] - 1,
    rest=won["sum"].sum() - won.loc[star, "sum"],
    n_other=len(funnel.PROBLEMS) - problem_numbers["n_worst"],
    **problem_numbers,
)
# %% [markdown] lang="zh"
# 另一个红点是“经验分享”：成交率高的和低的差得远。也是他闹的？先别急着点头。**拿掉他，再量一次。**
# %% [markdown] lang="en"
# The other red mark is “sharing experience”: the best and the poorest win rate lie far apart. His doing as well? Do not nod yet. **Take him out and measure again.**
# %%
without = south[south["owner_id"] != star]
again = funnel.problems(
    without, today, ladder, history[history["deal_id"].isin(without["deal_id"])]
)
each = funnel.conversion(south["stage"], south["owner_id"])
low = each["shrunk"].idxmin()
held = customers[(customers["owner"] == low) & (customers["kind"] != "dealer")]
say(
    zh="有他，差 {before:n} 个百分点；没有他，还差 {after:n} 个。不是他。低的那一头，有一位手里压着 {n_held:n} 家客户，{n_ended:n} 个有结果的项目成了 {n_won:n} 个。是没人教，还是顾不过来？**一个数告诉你往哪里看，不告诉你为什么：去问他。**",
    en="With him they are {before:n} points apart, without him still {after:n}. It is not him. At the low end somebody has {n_held:n} customers to look after; of {n_ended:n} deals that ended {n_won:n} were won. Has nobody shown them how, or is it too much for one? **A figure tells you where to look. It does not tell you why: ask.**",
    before=round(100 * problem_numbers["sharing"]),
    after=round(100 * again.loc["sharing", "value"]),
    n_held=len(held),
    n_ended=each.loc[low, "n"],
    n_won=each.loc[low, "won"],
)
# %% [markdown] lang="zh"
# **规则。** 先量十条，再挑一条：离“没有问题”最远、别的队又做得到的那一条。动手以前，把你以为的原因拿掉，再量一次。靠明星，不是叫明星少签：下个月每次去大客户，带上一个人。
# %% [markdown] lang="en"
# **The rule.** Measure all ten, then choose one: the one furthest from “no problem” that other teams manage. Before you act, take out what you think is the cause and measure again. Hanging on a star does not mean that the star should sign less. It means that from next month somebody goes along to the key accounts.
# %%
POND = "G6"
pond = company.orders[company.orders["customer"].map(customers["segment"]) == POND]


def bought(first, last):
    return pond.loc[pond["date"].between(first, last), "amount"].sum()


summer = bought("2025-06-01", "2025-08-31")
winter = bought("2025-11-01", "2026-01-31")
winter_before = bought("2024-11-01", "2025-01-31")
say(
    zh="**什么时候会量错？** 管{segment}的人，夏天三个月订货 {summer:money}，到冬天三个月只剩 {winter:money}，掉了 {fall:percent}。病了？跟去年冬天比：{before:money}，今年反而多 {more:percent}。水一冷鱼就不吃料。**有季节的生意，先跟去年同一段比**（春节会挪动，两段里各有几天假，也数一数；差几个百分点，不算数）。还有，表只认写下来的：“人员流动 {turnover:percent}”说的是人人有记录，不是人人想留下；一个区只有几单的时候，一单进出就能翻盘，看图上一个区的点，先问它凭几单（{region}的效率凭 {n_ended:n} 次）。",
    en="**When does a measure mislead?** Take the segment “{segment}”: orders of {summer:money} in three months of summer, of {winter:money} in three of winter, {fall:percent} less. Ill? The winter before it was {before:money}: this one is {more:percent} better. In cold water fish do not eat. **A seasonal business is first compared with the same weeks of last year** (Spring Festival moves, so count the holidays on both sides; a few percent mean nothing). And a list knows only what was entered: “turnover {turnover:percent}” says that everybody has entries, not that everybody wants to stay. Where a region has few deals, one of them turns the figure; ask of each dot what it rests on (efficiency in {region}: {n_ended:n} first appointments).",
    segment=company.segments.set_index("segment").loc[POND, "name"],
    summer=summer,
    winter=winter,
    before=winter_before,
    fall=1 - winter / summer,
    more=winter / winter_before - 1,
    region=region[SOUTH],
    turnover=problem_numbers["turnover"],
    n_ended=problem_numbers["n_ended"],
)
# %% [markdown] lang="zh" item="funnel.1.1" minutes=5 part="more"
# ### 练一练：给自己的团队把脉
# %% [markdown] lang="en" item="funnel.1.1" minutes=5 part="more"
# ### Practice: your own team's pulse
# %%
ask("funnel.1.1/ten-problems")
# %% [markdown] lang="zh" item="funnel.1.1" minutes=10 part="homework"
# ### 回去做：哪个现象，量哪个数，是不是季节
# %% [markdown] lang="en" item="funnel.1.1" minutes=10 part="homework"
# ### To take home: which symptom, which figure, and is it the season?
# %%
ask("funnel.1.1/symptom-to-measure")
# %%
ask("funnel.1.1/measure-it")
# %%
ask("funnel.1.1/season-or-ill")
# %% [markdown] role="trainer" lang="zh"
# **1.1 · 主线 7 分钟，自测 5 分钟。**
#
# **问。** 揭图以前：“一个区六个人，最能签的那个占几成才算正常？”揭图以后：“两个红点，是不是一个人闹的？”多半喊是。别纠正，往下滚：拿掉他再量一次。
#
# **常见回答。** “我们也有个明星，没他不行。”接：他休假两周，哪几家客户没人接电话？把名字写下来，就是该带人去的那几家。
#
# **容易出岔子。** 有人要每个人的数。不念。想看自己的，课后在自己的表上看。也有人说十条都占：问他最疼哪一条，四周以后怎么知道好了。
#
# **怎么念图。** 图挤，后排看不清，一行一行念，先只念“靠明星”：绿线是没毛病的地方，空圈是别的三个区，红的是离得最远的。
#
# **挂图。** 左边写毛病，右边写数，中间空着让大家连线；连不上的那几条，正是没人量过的。
#
# **没有电脑。** 每组发十张毛病卡、十张数字卡，配对；再每组挑一条，写出下周一从哪张表上抄这个数。
# %% [markdown] role="trainer" lang="en"
# **1.1 · core 7 minutes, self-test 5.**
#
# **Ask.** Before the figure: “Six people in a region; what share of the best one would be normal?” After it: “Two red marks, is it one man?” Most will say yes. Do not correct them, scroll on: take him out and measure again.
#
# **Usual answer.** “We have a star too, we could not do without.” Ask back: two weeks' leave, and at which customers does nobody pick up the phone? Those names are where somebody goes along.
#
# **Where it goes wrong.** Somebody wants everybody's figures. Not here; each can look at their own afterwards. Others say they have all ten: which one hurts most, and how will they know in four weeks that it is better?
#
# **Reading the figure.** It is dense for the back row, so take it line by line, and “stars” first: the green line is where there is no problem, rings are the other three regions, red lies furthest off.
#
# **Flip chart.** Problems left, figures right, nothing between; the room draws the lines. Where no line comes, nobody has ever measured.
#
# **No computer.** Ten cards with problems and ten with figures per group, to be matched; then each group picks one and writes down from which list it copies the figure on Monday.
# %% [markdown] lang="zh" item="funnel.1.2" minutes=7 part="core"
# ## 二、大客户不是买得最多的，是我们输不起的
#
# 大客户：**对我们有战略意义的客户**。是我们说了算，不是他的规模说了算。盯他，图的不是这一单，是他以后还找我们，有事愿意一起商量：忠诚，伙伴。
# %% [markdown] lang="en" item="funnel.1.2" minutes=7 part="core"
# ## 2. A key account is not who buys most; it is whom we cannot afford to lose
#
# A key account is **strategic to us, the seller**. We decide that, and not their size. The aim is not this order. It is that they come back and that they talk to us before they decide: loyalty, partnership.
# %%
guess("funnel.1.2/guess-largest")
# %%
key = customers.index[customers.index <= "C060"]  # the company's own list of its key accounts
ends = customers.index[customers["kind"] != "dealer"]
year = company.orders[company.orders["date"] > today - pd.Timedelta(days=365)]
sales = year.groupby("customer")["amount"].sum().reindex(ends, fill_value=0)
largest = sales.nlargest(len(key)).index
say(
    zh="公司的大客户名单上有 {n_key:n} 家，占全部养殖客户的 {share_n:percent}，一年买走直销额的 {share:percent}。可是买得最多的 {n_key:n} 家里，在名单上的只有 {both:n} 家。名单上有 {n_none:n} 家今年一分钱没买；名单外买得最多的一家买了 {outside:money}。量大只是理由之一：带得动一个县的、将来要扩的、丢了会让对手站住脚的，都可以是。**名单上的每一家，都要说得出一句“为什么是他”。**",
    en="The company lists {n_key:n} key accounts, {share_n:percent} of its farms and groups; they buy {share:percent} of what it sells directly in a year. But of the {n_key:n} who buy most, only {both:n} are on the list. {n_none:n} on the list have bought nothing this year, and one outside has bought {outside:money}. Volume is one reason among several: a county follows him, he is going to expand, a rival would get a foothold. **For each name on the list there must be one sentence that says why.**",
    n_key=len(key),
    share_n=len(key) / len(ends),
    share=sales[key].sum() / sales.sum(),
    both=len(largest.intersection(key)),
    n_none=int((sales[key] == 0).sum()),
    outside=sales.drop(key).max(),
)
# %% [markdown] lang="zh"
# 怎么赢？四条路，一条一条问，叫 **HOW**（How to Win 的头一个词，不是缩写）：
#
# - **决策链**：谁提、谁用、谁管钱、谁拍板，见过几个？
# - **产品综合竞争力**：和谁比，客户自己量出来的是什么？
# - **合作伙伴**：谁替我们说话，兽医、设备商、他的邻居？
# - **双赢**：他多挣多少，我们挣多少，两边都写得出一个数？
# %% [markdown] lang="en"
# How do you win them? Four ways, asked one by one. We call it **HOW**, short for how to win (no acronym):
#
# - **decision chain**: who asks for it, uses it, pays, decides; how many of them have you met?
# - **the offer**: compared with whom, and what did the customer measure himself?
# - **partners**: who speaks for us, the vet, the equipment firm, the neighbour?
# - **win-win**: what does he gain and what do we, a figure on both sides?
# %%
card = Scorecard.load("win_factors")
say(
    zh="有凭据 100 分，一部分 50，没有 0，不知道 20；再按分量合成一个分：决策链 {decision_chain:percent}，竞争力 {offer:percent}，伙伴 {partners:percent}，双赢 {win_win:percent}。有用吗？看已经有结果的项目。",
    en="Evidence 100 points, in part 50, none 0, do not know 20, weighed into one score: chain {decision_chain:percent}, offer {offer:percent}, partners {partners:percent}, win-win {win_win:percent}. Does it tell anything? Look at deals that have ended.",
    **card.weights,
)
# %%
win = company.win_factors.set_index("deal_id")
win_stage = by_id["stage"].reindex(win.index)
win_numbers = winning_plots.won_by_score_numbers(win, win_stage)
show(winning_plots.won_by_score(win, win_stage, lang), alt=win_numbers)
# %%
say(
    zh="70 分以上的 {n_high:n} 个签了 {won_high:n} 个，不到 40 分的 {n_low:n} 个签了 {won_low:n} 个；把运气算进去，高分的成交率大约在 {low_high:percent} 到 {high_high:percent} 之间（90% 区间）。在谈的还有 {n_open:n} 张卡：分低的那几个，差的是哪一条，这周就去补哪一条。",
    en="{won_high:n} of {n_high:n} with 70 and more were won, {won_low:n} of {n_low:n} below 40; allowing for luck (90% interval), a high score goes with {low_high:percent} to {high_high:percent} won. {n_open:n} cards belong to deals that are still open. Where the score is low, see which of the four is missing, and go and get that one this week.",
    **win_numbers,
)
# %%
score = card.score(win.fillna("unknown"))["score"]
fooled = score[win_stage == funnel.LOST].idxmax()
lucky = score[win_stage == funnel.WON].idxmin()
say(
    zh="**什么时候不灵？** {lost}：{points:n} 分，四条全有凭据，{amount:money}。丢了，结果写着：“{note}”。打分那天，这一句没人写上卡：那几个“有”，都是我们自己打的。反过来，{won}只有 {few:.1f} 分，签了。再留个心眼：要是等有了结果再补填，签了的当然样样好。**四条全打“有”的那张，找个没参与的人来问三句。**",
    en="**When does it fail?** {lost}: {points:n} points, evidence for all four, {amount:money}. It was lost, and the end of it reads: “{note}”. On the day of scoring nobody put that on the card; each of those yeses was our own. The other way round, {won} had {few:.1f} points and was signed. And keep in mind when it is filled in: done after the end, every contract had everything. **If all four say yes, have somebody who was not involved ask three questions.**",
    lost=customers.loc[by_id.loc[fooled, "customer"], "name"],
    points=score[fooled],
    amount=by_id.loc[fooled, "amount"],
    note=by_id.loc[fooled, "lost_note"],
    won=customers.loc[by_id.loc[lucky, "customer"], "name"],
    few=score[lucky],
)
# %% [markdown] lang="zh"
# 说到合作伙伴，有一条线：招投标里替人陪标、请人陪标，都是违法的。看见了，退出来，不谈。
# %% [markdown] lang="en"
# One line on partners: bidding along for show, or asking others to, is unlawful in a tender. When you see it, leave.
# %% [markdown] lang="zh" item="funnel.1.2" minutes=3 part="more"
# ### 练一练：这句话算哪一条路的凭据
# %% [markdown] lang="en" item="funnel.1.2" minutes=3 part="more"
# ### Practice: evidence for which of the four?
# %%
ask("funnel.1.2/which-way")
# %% [markdown] lang="zh" item="funnel.1.2" minutes=20 part="homework"
# ### 回去做：打一张分，过一个自己的项目，定一次分量
# %% [markdown] lang="en" item="funnel.1.2" minutes=20 part="homework"
# ### To take home: score a deal, take one of yours through, set the weights
# %%
ask("funnel.1.2/score-a-deal")
# %%
ask("funnel.1.2/how-to-win")
# %%
ask("funnel.1.2/what-makes-us-win")
# %% [markdown] role="trainer" lang="zh"
# **1.2 · 主线 7 分钟，练习 3 分钟。**
#
# **问。** “你的三家大客户是谁？”写下来以后再问：“哪一家是因为买得多才写的？”一半人会划掉一家。
#
# **常见回答。** “产品好就能赢。”让他看练习“什么让我们赢”里的数：产品好的，输掉的也不少。也有人四条全打“有”：问凭据，第一句往往是“应该有吧”，那就是“不知道”。
#
# **容易出岔子。** 争分量该是 35 还是 40。不争：分量在 `win_factors.toml` 里能改，真该怎么定，用自己的输赢试（回去做的第三题）。谈到伙伴时有人会讲陪标的“经验”：打断，说一句违法，退出，往下走。客户的名字是“地名加行当”，草帽山蛋品公司和草帽山蛋鸡场、红土坡蛋品公司和红土坡鱼苗场，都不是一家。
#
# **挂图。** 画四格，每格让大家贴一句真听客户说过的话。空着的那一格，就是这个班最弱的一条路。
#
# **没有电脑。** 三人一组：一人讲一个项目，一人只问“凭什么”，一人在纸上记四条各几分。轮一圈，不评理，只报最弱的那条。
# %% [markdown] role="trainer" lang="en"
# **1.2 · core 7 minutes, practice 3.**
#
# **Ask.** “Your three key accounts?” When they are written down: “Which one is there only because it buys much?” Half the room crosses one out.
#
# **Usual answer.** “A good product wins.” Show them the exercise “What makes us win”: many of those lost had a good offer. Some give all four a yes: ask for evidence, and the first word is mostly “should be”; that is a “do not know”.
#
# **Where it goes wrong.** A debate whether it is 35 or 40. Do not debate: weights stand in `win_factors.toml`, and what they should be is tried on one's own wins and losses (third exercise to take home). With partners somebody may tell of arranged bids: one sentence, unlawful, leave, and go on. Customers are named after a place and a trade; two with the same place in their names are not the same firm.
#
# **Flip chart.** Four fields; everybody sticks in a sentence that a customer really said. The field that stays empty is the weakest way of this class.
#
# **No computer.** In threes: one tells of a deal, one asks nothing but “what shows it?”, one notes points for the four. Once round, no judging, only the weakest is named.
# %% [markdown] lang="zh" item="funnel.1.3" minutes=4 part="core"
# ## 三、上季签得一样多，今天一个有粮，一个断粮
#
# 结果是三个月前种下的。只看结果，毛病要晚一季才看得到。
# %% [markdown] lang="en" item="funnel.1.3" minutes=4 part="core"
# ## 3. The same last quarter; today one has bread and one has none
#
# A result was sown a quarter ago. Who looks at results alone sees the trouble a quarter late.
# %%
guess("funnel.1.3/guess-today")
# %%
TWO, QUARTER = ("S08", "S09"), ("2025-10-01", "2025-12-31")
two_names = [people.loc[person, "name"] for person in TWO]
amount = by_id["amount"]
two_numbers = winning_plots.two_people_numbers(history, amount, TWO, QUARTER, today, ladder)
show(
    winning_plots.two_people(history, amount, TWO, QUARTER, today, ladder, two_names, lang),
    alt=two_numbers,
)
# %%
say(
    zh="上季两人各签 {won_1:n} 单、{won_amount_1:money}，一分不差。开年到今天，{one}又做了 {came_1:n} 次首次约见，{two} {came_2:n} 次。其实季末那天就看得出来：那一季新约见的，一个 {came_then_1:n} 次，一个 {came_then_2:n} 次；表上的期望值，一个 {expected_then_1:money}，一个 {expected_then_2:money}。奖金一样发，话不能一样谈。",
    en="Last quarter each signed {won_1:n} contracts for {won_amount_1:money}, equal to the yuan. Since the new year {one} has made {came_1:n} first appointments and {two} {came_2:n}. It could be seen on the last day of the quarter: first appointments in it, {came_then_1:n} against {came_then_2:n}; expected value of the list, {expected_then_1:money} against {expected_then_2:money}. Pay the same bonus, but do not have the same talk.",
    one=two_names[0],
    two=two_names[1],
    **two_numbers,
)
# %% [markdown] lang="zh"
# **规则。** 看过去看结果，看下一季看过程。围着客户转，盯着订单走；三步：**分好级、管过程、再评估**，每周一圈。
# %% [markdown] lang="en"
# **The rule.** The result tells of the past, the process of the next quarter. Turn to the customer, keep the order in sight, in three steps: **classify, manage the process, evaluate**, once a week.
# %%
HOARDER = "S03"
hoard = deals[deals["owner_id"] == HOARDER]
usual = funnel.flow(history, today)
holds = prospect_plots.pace_numbers(hoard, today, usual)
age = screening.zombies(deals, today)["old"].reindex(hoard.index)
say(
    zh="**什么时候会看错？** 项目多，不等于过程好。{name}手上 {n:n} 个在谈，比图上左边那位还多；可在玩球的只有 {n_ball:n} 个，有 {n_old:n} 个比公司签成过的任何一单都老。看着满，是没有扔。还有，{one}今年到现在签了 {signed_1:n} 单：漏斗好是有机会，不是有合同。",
    en="**When does it mislead?** Many deals are not yet a good process. {name} has {n:n} open deals, more than the list on the left; but {n_ball:n} of them play ball, and {n_old:n} are older than anything this company has ever signed. It looks full because nothing is thrown away. And contracts that {one} has signed this year so far: {signed_1:n}. A good funnel is a chance, not a contract.",
    name=people.loc[HOARDER, "name"],
    one=two_names[0],
    n=holds["n"],
    n_ball=holds["n_ball"],
    n_old=int(age.eq(True).sum()),
    signed_1=two_numbers["signed_1"],
)
# %% [markdown] lang="zh" item="funnel.1.3" minutes=2 part="more"
# ### 练一练：季末坐下来，先谈哪一件
# %% [markdown] lang="en" item="funnel.1.3" minutes=2 part="more"
# ### Practice: end of the quarter, what do you talk about first?
# %%
ask("funnel.1.3/same-result-other-funnel")
# %% [markdown] lang="zh" item="funnel.1.3" minutes=4 part="homework"
# ### 回去做：谁下一季要断粮
# %% [markdown] lang="en" item="funnel.1.3" minutes=4 part="homework"
# ### To take home: who will run dry?
# %%
ask("funnel.1.3/who-runs-dry")
# %% [markdown] role="trainer" lang="zh"
# **1.3 · 主线 4 分钟，练习 2 分钟。**
#
# **问。** 先只露图上最上面那一行：“这两个人，年终奖差多少？”再往下揭。“差别是哪天出现的？”
#
# **三步。** 原文没留下来，“分好级、管过程、再评估”是我们照课程目标读出来的。
#
# **常见回答。** “他手上少，可个个是大单。”去看期望值那个数：大不大，乘上级别再说。
#
# **容易出岔子。** 说着说着成了批评右边那个人。拉回来：他上季收得漂亮，只是没人提醒他去种。该问的是经理：季末那天，谁看过这张表？有人会问：今年她约得多，签的可还是 0 单。照平常十周的周期，年后约的，多半要到三月中以后才签。
#
# **没有电脑。** 画两个一样高的奖杯，下面各贴便利贴（一张一个在谈项目），让大家猜哪边明年还有奖杯。
# %% [markdown] role="trainer" lang="en"
# **1.3 · core 4 minutes, practice 2.**
#
# **Ask.** Show the top row of the figure only: “How different will their bonuses be?” Then the rest. “On which day did they begin to differ?”
#
# **The three steps.** Their wording has not survived; “classify, manage the process, evaluate” is how we read it from the aims of the course.
#
# **Usual answer.** “He has few, but large ones.” Look at the expected value; size counts once it is multiplied by the class.
#
# **Where it goes wrong.** It turns into blame for the one on the right. Bring it back: he harvested well and nobody reminded him to sow. Ask the managers who looked at this list on the last day of the quarter. Somebody will say that she has signed nothing this year either: at the usual ten weeks most of those she met after New Year sign from mid-March on.
#
# **No computer.** Two cups of the same size on the flip chart, a sticky note beneath for each open deal: on which side will there be a cup next time?
# %% [markdown] lang="zh" item="funnel.1.4" minutes=6 part="core"
# ## 四、一号潜在客户：看谁在和你玩球
#
# 打开课前折起来的那张纸。你写的那一家，名气大，量也大。可是上一次，是谁找的谁？
#
# **玩球**就是一来一往：有下一步（哪天、见谁、谈成什么），而且在平常的时间里往前走。只有我们在抛，那是对着墙打。
# %% [markdown] lang="en" item="funnel.1.4" minutes=6 part="core"
# ## 4. Your No. 1 prospect: who plays ball?
#
# Unfold the paper from the beginning. The name you wrote is well known and large. But the last time, who called whom?
#
# **Playing ball** means to and fro: there is a next step (day, person, aim), and the deal moves on within the usual time. If only we throw, we are playing against a wall.
# %%
guess("funnel.1.4/guess-wall")
# %%
snapshots = company.snapshots
first_list = snapshots["date"].min()
ball = prospect_plots.played_ball_numbers(snapshots, first_list, history, by_id["stage"])
show(
    prospect_plots.played_ball(snapshots, first_list, history, by_id["stage"], lang),
    alt=ball,
)
# %%
say(
    zh="{day:date} 那张周报表上，25% 以上的项目里在玩球的 {n_ball:n} 个，到今天签了 {won_ball:n} 个；没在玩的 {n_rest:n} 个，签了 {won_rest:n} 个，{open_rest:n} 个还挂着。签成的比例差 {low_points:n} 到 {high_points:n} 个百分点（90% 区间），不全是运气。（电脑只看得出下一步有没有日子、过没过；客户点没点头，它不知道。）可别只看绿的：玩球的也丢了 {lost_ball:n} 个。**玩球是入场券，不是合同。**",
    en="On the weekly list of {day:date}, of the deals of 25% and more {n_ball:n} played ball, and {won_ball:n} of these are signed today. Of the {n_rest:n} others: signed {won_rest:n}, still hanging there {open_rest:n}. The shares signed lie {low_points:n} to {high_points:n} points apart (90% interval), more than luck would do. (A computer sees whether a step has a day to come, and not whether the customer has said yes.) But look at the other end as well: of those who played ball {lost_ball:n} were lost. **Playing ball is the ticket, not the contract.**",
    low_points=round(100 * ball["low"]),
    high_points=round(100 * ball["high"]),
    **ball,
)
# %%
forms = company.prospects.set_index("salesperson")
gaps = {person: funnel.prospect_gaps(row.to_dict(), today) for person, row in forms.iterrows()}
missing = pd.Series([field for found in gaps.values() for field in found]).value_counts()
say(
    zh="上周每人交了一张“一号潜在客户”。{n:n} 张里一格不空的 {n_full:n} 张。最常空的是“{first:term}”（{n_first:n} 张），再是“{second:term}”（{n_second:n} 张）；还有 {n_past:n} 张，下一步的日子已经过了。空的不是格子，是还没问过客户的话。",
    en="Last week everybody handed in a sheet on their No. 1 prospect. Of {n:n} sheets {n_full:n} have no gap. Empty most often: “{first:term}” ({n_first:n}), then “{second:term}” ({n_second:n}); on {n_past:n} the day of the next step has passed. What is empty is not a field but a question that nobody has asked the customer.",
    n=len(gaps),
    n_full=sum(not found for found in gaps.values()),
    first=f"prospect.{missing.index[0]}",
    n_first=missing.iloc[0],
    second=f"prospect.{missing.index[1]}",
    n_second=missing.iloc[1],
    n_past=sum("in_the_past" in found.values() for found in gaps.values()),
)
# %% [markdown] lang="zh"
# **规则。** 一号潜在客户，是正在和你玩球的那一家，不是名气最大的那一家。表上每一格写事实；写不出的那一格，就是下一步要去问的。
# %% [markdown] lang="en"
# **The rule.** Your No. 1 prospect is the one who plays ball, not the best-known name. Every field takes a fact; the field that you cannot fill is what to ask next.
# %%
weekly = prospect_plots.followed(snapshots, history).join(by_id[["stage", "customer", "lost_note"]])
still = weekly[weekly["first"] & (weekly["steps"] == weekly["lists"]) & (weekly["stages"] == 1)]
nodder = still.sort_values(["lists", "wordings"]).iloc[-1]
gone = weekly[(weekly["played"] == weekly["lists"]) & (weekly["stage"] == funnel.LOST)]
talker = gone.sort_values(["lists", "wordings"]).iloc[-1]
wordings = snapshots.loc[snapshots["deal_id"] == nodder.name, "next_step"].drop_duplicates()
say(
    zh="**什么时候不灵？** {first}：头一张表上，它在玩球。{n_lists:n} 张周报表，张张有下一步，换了 {n_steps:n} 种写法：“{a}”“{b}”“{c}”；级别一步没动。友好，肯见面，就是不买。待久了，“平常几天”这一条会把它筛出来，可头几周看着样样好。{second}连这一条也筛不出来：{n_seen:n} 张表张张在玩球，最后写的是“{note}”。**所以每周多问一句：上一步做完，他做了什么是以前没做过的？他还在和谁玩？**",
    en="**When does it fail?** {first} played ball on the first list. On {n_lists:n} weekly lists there was always a next step, worded in {n_steps:n} ways: “{a}”, “{b}”, “{c}”. It has not moved by one class. Friendly, glad to meet, never buys. After a while the usual time finds it out; for the first weeks everything looks fine. {second} is not found out even so: it played ball on every one of {n_seen:n} lists, and the end of it reads “{note}”. **So ask two more things each week. Since the last step, what has he done that he had not done before? And with whom else does he play?**",
    first=customers.loc[nodder["customer"], "name"],
    n_lists=nodder["lists"],
    n_steps=nodder["wordings"],
    a=wordings.iloc[0],
    b=wordings.iloc[1],
    c=wordings.iloc[2],
    second=customers.loc[talker["customer"], "name"],
    n_seen=talker["lists"],
    note=talker["lost_note"],
)
# %% [markdown] lang="zh" item="funnel.1.4" minutes=12 part="more"
# ### 练一练：你的一号潜在客户
# %% [markdown] lang="en" item="funnel.1.4" minutes=12 part="more"
# ### Practice: your No. 1 prospect
# %%
ask("funnel.1.4/no-1-prospect")
# %% [markdown] lang="zh" item="funnel.1.4" minutes=6 part="homework"
# ### 回去做：谁在玩球，哪几格有毛病
# %% [markdown] lang="en" item="funnel.1.4" minutes=6 part="homework"
# ### To take home: who plays ball, and what is wrong on the sheet
# %%
ask("funnel.1.4/who-plays-ball")
# %%
ask("funnel.1.4/gaps-on-the-sheet")
# %% [markdown] role="trainer" lang="zh"
# **1.4 · 主线 6 分钟，表 12 分钟。全课最重的一段，别省。**
#
# **问。** 打开那张纸：“最近一次联系，是你找他，还是他找你？”举手。再问：“下一次哪天？他知道吗？”
#
# **常见回答。** “他很热情，每次都请我喝茶。”接：喝完茶，他多做了哪件事？说不出，就是客气。
#
# **容易出岔子。** 有人把表填得满满的，全是想出来的。两人一组，对方只问：“这句是他说的，还是你猜的？”猜的划一道线，留着。不许带真名的公司，用代号 K01。
#
# **挂图。** 写大字：日、人、事；下面空三行：障碍、对手、改打法。全班最常空的那一行画圈。
#
# **没有电脑。** 角色扮演，三人一组，每轮三分钟：一人是销售，照自己的表讲；一人是经理，只许问“凭什么”；一人数有几格答不上。轮换。数完不排名，只问下一步去问谁。
#
# **收尾。** 课前那张纸上的名字，还是一号吗？换了的请举手：换成了谁，凭什么。
# %% [markdown] role="trainer" lang="en"
# **1.4 · core 6 minutes, form 12. The heaviest part; do not cut it.**
#
# **Ask.** With the paper unfolded: “The last contact, did you call or did they?” Hands. Then: “When is the next one? Do they know?”
#
# **Usual answer.** “He is so friendly, there is tea every time.” Ask back: and after the tea, what did he do? If nothing, it is politeness.
#
# **Where it goes wrong.** A sheet filled from top to bottom with imagination. In pairs the other one asks only “Did he say this, or do you think so?” What is thought gets a line under it and stays. Where real names may not be shown, K01 will do.
#
# **Flip chart.** Day, person, aim in large letters; three empty lines beneath: obstacle, rival, change of plan. Circle the line that most of the class left empty.
#
# **No computer.** Role-play in threes, three minutes a round: one sells and tells from the sheet, one is the manager and may only ask “what shows it?”, one counts the fields without an answer. Change. No ranking; the only question is who will be asked next.
#
# **Close.** The name on the paper: still No. 1? Hands up who has changed it, to whom, and why.
# %% [markdown] lang="zh" minutes=15 part="homework"
# ## 五、现在看你自己的
#
# 先看课里分给你的那块地盘：你名下的在谈项目，谁在玩球？
# %% [markdown] lang="en" minutes=15 part="homework"
# ## 5. Now your own
#
# First the territory that this course has given you: who of your open deals plays ball?
# %%
names = customers["name"]
patch = case.deals.assign(customer=case.deals["customer"].map(names))
mine_numbers = prospect_plots.pace_numbers(patch, today, usual)
show(prospect_plots.pace(patch, today, usual, lang), alt=mine_numbers)
# %%
say(
    zh="{n:n} 个在谈，{n_ball:n} 个在玩球，{n_bare:n} 个没有下一步，{n_still:n} 个有下一步却太久没动。没有下一步的，今天打电话；太久没动的，问那一句：上一步做完，多出了什么？",
    en="{n:n} open deals. Playing ball: {n_ball:n}. No next step: {n_bare:n}. A step, but no move for too long: {n_still:n}. Call the ones without a step today; of the others ask what came of the last one.",
    **mine_numbers,
)
# %% [markdown] lang="zh"
# 再换成你真的那张表：导出 Excel 或 CSV，在下面选文件；手里没有表，找培训师要一本空白工作簿（命令是 `coursekit template funnel`），Excel、WPS 都能填。只在这台电脑上算，不上传，不留底。“平常要几天”用的是课里公司的数，你的行业快慢不同，看看就好。
#
# **周一做三件事：**
#
# 1. 十个毛病里挑一个，把它的数从自己的表上抄下来，写上日期；四周后同一天再抄一次。
# 2. 把一号潜在客户表最空的那一格，写成一句要问客户的话，约好哪天问。
# 3. 名单上的大客户，每家写一句“为什么是他”；写不出的，先放下。
# %% [markdown] lang="en"
# Then your real list: export it to Excel or CSV and choose the file below. No list at hand? Ask the trainer for the empty workbook (the command is `coursekit template funnel`). It is worked out on this computer only, not sent anywhere, not kept. The usual times are those of the company of this course; yours may be faster or slower, so take them as a rough guide.
#
# **Three things for Monday:**
#
# 1. Choose one of the ten problems, copy its figure from your own list and write the day beside it. The same again in four weeks.
# 2. Turn the emptiest field of your prospect sheet into a question for the customer, and fix the day on which you ask it.
# 3. One sentence for each key account: why this one? Where you find none, put it aside.


# %%
def my_list(table):
    day = datetime.date.today()
    numbers = prospect_plots.pace_numbers(table.frame, day, usual)
    numbers["unchecked"] = funnel.rules_off(table.frame, ladder, strict=True)
    return prospect_plots.pace(table.frame, day, usual, lang), numbers


own("deals", my_list)
# %% [markdown] lang="zh" minutes=10 part="more"
# ## 六、收尾：十分钟小测
#
# 每题只答一次，数字每人不同，答完看自己哪一段要再翻。
# %% [markdown] lang="en" minutes=10 part="more"
# ## 6. Closing check, ten minutes
#
# Each question is answered once, with other numbers for everybody; at the end you see which part to go back to.
# %%
check("funnel.1", "close", minutes=10)
