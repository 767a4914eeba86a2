# Lesson funnel.6: people, progress, targets, and the meeting that goes by one page. The running case, made up.
# %%
import datetime

import pandas as pd

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, check, guess, mine, own, say, show, slider
from coursekit.plots import meeting as meeting_plots
from coursekit.plots import people as people_plots
from coursekit.plots import targets as target_plots

course = Course.find()
lang, ladder = course.lang, course.ladder()
# %% [markdown] lang="zh" minutes=1 part="core"
# # 评估与目标：别奖运气，别分平均
#
# 周一，会议室的墙上多了一张红榜：签成率名次。覃月英排在前头，方小军垫底。经理说：“小军，你跟月英好好学学。”
#
# 小军没吭声。散会后他算了一笔：月英总共才谈完几单？
#
# **学完这一课，你能做到五件事：**
#
# 1. 看一个人的签成率，先问谈完了几单，说得出“这还说不准”；
# 2. 拿两张隔了几周的表一减，指出谁在动、谁只在挪日子、谁不见了；
# 3. 把年目标按季节分到季度，说清季节是从哪本账上来的；
# 4. 把季度目标走到每级几个、每周几次约见、每天几个电话；
# 5. 用一页纸开半小时的团队会，每一条散会时有人、有日子。
#
# *课里的公司、客户和数字全是编的，规律是故意放进去的，好让你看得见。*
# %% [markdown] lang="en" minutes=1 part="core"
# # Evaluation and targets: no prize for luck, no target by four
#
# Monday. On the wall of the meeting room hangs a new sheet: win rates, in order. Yueying Qin stands near the top, Xiaojun Fang at the bottom. The manager says: “Xiaojun, go and learn from Yueying.”
#
# Xiaojun says nothing. After the meeting he counts: how many deals has Yueying ended at all?
#
# **After this lesson you can do five things:**
#
# 1. ask of a win rate on how many deals it rests, and say “this cannot be told yet”;
# 2. subtract two lists a few weeks apart: who moves, who only moves dates, what is gone;
# 3. split a year's target by the season, and say from which books the season comes;
# 4. walk a quarter's target down to each stage, to appointments a week, to calls a day;
# 5. run a team meeting of half an hour from one page, each point ending with a name and a day.
#
# *Company, customers and figures of this lesson are made up; what you will find was put in on purpose, so that it can be seen.*
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一课怎么带
#
# **目标。** 学完后，没有人再拿三五单的签成率去夸人、骂人；每个人能把自己的季度目标说到“周一上午打几个电话”；带队的人回去能用一页纸开会。
#
# **时间。** 主线 24 分钟；课堂练习 24 分钟，收尾小测 10 分钟，合起来不到一小时。标“回去做”的不占课堂。
#
# **谁在屋里。** 有主管，也有业务员，就分开坐：主管一组，业务员混坐（上一整天、组早分好的，不换座，只记着最后一段让主管先说）。第一段对业务员是松绑，对主管是提醒；最后一段主管先讲，业务员再补“我希望会上谈什么”。
#
# **公平。** 屏幕上出现名字的，全是编的人。班上真实的人，不比、不排、不猜。有人说“我们那儿谁谁就是不行”，接一句：他谈完了几单？客户是他自己选的吗？
#
# **先猜后看。** 每段先猜，答案就在猜测卡下面：全班写下数以前，投影别往下滚。
#
# **练习卡。** 头一回没对，卡上只说错在哪、给提示；交到第二回，或者做对了，才讲为什么。先让大家自己改一回，再讲评；每台电脑抽到的卡不一样，讲评讲理由，别报答案。
#
# **术语。** “区间”只讲一句话：同样的本事，运气好一点差一点，会落在这一段里。“往全队拉”也只讲一句：单数越少，越先把他当一个普通的同事看。公式不讲，问了就说在方法手册里。SMART 在计划课（planning.2.2）学过：这里只复习，没学过的班多给 5 分钟。
#
# **只有一半时间。** 留第一段（运气和区间）和第五段（一页纸开会），加“谁真的不一样”“留哪三条”两个练习；第二段只看图；三、四两段留给回去做。合起来二十二三分钟。
#
# **没有电脑。** 图打印成 A3 贴墙；每组两颗骰子、一张大白纸；练习卡打开练习页截图打印。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run this lesson
#
# **Aim.** Nobody praises or blames a win rate on five deals any more; everybody can say the target of the quarter as “so many calls on Monday morning”; those who lead people run the next meeting from one page.
#
# **Time.** Core 24 minutes; exercises in class 24, closing check 10: just under an hour. What is marked “to take home” takes no class time.
#
# **Who is in the room.** Managers and sales people? Seat managers at one table, the others mixed (where groups stand for the whole day leave them, and only let managers speak first at the end). The first part takes a weight off the sales people and warns the managers; in the last part managers speak first, then the sales people say what they want from a meeting.
#
# **Fairness.** Every name on the screen is made up. Real people of the group are not compared, ranked or guessed at. When somebody says “there is one of ours who simply cannot do it”: how many deals has he ended? Did he choose his customers?
#
# **Guess first.** The answer stands right below each card: do not scroll on before everybody has written a number.
#
# **Cards.** After a first wrong try a card names what is wrong and gives hints; why comes with the second try, or once it is right. Let them mend it themselves before you discuss it. Every computer draws other cards: discuss reasons, not answers.
#
# **Words.** Of the interval say one thing: with the same ability and a little more or less luck one lands in this stretch. Of “drawn to the team” say one thing: the fewer deals, the more we first take somebody for an ordinary colleague. No formula; it stands in the handbook of methods. SMART was in the planning course (planning.2.2); here it is only recalled, five minutes more for a group that has not had it.
#
# **Half the time.** Keep part 1 (luck and intervals) and part 5 (the page), with the exercises “Who is really different” and “Which three points”; of part 2 only the figure; parts 3 and 4 to take home. That is 22 minutes or so.
#
# **No computer.** Figures as A3 on the wall; two dice and a large sheet per group; cards printed from the page of exercises.
# %% [markdown] lang="zh" item="funnel.6.1" minutes=6 part="core"
# ## 一、一样的本事，也排得出红榜
#
# 先不看小军。假想一个团队，人人本事一样：谈三单，平均签一单。各谈完十单，照样有第一名，有最后一名。
# %% [markdown] lang="en" item="funnel.6.1" minutes=6 part="core"
# ## 1. Equal people make a ranking too
#
# Leave Xiaojun aside. Think of a team in which everybody is equally good and wins one deal in three. After ten deals each there is a first all the same, and a last.
# %%
guess("funnel.6.1/guess-best")
# %%
whole = Case.load(course.switches["case"], lang, course)
case, today = mine(), whole.today
deals, history = whole.deals, whole.deal_history
staff = whole.salespeople.set_index("salesperson")["name"]
rate = round(1 / 3, 4)
n_people = int(deals["owner"].nunique())


def equal_people(n):
    return people_plots.luck(rate, n, n_people, lang), people_plots.luck_numbers(rate, n, n_people)


slider(
    equal_people,
    n={
        "zh": "每人谈完几单",
        "en": "Ended deals each",
        "low": 5,
        "high": 100,
        "step": 5,
        "start": 10,
    },
)
# %%
few, many = (people_plots.luck_numbers(rate, n, n_people) for n in (10, 100))
say(
    zh="各谈完 {n:n} 单，运气最好的签 {best_won:n} 单，运气最差的签 {worst_won:n} 单：{best:percent} 对 {worst:percent}，本事一模一样。拖到 {n_many:n} 单，差距从 {apart:percent} 缩到 {apart_many:percent}。你们队里，有谁一年谈得完 {n_many:n} 单？",
    en="With {n:n} deals each the luckiest has {best_won:n} contracts and the unluckiest {worst_won:n}: {best:percent} against {worst:percent}, from the same ability. Drag to {n_many:n} deals, and the distance shrinks from {apart:percent} to {apart_many:percent}. Who of you ends {n_many:n} deals in a year?",
    n_many=many["n"],
    apart_many=many["apart"],
    **few,
)
# %% [markdown] lang="zh"
# 现在看真的表：南部大区六个人，加北部的新人薛佳琪。菱形是照表算的签成率；圆点是**往全队拉过的**：单数越少，拉得越多；横条是 90% 区间。顺序是工号，不是名次。
# %% [markdown] lang="en"
# Now the real list: six people of the South region, and Jiaqi Xue, who is new in the North. Diamonds are plain win rates; dots are **drawn to the team**, the more the fewer deals there are; bars are 90% intervals. They stand in the order of staff numbers, not of merit.
# %%
named = deals.assign(owner=deals["owner"].map(staff))
shown_people = [staff[one] for one in ("S07", "S08", "S09", "S10", "S11", "S12", "S19")]
fair = people_plots.people_numbers(named, shown_people)
show(people_plots.people(named, shown_people, lang), alt=fair)
# %%
by_name = {one["name"]: one for one in fair["people"]}
xiaojun, yueying = by_name[staff["S10"]], by_name[staff["S11"]]
load = whole.customers["owner"].value_counts()
say(
    zh="{good}谈完 {good_n:n} 单，签 {good_won:n} 单，照表 {good_rate:percent}；往全队拉过是 {good_shrunk:percent}，区间 {good_low:percent} 到 {good_high:percent}，全队的 {team:percent} 就在里面：**还说不准**。全公司 {n_people:n} 个人，横条碰不着全队那条线的只有 {n_apart:n} 个，就是{bad}，而且只差一点边；{n_people:n} 个一样能干的人里，凭运气也会有多至 {by_chance:.1f} 个落在外面，所以连这一个也**不能算定论**。先别说他弱，先看他手里：{bad_load:n} 家客户，{good}只有 {good_load:n} 家。一个人跑 {bad_load:n} 家，谁也跑不透。",
    en="{good} has ended {good_n:n} deals and won {good_won:n}, {good_rate:percent} plain; drawn to the team {good_shrunk:percent}, from {good_low:percent} to {good_high:percent}, and the team's {team:percent} lies inside: **it cannot be told yet**. Of {n_people:n} people the bar of {n_apart:n} leaves out the team's line, and only just: {bad}. Among {n_people:n} equals up to {by_chance:.1f} would by luck, so **not even this one is proof**. Before you call him weak look at what he was given: {bad_load:n} customers. {good} has {good_load:n}. Nobody looks after {bad_load:n} well.",
    good=yueying["name"],
    bad=xiaojun["name"],
    good_load=int(load["S11"]),
    bad_load=int(load["S10"]),
    **{f"good_{key}": value for key, value in yueying.items() if key != "name"},
    **fair,
)
# %%
steps = funnel.stage_conversion(history, deals.set_index("deal_id")["owner"], today)
outside = steps[(steps["low"] > steps["team"]) | (steps["high"] < steps["team"])]
low_one = outside[outside["high"] < outside["team"]].iloc[0]
say(
    zh="想知道**哪一步**弱，就一级一级比：五级乘 {n_people:n} 个人，{n:n} 次比较，区间离开全队的 {n_out:n} 次，比碰巧会有的（{chance:n} 次）还少。其中{who}在 {stage:term} 这一级，{n_ended:n} 单往上走了 {won:n} 单，全队是 {team:percent}。这够不够骂人？不够。够不够陪他去见下一个 {stage:term} 的客户？够。",
    en="To see **which step** is weak compare stage by stage: five stages times {n_people:n} people are {n:n} comparisons, and {n_out:n} intervals leave the team out, fewer than chance alone would give ({chance:n}). One is {who} at {stage:term}: {won:n} of {n_ended:n} went on, {team:percent} in the team. Is that enough for blame? No. Enough to go along to the next customer at {stage:term}? Yes.",
    n_people=fair["n_people"],
    n=len(steps),
    n_out=len(outside),
    chance=round(0.1 * len(steps)),
    who=staff[low_one.name[1]],
    stage=f"stage.{low_one.name[0]}",
    won=int(low_one["won"]),
    n_ended=int(low_one["n"]),
    team=float(low_one["team"]),
)
# %%
beginner, mine_ended = by_name[staff["S19"]], case.deals[~funnel.is_open(case.deals["stage"])]
say(
    zh="**规则。** 先问几单，再看区间，再问客户是谁给的，最后才说人。单数不够，就把“说不准”三个字说出口。不贴名次：名次一贴，弱的不会变强，丢的只会不写。\n\n**什么时候不灵？**\n\n- 新人。{new}谈完 {n:n} 单，签 {won:n} 单，照表 {rate_plain:percent}；拉过以后 {shrunk:percent}，几乎就是全队的数。这不是说她行，是说你还什么都不知道：看她约了几次、下一步写得全不全，别看签成率。\n- 客户换了手。你那片区接手时，已经了结 {n_mine:n} 单，签了 {won_mine:n} 单，没有一单是你谈的。这个签成率记在你名下，夸你骂你都错了。",
    en="**The rule.** How many deals, then the interval, then who chose the customers, and only then the person. Where there are too few, say aloud: it cannot be told. Hang up no ranking; nobody weak gets strong by it, and losses stop being written down.\n\n**When does it fail?**\n\n- Beginners. {new} has ended {n:n} deal and won {won:n}, {rate_plain:percent} plain; drawn to the team {shrunk:percent}, very nearly the team's. That does not say that she can do it. It says that you know nothing yet: look at her appointments and next steps instead.\n- Customers that changed hands. When you took over your territory {n_mine:n} of its deals had ended, {won_mine:n} of them won, and you worked on none. On your record that rate would praise or blame the wrong person.",
    new=beginner["name"],
    n=int(beginner["n"]),
    won=int(beginner["won"]),
    rate_plain=beginner["rate"],
    shrunk=beginner["shrunk"],
    n_mine=len(mine_ended),
    won_mine=int((mine_ended["stage"] == "contract").sum()),
)
# %% [markdown] lang="zh" item="funnel.6.1" minutes=4 part="core"
# ## 二、两张表一减，看谁在动，谁在挪日子
#
# 评一个人，签成率一年才够看一次。有一样东西每周都看得见：**这周的表，减上周的表。**
# %% [markdown] lang="en" item="funnel.6.1" minutes=4 part="core"
# ## 2. Subtract two lists, and see who moves and who moves dates
#
# A win rate is worth a look once a year. There is something that shows every week: **this week's list minus last week's.**
# %%
guess("funnel.6.1/guess-lost")
# %%
since = today - pd.Timedelta(weeks=4)
moved = meeting_plots.moves_numbers(whole.snapshots, since, today, ladder, deals)
show(meeting_plots.moves(whole.snapshots, since, today, ladder, lang, deals), alt=moved)
# %%
say(
    zh="{weeks:n} 周前在谈 {before:n} 个。升级 {n_moved_up:n} 个，看着热闹。可往后推的有 {n_slipped:n} 个，{share_slipped:percent}，其中 {n_month_end:n} 个推到的新日子都是月底最后一天：客户不会约好了一起挑那一天，那是填表的人挪的。不见了的 {n_vanished:n} 个里，签了 {n_vanished_won:n} 个，丢了 {n_vanished_lost:n} 个；明明白白写下“丢了”的，只有 {n_lost:n} 个。",
    en="{before:n} deals were open {weeks:n} weeks ago. {n_moved_up:n} moved up, and that looks lively. But {n_slipped:n} slipped, {share_slipped:percent}, and {n_month_end:n} of them to the last day of a month. Customers do not agree among themselves on that day; whoever filled in the list did. Of the {n_vanished:n} that are gone {n_vanished_won:n} were won and {n_vanished_lost:n} lost; “lost” was written down {n_lost:n} times.",
    **moved,
)
# %%
lists = case.snapshots
own_moves = meeting_plots.moves_numbers(lists, since, today, ladder, case.deals)
say(
    zh="你自己那片区，同样四周：升级 {n_moved_up:n} 个，往后推 {n_slipped:n} 个，不见了 {n_vanished:n} 个，其中丢了 {n_vanished_lost:n} 个。\n\n**规则。** 每周五存一份表。四样要问：升的，凭客户做了什么升；推的，新日子是谁说的；变大变小的，量变了还是价变了；不见的，签了还是丢了。\n\n**什么时候不灵？** 没人动的表，减出来也是零：那是没人填，不是没有事。还有，一个项目换个名字重新录一遍，就成了“不见一个、新来一个”，推了多久就看不见了。",
    en="Your own territory over the same four weeks: {n_moved_up:n} moved up, {n_slipped:n} slipped, {n_vanished:n} gone, {n_vanished_lost:n} of these lost.\n\n**The rule.** Keep the list every Friday, and ask four things. Moved up: on what the customer did? Slipped: who named the new day? Grew or shrank: volume, or price? Gone: won, or lost?\n\n**When does it fail?** A list that nobody touched subtracts to nothing, and that means no entries, not that nothing happened. And a deal entered anew under another name is one gone and one new; how far it slipped cannot be seen.",
    **own_moves,
)
# %% [markdown] lang="zh" item="funnel.6.1" minutes=8 part="more"
# ### 练一练：谁真的不一样，哪几家要追着问
# %% [markdown] lang="en" item="funnel.6.1" minutes=8 part="more"
# ### Practice: who is really different, and which deals to ask about
# %%
ask("funnel.6.1/who-differs")
# %%
ask("funnel.6.1/two-lists")
# %% [markdown] lang="zh" item="funnel.6.1" minutes=3 part="homework"
# ### 回去做：陪他练哪一级
# %% [markdown] lang="en" item="funnel.6.1" minutes=3 part="homework"
# ### To take home: which stage to practise
# %%
ask("funnel.6.1/stage-to-practise")
# %% [markdown] role="trainer" lang="zh"
# **6.1 · 主线 10 分钟，练习 8 分钟。全课最重的一段。**
#
# **先掷骰子（3 分钟，代替滑块也行）。** 每人掷 10 次，一点两点算签成。报数，真的排一张名次贴在白板上。然后问第一名：“你是怎么做到的？”全班一笑，这一段就讲完了一半。
#
# **问。** “最后一名，你要不要参加提高班？”再掷 10 次，大多数人的名次会变。
#
# **常见回答。** “可是我们那儿垫底的年年是他。”接：年年都是，那就有好几年的单数了，拿来看区间；再问客户是谁分的。
#
# **容易出岔子。** 有人听成“谁都一样，不用管了”。拉回来：分不开的时候，看约见、看下一步、看两张表，这三样每周都有，而且是他自己改得动的。看图的人会问：图上“签了”才 7 个，字里不见了的又签了 12 个？7 个是表上写明签了的，12 个是没交代就从表上没了、去合同里才查到签了的。
#
# **挂图。** 三行字：几单？客户谁给的？哪一步？
#
# **没有电脑。** 骰子加一张大白纸：横轴签成率，一人一个点，往上摞。两张表印在纸上，一人念左边，一人念右边，听的人喊“推”“没了”“升”。
#
# **法律和分寸。** 区间和名次不进考核。要拿来定奖金、定去留的，先和人事、法务一起定规则。
# %% [markdown] role="trainer" lang="en"
# **6.1 · core 10 minutes, practice 8. The heaviest part of the lesson.**
#
# **Dice first (3 minutes, also instead of the slider).** Everybody throws ten times; a one or a two is a contract. Call the numbers and really write the order on the board. Then ask the first: “How did you do it?” When they laugh, half of this part is done.
#
# **Ask.** “You at the bottom, shall we send you on a course?” Throw ten more, and most places change.
#
# **Usual answer.** “But with us it is the same one every year.” Then there are several years of deals: look at the interval. And ask who gave him his customers.
#
# **Where it goes wrong.** Some hear “all are equal, nothing to do”. Bring it back: where people cannot be told apart look at appointments, next steps and the two lists. These show every week, and they are in his own hands. Of the figure somebody will ask: 7 won there, and 12 won in the text? The 7 say so on the list; the 12 left the list without a word and were found among the contracts.
#
# **Flip chart.** Three lines: how many deals? who chose the customers? which step?
#
# **No computer.** Dice and a large sheet: win rate along the bottom, a dot per person, stacked. Two lists on paper: one reads the left, one the right, the others call “slipped”, “gone”, “up”.
#
# **Law and measure.** Neither intervals nor orders belong in an appraisal. Where pay or a job hangs on them, settle the rules with personnel and lawyers first.
# %% [markdown] lang="zh" item="funnel.6.2" minutes=4 part="core"
# ## 三、除以四，一季度人人欠账
#
# 一月，总部的邮件到了：你那片区，今年新签 800 万。旁边的同事已经按了计算器：“一季度 200 万。”
#
# 慢着。你卖的东西，四个季度一样好卖吗？
# %% [markdown] lang="en" item="funnel.6.2" minutes=4 part="core"
# ## 3. Divide by four, and everybody is behind in March
#
# January. Head office writes: 8,000,000 of new contracts from your territory this year. Your neighbour has his calculator out: “Two million a quarter.”
#
# Wait. Does what you sell sell alike in all four?
# %%
guess("funnel.6.2/guess-first-quarter")
# %%
year_target = 8_000_000
orders = whole.orders.rename(columns={"date": "closed"})
signed = deals[deals["stage"] == "contract"]
last_year = orders[orders["closed"] >= f"{today.year - 1}-01-01"]
books = {
    "signed": signed,
    "delivered": last_year,
    "fish": last_year[last_year["product"] == "P09"],
}
seasons = target_plots.seasons_numbers(books, today)
show(target_plots.seasons(books, today, lang), alt=seasons)
# %%
by_season = funnel.season(last_year, today)["share"]
quarters = funnel.split_target(year_target, by_season, unit=100_000)
fish_quarters = funnel.split_target(
    year_target, funnel.season(books["fish"], today)["share"], unit=100_000
)
say(
    zh="三本账，三种季节。**全部发货**几乎是平的，照它分，一季度 {first:money}，二季度 {second:money}，除以四错得不多。**草鱼料**一季度只有 {fish_1:percent}：要是你只卖鱼料，一季度该背 {fish_first:money}，三季度 {fish_third:money}；除以四，三月底你就欠了 {short:money}，其实一点没落后。",
    en="Three books, three seasons. **All deliveries** are nearly even; by them the first quarter has {first:money} and the second {second:money}, and four is not far wrong. **Carp feed** has {fish_1:percent} in the first quarter: if that is all you sell you carry {fish_first:money} in the first and {fish_third:money} in the third. Divide by four, and in March you are {short:money} behind without having fallen behind at all.",
    first=quarters[1],
    second=quarters[2],
    fish_first=fish_quarters[1],
    fish_third=fish_quarters[3],
    short=year_target / 4 - fish_quarters[1],
    **seasons,
)
# %%
all_years = funnel.season(orders, today)
say(
    zh="**规则。** 先说季节从哪本账来，再分；分成整数，加起来一分不少。\n\n**什么时候不灵？** 看**新签合同**那一组：一季度 {signed_1:percent}。市场没那么怪，是我们的项目表从去年一月才开始记，签约要隔一个周期。三季度 {signed_3:percent}，是五六月那几周没人约客户，自己挖的坑。拿它当季节，就是把去年的毛病写进今年的目标。发货的账也有陷阱：它从 {start:date}记起，头一年的一季度缺了两个月，连它一起平均，一季度就从 {right:percent} 变成 {wrong:percent}。只有一年可看，就别太信，请懂行的人改。",
    en="**The rule.** Say from which books the season comes, then split; in round figures that add up to the target.\n\n**When does it fail?** Look at **new contracts**: {signed_1:percent} in the first quarter. The market is not that odd. Our list was begun last January, and contracts come a cycle later. The third has {signed_3:percent} because nobody met customers for some weeks in May and June, a hole that we dug ourselves. Take that for a season, and last year's fault becomes this year's target. Deliveries have a trap too: they begin on {start:date}, so their first year lacks two months of its first quarter; take the mean with it, and {right:percent} becomes {wrong:percent}. With one year to look at trust it little, and let those who know the trade correct it.",
    start=orders["closed"].min(),
    right=by_season[1],
    wrong=all_years.loc[1, "share"],
    **seasons,
)
# %%
year_of = signed[signed["closed"] >= today - pd.DateOffset(years=1)]
per_person = (
    year_of.groupby("owner")["amount"].sum().reindex(sorted(deals["owner"].unique()), fill_value=0)
)
even = per_person.sum() / len(per_person)
star = per_person.idxmax()
joined = whole.salespeople.set_index("salesperson").loc["S19", "joined"]
say(
    zh="按人头平分也一样。去年 {n:n} 个人一共新签 {total:money}，平分每人 {even:money}：够得着的只有 {n_above:n} 个人，{star}一个人签了 {most:money}，占 {share:percent}；{new}来了 {months:n} 个月，一单没签。平分的目标，对一个人是白送，对 {n_below:n} 个人是空话。",
    en="Splitting by heads is no better. Last year {n:n} people signed {total:money}, {even:money} each if it were even: {n_above:n} reached that, {star} alone signed {most:money}, {share:percent} of all, and {new}, here for {months:n} months, nothing yet. An even target is a present for one and an empty phrase for {n_below:n}.",
    n=len(per_person),
    total=per_person.sum(),
    even=even,
    n_above=int((per_person >= even).sum()),
    n_below=int((per_person < even).sum()),
    star=staff[star],
    most=per_person.max(),
    share=per_person.max() / per_person.sum(),
    new=staff["S19"],
    months=(today - joined).days // 30,
)
# %% [markdown] lang="zh" item="funnel.6.2" minutes=4 part="core"
# ## 四、800 万吓人，每天几个电话不吓人
#
# 季度的数定了，还是个数。再往下走三步：**签几单，每级站几个，每天打几个电话。** 走到电话，周一早上就知道干什么了。
#
# 拖一拖：目标变了，成交率变了，各级该站几个？橙色是你表上写着的，蓝色是拿得出来的。
# %% [markdown] lang="en" item="funnel.6.2" minutes=4 part="core"
# ## 4. Eight million frightens, a few calls a day do not
#
# The quarter has its figure, and it is still a figure. Three steps more: **how many contracts, how many deals at each stage, how many calls a day.** Once it is calls you know what to do on Monday morning.
#
# Drag: with another target, another win rate, how many have to stand at each stage? Orange is on your list, blue can be shown.
# %%
calls, weeks = 8, 13
order_value = float(signed["amount"].mean())
team_rate = round(float(funnel.own_rates(history, ladder).loc["appointment", "rate"]), 2)
quarter = float(quarters[2])
my_open = case.deals[funnel.is_open(case.deals["stage"])]
settings = {"order_value": order_value, "weeks": weeks, "calls": calls}


def needed(target, rate):
    given = (my_open, history, today, ladder, target, rate)
    return (
        target_plots.standing(*given, lang, **settings),
        target_plots.standing_numbers(*given, **settings),
    )


slider(
    needed,
    target={
        "zh": "这一季要签", "en": "To sign this quarter", "form": "money",
        "low": 600_000, "high": 4_000_000, "step": 100_000, "start": quarter,
    },
    rate={
        "zh": "首次约见的签成率", "en": "First appointments won", "form": "percent",
        "low": 0.15, "high": 0.55, "step": 0.05, "start": team_rate,
    },
)  # fmt: skip
# %%
chain = needed(quarter, team_rate)[1]
say(
    zh="二季度 {target:money}，一单平均 {order_value:money}，就是 {contracts:.1f} 单；全队首次约见有了结果的，签成 {rate:percent}（在谈的没算，偏高；照第二课连在谈的一起算，还要约得更多），每周至少约 {per_week:.1f} 次；打 {calls:n} 个电话约成一次，**每天 {calls_per_day:.1f} 个电话**。平时上面四级要站着 {n_needed:n} 个；你表上写着 {n_listed:n} 个，好像够了，拿得出来的只有 {n_shown:n} 个，缺 {n_missing:n} 个，最缺的一级是 {shortest:term}。",
    en="{target:money} in the second quarter, at {order_value:money} each, are {contracts:.1f} contracts; {rate:percent} of the team's first appointments that have ended are won (the open ones are left out, so it is on the high side; counted as in lesson 2 it takes more), so {per_week:.1f} appointments a week at least; at {calls:n} calls each **{calls_per_day:.1f} calls a day**. Above opportunity {n_needed:n} deals have to stand at any time. Your list says {n_listed:n}, which looks enough; {n_shown:n} can be shown, {n_missing:n} are missing, most of them at {shortest:term}.",
    order_value=order_value,
    calls=calls,
    **chain,
)
# %%
cycle_weeks = round(funnel.cycle_days(history) / 7)
weeks_left = (pd.Timestamp(today.year, 6, 30) - today).days // 7
brings = float(funnel.review(my_open, today, ladder, strict=True)["expected"].sum())
missing = max(quarter - brings, order_value)
late = funnel.appointments_needed(missing, order_value, team_rate, weeks_left, cycle_weeks)
largest = float(signed["amount"].max())
say(
    zh="**规则。** 目标 ÷ 一单 = 几单；÷ 签成率 = 几次约见；÷ 来得及的周数 = 每周几次；× 每次几个电话 ÷ 5 = 每天几个。手里拿得出来的先减掉。写下来，过一遍 SMART：有数，有出处，够得着，和大目标对得上，有日子。\n\n**什么时候不灵？**\n\n- 时间。到六月底还有 {weeks_left:n} 周，从约见到签约要 {cycle:n} 周，来得及的只有 {left:n} 周。你手里拿得出来的值 {brings:money}，还差 {missing:money}，就要在这 {left:n} 周里每周约 {per_week:n} 次，每天 {per_day:.1f} 个电话；再往后使劲，就是三季度的事了。\n- 平均数。这里一单按 {order_value:money}，可公司最大的一单是 {largest:money}：来一张这样的，前面全白算；少一张，怎么打电话都补不上。\n- 表里的死项目不在“该站着的”里头，它们只占地方。",
    en="**The rule.** Target by a usual contract is contracts; by the win rate, appointments; by the weeks in time, appointments a week; times calls each, by five, calls a day. Take off first what your list can show. Write it down and go through SMART: a figure, a record, within reach, in line with the larger goal, a day.\n\n**When does it fail?**\n\n- Time. {weeks_left:n} weeks are left to the end of June, and from appointment to contract it takes {cycle:n}: only {left:n} weeks are in time. Your list can show {brings:money}, {missing:money} are missing, and that asks for {per_week:n} appointments a week in these {left:n}, {per_day:.1f} calls a day; effort after that is for the third quarter.\n- Means. A contract here is {order_value:money}, but the company's largest was {largest:money}. One like that, and all of this was for nothing; one less, and no calling makes up for it.\n- Dead deals. They are not among those that have to stand; they only take up room.",
    weeks_left=weeks_left,
    cycle=cycle_weeks,
    left=late.weeks,
    per_week=late.per_week,
    per_day=late.per_week * calls / 5,
    brings=brings,
    missing=missing,
    order_value=order_value,
    largest=largest,
)
# %% [markdown] lang="zh" item="funnel.6.2" minutes=9 part="more"
# ### 练一练：分到季度，走到电话
# %% [markdown] lang="en" item="funnel.6.2" minutes=9 part="more"
# ### Practice: to the quarter, to the calls
# %%
ask("funnel.6.2/quarter-split")
# %%
ask("funnel.6.2/calls-a-day")
# %% [markdown] lang="zh" item="funnel.6.2" minutes=14 part="homework"
# ### 回去做：哪一级最缺；写下自己的二季度
# %% [markdown] lang="en" item="funnel.6.2" minutes=14 part="homework"
# ### To take home: where it is short; your own second quarter
# %%
ask("funnel.6.2/where-it-is-short")
# %%
ask("funnel.6.2/own-quarter")
# %% [markdown] role="trainer" lang="zh"
# **6.2 · 主线 8 分钟，练习 9 分钟。**
#
# **问。** 猜完鱼料先举手：二成五以上的？一成五以下的？揭图以后问：“你们公司的目标，是照哪本账分的？”多半没人知道，这就是收获。
#
# **常见回答。** “目标是上面压下来的，分不分都一样。”接：总数你改不了，哪个季度背多少，带着图去谈过吗？再接：就算改不了，三月底你也知道自己其实没落后。
#
# **容易出岔子。** 有人拿滑块把签成率拖到 55%，说“这样就够了”。问：凭几单？再问：去年是多少？签成率是结果，不是旋钮；旋得动的是约见。还有两个硬问题。“一天才两个电话？”那是公司的数：八个电话约成一次，一单三十多万；换成你自己的单价和几个电话约成一次，再乘。“第二课说 27%，这里怎么 35%？”35% 只数有了结果的，还在谈的没进去，偏高（第五课讲过）；保守的照 27% 算，每天约两个半。
#
# **挂图。** 一条链：目标 → 几单 → 几次约见 → 每周几次 → 每天几个电话。每人把自己的五个数填上，贴墙，不署名。
#
# **没有电脑。** 发一张五格纸条，两人一组互相算；季节用去年四个季度的数，谁带了谁报，没有就用图上的草鱼料。
# %% [markdown] role="trainer" lang="en"
# **6.2 · core 8 minutes, practice 9.**
#
# **Ask.** After the guess about carp feed, hands: above 25%? below 15%? After the figure: “By which books does your firm split its target?” Mostly nobody knows, and that is worth the part.
#
# **Usual answer.** “It comes from above, splitting makes no difference.” The sum you cannot change; have you ever gone to talk about the quarters, with a figure in hand? And if you cannot change them either, in March you know that you have not fallen behind.
#
# **Where it goes wrong.** Somebody drags the win rate to 55% and says “there, enough”. On how many deals? What was it last year? A rate is a result, no knob. What turns is appointments. Two hard questions. “Two calls a day, is that all?” At this company's eight calls for an appointment and more than 300,000 a contract; put in your own. “27% in lesson 2, and 35% here?” The 35% counts ended deals only and is on the high side (lesson 5 says why); with 27% it is two and a half calls a day.
#
# **Flip chart.** A chain: target → contracts → appointments → a week → calls a day. Everybody puts in five numbers of their own; on the wall, without names.
#
# **No computer.** A strip with five boxes, worked out in pairs; for the season last year's four quarters from whoever has brought them, else the carp feed of the figure.
# %% [markdown] lang="zh" item="funnel.6.3" minutes=5 part="core"
# ## 五、一页纸，半小时，散会时有人有日子
#
# 北部大区，周一例会。以前六个人轮着念表，念完两小时过去了，谁也没多知道什么。今天桌上只有一页纸，会前人人看过。
# %% [markdown] lang="en" item="funnel.6.3" minutes=5 part="core"
# ## 5. One page, half an hour, a name and a day for each point
#
# The North region, Monday's meeting. Six people used to read out their lists, and after two hours nobody knew more than before. Today there is one page on the table, and everybody has read it.
# %%
guess("funnel.6.3/guess-gap")
# %%
north = whole.salespeople.query("region == 'R4' and role == 'rep'")["salesperson"]
team = whole.named("deals")
team = team[team["owner_id"].isin(north)]
team_lists = whole.snapshots[whole.snapshots["owner"].isin(north)]
last_week = today - pd.Timedelta(weeks=1)
to_sign = 1_200_000  # what the region still has to sign this quarter
page = meeting_plots.page_numbers(team, today, ladder, to_sign, team_lists, last_week)
show(meeting_plots.page(team, today, ladder, lang, to_sign, team_lists, last_week), alt=page)
# %%
first = page["at_risk"][0]
say(
    zh="一页三段。**变了什么**：一周里往后推 {n_slipped:n} 个，其中 {n_month_end:n} 个推到月底那一天，签了 {n_won:n} 个。**险在哪里**：{n_open:n} 个在谈，站不住的 {n_at_risk:n} 个，{gap:money}；先谈这 {n_named:n} 个，就谈到了 {gap_named:money}。**够不够**：还要签 {target:money}，照表是它的 {listed_times:.1f} 倍，拿得出来的 {shown_times:.1f} 倍。",
    en="Three parts. **What changed**: {n_slipped:n} slipped in a week, {n_month_end:n} of them to the last day of the month, {n_won:n} signed. **Where the risk is**: of {n_open:n} open deals {n_at_risk:n} do not hold, {gap:money}; with these {n_named:n} the meeting deals with {gap_named:money}. **Is it enough**: {target:money} to sign, {listed_times:.1f} times that on the list, {shown_times:.1f} times to show.",
    **page,
)
# %%
warnings = funnel.early_warnings(
    deals[deals["owner"].isin(north)],
    today,
    ladder,
    funnel.norms(deals, today, ladder, history),
    history=history,
)
no_blood = warnings[warnings["code"] == "no_new_blood"].iloc[0]
say(
    zh="议程就从页上长出来，只有三条，一条十分钟：\n\n1. **最险的怎么救。** 从“{customer}”说起，{owner}先讲：谁答应过什么？还差谁点头？谁能帮他约到？\n2. **推后的凭什么。** {n_slipped:n} 个里挑最大的三个，只问一句：新日子是客户说的，还是我们挪的？挪的，退回去。\n3. **新血液谁去约。** 页上有一处近来没有新的首次约见，照平常的周期，约 {blood_weeks:n} 周以后会断。会上不点名，人人定下两个半天，写进日历；为什么没约，会后单独问{quiet}。\n\n每条散会前写下：谁，哪天，做什么。名字后面是一个人的长短的，不上会，单独谈。",
    en="The agenda grows out of the page: three points, ten minutes each.\n\n1. **How to save the largest risk.** Begin with {customer}. {owner} first: who promised what, whose yes is missing, who can get him there?\n2. **What the new dates rest on.** Of {n_slipped:n} take the three largest and ask one thing: did the customer name the day, or did we move it? If we did, it goes back.\n3. **Who brings new blood.** On the page one list has had no new first appointments of late, and at the usual pace it will show in about {blood_weeks:n} weeks. No name in the meeting: everybody puts two half-days into the diary. Why there were none, ask {quiet} alone.\n\nBefore you part, write behind each: who, when, what. Where it is about one person's strength or weakness it is not for the meeting.",
    customer=first["customer"],
    owner=first["owner"],
    quiet=staff[no_blood["owner"]],
    blood_weeks=round(no_blood["weeks"]),
    **{key: page[key] for key in ("n_slipped",)},
)
# %%
evidence = whole.gates.drop_duplicates("deal_id", keep="last").set_index("deal_id")
indexed = deals[deals["owner"].isin(north) & funnel.is_open(deals["stage"])].set_index("deal_id")
checked = funnel.review(indexed, today, ladder, strict=True)
proof = evidence.reindex(indexed.index).dropna()
carried = ladder.rates(funnel.class_shown(proof, ladder))
by_gates = (indexed["amount"] * carried.reindex(indexed.index)).fillna(0)
proven = pd.concat([checked["expected"], by_gates], axis=1).min(axis=1)
by_owner = (checked["expected"] - proven).groupby(indexed["owner"]).sum()
soft = by_owner.idxmax()
claims = indexed.index[(indexed["owner"] == soft) & (indexed["stage"] == "p50")]
say(
    zh="**什么时候这一页会骗你？** 拿得出来的是目标的 {shown_times:.1f} 倍，看着很稳。可这一页只查下一步。再照五道门查一遍证据，{shown:money} 剩 {proven:money}；少掉的里头，{who}一个人就占 {share:percent}：报 50% 的 {n_claimed:n} 个，五道门全过的 {n_pass:n} 个。页面干净，不等于客户点了头。所以每次会，随手挑一行问一句：“凭什么？”还有，页上少了谁的名字，别以为他没事：没人填的表，什么毛病也查不出来。",
    en="**When does the page fool you?** {shown_times:.1f} times the target can be shown, and that looks safe. But the page looks at next steps only. Check the gates as well, and {proven:money} are left of {shown:money}; {share:percent} of what goes is {who}: of {n_claimed:n} deals claimed at 50% {n_pass:n} pass all five. A clean page is not a customer's yes. So pick one line in every meeting and ask: “What does that rest on?” And whoever is not on the page need not be well: a list that nobody fills in shows no faults.",
    proven=float(proven.sum()),
    who=staff[soft],
    share=float(by_owner.max() / by_owner.sum()),
    n_claimed=len(claims),
    n_pass=int(
        (
            ~funnel.missing_gates(proof.loc[claims], indexed.loc[claims, "stage"], ladder).astype(
                bool
            )
        ).sum()
    ),
    **{key: page[key] for key in ("shown_times", "shown")},
)
# %% [markdown] lang="zh"
# **这一页怎么来？** 把团队的表导出成 Excel，在命令行里打一行（头一回请培训师陪你打）：
#
# `coursekit checkup 项目清单.xlsx --target 120万 --strict --out 例会`
#
# 打开 `例会/index.html`，`team.html` 就是团队那一页，`persons` 里一人一页，会前发给本人。`--target` 写每个人还要签的数。**每周放进同一个 `--out`**，第二周起，页上就有“和上次比”：升了什么、推了什么、不见了什么。
# %% [markdown] lang="en"
# **Where does the page come from?** Export the team's list and type one line on the command line (the first time, with the trainer):
#
# `coursekit checkup deals.xlsx --target 1200000 --strict --out meeting`
#
# Open `meeting/index.html`: `team.html` is the page of the team, `persons` has one for each, to be sent to that person before the meeting. `--target` is what each person still has to sign. **Use the same `--out` every week**, and from the second on the page says what changed since the last: what moved up, slipped, is gone.
# %% [markdown] lang="zh" item="funnel.6.3" minutes=7 part="more"
# ### 练一练：留哪三条，先谈哪三个
# %% [markdown] lang="en" item="funnel.6.3" minutes=7 part="more"
# ### Practice: which three points, which three deals
# %%
ask("funnel.6.3/agenda")
# %%
ask("funnel.6.3/first-three")
# %% [markdown] lang="zh" item="funnel.6.3" minutes=4 part="homework"
# ### 回去做：哪句话在哪里说
# %% [markdown] lang="en" item="funnel.6.3" minutes=4 part="homework"
# ### To take home: which sentence belongs where
# %%
ask("funnel.6.3/page-meeting-alone")
# %% [markdown] role="trainer" lang="zh"
# **6.3 · 主线 5 分钟，练习 7 分钟。**
#
# **问。** “上周你们的会开了多久？散会时，有几件事是有人、有日子的？”让他们写两个数，不用念。
#
# **真开一次（有时间就做，10 分钟）。** 六个人演北部大区，一人当经理，手里只有这一页。计时十分钟，只谈第一条。全班只听一样：散会时写下了谁、哪天、做什么没有？
#
# **常见回答。** “不念一遍，他们不会去填表。”接：会前发到本人手里，问一句“这一页对不对”，比念管用。还有人问：“拿得出 3.1 倍，怎么还要慌？”往下滚：照五道门再查，372 万剩 103 万，还不到要签的 120 万。
#
# **容易出岔子。** 演经理的人开始审人。举手叫停，请他把“你为什么没签”换成“客户还差谁点头”。
#
# **挂图。** 三列：谁，哪天，做什么。散会时没填满，会就没开完。
#
# **没有电脑。** 把图印成 A3，一组一张，照着它写三条议程，五分钟，轮流念，别组只问“散会时有人、有日子吗”。
# %% [markdown] role="trainer" lang="en"
# **6.3 · core 5 minutes, practice 7.**
#
# **Ask.** “How long was your last meeting? How many points ended with a name and a day?” Two numbers on paper, not read out.
#
# **Really hold one (10 minutes, if there is time).** Six play the North, one of them the manager with nothing but this page. Ten minutes by the clock, the first point only. The others listen for one thing: do who, when and what stand there at the end?
#
# **Usual answer.** “If they do not read it out they do not fill it in.” Send each their page before the meeting and ask whether it is right. That works better. Or: “3.1 times the target can be shown, so why worry?” Scroll on: by the five gates 3.73 million shrink to 1.03, less than the 1.2 that have to be signed.
#
# **Where it goes wrong.** The one who plays the manager begins to examine people. Stop, and have “why did you not sign it” turned into “whose yes is missing”.
#
# **Flip chart.** Three columns: who, when, what. While they are not filled the meeting is not over.
#
# **No computer.** The figure as A3, one per group; write three points in five minutes and read them; the others ask only “is there a name and a day?”
# %% [markdown] lang="zh" minutes=15 part="homework"
# ## 六、现在看你自己的表
#
# 把你或团队的项目导出成 Excel 或 CSV，在下面选文件：先谈哪几个，够不够。只在这台电脑上算，不上传，不留底。还没有表的，找培训师要一本空白工作簿（命令是 `coursekit template funnel`），Excel、WPS 都能填。
#
# **周一做三件事：**
#
# 1. 存一份今天的表，文件名写上日期。下周一再存一份，一减。
# 2. 把自己的二季度走到电话：五个数写在便条上，贴在电话旁边。
# 3. 带队的：例会前把每人那一页发给本人，会上只谈三条。不带队的：会前自己挑好最险的一个，想好要谁帮忙。
# %% [markdown] lang="en" minutes=15 part="homework"
# ## 6. Now your own list
#
# Export your deals, or the team's, to Excel or CSV and choose the file below: which to talk about first, and whether it is enough. It is worked out on this computer only, not sent anywhere, not kept. No list yet? Ask the trainer for the empty workbook (the command is `coursekit template funnel`).
#
# **Three things for Monday:**
#
# 1. Keep today's list, with the day in its name. Keep another next Monday and subtract.
# 2. Walk your second quarter down to calls: five numbers on a note beside the telephone.
# 3. If you lead people, send each their page before the meeting and talk about three points. If you do not, choose your largest risk beforehand, and whose help you want.


# %%
def my_page(table):
    today = datetime.date.today()
    numbers = meeting_plots.page_numbers(table.frame, today, ladder)
    numbers["unchecked"] = funnel.rules_off(table.frame, ladder, strict=True)
    return meeting_plots.page(table.frame, today, ladder, lang), numbers


own("deals", my_page)
# %% [markdown] lang="zh" minutes=10 part="more"
# ## 收尾：十分钟，不翻前面
#
# 一题一次，答完就看对错和为什么。数字和刚才的不一样，道理一样。
# %% [markdown] lang="en" minutes=10 part="more"
# ## To close: ten minutes, without scrolling up
#
# One answer each, and then you see why. Other numbers than before, the same sense.
# %%
check("funnel.6", "close", minutes=10)
