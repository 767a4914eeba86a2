# Lesson funnel.5: the forecast, a figure with a range, held against what came. The running case, made up.
# %%
import datetime

from coursekit import forecast, funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, check, guess, mine, own, say, show, slider
from coursekit.plots import forecast as plots
from coursekit.plots import past

course = Course.find()
lang, ladder = course.lang, course.ladder()
# %% [markdown] lang="zh" minutes=1 part="core"
# # 预测：一个数，加一个范围
#
# 月底，周五下午四点。经理挨个问：“下个月报多少？”你把表上的金额乘上百分比，加起来，59 万。一个月过去，签下 30 万。经理翻出那张纸：“你不是说 59 吗？”
#
# 你的算术没有错。错在把一个期望值当成了一句承诺。
#
# **学完这一课，你能做到五件事：**
#
# 1. 算出期望值，并且说得清它为什么不是承诺；
# 2. 报两个数加一个范围：照表多少、拿得出多少、十回里八回落在哪；
# 3. 拿有了结果的项目，核对自己报的百分比；
# 4. 按合同日期分月报，每个日期说得出从哪来；
# 5. 算周期时把还没成的也数进去；用过去的月底，试一试你的算法差多少。
#
# *课里的公司、客户和数字全是编的，规律是故意放进去的，好让你看得见。你自己的表上是不是这样，最后自己查。*
# %% [markdown] lang="en" minutes=1 part="core"
# # A forecast is a figure with a range
#
# Friday, four o'clock, end of the month. The manager goes round the table: “What will you bring next month?” You multiply amounts by percents, add them up, and say 590,000. A month later you have signed 300,000. The manager finds the sheet: “Did you not say 590?”
#
# Your arithmetic was right. The mistake was to let an expected value pass for a promise.
#
# **After this lesson you can do five things:**
#
# 1. work out an expected value, and say why it is no promise;
# 2. report two figures and a range: as listed, as shown, and where it will lie eight times in ten;
# 3. hold your percents against the deals that have ended;
# 4. forecast by month of the contract, and say where each date comes from;
# 5. count in the deals that are not over yet when you speak of your cycle, and try your method on month ends that have passed.
#
# *Company, customers and figures of this lesson are made up; what you will find was put in on purpose, so that it can be seen. Whether your own list looks like that, you check at the end.*
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一课怎么带
#
# **目标。** 学完以后，没有人再只报一个数。每个人能对着自己的表说一句完整的话：“照表多少，拿得出多少，十回里八回在多少到多少。”再能说出：哪个月、凭什么是那个月。
#
# **时间。** 主线 25 分钟；课堂练习 23 分钟，收尾小测 10 分钟，合起来不到一小时。标“回去做”的不占课堂。
#
# **带什么来。** 两人一副扑克牌，二十人带十副。第一段先真的抽牌，再开电脑。不抽牌直接讲公式，这一课就死了。抽牌连贴便签要多用 3 分钟，从“凑不凑得出”那张练习卡里省：抽过牌的人，那题已经会了。
#
# **先猜后看。** 每段先猜，答案就在猜测卡下面：全班写下数以前，投影别往下滚。
#
# **练习卡。** 头一回没对，卡上只说错在哪、给提示；交到第二回，或者做对了，才讲为什么。先让大家自己改一回，再讲评；每台电脑抽到的卡不一样，讲评讲理由，别报答案。
#
# **术语。** 合同(I/O)日期 = **进单的日子**，合同生效、订单进来的那一天。不是交货，不是开票，不是回款，也不是电脑里的“输入输出”。P10–P90：十回里有一回比它还低，有一回比它还高。图上凡是画了区间的，都写着是几成的区间；不同的图可能不一样，念出来。
#
# **公平。** 第三段用到课里那家公司一位同事的表，人和数都是编的。只讲表，不讲人，不猜是谁。
#
# **只有一半时间。** 留一、二、五三段，加“三张表”和“按月报”两个练习。四看图 1 分钟；三、六、七课后读。合起来 22 分钟，抽牌另加 3 分钟。
#
# **没有电脑。** 一副牌、一张挂图纸就够上前三段；五、六、七的图打印成 A3。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run this lesson
#
# **Aim.** Nobody reports a single figure any more. Everybody can say one whole sentence about their own list: “As listed so much, shown so much, eight times in ten between this and that”; and for each deal in which month it will be signed, and why that month.
#
# **Time.** Core 25 minutes, exercises in class 23, closing check 10: just under an hour. What is marked “to take home” is extra.
#
# **Bring.** A pack of cards for every two people, ten packs for twenty. Draw cards first, computers later. Begin with the formula and the lesson is dead. Drawing takes 3 minutes more; save them on the exercise “What can come”, which the cards have taught already.
#
# **Guess first.** The answer stands right below the card; do not scroll on before everybody has written a number.
#
# **Cards.** After a first wrong try a card names what is wrong and gives hints; why comes with the second try, or once it is right. Let them mend it themselves before you discuss it. Every computer draws other cards: discuss reasons, not answers.
#
# **Words.** The contract (I/O) date is the day on which the **order comes in**: the contract is in force. Not delivery, not the invoice, not the money, and nothing to do with input and output. P10 to P90: one month in ten is lower, one in ten is higher. Wherever a figure shows an interval it says how wide it is meant; read that out, figures differ.
#
# **Fairness.** Part 3 uses the list of one colleague in the company of this course; person and figures are made up. Speak about the list, not the person, and do not guess whose it is.
#
# **Half the time.** Keep parts 1, 2 and 5 with the exercises “Three lists” and “By month”. Part 4: the figure, one minute. 3, 6 and 7 as reading. That is 22 minutes, and 3 more for the cards.
#
# **No computer.** Cards and a flip chart carry the first three parts; print the figures of 5, 6 and 7 as A3.
# %% [markdown] lang="zh" item="funnel.5.1" minutes=4 part="core"
# ## 一、每个项目都是一张牌
#
# 六个项目：三个 20 万的，50%；两个 40 万的，25%；一个 10 万的，90%。拿一副牌，一个项目抽一张，抽完放回去：50% 的抽到红的算签，25% 的抽到红桃算签，90% 的只要不是 A 就算签（差不多九成）。六张抽完，加一加，就是一个月。
# %% [markdown] lang="en" item="funnel.5.1" minutes=4 part="core"
# ## 1. Every deal is a card
#
# Six deals: three of 200,000 at 50%, two of 400,000 at 25%, one of 100,000 at 90%. Take a pack of cards, draw one for each deal and put it back. At 50% a red card wins, at 25% a heart, at 90% anything but an ace (close enough). Six draws, add up what was won: that is one month.
# %%
guess("funnel.5.1/guess-months")
# %%
six = {"amount": [200_000] * 3 + [400_000] * 2 + [100_000], "rate": [0.5] * 3 + [0.25] * 2 + [0.9]}


def months(n):
    return plots.throws(**six, lang=lang, n=n, seed=10), plots.throws_numbers(**six, n=n, seed=10)


slider(
    months,
    n={"zh": "抽了几个月", "en": "Months drawn", "low": 10, "high": 200, "step": 10, "start": 100},
)
# %%
say(
    zh="先乘后加，期望值是 {mean:money}。抽一百个月，够这个数的只有 {reached:n} 个；正好 {mean:money} 的一个也没有，这六个数怎么凑也凑不出来。最少的一个月 {least:money}，最多的 {most:money}。可是一百个月平均下来是 {average:money}：**期望值说的是很多个月的平均，不是下个月。** 把滑块拉到 10 再看：一个人一年才十二个月。",
    en="Multiply, then add: the expected value is {mean:money}. Of a hundred months {reached:n} reach it; not one brings {mean:money} exactly, since these six amounts never add up to it. The poorest month brought {least:money}, the best {most:money}. Yet the average of the hundred is {average:money}: **an expected value speaks of many months together, not of the next one.** Drag the slider to 10 and look again; a year has no more than twelve.",
    **plots.throws_numbers(**six, n=100, seed=10),
)
# %% [markdown] lang="zh"
# **规则。** 期望值 = 每个项目的金额 × 它那一级的百分比，**先乘后加**。先平均百分比再乘总额，是另一个数，而且是错的那个。
#
# **什么时候不灵？** 牌与牌互不相干，项目不一定。猪价一跌，三家猪场一起停；一个政策下来，六张牌一起翻。那时候真正的起伏，比抽牌抽出来的还要大。第七段有账可查。
# %% [markdown] lang="en"
# **The rule.** Expected value = amount times the percent of its class, deal by deal. **Multiply first, then add.** The average percent times the total is another figure, and the wrong one.
#
# **When does it fail?** Cards know nothing of each other. Deals do: when the price of pork falls three farms stop at once. Then the true swings are wider than anything you have drawn here. Part 7 shows the record.
# %% [markdown] role="trainer" lang="zh"
# **5.1 牌 · 主线 4 分钟，抽牌另加 3 分钟。** 两人一副牌，各抽一个月，把数写在便签上贴到挂图的横轴上，二十个人就是二十个点。再开滑块。
#
# **问。** “谁抽到 59 万？”没有人。“那 59 是哪来的？”让他们自己说出“平均”。
#
# **常见回答。** “那我报 59 就是骗人？”接：不是骗人，是只说了半句。后半句是范围。
#
# **容易出岔子。** 抽完忘了放回去，概率就变了。抽一张、记一笔、放回、洗一下。
#
# **没有电脑。** 这一段本来就不用电脑。没有牌就用骰子：双数算 50%；25% 扔两回都是双数；90% 记为“不是一”（六分之五，说一句偏低一点）。
# %% [markdown] role="trainer" lang="en"
# **5.1 cards · core 4 minutes, drawing 3 more.** A pack for two, one month each, every result on a sticky note along an axis on the flip chart: twenty people, twenty dots. Then the slider.
#
# **Ask.** “Who drew 590,000?” Nobody. “Where does it come from, then?” Let them find the word average.
#
# **Usual answer.** “So if I report 590 I am lying?” No, you have said half a sentence. The other half is the range.
#
# **Where it goes wrong.** Cards are not put back and the odds change. Draw, note, put back, shuffle.
#
# **No computer.** None needed. Without cards take dice: an even number for 50%, two even throws running for 25%, anything but a one for 90% (five in six, say that it is a little low).
# %% [markdown] lang="zh" item="funnel.5.1" minutes=4 part="core"
# ## 二、报两个数，再报一个范围
#
# 换成你自己那一片的表。同一张表，问得松一点、严一点，数就不一样。滑块三档：**0** 照表算；**1** 下一步写了，日子没过；**2** 哪天、见谁、谈什么，三样都写了。
# %% [markdown] lang="en" item="funnel.5.1" minutes=4 part="core"
# ## 2. Report two figures, and a range
#
# Now the list of your own territory. The same list gives another figure when you ask more strictly. The slider has three notches: **0** as listed; **1** a next step is written and its day has not passed; **2** a day, a person and an aim are all written.
# %%
company = Case.load(course.switches["case"], lang, course)
today, my_deals = company.today, mine().deals
my_open = my_deals[funnel.is_open(my_deals["stage"])]
listed_rates = ladder.rates(my_open["stage"])
best = my_open["amount"][listed_rates > 0].sum()


def asked(strict):
    checked = funnel.review(my_open, today, ladder, strict=strict == 2)
    rates = checked["rate"] if strict else listed_rates
    title = f"plots.forecast_strict_title_{strict}"
    figure = plots.spread(my_open["amount"], rates, lang, title=title, top=best)
    return figure, plots.spread_numbers(my_open["amount"], rates)


slider(
    asked,
    strict={"zh": "问得多严", "en": "How strictly", "low": 0, "high": 2, "step": 1, "start": 0},
)
# %%
strictly = asked(2)[1]
say(
    zh="照表算，期望值 {listed:money}；三样都拿得出来的，只剩 {mean:money}。报给经理的那句话这么说：“**照表 {listed:money}，拿得出 {mean:money}；十回里八回落在 {p10:money} 到 {p90:money}。**”百分比要是准、项目要是各管各的，十回里只有一回比低的那一头（P10）还低：要定保底，从那里往下定，别从期望值定。准不准，后面拿六个月底来对。（这是整张表最后签下多少；哪个月签，第五段讲。）",
    en="As listed the expected value is {listed:money}; of what can be shown {mean:money} is left. What you tell your manager: “**{listed:money} as listed, {mean:money} shown; eight times in ten between {p10:money} and {p90:money}.**” If the percents are right and the deals do not hang together, it falls below the lower end (P10) one time in ten only: if you must promise a minimum, begin there and go down, never from the expected value. Whether they are right is tried further on, at six month ends. (This is what the list brings in the end; in which month, see part 5.)",
    listed=asked(0)[1]["mean"],
    **strictly,
)
# %% [markdown] lang="zh"
# **规则。** 一句话三样东西：照表、拿得出、范围，并且说清是几成的范围。少一样，听的人就会自己补，而且总是往高里补。
# %% [markdown] lang="en"
# **The rule.** Three things in one sentence: as listed, as shown, and the range with its level. Leave one out and the listener fills it in, always upwards.
# %%
say(
    zh="**什么时候不灵？** 翻 {day:date} 的周报表：带百分比的项目里，有下一步的 {with_n:n} 个，到今天签了 {with_signed:n} 个；没有的 {without_n:n} 个，签了 {without_signed:n} 个，最大的一单 {without_largest:money}。规则大体是对的，可它不是魔法：有的客户不跟你约，自己就签了。所以两个数都要报，差在哪几个项目，名字也要报。",
    en="**When does it fail?** Take the weekly list of {day:date}. Of {with_n:n} deals with a percent and a next step {with_signed:n} have been signed since; of {without_n:n} without one, {without_signed:n}; the largest of those contracts was {without_largest:money}. The rule is broadly right and no magic: some customers agree on nothing and sign all the same. That is why you report both figures, and name the deals that lie between them.",
    **past.steps_numbers(company.snapshots, company.deals, ladder),
)


# %% [markdown] role="trainer" lang="zh"
# **5.1 范围 · 主线 4 分钟。** 每台电脑上的表不一样，投影你的，大家拉自己的。
#
# **问。** “三档拉过去，数掉了多少？掉下去的是哪几个名字？”请两个人念。再问：“范围变窄了，是好事吗？”（不一定：是因为剩下的项目少了。）
#
# **常见回答。** “报范围，领导会说我滑头。”练一遍整句话，让邻座扮领导。滑头的是只报高的那个数。“领导非要一个数呢？”给拿得出的那个，大单的名字跟在后面单报，范围写在纸上。
#
# **容易出岔子。** 把 P90 当目标。它是十个月里最好的那一个月。
#
# **挂图。** 写一行填空：照表＿＿，拿得出＿＿，十回里八回＿＿到＿＿。留到最后一段用。
#
# **没有电脑。** 每人在自己的表上圈出三样都写了的，只加这些；范围用第一段的牌抽五回，去掉最高和最低各一个，中间的算范围（五回里三回，说明白）。
# %% [markdown] role="trainer" lang="en"
# **5.1 range · core 4 minutes.** Every computer holds another list; project yours and let them drag their own.
#
# **Ask.** “How much fell away over the three notches? Which names?” Two people read theirs out. Then: “The range got narrower; is that good?” (Not as such: fewer deals are left.)
#
# **Usual answer.** “If I report a range, the boss will call it an excuse.” Practise the sentence, the neighbour plays the boss. The excuse is to report only the high figure. “And if the boss insists on one?” The one you can show, the large deals named after it, the range on paper.
#
# **Where it goes wrong.** P90 is taken for the target. It is the best month in ten.
#
# **Flip chart.** One line to fill in: listed __, shown __, eight times in ten __ to __. Keep it for the end.
#
# **No computer.** Everybody circles the deals with all three written down and adds only these; for the range draw five months with the cards and drop the highest and the lowest (three in five: say so).
# %% [markdown] lang="zh" item="funnel.5.1" minutes=3 part="core"
# ## 三、十个小单和一个大单，期望值一样，日子不一样
#
# 手里一共 200 万。分成十单，还是押在一单上？拉两个滑块，看横线有多宽。
# %% [markdown] lang="en" item="funnel.5.1" minutes=3 part="core"
# ## 3. Ten small deals or one large one: the same figure, another life
#
# Two million in all. Ten deals, or everything on one? Drag both sliders and watch how wide the black line gets.
# %%
def cut_up(deals, odds):
    amount = [2_000_000 / deals] * deals
    figure = plots.spread(
        amount, odds, lang, title="plots.forecast_same_title", top=2_000_000, deals=deals, odds=odds
    )
    return figure, plots.spread_numbers(amount, odds)


slider(
    cut_up,
    deals={"zh": "分成几单", "en": "Deals", "low": 1, "high": 40, "step": 1, "start": 10},
    odds={
        "zh": "每单成的可能",
        "en": "Chance of each",
        "low": 0.1,
        "high": 0.9,
        "step": 0.1,
        "start": 0.5,
        "form": "percent",
    },
)
# %%
ten, one = cut_up(10, 0.5)[1], cut_up(1, 0.5)[1]
say(
    zh="每单五成，期望值都是 {mean:money}。分成十单，十回里八回在 {p10:money} 到 {p90:money}；押在一单上，要么 {one_low:money}，要么 {one_high:money}，**{mean:money} 一次也不会有**。",
    en="At one half each the expected value is {mean:money} both times. With ten deals the total lies between {p10:money} and {p90:money} eight times in ten; with one it is {one_low:money} or {one_high:money}, and **{mean:money} never comes**.",
    one_low=one["below"],
    one_high=one["above"],
    **ten,
)
# %% [markdown] lang="zh"
# 公司里有没有这样的表？有。最大的一单在谁的表上，就看谁的：
# %% [markdown] lang="en"
# Is there such a list in the company? Look at the one that holds the largest open deal of all:
# %%
company_open = company.deals[funnel.is_open(company.deals["stage"])]
largest = company_open.loc[company_open["amount"].idxmax()]
list_of_one = company_open[company_open["owner"] == largest["owner"]]
claimed = ladder.rates(list_of_one["stage"])
lumpy = plots.spread_numbers(list_of_one["amount"], claimed)
show(
    plots.spread(list_of_one["amount"], claimed, lang, title="plots.forecast_large_title"),
    alt=lumpy,
)
# %%
say(
    zh="照表算，期望值 {mean:money}，其中一单就占了 {part:percent}：{amount:money}，{rate:percent}。成了，至少 {above:money}；丢了，顶多 {below:money}。中间那一大段是空的。经理照 {mean:money} 排产，排多少都是错的。\n\n**规则。** 一单占了期望值的一半以上，就别把它加进去：单独报，“不算它 {below:money} 封顶，算上它 {above:money} 起步，哪天见分晓”。",
    en="As listed the expected value is {mean:money}, and one deal makes {part:percent} of it: {amount:money} at {rate:percent}. If it comes the list brings {above:money} or more, if not {below:money} at most. In between there is nothing. Whoever plans production for {mean:money} plans wrongly either way.\n\n**The rule.** When one deal makes up more than half of the expected value, do not add it in. Report it apart: “without it {below:money} at most, with it {above:money} at least, and on this day we shall know.”",
    amount=largest["amount"],
    rate=ladder.rate(largest["stage"]),
    part=largest["amount"] * ladder.rate(largest["stage"]) / lumpy["mean"],
    **lumpy,
)
# %% [markdown] role="trainer" lang="zh"
# **5.1 大单 · 主线 3 分钟。**
#
# **问。** “同样 100 万的期望值，你愿意当哪个人的经理？”再问：“那大单就不做了？”做，但要单独报，单独推。
#
# **常见回答。** “分散就好呗。”接：十个小单如果都押在同一个客户集团、同一轮招标上，那还是一张牌。
#
# **容易出岔子。** 有人要猜图上是谁的表。不猜；问“你的表上有没有这样一单”。
#
# **没有电脑。** 全班起立，每人手里一张“20 万、五成”，抽红黑，坐下的算丢，数站着的，乘 20 万；再让一个人举着“一单 200 万”抽一张。两种各做三遍。
# %% [markdown] role="trainer" lang="en"
# **5.1 large deal · core 3 minutes.**
#
# **Ask.** “The same expected million: whose manager would you rather be?” Then: “So no more large deals?” Go for them, but report and push them on their own.
#
# **Usual answer.** “Spread it, then.” If the ten small ones hang on one group or one tender, they are still a single card.
#
# **Where it goes wrong.** Somebody wants to guess whose list it is. Do not; ask who has such a deal.
#
# **No computer.** Everybody stands with “200,000 at one half” and draws red or black; who loses sits down, count the others. Then one person draws for “one deal of 2 million”. Three times each.
# %% [markdown] lang="zh" item="funnel.5.1" minutes=4 part="core"
# ## 四、报 50% 的，真有一半签了吗？
#
# 百分比是一句话：“这样的项目，十个里成几个。”说过的话可以查账：把到过这一级、已经有结果的项目找出来，数一数。
# %% [markdown] lang="en" item="funnel.5.1" minutes=4 part="core"
# ## 4. Claimed at 50%: did half of them sign?
#
# A percent is a statement: so many of ten such deals will come. Statements can be checked. Take all the ended deals that ever stood in a class, and count.
# %%
guess("funnel.5.1/guess-fifty")
# %%
claims = forecast.stage_claims(company.deal_history, ladder, today)
fits = plots.reliability_numbers(claims, ladder)
show(plots.reliability(claims, ladder, lang), alt=fits)
# %%
say(
    zh="到过 50% 又有了结果的 {n_p50:n} 个，签了 {won_p50:n} 个，{came_p50:percent}（{level:percent} 区间 {low_p50:percent}–{high_p50:percent}）：五成报高了。90% 的签成 {came_p90:percent}，也高了。25% 的倒签成 {came_p25:percent}，报低了。还有一层：25% 和 50% 真签成的差不多，这两级其实没分开，听到“五成”，其实听不出它比“两成半”更有戏。",
    en="Of {n_p50:n} ended deals that had come to 50%, {won_p50:n} were won: {came_p50:percent} ({level:percent} interval {low_p50:percent} to {high_p50:percent}). One half was too much. At 90% it was {came_p90:percent}, too much again; at 25% it was {came_p25:percent}, and the claim was too low. One thing more: what came of 25% and of 50% is nearly the same, so the two are hardly kept apart, and whoever hears “50%” learns little more than from “25%”.",
    **fits,
)
# %% [markdown] lang="zh"
# **规则。** 每季度数一遍，每级至少 20 个有结果的。报的百分比落在区间外，先查门松没松，再改数。门松着就改数，下个月又得改。
# %% [markdown] lang="en"
# **The rule.** Count every quarter, with at least 20 ended deals per class. Where the claim lies outside the interval, see first whether the gates are kept, and change the figure after that. With loose gates you will change it again next month.
# %%
mine_50 = funnel.own_rates(mine().deal_history, ladder).loc["p50"]
say(
    zh="**什么时候不灵？** 人少的时候。你自己那一片，到过 50% 又有结果的只有 {n:n} 个，签了 {won:n} 个，{level:percent} 区间从 {low:percent} 到 {high:percent}：报这头、报那头都对得上，等于没查。这种表拿团队的数查，别拿来评一个人。还有：查的都是有了结果的，还在谈的不在里头；签约来得快，丢单认得慢，刚开始数的那几个月，签成率会虚高。",
    en="**When does it fail?** With few deals. In your own territory {n:n} deals have come to 50% and ended, {won:n} were won, and the {level:percent} interval runs from {low:percent} to {high:percent}: a claim at either end would fit, so little has been checked. Count the team, and do not judge a person by it. And only ended deals are in here. Contracts come soon and losses are admitted late, so the share looks too high while many are still open.",
    level=fits["level"],
    **mine_50,
)
# %% [markdown] role="trainer" lang="zh"
# **5.1 查账 · 主线 4 分钟。**
#
# **问。** “菱形是说的，圆点是做的。哪一级说得最离谱？”再问：“那把 50% 改成 43% 不就行了？”不行：门松了，下个月又是别的数。第二课说五道门全过的 64 个签了 59 个，这里报 50% 的只签了四成多，不矛盾：那边只数证据齐的，这边数所有到过 50% 的。
#
# **常见回答。** “我们行业就这样。”接：所以数的是自己的账，不是别人的。
#
# **容易出岔子。** 主管当场拿区间去比人。挡住：一个人十来个项目，区间宽得谁和谁都一样。
#
# **怎么念区间。** “要是从头再来一百回，这样画出来的条，大约九十条会盖住真的那个比例。”不必背；会说“条越长，越别当真”就够。
#
# **没有电脑。** 每人回想去年报过 50% 的五个项目，成了的举手指。全班加起来除以总数，写在挂图上，和 50% 比。
# %% [markdown] role="trainer" lang="en"
# **5.1 checking · core 4 minutes.**
#
# **Ask.** “The diamond is what was said, the dot what was done. Where is the gap widest?” Then: “So we change 50% to what came?” No; with a loose gate next month gives another figure. Nor does it contradict lesson 2, where 59 of 64 with all five gates were won: there only those with the evidence were counted, here all that ever stood at 50%.
#
# **Usual answer.** “Our trade is like that.” Which is why you count your own record.
#
# **Where it goes wrong.** A manager starts comparing people. Stop it: with a dozen deals each the intervals are so wide that everybody is like everybody.
#
# **Reading an interval.** “If we could start over a hundred times, about ninety of such bars would cover the true share.” No need to learn it; “the longer the bar, the less I believe it” will do.
#
# **No computer.** Everybody thinks of five deals claimed at 50% last year and shows on the fingers how many came. Add up the room and compare.
# %% [markdown] lang="zh" item="funnel.5.1" minutes=11 part="more"
# ### 练一练：三张表，凑不凑得出，报得准不准
# %% [markdown] lang="en" item="funnel.5.1" minutes=11 part="more"
# ### Practice: three lists, what can come, do claims hold
# %%
ask("funnel.5.1/three-lists")
# %%
ask("funnel.5.1/what-can-come")
# %%
ask("funnel.5.1/do-claims-hold")
# %% [markdown] lang="zh" item="funnel.5.1" minutes=4 part="homework"
# ### 回去做：哪一单说了算
# %% [markdown] lang="en" item="funnel.5.1" minutes=4 part="homework"
# ### To take home: which deal decides
# %%
ask("funnel.5.1/which-decides")
# %% [markdown] lang="zh" item="funnel.5.2" minutes=4 part="core"
# ## 五、写在表上的日期，是客户的，还是我们的？
#
# “这单三月签。”谁说的？分月预测，看的是**合同(I/O)日期**：合同生效、订单进来的那一天，叫进单。不是交货，不是开票，不是回款。
#
# 十二月中旬那张周报表上，不少项目写着四周之内签。
# %% [markdown] lang="en" item="funnel.5.2" minutes=4 part="core"
# ## 5. The date on the list: the customer's, or ours?
#
# “This one signs in March.” Who says so? A forecast by month goes by the **contract (I/O) date**, the day on which the contract is in force and the order has come in. Not delivery, not the invoice, not the money.
#
# On a weekly list of mid-December a good many deals were dated for the next four weeks.
# %%
guess("funnel.5.2/guess-dated")
# %%
dates = past.dated_numbers(company.snapshots, company.deals, today)
show(past.dated(company.snapshots, company.deals, today, lang), alt=dates)
# %%
say(
    zh="第一张表上 {first_n:n} 个、{first_amount:money}，四周里签了 {first_signed:n} 个、{first_came:money}。{n_lists:n} 张表，张张如此，合起来签了 {share:percent}（几张表的四周互相重叠，同一单会数到几回）。其余的，丢了 {first_lost:n} 个；还有 {first_open:n} 个没丢也没签，日期往后一挪，又写成“下个月底”。",
    en="On the first list {first_n:n} deals worth {first_amount:money}; in the four weeks {first_signed:n} of them were signed, worth {first_came:money}. It is the same on all {n_lists:n} lists, {share:percent} together (their weeks overlap, so a deal may be counted more than once). Of the others {first_lost:n} were lost; {first_open:n} were neither lost nor signed, their date was simply moved on, to the end of the next month.",
    **dates,
)
# %% [markdown] lang="zh"
# **规则。** 日期只有两个正经来处：
#
# - **客户的步子**：董事会哪天过，老合同哪天到期，苗哪天放，他自己排的；
# - **平常的周期**：客户还没排，就照同样的项目平常要多久推。
#
# 两样都没有，就别写日期，放进“没写日期”单独报。日期过了的也单独放，不许自动滚到下个月。
# %% [markdown] lang="en"
# **The rule.** A date has two honest sources:
#
# - **the customer's own steps**: the day of the board, the day on which the old contract ends, the day on which the ponds are stocked;
# - **the usual cycle**: as long as the customer has set no day, how long such deals usually take.
#
# With neither, write no date and report the deal under “no date”. A date that has passed stands apart as well; it must not roll into the next month by itself.
# %%
pace = forecast.cycle(company.deals, today)
by_month = forecast.by_period(my_open, today, ladder, strict=True, cycle=pace)
my_months = plots.periods_numbers(by_month)
show(plots.periods(by_month, lang), alt=my_months)
# %%
fish = company.orders[company.orders["product"] == "P09"]
sold = fish["quantity"].groupby(fish["date"].dt.month).sum()
say(
    zh="这是你那一片。{month}写着 {n_first:n} 个项目，照表 {first_listed:money}，拿得出 {first_shown:money}；照平常的周期推，是 {first_cycle:money}。两个数对不上的地方，就是该打电话问客户的地方。没写日期的 {n_undated:n} 个，单独报。\n\n**什么时候不灵？** 季节性的生意。{product}，六、七、八月走的货是十二、一、二月的 {times:.1f} 倍。塘主冬天跟你谈得再好，也要到开春放苗才定；照平常的周期推，会推到一个他根本不进料的月份。这种客户，问他的季节，别问我们的周期。合同签了也别急着报产量：**进单是一个月，交货可能隔着一季。**",
    en="This is your territory. Deals dated {month}: {n_first:n}, {first_listed:money} as listed, {first_shown:money} shown; by the usual cycle it would be {first_cycle:money}. Where the two disagree there is a customer to be called. Without a date, and apart: {n_undated:n}.\n\n**When does it fail?** In seasonal business. {product}: from June to August {times:.1f} times as much is delivered as from December to February. However good the talk in winter, a pond owner decides when the ponds are stocked; the usual cycle puts him into a month in which he buys nothing. Ask about his season, not about our cycle. And a contract is not yet tonnage: **the order may come in one season, the delivery in another.**",
    month=plots.period(my_months["first"], lang),
    product=company.products.set_index("product").loc["P09", "name"],
    times=sold[[6, 7, 8]].sum() / sold[[12, 1, 2]].sum(),
    **my_months,
)
# %% [markdown] role="trainer" lang="zh"
# **5.2 日期 · 主线 4 分钟。**
#
# **问。** 每人看自己最大的一单：“日期是谁说的？”客户说的站左边，自己估的站右边，系统逼着填的站中间。看看有多少人站中间。
#
# **常见回答。** “系统不填过不去。”接：填得进去，也要说得出来处；说不出的，写进备注“我估的”。
#
# **容易出岔子。** 有人说“我们公司按回款算”。可以，但一张表只用一种日子，写在表头上。这一课用进单。
#
# **挂图。** 画一条时间线：立项、合同、交货、开票、回款，五个点。让大家在“合同”上画圈。
#
# **没有电脑。** 翻上个月的预测，数：写着上月签的几个，签了几个。这一个除法，比什么图都管用。
# %% [markdown] role="trainer" lang="en"
# **5.2 dates · core 4 minutes.**
#
# **Ask.** Everybody takes their largest deal: “Who set the date?” The customer: stand on the left. I did: on the right. The system wanted one: in the middle. See how many stand in the middle.
#
# **Usual answer.** “It will not save without a date.” Then fill one in, and note “my guess” beside it.
#
# **Where it goes wrong.** “We go by the money.” You may, but one list has one kind of date, and it says which. Here it is the order.
#
# **Flip chart.** A time line: project, contract, delivery, invoice, money. They put a ring round the contract.
#
# **No computer.** Take last month's forecast: how many were dated last month, how many signed? That one division beats any figure.
# %% [markdown] lang="zh" item="funnel.5.2" minutes=3 part="core"
# ## 六、还没成的，也要数进去
#
# 好消息：十二月新立的项目里，已经签成的那些，一半只用了两个月出头。“我们今年快多了！”真的快了吗？
# %% [markdown] lang="en" item="funnel.5.2" minutes=3 part="core"
# ## 6. Count in those that are not over yet
#
# Good news. Of the deals opened in December those already signed took little more than two months, half of them. “We have become so much faster!” Have you?
# %%
guess("funnel.5.2/guess-days")
# %%
lot = (company.deals, today, "2025-12-01", "2025-12-31")
quick = past.running_numbers(*lot)
show(past.running(*lot, lang), alt=quick)
# %%
say(
    zh="十二月立了 {n:n} 个，签了 {n_won:n} 个，一半在 {median:n} 天以内。可是还有 {n_open:n} 个没完：最早的一个到今天也不过三个月，**要三个月以上才签的，现在不可能在“签成的”里头。** 看老的那批（半年以前立的 {old_n:n} 个）：当时也只看 {limit:n} 天之内签的，{old_fast:n} 个，一半在 {old_fast_median:n} 天以内，看着也快；等全走完，签了 {old_won:n} 个，有一半用了 {old_median:n} 天以上。\n\n签成率也是一样：只看有结果的是 {ended_rate:percent}，把还在谈的按年龄数进去，是 {counted_rate:percent}。",
    en="Of {n:n} deals opened in December {n_won:n} are signed, half of them within {median:n} days. But {n_open:n} are not over. The oldest has run for three months; **whatever takes longer than that cannot be among the signed ones yet.** Look at the older lot ({old_n:n} deals opened more than half a year ago). Had you looked only at contracts within {limit:n} days you would have seen {old_fast:n}, half of them within {old_fast_median:n} days, which looks fast too. By now there are {old_won:n}, and half of them took {old_median:n} days or more.\n\nThe win rate does the same: {ended_rate:percent} of those that have ended, {counted_rate:percent} once the open ones are counted in by their age.",
    **quick,
)
# %%
sizes = {
    size: forecast.cycle(company.deals[company.deals["size_class"] == size], today).quantile(0.5)
    for size in ("small", "medium", "large")
}
say(
    zh="**规则。** 报周期要带三个数：签成的几个、还在谈的几个、半数要多少天。只报签成的，就是只问跑到终点的人累不累。\n\n**什么时候不灵？** 两种时候。一、大小混在一起：小单半数 {small:n} 天，中单 {medium:n} 天，大单 {large:n} 天，一个周期管不了三种单。二、死单没人关：它们赖在“还在谈”里，看着像走得慢，其实是不走了。先清死单，再算周期。",
    en="**The rule.** Three figures go with a cycle: how many are signed, how many still open, how many days half of them take. To report only the signed ones is to ask only those who reached the finish whether the race was long.\n\n**When does it fail?** Twice. First, when sizes are mixed: half of the small orders take {small:n} days, of the medium ones {medium:n}, of the large ones {large:n}; one cycle does not fit all three. Second, when nobody closes dead deals. They stay among the open ones and look slow, and they are not slow but gone. Clear them first.",
    **sizes,
)
# %% [markdown] role="trainer" lang="zh"
# **5.2 周期 · 主线 3 分钟。**
#
# **问。** 遮住图的下半截，只看绿点：“快不快？”再揭开：“橙色箭头以后会变成什么？”让他们自己说：有的变绿，而且都在右边。
#
# **常见回答。** “那就等他们都结束再算。”等得起吗？把还没成的按现在走了多少天数进去，今天就能算。
#
# **容易出岔子。** 有人想听名词。不用：“还没成的也要数进去”，这句话带走就行。
#
# **没有电脑。** 请八个人站成一排，各报自己最近一单走了几天、成没成。先只让成了的报平均，再让没成的也报“已经走了几天”。全班看第一个数错在哪。
# %% [markdown] role="trainer" lang="en"
# **5.2 cycle · core 3 minutes.**
#
# **Ask.** Cover the lower part of the figure and show only the green dots: “Fast?” Then uncover: “What will the orange arrows turn into?” They find it themselves: some will be green, all of them further right.
#
# **Usual answer.** “So wait until all are over.” Can you afford to? Count the open ones by the days they have run, and you can tell today.
#
# **Where it goes wrong.** Somebody asks for the technical term. Not needed; “count in those that are not over” is what they take home.
#
# **No computer.** Eight people in a row tell how long their latest deal has run and whether it is signed. First the mean of the signed ones; then the others add “so many days so far”. What was wrong with the first figure?
# %% [markdown] lang="zh" item="funnel.5.2" minutes=2 part="core"
# ## 七、让过去的月底考一考你的算法
#
# 哪种算法准？别争，拿过去的月底试：站在那一天，只看那天知道的，各报一个数；再看那张表最后真签下多少。
# %% [markdown] lang="en" item="funnel.5.2" minutes=2 part="core"
# ## 7. Let past month ends examine your method
#
# Which method is right? Do not argue, try it. Stand at a month end that has passed, look only at what was known that day, let each rule name its figure; then see what that list brought in the end.
# %%
guess("funnel.5.2/guess-rule")
# %%
rules = {
    "ladder": forecast.stage_rates(ladder),
    "own": forecast.learned_rates(company.deal_history, ladder),
    "open": forecast.win_rate_times_open,
    "age": forecast.age_rates,
}
days = forecast.month_ends("2025-03-01", "2025-08-31")  # later lists are not decided yet
known = {"until": today, "history": company.deal_history}
tests = {
    name: forecast.backtest(company.deals, rule, days, **known) for name, rule in rules.items()
}
marks = past.rules_numbers(tests)
show(past.rules(tests, lang), alt=marks)
spring, summer = (
    past.list_numbers(company.deals, company.deal_history, ladder, day)
    for day in ("2025-03-31", "2025-06-30")
)
# %%
say(
    zh="{n:n} 个月底，没有一条规则像样：报的百分比平均差 {off_ladder:percent}，自己的签成率差 {off_own:percent}，总额乘签成率差 {off_open:percent}，照项目年龄差 {off_age:percent}。总额乘签成率 {n:n} 回里 {above_open:n} 回报高：死单一直占着“总额”。连范围也窄了，P10–P90 本该十回里兜住八回，{n_days:n} 回只兜住 {n_inside:n} 回。\n\n错在两头。三月底，按 0 算的 {zero_n:n} 个机会和首次约见，后来签了 {zero_signed:n} 个、{zero_came:money}，报低了；六月底，最大的 {large:n} 单只签了 {large_signed:n} 单，有 {all_double:n} 个月底四条规则全报到真数的两倍以上。几张大牌一起翻，就不是互不相干的牌了：**P10 也不是保底**，往下再留一手。\n\n**规则。** 月底的数留一份，下个月回来对。连着三回都偏一边，去找原因（光凭碰巧，四回里也有一回会这样）；找到了，或者连着五六回，再改算法。忽高忽低，改报法：大单拿出来单报，范围报宽些。\n\n**什么时候不灵？** 只有 {n:n} 个月底，排不出第一第二：头两名差 {gap:percent}，等于没差。还有，表上的金额后来改过的，这里看不见，每条规则都显得比当时准。",
    en="At {n:n} month ends no rule did well. Claimed percents were off by {off_ladder:percent} on average, own rates by {off_own:percent}, total times win rate by {off_open:percent}, the age of the deal by {off_age:percent}. Total times win rate was too high {above_open:n} times in {n:n}, because dead deals never leave the total. Even the range was too narrow: P10 to P90 should hold eight outcomes in ten and held {n_inside:n} of {n_days:n}.\n\nIt went wrong at both ends. On the March list {zero_n:n} opportunities and first appointments counted nothing, and {zero_signed:n} of them were signed later, {zero_came:money}: too low. Of the {large:n} largest deals on the June list {large_signed:n} came; at {all_double:n} month ends all four rules said at least twice what came. Large cards that turn together are not independent cards. **P10 is no floor**; keep something in hand below it.\n\n**The rule.** Keep each month end's figure and come back to it. Off to the same side three times running: look for the cause (chance alone does that one time in four). Once it is found, or after five or six times, change the method. Up and down: change the report; name the large deals apart and give a wider range.\n\n**When does it fail?** {n:n} month ends make no ranking; the first two differ by {gap:percent}, which is nothing. And amounts that were corrected later cannot be seen here, so every rule looks better than it was.",
    gap=abs(marks["off_ladder"] - marks["off_own"]),
    **marks,
    **past.inside(company.deals, company.deal_history, ladder, days),
    **{name: spring[name] for name in ("zero_n", "zero_signed", "zero_came")},
    **{name: summer[name] for name in ("large", "large_signed")},
)
# %% [markdown] role="trainer" lang="zh"
# **5.2 回头看 · 主线 2 分钟。**
#
# **问。** “哪条规则总在灰柱子上头？”（红三角。）“为什么？”让他们说出死单。再问：“六月底四条全错，哪条规则救得了？”没有；救得了的是把大单单独报。
#
# **常见回答。** “都不准，那还预测什么？”接：预测不是算命，是为了早看见缺口。差 60% 还看不看得见缺口？看得见。
#
# **容易出岔子。** 有人要换一条更复杂的规则。先看图：最复杂的那条（照年龄）差得最远。
#
# **没有电脑。** 把过去三个月的预测和实际写在挂图上，两列，一减一除。就这么简单，可多半没人做过。
# %% [markdown] role="trainer" lang="en"
# **5.2 looking back · core 2 minutes.**
#
# **Ask.** “Which rule stands above the grey bars every time?” (The red triangle.) “Why?” Let them find the dead deals. “End of June: all four are wrong. Which rule would have helped?” None; naming the large deals apart would.
#
# **Usual answer.** “If nothing is right, why forecast?” Not to tell the future, to see a gap in time. Can you see it when you are off by half? Mostly, yes.
#
# **Where it goes wrong.** Somebody wants a cleverer rule. Look: the cleverest one, by age, was furthest off.
#
# **No computer.** Forecast and result of the last three months in two columns on the flip chart; subtract, divide. That simple, and hardly anybody has done it.
# %% [markdown] lang="zh" item="funnel.5.2" minutes=12 part="more"
# ### 练一练：日期从哪来，按月报，把没成的数进去
# %% [markdown] lang="en" item="funnel.5.2" minutes=12 part="more"
# ### Practice: where dates come from, by month, counting the open ones
# %%
ask("funnel.5.2/where-from")
# %%
ask("funnel.5.2/by-month")
# %%
ask("funnel.5.2/count-the-open")
# %% [markdown] lang="zh" item="funnel.5.2" minutes=6 part="homework"
# ### 回去做：哪一天是进单，哪条规则最近
# %% [markdown] lang="en" item="funnel.5.2" minutes=6 part="homework"
# ### To take home: which day is the order, which rule was nearest
# %%
ask("funnel.5.2/which-date")
# %%
ask("funnel.5.2/nearest-rule")
# %% [markdown] lang="zh" minutes=15 part="homework"
# ## 八、现在报你自己的
#
# 把你的项目导出成 Excel 或 CSV，在下面选文件：按合同日期分月，照表多少，拿得出多少。表里没有合同日期，就给你看范围。只在这台电脑上算，不上传，不留底。还没有表的，找培训师要一本空白工作簿（命令是 `coursekit template funnel`），Excel、WPS 都能填。
#
# **周一做三件事：**
#
# 1. 把那句话写全，报给经理：照表＿＿，拿得出＿＿，十回里八回＿＿到＿＿。占了一半以上的那一单，单独报。
# 2. 每个写着这个月签的，日期后面补一个来处：客户的步子、平常的周期，还是我估的。我估的，今天打电话。
# 3. 把今天的数存一份，日历上记下个月底：打开，对一遍。
# %% [markdown] lang="en" minutes=15 part="homework"
# ## 8. Now your own forecast
#
# Export your deals to Excel or CSV and choose the file below: by month of the contract, as listed and as shown. Without contract dates you see the range instead. It is worked out on this computer only, not sent anywhere, not kept. No list yet? Ask the trainer for the empty workbook (the command is `coursekit template funnel`).
#
# **Three things for Monday:**
#
# 1. Complete the sentence and give it to your manager: listed __, shown __, eight times in ten __ to __. A deal that makes more than half of it stands apart.
# 2. Behind every date in this month write where it comes from: the customer's step, the usual cycle, or my guess. Where it is a guess, call today.
# 3. Keep today's figures, and put the next month end into your diary: open them and compare.


# %%
def my_forecast(table):
    deals, day = table.frame, datetime.date.today()
    unchecked = {"unchecked": funnel.rules_off(deals, ladder, strict=True)}
    if "expected_close" in deals:
        months_ahead = forecast.by_period(deals, day, ladder, strict=True, periods=6)
        return plots.periods(months_ahead, lang), plots.periods_numbers(months_ahead) | unchecked
    open_deals = deals[funnel.is_open(deals["stage"])]
    rates = funnel.review(open_deals, day, ladder, strict=True)["rate"]
    amount = funnel.money(open_deals)
    return plots.spread(amount, rates, lang), plots.spread_numbers(amount, rates) | unchecked


own("deals", my_forecast)
# %% [markdown] lang="zh" minutes=10 part="more"
# ## 收尾：十分钟，不翻前面
#
# 一题一次，答完就看对错和为什么。数字和刚才的不一样，道理一样。
# %% [markdown] lang="en" minutes=10 part="more"
# ## To close: ten minutes, without scrolling up
#
# One answer each, and then you see why. Other numbers than before, the same sense.
# %%
check("funnel.5", "close", minutes=10)
