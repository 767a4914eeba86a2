# Lesson funnel.4: portfolios. What becomes of a list, six lists side by side, the flight simulator.
# %%
from coursekit import flight, funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, check, guess, mine, own, say, show, slider
from coursekit.plots import flying as flight_plots
from coursekit.plots import outlook as outlook_plots
from coursekit.plots import portfolio as portfolio_plots

course = Course.find()
lang, ladder = course.lang, course.ladder()
company = Case.load(course.switches["case"], lang, course)
deals, history, today = company.deals, company.deal_history, company.today
# %% [markdown] lang="zh" minutes=1 part="core"
# # 看组合：今天签的单，看不出下个月有没有饭吃
#
# 周五下午五点半。你刚签下一单，请全组喝奶茶。经理举着杯子问了一句：“恭喜。下个月这时候，你手里还有谁？”
#
# 你张了张嘴。
#
# **学完这一课，你能做到四件事：**
#
# 1. 拿一张名单，说出四周以后它变成什么样：有人进来时，没人进来时；
# 2. 用六样东西看一个漏斗：形状、流动、年龄、下一步、金额、日子，说出它像六种组合里的哪一种；
# 3. 说出一个漏斗眼前会怎样、往后会怎样；
# 4. 在六周里分工时，飞完找得到自己的坑是哪一周挖的。
#
# *课里的公司是编的：一家不存在的饲料公司，二十四个人，客户和数字全是编的，规律是故意放进去的。六个组合是我们自己配的：原来教材上的六张图已经失传。*
# %% [markdown] lang="en" minutes=1 part="core"
# # Portfolios: what you sign today does not show what you eat next month
#
# Friday, half past five. You have just signed a contract and the round is on you. Your manager lifts his cup: “Well done. And who is on your list a month from now?”
#
# You open your mouth and nothing comes.
#
# **After this lesson you can do four things:**
#
# 1. take a list and say what it will be in four weeks, with new people coming in and without;
# 2. look at a funnel in six ways: shape, flow, age, next steps, money, dates; and say which of six portfolios it is like;
# 3. say what happens to a funnel soon, and what happens later;
# 4. split the hours of six weeks, and find the week in which you dug your hole.
#
# *The company of this lesson is made up: a feed maker that does not exist, twenty-four people, invented customers and figures, with patterns put in on purpose. The six portfolios are ours: the six pictures of the original material are lost.*
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一课怎么带
#
# **目标。** 每个人能对着一个漏斗说两句话：眼前会怎样，往后会怎样；再说一件这周要做的事。
#
# **时间。** 主线 22 分钟；练习、飞行、结课小测 38 分钟，合起来一小时。飞行占 20 分钟，别压：这门课最记得住的就是它。
#
# **开场。** 每人在纸上写：一个月以后，你手里还有哪几家？写名字，不写数。写完扣过来，最后一段再翻开。
#
# **先猜后看。** 三张猜测卡，答案都在下面不远。全班写完再往下滚。
#
# **练习卡。** 头一回没对，卡上只说错在哪、给提示；交到第二回，或者做对了，才讲为什么。先让大家自己改一回，再讲评；每台电脑抽到的卡不一样，讲评讲理由，别报答案。
#
# **公平。** 六个组合是六种名单，不是六种人。讲的时候说“三号名单”，别说“三号这个人”，更别问“咱们组谁是三号”。人会对号入座，让他自己坐。
#
# **只有一半时间。** 4.1 只看一张图（4 分钟），4.2 只看“六样一起看”那张表（5 分钟），飞行照飞 20 分钟，复盘三个问题（4 分钟）。合起来 33 分钟，其余当作业。
#
# **没有电脑。** 三段各有办法，写在各段后面；飞行有一个骰子版，在最后一段。
#
# **要带的。** 大白纸一张，画好全班成绩表（见 4.3）；骰子每两人一颗，万一断网。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run this lesson
#
# **Aim.** Everybody can say two sentences about a funnel, what happens soon and what happens later, and one thing to do this week.
#
# **Time.** Core 22 minutes; exercises, flight and closing check 38; an hour in all. The flight takes 20. Do not squeeze it; it is what they will remember.
#
# **Opening.** On paper: who will be on your list a month from now? Names, not a number. Face down; it is turned over at the end.
#
# **Guess first.** Three cards of guesses, each with its answer not far below. Scroll on when all have written.
#
# **Cards.** After a first wrong try a card names what is wrong and gives hints; why comes with the second try, or once it is right. Let them mend it themselves before you discuss it. Every computer draws other cards: discuss reasons, not answers.
#
# **Fairness.** Six portfolios are six lists, not six kinds of people. Say “list number three”, never “that one”, and do not ask who in the team is number three. People find their own seat.
#
# **Half the time.** One figure of 4.1 (4 minutes), of 4.2 only the table of six looks (5 minutes), the flight in full, three questions afterwards (4 minutes): 33 in all. The rest is homework.
#
# **No computer.** Each part says what to do; for the flight there is a version with dice in the last part.
#
# **Bring.** A large sheet with the board for the class (see 4.3), and one die for every two people in case the network fails.
# %% [markdown] lang="zh" item="funnel.4.1" minutes=7 part="core"
# ## 一、四周不约新人，签单照样好看，名单空了
#
# 先看一道老题：**假设销售周期四周，一个新的潜在客户也没有增加，一个月后……**
#
# 看课里这家公司的一位业务员。除了几个还没见面的机会，他手里的项目都在 25% 以上，个个有下一步，谁看了都说好。他这个月忙着收尾，新客户“下个月再约”。
# %% [markdown] lang="en" item="funnel.4.1" minutes=7 part="core"
# ## 1. Four weeks without new faces: contracts look fine, the list is empty
#
# An old question to begin with: **suppose the sales cycle is four weeks and no new prospects are added; a month later …**
#
# Take one salesperson of the company. Apart from a few opportunities whom he has not met, all of his deals are at 25% or above, every one has a next step, anybody would praise it. He is busy closing this month; new customers “next month”.
# %%
guess("funnel.4.1/guess-left")
# %%
six = portfolio_plots.portraits(
    deals, history, today, ladder, ["S01", "S02", "S03", "S04", "S05", "S06"]
)
rates = funnel.flow(history, today)["rate"]
first = six[0]
stock = {code: first["stages"][code] for code in portfolio_plots.CLIMB}
month_numbers = portfolio_plots.month_numbers(stock, rates, first["usual"])
show(portfolio_plots.month(stock, rates, first["usual"], lang), alt=month_numbers)
# %%
say(
    zh="上面一排一个新的也不约：{n:n} 个项目四周里签 {signed:.1f} 单，其余的丢了，最后剩 **{left_dry:.0f} 个**。下面一排照从前的样子，每周约 {usual:.1f} 个：最后手里有 {left_fed:.1f} 个。再看一眼签单：两排都是 {signed:.1f} 单，**一模一样**。所以这四周里没人觉得出事。（小数是平均：{usual:.1f} 个就是六周约七个。）",
    en="Above, nobody new: of {n:n} deals {signed:.1f} are signed in four weeks, the others are lost, and **{left_dry:.0f}** are left. Below, {usual:.1f} new ones a week, as it used to be: {left_fed:.1f} deals at the end. Now look at the contracts: {signed:.1f} in both rows, **exactly the same**. That is why nobody notices in these four weeks. (Fractions are averages: {usual:.1f} a week is seven in six weeks.)",
    **month_numbers,
)
# %%
cycle = round(funnel.cycle_days(history) / 7)
moves = funnel.steady_moves(rates[list(portfolio_plots.CLIMB)], cycle)
slow = funnel.evolve(stock, moves, 0, cycle)[list(portfolio_plots.CLIMB)].sum(axis=1)
won = deals.loc[deals["stage"] == funnel.WON, "amount"]
through = float(rates[list(portfolio_plots.CLIMB)].prod())
gap = funnel.shortfall(first["usual"], won.mean(), [0] * cycle + [through], 4)
say(
    zh="**你的周期是几周？** 这家公司不是四周，从首次约见到签约要 {cycle:n} 周左右。同一张名单，四周后还有 {at_four:.1f} 个，像是正常收尾；{cycle:n} 周后剩 {at_end:.1f} 个。停约四周少签的钱一分不少：平均 {missing:万}，只是要到第 {felt:n} 周才开始少。**周期越长，觉得越晚，欠得一样多。**",
    en="**How long is your cycle?** In this company it is not four weeks; from first appointment to contract it takes about {cycle:n}. The same list still has {at_four:.1f} deals after four weeks, which looks like ordinary closing, and {at_end:.1f} after {cycle:n}. Four weeks without appointments cost the same money, {missing:money} on average; only it does not go missing before week {felt:n}. **A longer cycle means you notice later, not that you owe less.**",
    cycle=cycle,
    at_four=slow[4],
    at_end=slow[cycle],
    missing=round(gap.sum(), -3),
    felt=int(gap.index[gap > 0][0]) + 1,
)
# %% [markdown] lang="zh"
# 换成你自己的名单。拖两样：每周约几个新的，一圈走几周。灰柱子是第一圈，大半已经在今天的名单里了；绿柱子看你怎么约。先拖到 0 看看。
# %% [markdown] lang="en"
# Now your own list. Two things to drag: new appointments a week, and the weeks of a cycle. Grey is the first cycle, most of it decided by today's list; green hangs on whom you meet. Begin with 0.
# %%
territory = mine().deals
open_now = territory.loc[funnel.is_open(territory["stage"]), "stage"].value_counts()
my_stock = {code: int(open_now.get(code, 0)) for code in portfolio_plots.CLIMB}


def half_a_year(per_week, cycle):
    numbers = outlook_plots.ahead_numbers(my_stock, rates, per_week, cycle)
    return outlook_plots.ahead(my_stock, rates, per_week, cycle, lang), numbers


slider(
    half_a_year,
    per_week={
        "zh": "每周首次约见",
        "en": "First appointments a week",
        "low": 0,
        "high": 5,
        "step": 1,
        "start": 1,
    },
    cycle={
        "zh": "一圈几周",
        "en": "Weeks of a cycle",
        "low": 4,
        "high": 16,
        "step": 2,
        "start": cycle,
    },
)
# %% [markdown] lang="zh"
# **规则。** 每四周问一次：如果从今天起一个新的也不约，一个周期以后我手里还有谁？说不出三个名字，这周先约人，再收尾。
# %% [markdown] lang="en"
# **The rule.** Every four weeks ask: if I met nobody new from today, who would be on my list one cycle from now? If you cannot name three, make appointments first this week, and close afterwards.
# %%
third = deals[deals["owner"] == "S03"]
norms = funnel.norms(deals, today, ladder, history)
seen = funnel.diagnose(third, today, ladder, norms, history=history).findings
old = next(finding for finding in seen if finding.code == "zombies")
paper = funnel.evolve(six[2]["stages"], funnel.weekly_moves(history, today), 0, 12)
say(
    zh="**什么时候不灵？** 这样推算，是拿所有项目的平均步子往前走。把公司一年的平均步子套在三号名单上，说十二周能签 {signed:.1f} 单。可是这张名单上有 {n:n} 个项目比公司里任何一个有过结果的都老，最老的 {days:n} 天（有过结果的最久 {limit:n} 天）。死的不会跟着平均数走。**先把僵尸请出去，再往前推。**",
    en="**When does it fail?** Such a forecast lets every deal walk at the average pace. Put the company's own moves of a year on list number three and it promises {signed:.1f} contracts in twelve weeks. But {n:n} deals on that list are older than any that ever came to an end here, the oldest {days:n} days (the oldest that ended had {limit:n}). The dead do not walk with the average. **Take the zombies off first, then look ahead.**",
    signed=float(paper[funnel.WON].iloc[1:].sum()),
    n=len(old.deals),
    days=old.number,
    limit=old.comparison,
)
# %% [markdown] lang="zh" item="funnel.4.1" minutes=3 part="more"
# ### 练一练：一圈以后谁签得多
# %% [markdown] lang="en" item="funnel.4.1" minutes=3 part="more"
# ### Practice: who signs most one cycle later?
# %%
ask("funnel.4.1/after-the-month")
# %% [markdown] lang="zh" item="funnel.4.1" minutes=8 part="homework"
# ### 回去做：两圈各签几单，停约要少多少钱
# %% [markdown] lang="en" item="funnel.4.1" minutes=8 part="homework"
# ### To take home: two cycles, and what a gap costs
# %%
ask("funnel.4.1/two-cycles")
# %%
ask("funnel.4.1/gap-costs")
# %% [markdown] role="trainer" lang="zh"
# **4.1 · 主线 7 分钟，练习 3 分钟。**
#
# **问。** 猜完先举手：还剩五个以上的？三四个的？一个也不剩的？再看图。看完追问：“这四周里，他的经理看得出来吗？”看不出：签单一样多。
#
# **常见回答。** “总会有客户自己找上门的。”接：会，那也算约见，数进去。上个月自己找上门的有几个？
#
# **滑块怎么用。** 投影上先拖到每周 0 个，停三秒，不说话；再拖到 2。然后周期从 10 拖到 16，问：“约得一样多，为什么手里的多了、签的晚了？”
#
# **挂图。** 一句话：**签单看从前，名单看往后。**
#
# **容易出岔子。** 有人算小数较真：“0.6 个客户是什么？”说：十个这样的四周里，有六回是一个。还有人数到十二个：另外三个是机会，还没见面，没算进这九个。
#
# **没有电脑。** 地上贴五格：FA、25%、50%、90%、签约。九个人按 4、3、2 站在 25%、50%、90%。喊一次“一周”，每人扔一枚硬币，正面进一格，反面出局。喊四次。第一遍没人进来；第二遍每周从门口进来一个人。各数一遍：签了几个，格子里还剩几个。
# %% [markdown] role="trainer" lang="en"
# **4.1 · core 7 minutes, practice 3.**
#
# **Ask.** Hands after the guess: five or more left? three or four? none? Then the figure, then: “Could his manager see it in these four weeks?” No: just as many contracts.
#
# **Usual answer.** “Some customers come by themselves.” They do, and they count as appointments. How many came last month?
#
# **The slider.** Drag to 0 a week, wait three seconds, say nothing; then to 2. Then the cycle from 10 to 16: “Just as many appointments; why is the list longer, and why do contracts come later?”
#
# **Flip chart.** One line: **contracts tell of the past, the list tells of the future.**
#
# **Where it goes wrong.** “What is 0.6 of a customer?” In ten such months there is one in six of them. Some count twelve deals: the other three are opportunities, not met yet, and not among these nine.
#
# **No computer.** Five squares on the floor: FA, 25%, 50%, 90%, contract. Nine people stand on 25%, 50%, 90% as 4, 3, 2. Call “one week”: everybody tosses a coin, heads one square on, tails out. Four times. First round nobody comes in; second round one person a week from the door. Count both times: how many signed, how many stand?
# %% [markdown] lang="zh" item="funnel.4.2" minutes=8 part="core"
# ## 二、形状只是六样里的一样
#
# 六个漏斗，每个都问：这个销售员的表现怎么样？短期会发生什么，长期呢？第六个再加一问：这种表现现实吗？
#
# 下面是课里这家公司的六张名单。先别看形状：只告诉你几个项目、多少钱，你想接谁的？
# %% [markdown] lang="en" item="funnel.4.2" minutes=8 part="core"
# ## 2. Shape is one look of six
#
# Six funnels, and of each we ask: how is this salesperson doing? What happens short-term, what long-term? And of the sixth: is it realistic?
#
# Here are six lists of the company. No shapes yet: from the number of deals and the money, whose would you take?
# %%
guess("funnel.4.2/guess-inherit")
# %%
show(portfolio_plots.six(six, lang), alt=portfolio_plots.six_numbers(six))
# %% [markdown] lang="zh"
# 灰的还没有百分比，蓝的算钱。两分钟，两个人商量：**哪一个最好？哪两个长得像，可你只想要其中一个？**
#
# 光看形状，2、5、6 号几乎分不出。再看六样：
# %% [markdown] lang="en"
# Grey has no percent yet, blue counts. Two minutes in pairs: **which is best? Which look alike, and yet you would want only one of them?**
#
# By shape alone 2, 5 and 6 can hardly be told apart. So take six looks:
# %%
looks_numbers = portfolio_plots.looks_numbers(six)
show(portfolio_plots.looks(six, lang), alt=looks_numbers)
# %%
say(
    zh="""- **1 号，新人断了。** 形状还像样，最近四周一次约见也没有，从前每周 {usual1:.1f} 次。就是上一段那位。→ 这周先约三个，日子写进日历。
- **2 号，健康。** 六样都没有框。金额最小，只有 {listed2:万}：不显眼的名单，往往是好名单。→ 照旧，别打扰他。
- **3 号，舍不得放。** {n3:n} 个，六个里最长；25% 以上的，{late3:percent} 过了正常时间，{bare3:percent} 没有下一步。→ 一个一个打电话：定下日子，或者划掉。
- **4 号，只收不种。** {top4:percent} 压在 50% 和 90%，四周没有新约见。→ 每天留一小时打电话，收尾再忙也留。
- **5 号，押在一单上。** 形状最标准。{listed5:万} 里 {largest5:percent} 在一家；那一家黄了，剩 {rest5:万}。→ 再扶两个中等的上来。
- **6 号，一厢情愿。** {hasty6:n} 个项目的签约日比公司最快的一单还快，带百分比的全写月底那一天。**不现实。** → 问客户打算哪天签、还要过几道手续，再改日子。""",
    en="""- **1, drying up.** Still in shape, but no appointment in four weeks where there used to be {usual1:.1f} a week. You met this list in the first part. → Three first appointments this week, in the diary.
- **2, sound.** Nothing framed. It is the smallest, {listed2:money}: a good list is often not one that shines. → Carry on, and leave them alone.
- **3, the hoarder.** {n3:n} deals, the longest of the six; of those from 25% up {late3:percent} are past the usual time and {bare3:percent} have no next step. → Ring them one by one: a day, or off the list.
- **4, the harvester.** {top4:percent} at 50% and 90%, no appointment in four weeks. → An hour of calls a day, however busy the closing.
- **5, one deal.** A model of a shape. Of {listed5:money} {largest5:percent} sit with one customer; without it {rest5:money} are left. → Bring up two of medium size.
- **6, the dreamer.** {hasty6:n} deals are dated faster than the fastest contract ever, and all with a percent on the last of the month. **Not realistic.** → Ask when they mean to sign and what has to happen first; then change the dates.""",
    rest5=six[4]["shown"] * (1 - six[4]["largest"]),
    **{
        f"{name}{place}": one[name]
        for place, one in enumerate(six, 1)
        for name in ("n", "usual", "listed", "late", "bare", "top", "largest", "hasty")
    },
)
# %% [markdown] lang="zh"
# **短期会发生什么，长期会发生什么？** 拿 4 号和 2 号比。两个人都照现在的样子约人，本事一样，往前走二十周：
# %% [markdown] lang="en"
# **What happens soon, what happens later?** Put number 4 beside number 2. Both go on meeting people as they do now, equally good at it, for twenty weeks:
# %%
harvest_numbers = outlook_plots.harvest_numbers(six[3], six[1], rates, cycle)
show(outlook_plots.harvest(six[3], six[1], rates, cycle, lang), alt=harvest_numbers)
# %%
say(
    zh="头四周 4 号签 {one_first:.1f} 单，2 号 {other_first:.1f} 单：这个月的状元是 4 号。从第 {turn:n} 周起倒过来，到最后四周 {other_last:.1f} 比 {one_last:.1f}。发奖金的时候，坑已经在那儿了。（步子用的是全公司的平均，周期 {cycle:n} 周；一两个人的零点几单，别当真，看的是走势。）",
    en="In the first four weeks number 4 signs {one_first:.1f}, number 2 {other_first:.1f}: 4 is the star of the month. From week {turn:n} on it is the other way round, and in the last four weeks {other_last:.1f} against {one_last:.1f}. When the bonus is paid, the hole is there already. (The pace is the whole company's, a cycle of {cycle:n} weeks. Do not believe tenths of a contract for one or two people; look at the direction.)",
    **harvest_numbers,
)
# %% [markdown] lang="zh"
# **规则。** 看一个漏斗问六句：**形状**压在哪儿？**流动**：最近四周约了几个？**年龄**：谁过了正常时间？**下一步**：几家说得出哪天见谁？**金额**：最大的一家占几成？**日子**：有没有人这么快过？六句问完，只定一件这周做的事。
# %% [markdown] lang="en"
# **The rule.** Six questions to a funnel. **Shape**: where does it stand? **Flow**: how many were met in four weeks? **Age**: who is past the usual time? **Next steps**: for how many can you name day and person? **Money**: how much sits with the largest? **Dates**: was anybody ever that fast? Then settle one thing to do this week.
# %%
orders = company.orders
fish = orders[orders["product"] == "P09"]
volume = fish["quantity"].groupby(fish["date"].dt.month).sum()
season = outlook_plots.season_numbers(rates, cycle, 2, 13, 8)
say(
    zh="**什么时候不灵？** 生意有季节。“{product}”一年的量，{share:percent} 在五月到十月走掉。卖它的人十到十二月跑塘口，每周约两家；过了元旦塘主不见人，只等开春定量。照公司的步子推到三月初，他有 {top:percent} 压在 50% 和 90%，“金”字塔才 {norm:percent}；最近八周一次约见也没有。六样一看，跟 4 号一个样：“只收不种”。**可他做得一点不错。** 有季节的生意，别拿“金”字塔比，拿去年同一周的自己比。",
    en="**When does it fail?** When the business has a season. Take the feed “{product}”: {share:percent} of a year’s volume leaves between May and October. Whoever sells it is out at the ponds from October to December, two new owners a week; after New Year nobody sees visitors, they only settle quantities before stocking in spring. At the company's pace he stands in early March with {top:percent} at 50% and 90%, where the pyramid has {norm:percent}, and no appointment in eight weeks. By six looks he is number 4, a harvester. **And he has done everything right.** With a season, do not compare with the pyramid; compare with yourself in the same week of last year.",
    product=company.products.set_index("product").loc["P09", "name"],
    share=float(volume.reindex(range(5, 11)).sum() / volume.sum()),
    **season,
)
# %% [markdown] lang="zh"
# 还有一种不灵：名单只有十来个项目，多一个少一个，比例就跳七八个百分点。人少的时候，看项目，别看形状。
# %% [markdown] lang="en"
# And it fails on short lists: with a dozen deals one more or less moves a share by seven or eight points. Then look at the deals, not at the shape.
# %% [markdown] lang="zh" item="funnel.4.2" minutes=5 part="more"
# ### 练一练：六张名单，哪一种
# %% [markdown] lang="en" item="funnel.4.2" minutes=5 part="more"
# ### Practice: six lists, which kind?
# %%
ask("funnel.4.2/six-pictures")
# %% [markdown] lang="zh" item="funnel.4.2" minutes=12 part="homework"
# ### 回去做：眼前和往后，过了时间的，快得离谱的
# %% [markdown] lang="en" item="funnel.4.2" minutes=12 part="homework"
# ### To take home: now and later, past the usual, too fast
# %%
ask("funnel.4.2/now-and-later")
# %%
ask("funnel.4.2/past-usual")
# %%
ask("funnel.4.2/too-fast")
# %% [markdown] role="trainer" lang="zh"
# **4.2 · 主线 8 分钟，练习 5 分钟。**
#
# **怎么走。** 猜“想接谁的”→ 举手记票（多半投给 5 号，钱最多）→ 看六个形状，两人商量两分钟 → 再投一次 → 揭六样的表。票数两次都写在挂图上，不评论。
#
# **问。** “2 号和 6 号形状几乎一样，差在哪儿？”让他们在表里找。“1 号和 4 号都没有新约见，差在哪儿？”（4 号上头已经堆满，签完就空；1 号还有中段，来得及。）“4 号这个月该不该发奖金？”该发。再问：“那谁来跟他说下个月？”
#
# **常见回答。** “5 号最厉害，一单顶别人一年。”接：厉害。那一单你替他担多少？把最大的那一家划掉，读一遍剩下的数。
#
# **容易出岔子。** 有人开始认人。打住：“这是编的。你的名单回去自己照。”标题里的钱是乘过百分比的；上过第三课的认得出 3、2、4、6 号就是甲、乙、丙、丁，那边画的是全额，数大得多，不是算错。
#
# **挂图。** 六个字头：形、流、龄、步、额、日。每讲一号，全班念一遍，在出毛病的字下面打勾。
#
# **没有电脑。** 六个漏斗打印成六张 A4，贴六面墙，分六组，每组三分钟走到下一面，在纸上写：眼前、往后、这周一件事。最后每组讲一张。六样的数印在背面，写完再翻。
# %% [markdown] role="trainer" lang="en"
# **4.2 · core 8 minutes, practice 5.**
#
# **How.** Guess whose list → hands, count the votes (most go to number 5, the most money) → six shapes, two minutes in pairs → vote again → the table of six looks. Both counts stay on the flip chart without comment.
#
# **Ask.** “2 and 6 have nearly the same shape. What is the difference?” Let them find it in the table. “1 and 4 both meet nobody. What is the difference?” (4 is piled up on top and empty after signing; 1 still has a middle and some time.) “Should number 4 get a bonus this month?” Yes. “And who talks to him about next month?”
#
# **Usual answer.** “5 is the best, one deal worth a year of ours.” Fine deal. How much of it would you vouch for? Strike out that one customer and read what is left.
#
# **Where it goes wrong.** People begin to recognise colleagues. Stop it: “These are made up. Hold your own list to it at home.” The money here is times the percent. Who has done lesson 3 will know 3, 2, 4 and 6 as lists A, B, C and D; there the bars were full amounts, hence so much larger.
#
# **Flip chart.** Six words: shape, flow, age, steps, money, dates. The room says them for each list and ticks what is amiss.
#
# **No computer.** Six funnels on six sheets on six walls, six groups, three minutes a wall: soon, later, one thing this week. Each group presents one. The figures of the six looks stand on the back; turn over after writing.
# %% [markdown] lang="zh" item="funnel.4.3" minutes=2 part="core"
# ## 三、飞六周：看看坑是哪一周挖的
#
# 道理都懂。可是周三下午客户催合同，对手在降价，你这周还打不打电话？不如飞一次。
# %% [markdown] lang="en" item="funnel.4.3" minutes=2 part="core"
# ## 3. Fly six weeks, and see in which one you dig the hole
#
# You know all that. But on Wednesday afternoon, with a customer asking for the contract and a rival cutting prices, do you still make your calls? Better fly once.
# %%
guess("funnel.4.3/guess-policy")
# %%
rules = flight.Rules.load(course.file("instruments/flight.toml"))
say(
    zh="""**一周怎么过，五行：**

1. 看这周来了什么事、剩几个小时。一周 {hours:n} 小时，手里每个项目先占掉 {upkeep:.1f} 小时杂事：名单越长，越没空。
2. 分工时。**开发**：{call_hours:n} 小时一轮电话，平常 {chance:percent} 约得成。**推进**：跑 50% 以下的。**签单**：跑 50% 和 90% 的。
3. 点一个圆，可以“先去这家”，也可以“放下它”。一家一周最多去一次，一次最多上一级：今天约见的，最早第五周签。
4. 点“过这一周”，看消息。空了两周没人去的会掉级，再不去就没了。
5. 飞完六周：**总成绩 ＝ 签下 − 花掉 ＋ 手里还值。** 最后一周没人去的，一分不算。""",
    en="""**A week in five lines:**

1. See what the week brings and how many hours are left. There are {hours:n}, and every deal on the list takes {upkeep:.1f} for paperwork first: the longer the list, the less time.
2. Split them. **Prospecting**: a round of calls takes {call_hours:n} hours and usually works in {chance:percent} of cases. **Advancing**: visits below 50%. **Closing**: visits at 50% and 90%.
3. Press a circle to visit it first, or to let it go. One visit a week and one stage a visit: whom you meet today can sign in week five at the earliest.
4. Press “Fly this week” and read the news. What nobody has visited for two weeks may fall a stage, and in the end it is gone.
5. After six weeks: **score = won − spent + still on the list.** What was not visited in the last week counts nothing.""",
    hours=rules.hours,
    upkeep=rules.upkeep,
    call_hours=rules.call_hours,
    chance=rules.call_chance,
)
# %% [markdown] lang="zh" item="funnel.4.3" minutes=20 part="more"
# ### 飞一局：两个人一台电脑，一周两分钟
#
# 飞之前说好一句，写下来：**每周不管多忙，打几轮电话？** 全班运气号一样：同一周遇上同一件事，同一家客户，同样的回答。飞完可以用同样的运气再来一次。（屏幕上的漏斗口朝上，人从上面进来；前面几张图是倒过来画的，底在下面。）
# %% [markdown] lang="en" item="funnel.4.3" minutes=20 part="more"
# ### One game: two people, one computer, two minutes a week
#
# Before you take off agree on one line and write it down: **how many rounds of calls a week, however busy?** The luck is the same for the whole class: the same events, the same customers, the same answers. Afterwards you may fly the same luck once more. (On the screen the funnel opens upwards and people come in on top; the figures above stand it on its base.)
# %%
ask("funnel.4.3/flight-six-weeks")
# %% [markdown] lang="zh" item="funnel.4.3" minutes=4 part="core"
# ### 落地以后，三个问题
#
# 1. **你先停掉的是什么？** 哪一周，为了什么？是不是电话，是不是最忙的那一周？
# 2. **坑是哪一周挖的，哪一周才疼？** 复盘里写着两个周数，中间隔了几周？疼的那一周，你还在不在这张名单上？
# 3. **你放下过谁？** 不舍得放的那几家，一共吃掉几个小时？
#
# 一局里运气算数。换三十种运气，让八种死板的打法各飞一遍，才看得出打法：
# %% [markdown] lang="en" item="funnel.4.3" minutes=4 part="core"
# ### After landing, three questions
#
# 1. **What did you stop doing first?** In which week, and for what? Was it the calls, was it your busiest week?
# 2. **In which week was the hole dug, in which is it felt?** The look back names both. How many weeks lie between, and would you still be there when it hurts?
# 3. **Whom did you let go?** And how many hours went to those you could not let go?
#
# In one game luck counts. Let eight stubborn policies fly thirty kinds of luck each, and the policy shows:
# %%
flown = flight_plots.totals(rules)
flown_numbers = flight_plots.policies_numbers(flown)
show(flight_plots.policies(flown, lang), alt=flown_numbers)
# %%
hours = flight.hours_per_appointment(rules)
say(
    zh="“只管签单”中间那局 {only_close:万}，“吃老本” {old_list:万}，“按‘金’字塔分” **{pyramid:万}**：每周先打够电话（约占工时的 {calls:percent}），再挨家跑名单。会看名单算每小时值多少、不值的敢放下的，{tended:万}。“只管开发”最少：约来一屋子人，没人去见。**你那一局排在哪儿？**",
    en="“Only closes” has a middle game of {only_close:money}, “lives on the old list” {old_list:money}, “keeps the pyramid” **{pyramid:money}**: enough calls first (about {calls:percent} of the hours), then the list in turn. Whoever reckons what an hour is worth and dares to let go makes {tended:money}. “Only prospects” comes last: a house full of people whom nobody visits. **Where does your game stand?**",
    calls=hours[0] / sum(hours),
    **flown_numbers,
)
# %% [markdown] lang="zh"
# **规则。** 每周都留一份给电话，再忙也留；剩下的工时按一小时值多少去分，排在最后的敢放；空出来的工时，全打电话。
# %% [markdown] lang="en"
# **The rule.** A part of every week goes to calls, however busy it is. Split what is left by what an hour is worth and dare to let go of what comes last. Any hour that falls free: calls.
# %%
gaps = flight_plots.pauses(rules)
say(
    zh="**什么时候不灵？** 你飞的这一局，运气是挑过的：停了电话，当局就疼。换成那三十种运气，每周四轮电话的，中间成绩 {steady:万}；第三、四周停两周的，{paused:万}，有 {unhurt:n} 局一点没吃亏：名单还满着，停下来的工时都拿去跑名单了。六周一轮也不打的，只有 {never:万}。**停一两周不是坑，停惯了才是。** 还有 {beaten:n} 种运气里，别的死办法赢了“金”字塔：一局的分说明不了谁飞得好，别拿去排名。再说，这些数是为了教学定的：真客户不会正好两周变凉，老客户介绍来的也不用打电话。",
    en="**When does it fail?** The luck of your game was picked: stop calling and it hurts at once. Over those thirty kinds of luck, four rounds a week have a middle score of {steady:money}; with a pause in weeks three and four it is {paused:money}, and {unhurt:n} games lost nothing by it: the list was still full, and the hours went there. No call in six weeks makes {never:money}. **A week or two is no hole; the habit is.** And in {beaten:n} kinds of luck another stubborn policy beat the pyramid: one score does not say who flies well, so do not rank by it. The figures, too, are set for teaching: real customers do not cool in exactly two weeks, and referrals need no calls.",
    beaten=flown_numbers["beaten"],
    **gaps,
)
# %% [markdown] lang="zh" item="funnel.4.3" minutes=37 part="homework"
# ### 回去做：先去谁，坑在哪儿，十二周长局
#
# 六周里停惯了电话，落地时还看不大出来；十二周里会疼。飞完把成绩和那一周发到群里：不比高低，比谁的坑找得准。
# %% [markdown] lang="en" item="funnel.4.3" minutes=37 part="homework"
# ### To take home: whom first, where is the hole, and twelve weeks
#
# Whoever gave up calling in six weeks may still land well; in twelve it hurts. Post your score and your week in the group, not to see who is highest, but who found the hole.
# %%
ask("funnel.4.3/worth-an-hour")
# %%
ask("funnel.4.3/where-dug")
# %%
ask("funnel.4.3/flight-twelve-weeks")
# %% [markdown] role="trainer" lang="zh"
# **4.3 · 开场 2 分钟，飞 20 分钟，复盘 4 分钟。**
#
# **怎么分。** 两人一台：一个握鼠标，一个看名单、管时间，三周后换手。规矩一条：**说好了再点“过这一周”**。第一周全班一起走，投影上你飞给他们看一遍，三分钟；以后一周两分钟，你报时。落单的跟你飞。
#
# **同样的运气。** 卡片右上角有运气号，全班一样。号是在题里定好的（`luck`），而且是挑过的：周周有事，早早签一单，停了电话当局就疼。飞完了实话告诉大家，下面那段“什么时候不灵”里有三十种运气的结果。点“换一种运气”，全班换到的也是同一种。
#
# **全班成绩表（大白纸，飞完每组自己上来填）：**
#
# | 组 | 说好每周几轮电话 | 真打了几轮 | 签下 | 手里还值 | 总成绩 | 坑在第几周 | 那周在忙什么 |
# |---|---|---|---|---|---|---|---|
# | 例 | 4、4、4、4、4、4 | 4、4、0、0、3、4 | 31万 | 9万 | 37万 | 3 | 三家一起催合同 |
#
# 组名自己起，不写人名。先看最后两列，再看成绩：圈出坑最多的那一周，问“这一周全班发生了什么？”
#
# **复盘问什么。** “你先停掉的是什么？”“停的时候，当时觉得对不对？”（对，这才是难处。）“第二次飞，第一个改的是什么？”“你真的日历上，哪一周就是这一周？”还有一句：“停下来的那几个小时拿去干什么了，值不值？”名单还满着的人会说值，他说得对：停一两周不一定亏，停惯了才是坑。
#
# **常见回答。** “运气不好，两家大单都说不。”接：全班遇上的是同样两家。谁在那一周还打了电话？
#
# **容易出岔子。** 有人只顾抢最后一周的签单，把名单晾着：最后一周没人去的不算钱，飞之前说清楚。有人点得飞快：那就让他用同样的运气再飞一次，比两次。
#
# **没有电脑：骰子版（25 分钟）。** 两人一颗骰子、九个纸片、一张画了六格的纸（FA、25%、50%、90%、签约、丢了）。开局：FA 四片，25% 三片，50% 一片，90% 一片。每周八步，一步一掷：
#
# - 打电话：3 到 6 点，FA 添一片。
# - 去 FA、25%、50% 的一家：4、5、6 上一格，1、2 丢了，3 不动。去 90% 的一家：3 到 6 签约，1 丢了，2 不动。一家一周只去一次。
# - 这周没去的，纸片上画一道；有两道还没去，退一格（FA 的丢了）。去过就擦掉。
#
# 培训师念点数，全班同一串，就是同样的运气。六周算分：签约 10 分一片；最后一周去过的，90% 算 9 分，50% 算 5 分，25% 算 2 分，FA 算 1 分。
#
# | 周 | 打电话几步 | 新约几家 | 去了几家 | 签了 | 丢了 | 退了 | 周末手里几家 |
# |---|---|---|---|---|---|---|---|
# | 1 | | | | | | | |
# | 2 | | | | | | | |
# | 3 | | | | | | | |
# | 4 | | | | | | | |
# | 5 | | | | | | | |
# | 6 | | | | | | | |
#
# 复盘同上：先看“打电话几步”那一列哪一周是 0，再看“签了”那一列哪几周是 0。每周固定拿两步打电话，平均最好，四十分上下；一步不打的不到三十，打四步的三十三。别先说。
#
# **收尾。** 翻开开场那张纸：一个月以后手里有谁？现在有几个名字要划掉，这周要约谁？
# %% [markdown] role="trainer" lang="en"
# **4.3 · opening 2 minutes, flight 20, looking back 4.**
#
# **Pairs.** Two to a computer: one has the mouse, the other the list and the clock; change after three weeks. One rule: **agree, then press “Fly this week”.** The first week all together, you fly it on the wall, three minutes; then two minutes a week, you call the time. Whoever is left over flies with you.
#
# **The same luck.** The card shows a luck number on its right, the same for all. It is fixed in the exercise (`luck`), and it was picked: something happens every week, an early contract, and a gap in the calls hurts at once. Say so after landing; “When does it fail” tells of thirty kinds of luck. “Other luck” is again the same for the whole class.
#
# **The board (a large sheet, each pair fills in its line):**
#
# | Pair | Calls agreed a week | Calls made | Won | Still on the list | Score | Hole in week | Busy with what |
# |---|---|---|---|---|---|---|---|
# | e.g. | 4, 4, 4, 4, 4, 4 | 4, 4, 0, 0, 3, 4 | 310k | 90k | 370k | 3 | three wanted their contract at once |
#
# Pairs choose a name, no personal names. Read the last two columns first: circle the week with most holes. “What happened to all of us in that week?”
#
# **To ask.** “What did you stop doing first?” “Did it feel right at the time?” (It did, that is the trouble.) “What will you change first in a second flight?” “Which week in your real diary is this one?” And: “Where did those hours go, and was it worth it?” Who had a full list will say yes, and be right: a week or two need not cost anything; the habit does.
#
# **Usual answer.** “Bad luck, both large ones said no.” The whole class met the same two. Who made calls in that week all the same?
#
# **Where it goes wrong.** Somebody spends the last week on closing only: what is not visited in it counts nothing, so say it before take-off. Somebody clicks through: let them fly the same luck again and compare.
#
# **No computer: with dice (25 minutes).** Per pair a die, nine bits of paper, a sheet with six fields (FA, 25%, 50%, 90%, contract, lost). Start: four at FA, three at 25%, one at 50%, one at 90%. Eight moves a week, one throw each:
#
# - A call: 3 to 6 puts a new bit on FA.
# - A visit to FA, 25% or 50%: 4, 5, 6 one field up; 1, 2 lost; 3 stays. A visit to 90%: 3 to 6 signed, 1 lost, 2 stays. Each deal once a week.
# - Not visited this week: a stroke on it. Two strokes and still not visited: one field back (from FA: lost). A visit wipes them off.
#
# Read out the throws yourself, the same for all: that is the same luck. Score after six weeks: 10 for each contract; of what was visited in the last week 9 for 90%, 5 for 50%, 2 for 25%, 1 for FA.
#
# | Week | Moves on calls | New | Visited | Signed | Lost | Fell back | On the list |
# |---|---|---|---|---|---|---|---|
# | 1 | | | | | | | |
# | 2 | | | | | | | |
# | 3 | | | | | | | |
# | 4 | | | | | | | |
# | 5 | | | | | | | |
# | 6 | | | | | | | |
#
# Same questions: in which week are the moves on calls 0, in which weeks the contracts? Two moves of eight on calls every week are best on average, about 40; no call at all brings less than 30, four moves 33. Do not tell beforehand.
#
# **Close.** Turn over the sheet of the opening: who will be on your list in a month? Which names go, and whom do you ring this week?
# %% [markdown] lang="zh" minutes=15 part="homework"
# ## 四、现在看你自己的漏斗
#
# 导出你的项目，在下面选文件；没有现成的表，找培训师要一本空白工作簿（命令是 `coursekit template funnel`），Excel、WPS 都能填。只在这台电脑上算，不上传，不留底。虚线是“金”字塔：同样多的项目，照它该怎么站。
#
# **周一做三件事：**
#
# 1. 写下三个名字：一个周期以后，你手里还会有谁。写不出，今天上午先约人。
# 2. 六样问一遍自己的名单，挑最难看的一样，只做那一样该做的事。
# 3. 把电话放进日历：每天同一个钟点，最忙的那一周也不动。
# %% [markdown] lang="en" minutes=15 part="homework"
# ## 4. Now your own funnel
#
# Export your deals and choose the file below; if you have no list, ask the trainer for the empty workbook (the command is `coursekit template funnel`). It is worked out on this computer only, not sent anywhere, not kept. The dashed outline is the pyramid: as many deals as yours, placed as it would have them.
#
# **Three things for Monday:**
#
# 1. Three names: who will be on your list one cycle from now? If you cannot write them, make appointments first.
# 2. The six looks at your own list. Take the worst of them, and do only what it asks.
# 3. Put the calls into your diary, the same hour every day, and do not move them in the busiest week.


# %%
def my_funnel(table):
    numbers = portfolio_plots.own_numbers(table.frame)
    numbers["unchecked"] = funnel.rules_off(table.frame, ladder)
    return portfolio_plots.own(table.frame, lang), numbers


own("deals", my_funnel)
# %% [markdown] lang="zh" minutes=10 part="more"
# ## 结课小测：三道题，十分钟
#
# 每题答一次，交了就有结果。题和课上一样，数换了。
# %% [markdown] lang="en" minutes=10 part="more"
# ## Closing check: three questions, ten minutes
#
# One answer each, and you are told at once. The questions are those of the lesson with other numbers.
# %%
check("funnel.4", "close", minutes=10)
