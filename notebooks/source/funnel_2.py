# Lesson funnel.2: the stages, each by its evidence. The running case, made up.
# %%
import datetime

from coursekit import funnel
from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import ask, check, guess, mine, own, say, show, slider
from coursekit.plots import funnel as ladder_plots
from coursekit.plots import gates as gate_plots
from coursekit.plots import inflow as inflow_plots

course = Course.find()
lang, ladder = course.lang, course.ladder()
# %% [markdown] lang="zh" minutes=1 part="core"
# # 漏斗分级：凭证据往上走
#
# 周一早上九点，团队会。经理把大屏一开，上面是你刚接手的那一片：十几个名字，每个后面一个百分比。他指着其中一行问：“这个为什么是 50%？”
#
# 屋里安静了。你说：“交接的时候说，关系挺好的。”
#
# **学完这一课，你能做到四件事：**
#
# 1. 说出每一级凭什么，少一样就放低一级；
# 2. 分清哪一次算首次约见，算出自己每周要约几次；
# 3. 拿一个报 50% 的项目，指出它缺哪道门；
# 4. 把没有下一步的项目从预测里拿掉，报出两个数。
#
# *课里的公司、客户和数字全是编的，你接手的那一片也是；每台电脑上的那一片不一样，难度差不多。规律是故意放进去的，好让你看得见。你自己的表上是不是这样，最后自己查。*
# %% [markdown] lang="en" minutes=1 part="core"
# # The stages: up by evidence
#
# Monday, nine o'clock, team meeting. On the wall is the list of the territory that you have just taken over: a page of names, a percentage behind each. The manager points at one line. “Why is this one 50%?”
#
# Silence. You say: “When it was handed over to me, I was told that we get on very well.”
#
# **After this lesson you can do four things:**
#
# 1. say what each class asks for, and go one lower when something is missing;
# 2. tell what counts as a first appointment, and work out how many you need a week;
# 3. take a deal claimed at 50% and name the gate that it lacks;
# 4. take deals without a next step out of the forecast, and report both figures.
#
# *Company, customers and figures of this lesson are made up, and so is the territory that you take over. Every computer has another one, about equally hard. What you will find was put in on purpose, so that it can be seen. Whether your own list looks like that, you check at the end.*
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一课怎么带
#
# **目标。** 学完后，每个人能对着一张真实的表，一个项目一个项目地说“凭什么是这一级”。不求背阶段名，求问得出“证据呢”。
#
# **时间。** 主线 25 分钟；课堂练习 24 分钟，收尾小测 10 分钟，合起来一小时。电话角色扮演另加 12 分钟。标“回去做”的不占课堂。班上没学过决策链的，2.2 之前再加 10 分钟。
#
# **谁的表。** 2.1、2.2、2.5 用的是各人自己接手的那一片，每台电脑不一样：投影你的，大家看自己的。2.6、2.3、2.4 用全公司的数，人人一样。里头的人都是编的；讲表，不讲人。
#
# **先猜后看。** 每段都先猜，答案就在猜测卡下面：全班写下自己的数以前，投影别往下滚。
#
# **练习卡。** 头一回没对，卡上只说错在哪、给提示；交到第二回，或者做对了，才讲为什么。先让大家自己改一回，再讲评；每台电脑抽到的卡不一样，讲评讲理由，别报答案。要全班做同一套，就投影你这一台，大家举手。
#
# **开场。** 不讲定义。让每人先在纸上写下自己最大的一个项目、它的百分比、凭什么。收上来不看，压在桌角，最后一段再发回去改。
#
# **术语。** FA 是首次约见（First Appointment）。COD 在这门课里是**合同待签**，不是货到付款；做销售的第一反应都是货到付款，第一次出现就说清楚。“50% 标准”有两种讲法，我们取“五道门从严”这一种。
#
# **只有一半时间。** 留 2.3 和 2.5 两段的主线，加“缺了哪道门”和“哪几个要退”两个练习；2.1 用挂图 3 分钟带过；2.6 只看那张图；2.2、2.4 和小测让大家课后自己做。合起来二十五六分钟。
#
# **没有电脑。** 图打印成 A3 贴墙；练习卡没有现成的印刷版：打开练习页给卡片截图，打印出来每组一套剪开，桌上摆。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run this lesson
#
# **Aim.** Everybody can go through a real list and say for each deal why it stands where it stands. It is not about names of stages; it is about asking “and the evidence?”
#
# **Time.** Core 25 minutes, exercises in class 24, closing check 10: an hour. The telephone role-play takes another 12. What is marked “to take home” is extra. Ten minutes more before 2.2 for a group that has not done decision chains.
#
# **Whose list.** 2.1, 2.2 and 2.5 use the territory that each trainee takes over, another one on every computer: project yours, let them read their own. 2.6, 2.3 and 2.4 use the figures of the whole company, the same for all. The people in it are made up; talk about lists, not about people.
#
# **Guess first.** Each part begins with a guess, and the answer stands right below its card: do not scroll on before everybody has written a number.
#
# **Cards.** After a first wrong try a card names what is wrong and gives hints; why comes with the second try, or once it is right. Let them mend it themselves before you discuss it. Every computer draws other cards: discuss reasons, not answers. To do one set together, project yours and take a show of hands.
#
# **Opening.** No definitions. Everybody writes down their largest deal, its percent, and why. Collect the sheets unread; they go back at the end to be changed.
#
# **Words.** FA is the first appointment. COD here means *contract on demand*: it waits for signature. It is **not** cash on delivery, which every sales person reads first, so say it at once. “50% standard” has two readings; we take the strict one, all five gates.
#
# **Half the time.** Keep the cores of 2.3 and 2.5 with the exercises “What is missing” and “Which deals drop”; 2.1 in three minutes on the flip chart; of 2.6 only the figure; 2.2, 2.4 and the closing check afterwards. That is 25 minutes or a little more.
#
# **No computer.** Figures as A3 on the wall. There is no print edition of the cards: take screenshots on the page of exercises, print and cut out one set per group.
# %% [markdown] lang="zh" item="funnel.2.1" minutes=3 part="core"
# ## 一、级别是客户给的，不是我们估的
#
# 漏斗从外到里：**待开发**（听说过、也许能做）→ **机会**（0%）→ **首次约见 FA**（还没有百分比）→ **25%** → **50%** → **90%** → **签约**（100%）。
#
# 百分比不是心情。它是说：这样的项目十个里大概能成几个。
# %% [markdown] lang="en" item="funnel.2.1" minutes=3 part="core"
# ## 1. The customer gives the class, we do not estimate it
#
# From outside to inside: **suspect** (heard of, might fit) → **opportunity** (0%) → **first appointment, FA** (no percent yet) → **25%** → **50%** → **90%** → **contract** (100%).
#
# The percentage is not a mood. It says about how many out of ten such deals come to a contract.
# %%
guess("funnel.2.1/guess-percent")
# %%
case = mine()
today = case.today
my_deals = case.named("deals").set_index("deal_id")
my_open = my_deals[funnel.is_open(my_deals["stage"])]
# %%
stage_numbers = ladder_plots.stages_numbers(my_deals, ladder)
show(ladder_plots.stages(my_deals, ladder, lang), alt=stage_numbers)
# %%
say(
    zh="{n:n} 个在谈项目里，{n_percent:n} 个站在 25%、50%、90% 上；{n_opportunity:n} 个还是机会，{n_appointment:n} 个刚见过第一面，合起来 {n_zero:n} 个，今天一分钱也不算进预测。你猜的数差多少？猜多了不奇怪，表上每一行看起来都像生意。",
    en="Of {n:n} open deals {n_percent:n} stand at 25%, 50% or 90%. {n_opportunity:n} are opportunities and {n_appointment:n} have just had their first meeting; together {n_zero:n} deals that count nothing today. How far off were you? No wonder if you guessed too many: on a list every line looks like business.",
    **stage_numbers,
)
# %% [markdown] lang="zh"
# **规则。** 一级一道坎，坎上写的，多半是**客户那边发生的事**。拿得出证据，站上去；拿不出，站低一级，不丢人。
#
# **什么时候不灵？** 老客户加一个品种，一个电话就签了。别让他从“机会”补爬一遍：分级是给新生意用的，看的是还缺什么，不是走过场。
# %% [markdown] lang="en"
# **The rule.** Every class has its gates, and most of them ask **what has happened on the customer's side**. If you can show it, you stand there. If not, one lower; no shame in that.
#
# **When does it fail?** An old customer adds a product and signs after one call. Do not make that deal climb from opportunity: the classes are for new business, to see what is missing, not for form's sake.
# %% [markdown] lang="zh" item="funnel.2.1" minutes=4 part="more"
# ### 练一练：站哪一级
# %% [markdown] lang="en" item="funnel.2.1" minutes=4 part="more"
# ### Practice: which rung?
# %%
ask("funnel.2.1/which-rung")
# %% [markdown] lang="zh" item="funnel.2.1" minutes=4 part="homework"
# ### 回去做：谁离签约最近
# %% [markdown] lang="en" item="funnel.2.1" minutes=4 part="homework"
# ### To take home: who is nearest to a contract
# %%
ask("funnel.2.1/nearest-to-contract")
# %% [markdown] role="trainer" lang="zh"
# **2.1 · 主线 3 分钟，练习 4 分钟。** 挂图上画一架梯子，七级，只写名字；百分比让大家喊。
#
# **问。** “FA 为什么没有百分比？”常见回答是“见了面总比没见强”。接一句：强，但还没有人答应任何事。
#
# **容易出岔子。** 有人争 25% 该是 30%。不争：比率是可以改的，放在 `ladder.toml` 里；这一课讲的是门，不是数。也有人说“我们系统里没有 FA 这一级”：名字不要紧，把自己系统里的几个名字和这七级并排写在挂图上，对不上的那一级，就是没人管的那一级。
#
# **没有电脑。** 教室地上贴七条胶带，每人抽一张情况卡去站位，旁边的人问“凭什么”。
# %% [markdown] role="trainer" lang="en"
# **2.1 · core 3 minutes, practice 4.** Draw a ladder with seven rungs on the flip chart, names only; let them call out the percents.
#
# **Ask.** “Why has an FA no percent?” The usual answer: “Having met is better than not.” It is, but nobody has promised anything yet.
#
# **Where it goes wrong.** Somebody argues that 25% ought to be 30%. Do not argue; rates can be changed in `ladder.toml`. This lesson is about gates, not figures. Or: “Our system has no FA.” Names do not matter. Write their own stages beside these seven on the flip chart; the rung that finds no partner is the one that nobody looks after.
#
# **No computer.** Seven strips of tape on the floor; everybody draws a situation and takes a place, the neighbour asks “why there?”
# %% [markdown] lang="zh" item="funnel.2.6" minutes=6 part="core"
# ## 二、停约八周，十周以后才疼
#
# 去年五月下旬，全公司手上单子多，人人忙着收上半年的尾。经理说：“先把这一批签了，新客户，过了半年再约。”听着有道理。
# %% [markdown] lang="en" item="funnel.2.6" minutes=6 part="core"
# ## 2. Stop meeting people for eight weeks, and ten weeks later it hurts
#
# Late May last year. There was plenty on every list, and everybody was busy closing the half-year. The word was: “Sign these first. New customers can wait until the half-year is over.” It sounded sensible.
# %%
guess("funnel.2.6/guess-weeks")
# %%
company = Case.load(course.switches["case"], lang, course)
team, history = company.deals.set_index("deal_id"), company.deal_history
won = team[team["stage"] == funnel.WON]
echo_numbers = inflow_plots.echo_numbers(history, today)
show(inflow_plots.echo(history, today, lang), alt=echo_numbers)
# %%
people = int((company.salespeople["role"] == "rep").sum())
say(
    zh="从 {gap_from:date} 起的 {gap_weeks:n} 周，全公司 {people:n} 个人，首次约见 {n_fa:n} 次。疼不在当时：那几周照样签了 {n_won_during:n} 单。疼在 {cycle_weeks:n} 周以后，{gap_weeks:n} 周只签了 {n_won:n} 单。七月下旬重新约起来，隔了一个周期，后面 {gap_weeks:n} 周又签了 {n_won_after:n} 单。（这张表从去年一月才开始记，所以图的左头没有签约。）",
    en="In the {gap_weeks:n} weeks from {gap_from:date} the {people:n} people of this company had {n_fa:n} first appointments. It did not hurt then: {n_won_during:n} contracts in those very weeks. It hurt {cycle_weeks:n} weeks later: {n_won:n} contracts in {gap_weeks:n} weeks. In late July they went out again, and one cycle later {n_won_after:n} contracts came in {gap_weeks:n} weeks. (The record begins in January last year, hence no contracts at the far left.)",
    people=people,
    **echo_numbers,
)
# %% [markdown] lang="zh"
# **所以每周数 FA。** 它是整张漏斗表里最早响的铃。记一次 FA，五个条件都要有：**约好的、见到了、头一回、对方说得上话、谈的是生意。** 路过递名片、加微信、陪老客户吃饭，都要做，都不记。
#
# 下面拖一拖：从今天起，全公司每周约几次，往后半年会怎样？灰的那一段，拖不动。
# %% [markdown] lang="en"
# **So count FAs every week.** On the whole list they are the bell that rings first. An FA meets five conditions: **agreed, took place, the first, with somebody who counts, about business.** Dropping a card, adding a contact, dinner with an old customer: all useful, none of them counts.
#
# Drag the slider: how many a week in the whole company from today, and what becomes of the half-year? The grey part does not move.


# %%
def from_now_on(per_week):
    numbers = inflow_plots.coming_numbers(history, today, per_week)
    return inflow_plots.coming(history, today, per_week, lang, most=people), numbers


slider(
    from_now_on,
    per_week={
        "zh": "全公司每周首次约见",
        "en": "First appointments a week, whole company",
        "low": 0,
        "high": people,
        "step": 2,
        "start": people // 2,
    },
)
# %%
half, none = from_now_on(people // 2)[1], from_now_on(0)[1]
recent = funnel.per_week(history, today).iloc[-half["cycle_weeks"] :]
say(
    zh="每人两周约一次，全公司每周 {per_week:n} 次，后 {open_weeks:n} 周平均签 {later:.0f} 单左右（是平均，不是保证）；再停一回，就是 {stopped:n} 单。可不管你拖到几，前 {cycle_weeks:n} 周都是 {decided:.0f} 单上下：今天停下来，两个多月里谁也不会觉得疼。\n\n看灰的第 {hole:n} 周那个坑：那是春节，全公司约了 {n_hole:n} 次。坑已经在路上，填不了；能做的，是把后面的蓝柱子垫高。（比率是公司自己的：{old_weeks:n} 周以前的 {n:n} 次首次约见，{rate:percent} 已经签约。）",
    en="One each in two weeks is {per_week:n} a week for the company, and about {later:.0f} contracts in the {open_weeks:n} weeks at the end (a mean, no promise). Stop again and it is {stopped:n}. Yet wherever you drag it, the first {cycle_weeks:n} weeks bring {decided:.0f} or so: stop today, and for more than two months nobody will feel a thing.\n\nSee the hole in grey week {hole:n}? That is the Spring Festival, with {n_hole:n} first appointments in the whole company. It is on its way and nothing will fill it; what you can still raise are the blue bars behind it. (The rate is the company's own: of {n:n} first appointments more than {old_weeks:n} weeks ago {rate:percent} have become contracts.)",
    stopped=none["later"],
    hole=recent.argmin() + 1,
    n_hole=recent.min(),
    **half,
)
# %%
took = (won["closed"] - won["appointment"]).dt.days / 7
by_size = took.groupby(won["size_class"]).agg(["median", "count"])
met, signed = (funnel.per_week(history, today, stage) for stage in ("appointment", funnel.WON))
say(
    zh="**什么时候不灵？** {cycle:n} 周是一半签约单的快慢，不是每一单的：小单一般 {small:.0f} 周（{n_small:n} 单），大单要 {large:.0f} 周（{n_large:n} 单，不多，当个提醒）。指望年底签的大单，要拿大单的周期往前推。\n\n也不是每个坑都从上头来：今年一月前后的五周只签了 {n_won:n} 单，可往前数 {cycle:n} 周，约见一点没少，有 {n_met:n} 次。那个坑，要到下面几级去找。\n\n还有一条：一旦拿 FA 的次数排名发奖，次数马上就多，人却越见越不对。**数它，别奖它。**",
    en="**When does it fail?** {cycle:n} weeks is the pace of half of the contracts, not of every one. Small orders usually take {small:.0f} weeks ({n_small:n} contracts), large ones {large:.0f} ({n_large:n} only, so take it as a warning). A large order that you want by December is counted back with its own cycle.\n\nNor does every hole come from the top: in five weeks around January only {n_won:n} contracts were signed, though {cycle:n} weeks earlier people had met as many as ever, {n_met:n}. That one has to be looked for further down.\n\nAnd once FAs are ranked and rewarded, the number goes up and the people you meet get worse. **Count them, do not pay for them.**",
    cycle=echo_numbers["cycle_weeks"],
    small=by_size.loc["small", "median"],
    n_small=by_size.loc["small", "count"],
    large=by_size.loc["large", "median"],
    n_large=by_size.loc["large", "count"],
    n_won=signed["2025-12-29":"2026-01-26"].sum(),
    n_met=met["2025-10-20":"2025-11-17"].sum(),
)
# %% [markdown] lang="zh" item="funnel.2.6" minutes=3 part="more"
# ### 练一练：哪次算
# %% [markdown] lang="en" item="funnel.2.6" minutes=3 part="more"
# ### Practice: which ones count
# %%
ask("funnel.2.6/fa-or-not")
# %% [markdown] lang="zh" item="funnel.2.6" minutes=13 part="homework"
# ### 回去做：一周要几次；拿起电话约一次
#
# 第二张卡是一通电话，陌生号码打给一位场长。上课要演电话的，演之前先做它。
# %% [markdown] lang="en" item="funnel.2.6" minutes=13 part="homework"
# ### To take home: how many a week; and pick up the phone
#
# The second card is a call to a farm manager who does not know you. If you are going to role-play the call, do it first.
# %%
ask("funnel.2.6/fas-a-week")
# %%
ask("funnel.2.6/first-call")
# %% [markdown] role="trainer" lang="zh" item="funnel.2.6" minutes=12 part="more"
# **2.6 · 主线 6 分钟，练习 3 分钟，角色扮演 12 分钟。**
#
# **问。** 先看上半张图（下半张别滚出来，或用纸遮住）：“六月的时候，有谁觉得出事了吗？”没有，签单照样来。再揭下半张。挂图上只写一句：**今天的签约，是十周前约的。**
#
# **拉滑块。** 请一个人来拉，全班喊停：“每周几次，你们才敢答应下半年的数？”再问：“灰的那段为什么一动不动？”
#
# **常见回答。** “那阵子忙，哪有空约。”接：忙的时候每周约一次，要不要得了一个小时？也有人问：“一次约见都没有，可能吗？”数是编的，故意做得干干净净；真表上坑浅一些，道理一样。还有人会记住 27%：这是把还在谈的也数进去的；第六课的 35% 只数有了结果的，所以高。
#
# **电话角色扮演（每人 3 分钟，三人一组）。** 先各自做完“拿起电话约一次”那张卡（8 分钟，最好放在课前），或者全班投影走一遍，每一句先举手再点。然后合上电脑：一人打电话，一人接（场长，正在打疫苗，只给一分钟），一人背对背看表。目标只有一个：一个日子、一个时间、一个人。不许在电话里讲产品，不许报价。看的人只记三样：问到日子没有？问到谁在场没有？电话里讲了几句产品？轮换两次，最后一组上台打一遍。人数不是三的倍数，多的人一起看表。
#
# **接电话的人照着念这四句**，顺序随意：“在忙，快说。”“我有老厂，没想换。”“多少钱一吨？”“资料发我微信吧。”打的人问到一件他操心的事，就松一松。
#
# **容易出岔子。** 有人把“他说随时来”当约到了。问：哪天？
#
# **没有电脑。** 滑块那一段用纸：每人写下过去四周每周的 FA 次数，乘上“几次约见成一单”，推十周后的签约数。
# %% [markdown] role="trainer" lang="en" item="funnel.2.6" minutes=12 part="more"
# **2.6 · core 6 minutes, practice 3, role-play 12.**
#
# **Ask.** Upper half of the figure first (keep the lower one off the screen): “Did anybody notice anything in June?” No, contracts kept coming. Then uncover the lower half. One line on the flip chart: **today's contracts were met ten weeks ago.**
#
# **Slider.** One person drags, the room says stop: “How many a week before you dare to promise the second half?” Then: “Why does the grey part not move?”
#
# **Usual answer.** “We were busy, who had time?” Ask back: one a week while you are busy, is that an hour? Somebody may ask whether not one appointment in eight weeks is possible. It is made up, and made clean on purpose; on a real list the hole is shallower and does the same. And some will keep the 27% in mind: it counts in what is still open. The 35% of lesson 6 counts ended deals only, and is higher for that.
#
# **Telephone role-play (3 minutes each, in threes).** First everybody does the card “pick up the phone” (8 minutes, best before class), or you project it and take a show of hands for every line. Then close the computers. One calls, one answers (farm manager, in the middle of vaccinating, gives one minute), one sits with their back to them and watches the clock. One aim only: a day, a time, a person. No product and no price on the phone. The observer notes three things: did they get a day? did they ask who will be there? how many sentences about the product? Change twice; one group does it in front of all. Whoever is left over joins a group as a second observer.
#
# **Whoever answers has four lines**, in any order: “Make it short.” “I have a supplier and I am not looking.” “What is it per ton?” “Send me something.” When the caller asks about something that worries them, they give way a little.
#
# **Where it goes wrong.** “Any time” is taken for an appointment. Ask: which day?
#
# **No computer.** Instead of the slider everybody writes down their FAs of the last four weeks, and from how many of them one contract comes, and works out the contracts in ten weeks' time.
# %% [markdown] lang="zh" item="funnel.2.2" minutes=4 part="core"
# ## 三、25%：见过面，只过了六道门里的一道
#
# “见了，聊得不错，先报个 25%。”这句话每周都有人说。25% 有六道门：**首次约见做了；客户自己立了项；我们有销售计划；计划分了阶段；决策链怎么走说得清；有下一步。**
#
# 两道计划的门，今晚自己就能过；其余四道，要客户开口或者动手。
# %% [markdown] lang="en" item="funnel.2.2" minutes=4 part="core"
# ## 3. 25%: having met is one gate of six
#
# “We met, it went well, let's say 25%.” Somebody says so every week. The class has six gates: **first appointment done; the customer has set up a project; we have a sales plan; it is split into stages; the path along the decision chain is clear; there is a next step.**
#
# The two about the plan you can pass tonight, on your own. For the other four the customer has to say or do something.
# %%
guess("funnel.2.2/guess-six")
# %%
my_gates = case.gates.set_index("deal_id")
my_gates = my_gates[my_gates.index.isin(my_open.index)]
my_claims, my_names = my_open["stage"].reindex(my_gates.index), my_open["customer"]
mine_25 = gate_plots.gate_table_numbers(my_gates, my_claims, my_names, "p25", ladder)
show(gate_plots.gate_table(my_gates, my_claims, my_names, "p25", ladder, lang), alt=mine_25)
# %%
gates = company.gates.set_index("deal_id")
open_deals = team[funnel.is_open(team["stage"])]
claimed = open_deals["stage"][open_deals.index.isin(gates.index)]
shown_now = gates.loc[claimed.index]
gates_25 = gate_plots.gates_numbers(shown_now, claimed, "p25", ladder)
if mine_25["lacks"]:
    say(
        zh="你这 {n:n} 个里，六道全过的 {n_all:n} 个。没过的里头，离得最近的是{nearest}，还没过的门：{lacks:terms}。补上它，比再去吃一顿饭管用。",
        en="All six gates: {n_all:n} of your {n:n}. Nearest among the others is {nearest}; still to pass there: “{lacks:terms}”. Getting that is worth more than another dinner.",
        **mine_25,
    )
say(
    zh="再看全公司：{n:n} 个报 25% 的，六道全过的 {n_all:n} 个。决策链说得出来的 {n_decision_path:n} 个，连首次约见都拿不出来的还有 {no_fa:n} 个。计划没分阶段的 {no_plan:n} 个，而这一道客户帮不了忙，是今天晚上坐下来写一页纸的事。",
    en="Now the company: of {n:n} deals at 25%, {n_all:n} pass all six. For {n_decision_path:n} the decision path is known, and {no_fa:n} cannot even show a first appointment. {no_plan:n} have no plan in stages, and for that one no customer is needed: it is one page, tonight.",
    no_fa=gates_25["n"] - gates_25["n_fa_done"],
    no_plan=gates_25["n"] - gates_25["n_staged_plan"],
    **gates_25,
)
# %% [markdown] lang="zh"
# **规则。** 一道门一句话，写在备注里，写得出才算。写“关系好”“潜力大”“报价已发”，三句都不是门。
# %% [markdown] lang="en"
# **The rule.** One sentence per gate, written down; if you cannot write it, you do not have it. “Good relationship”, “great potential”, “quote sent” are three sentences and no gate.
# %%
blind = won[~gates["decision_path"].reindex(won.index).astype(bool)]
say(
    zh="**什么时候不灵？** 签成的 {n_won:n} 单里，有 {n:n} 单的决策链从头到尾没人说清过；其中 {few:n} 单，本来就只有一两个人做主。夫妻两个养三千只蛋鸡，男的喂料，女的管钱，饭桌上就定了：没有立项，也没有决策链可画。对他们，把六道门当问题问一遍就行，别逼他们填表。",
    en="**When does it fail?** In {n:n} of {n_won:n} contracts nobody ever knew the decision path, and in {few:n} of those only one or two people had a say anyway. A couple with three thousand layers: one feeds, the other keeps the money, and they decide over dinner. No project, no chain to draw. Ask them the six as questions and do not make them fill in a form.",
    n_won=len(won),
    n=len(blind),
    few=int((blind["people"] <= 2).sum()),
)
# %% [markdown] lang="zh" item="funnel.2.2" minutes=4 part="more"
# ### 练一练：这句话证明了什么
# %% [markdown] lang="en" item="funnel.2.2" minutes=4 part="more"
# ### Practice: what does this note prove?
# %%
ask("funnel.2.2/which-gate")
# %% [markdown] lang="zh" item="funnel.2.2" minutes=3 part="homework"
# ### 回去做：哪几家还不能报 25%
# %% [markdown] lang="en" item="funnel.2.2" minutes=3 part="homework"
# ### To take home: which cannot claim 25% yet
# %%
ask("funnel.2.2/not-25")
# %% [markdown] role="trainer" lang="zh"
# **2.2 · 主线 4 分钟，练习 4 分钟。** 没学过决策链的班（只报了漏斗课的）先插 10 分钟：谁提、谁用、谁审、谁批、谁能拦。
#
# **问。** “这六道门，哪几道不用客户点头，你自己今晚就能过？”让他们数出来：销售计划、分段计划。再问：“那为什么十个里有两三个，缺的偏偏有它？”（最缺的两道是决策链和下一步，那要客户开口。）
#
# **常见回答。** “计划在我脑子里。”请他现在讲给邻座听，一分钟，讲得出阶段就算。
#
# **报表。** 每人念自己表上离过关最近的那一家，差哪道门，这周怎么补。念不出怎么补的，邻座出主意。
#
# **挂图。** 左边写“门”，右边写“听起来像”：寄了资料、老乡、量大、听说。让大家往右边加。
#
# **没有电脑。** 每人从自己的表里抄三条备注，邻座判：哪道门，还是什么也没证明。
# %% [markdown] role="trainer" lang="en"
# **2.2 · core 4 minutes, practice 4.** A group that takes only the funnel course needs ten minutes on decision chains first: who proposes, uses, checks, approves, who can stop it.
#
# **Ask.** “Which of the six can you pass tonight, without the customer?” Let them find sales plan and staged plan. Then: “So why do two or three in ten lack just that?” (Missing most are the decision path and the next step, and those take the customer.)
#
# **Usual answer.** “The plan is in my head.” Have it told to the neighbour in one minute; if stages come out, it counts.
#
# **Their own list.** Everybody reads out the deal that is nearest, the gate it lacks and how to get it this week. Who does not know how is helped by the neighbour.
#
# **Flip chart.** Left “gate”, right “sounds like one”: papers sent, same home town, large volume, hearsay. Let them add on the right.
#
# **No computer.** Everybody copies three notes from their own list; the neighbour says which gate they show, or none.
# %% [markdown] lang="zh" item="funnel.2.3" minutes=5 part="core"
# ## 四、50%：五道门，一道也不让
#
# 报到 50% 的项目，公司要排产，要备原料。所以这里是分水岭，最容易软的也是这里。五道门：**对的人**（拍板的）、**对路的方案**（客户讲得出为什么合适）、**预算**、**时间表**、**下一步**。
# %% [markdown] lang="en" item="funnel.2.3" minutes=5 part="core"
# ## 4. 50%: five gates, and none is given away
#
# For what stands at 50% the mill plans production and buys raw material. That makes it the watershed, and the place where claims go soft. Five gates: **the right person** (who decides), **the right proposal** (the customer can say why it fits), **budget**, **schedule**, **next step**.
# %%
guess("funnel.2.3/guess-five")
# %%
gates_50 = gate_plots.gates_numbers(shown_now, claimed, "p50", ladder)
five = [gates_50[f"n_{gate}"] for gate in ladder.gates("p50")]
carried = funnel.class_shown(shown_now, ladder)
all_six = shown_now[list(ladder.gates("p25"))].eq(1).all(axis=1)
say(
    zh="{n:n} 个报 50% 的，五道全过的 **{n_all:n} 个**，{all_share:percent}。单看每一样都不难看：对的人在场的 {n_right_person:n} 个，预算落实的 {n_budget:n} 个，最少的一样也有 {least:n} 个，{least_share:percent}。难的是凑齐。反过来也有：报 25% 的里头有 {higher:n} 个，25% 的六道、50% 的五道都过了，报低了。",
    en="Of {n:n} deals claimed at 50% **{n_all:n}** pass all five: {all_share:percent}. Gate by gate it does not look bad. The right person is there in {n_right_person:n}, the budget in {n_budget:n}, and even the rarest is shown in {least:n}, {least_share:percent}. What is rare is all five at once. It goes the other way too: {higher:n} of those claimed at 25% pass their own six and these five as well, and are claimed too low.",
    least=min(five),
    least_share=min(five) / gates_50["n"],
    all_share=gates_50["n_all"] / gates_50["n"],
    higher=int(((claimed == "p25") & all_six & (carried == "p50")).sum()),
    **gates_50,
)
# %%
mine_50 = gate_plots.gate_table_numbers(my_gates, my_claims, my_names, "p50", ladder)
if mine_50["lacks"]:
    say(
        zh="你表上报 50% 的 {n:n} 个，五道全过的 {n_all:n} 个。没过的里头，离得最近的是{nearest}，还没过的门：{lacks:terms}。",
        en="All five gates: {n_all:n} of your own {n:n} at 50%. Nearest among the others is {nearest}; still to pass there: “{lacks:terms}”.",
        **mine_50,
    )
# %% [markdown] lang="zh"
# 较真值不值？看已经有结果的项目：走到过 50%、后来签了或丢了的，按当时过了几道门分开。
# %% [markdown] lang="en"
# Is it worth being strict? Look at deals that have ended: all that had come to 50% and were won or lost, by the gates they had passed.
# %%
reached_50 = history.loc[history["stage"] == "p50", "deal_id"]
ended = gate_plots.won_by_gates_numbers(gates, team, reached_50, ladder)
show(gate_plots.won_by_gates(gates, team, reached_50, ladder, lang), alt=ended)
# %%
say(
    zh="五道全过的 {n_full:n} 个签了 {won_full:n} 个；只过三道或更少的 {n_few:n} 个签了 {won_few:n} 个。中间那一条也别忘了：差一道门的 {n_four:n} 个，照样签了 {won_four:n} 个。**门是提醒你去补，不是判死刑。** 还有一句老实话：走得远的项目，门本来就过得多；这张图说的是“过了门的多半签”，没说“补一道门就能签”。（公司是编的，数的大小别往外引；真的，拿你去年的表数一遍。）",
    en="With all five {won_full:n} of {n_full:n} were won; with three or fewer {won_few:n} of {n_few:n}. But mind the bar between: of {n_four:n} that lacked one gate {won_four:n} were won all the same. **A gate tells you what to get. It is not a verdict.** And in all honesty: a deal that goes far passes more gates on its way. The figure says that deals with their gates are mostly won; it does not say that one more gate wins a deal. (The company is made up, so do not quote the figures; count them on your own list of last year.)",
    **ended,
)
# %%
poor = won.index[~gates["budget"].reindex(won.index).astype(bool)]
kinds = company.customers.set_index("customer")["kind"].reindex(won.loc[poor, "customer"])
say(
    zh="**什么时候不灵？** 签成的单子里，有 {n:n} 单从头到尾没见过预算，{farms:n} 单是养殖场。养殖户卖掉一批，当场拿现款买料，哪来的预算表？对他问“预算批了没有”，他听不懂；要问“这一批什么时候出栏，料钱从哪里出”。门的意思要守，话要换。",
    en="**When does it fail?** {n:n} of the contracts never saw a budget, {farms:n} of them with farms. A farmer who sells a batch and pays for feed in cash has no budget sheet. Ask whether the budget is approved and he will not know what you mean. Ask when this batch goes to market and where the feed money comes from. Keep the sense of the gate, change the words.",
    n=len(poor),
    farms=int((kinds == "farm").sum()),
)
# %% [markdown] lang="zh" item="funnel.2.3" minutes=5 part="more"
# ### 练一练：缺了哪道门
# %% [markdown] lang="en" item="funnel.2.3" minutes=5 part="more"
# ### Practice: which gate is missing?
# %%
ask("funnel.2.3/what-is-missing")
# %% [markdown] lang="zh" item="funnel.2.3" minutes=4 part="homework"
# ### 回去做：按证据重算一遍
# %% [markdown] lang="en" item="funnel.2.3" minutes=4 part="homework"
# ### To take home: the forecast again, by evidence
# %%
ask("funnel.2.3/listed-and-passed")
# %% [markdown] role="trainer" lang="zh"
# **2.3 · 主线 5 分钟，练习 5 分钟。这是全课最重的一段，别省。**
#
# **问。** 猜完先举手：四十个以上？二十个以下？再揭数。接着问：“五样单看都有六成，凑齐的为什么不到四成？”让他们自己说出“要同时有”。
#
# **常见回答。** “照这个标准，我一个 50% 都没有了。”接：对，然后你知道这周该去补哪五样。也有人会问数据是不是挑的：是编的，图下面那句话就是这个意思；请他带自己去年的表来算。
#
# **容易出岔子。** 主管在场，销售不敢往下报。先说好：这一课降级不扣分，月底才降级要说原因。
#
# **挂图。** 五道门各写一句好问法，比如人：“这件事最后谁签字？我什么时候能见到他？”
#
# **没有电脑。** 两人一组，一人报一个 50% 的项目，另一人只问五个问题，答不上就翻一张红牌。
# %% [markdown] role="trainer" lang="en"
# **2.3 · core 5 minutes, practice 5. The heaviest part of the lesson; do not cut it.**
#
# **Ask.** After the guess, hands: more than forty? fewer than twenty? Then the figure. “Each alone is six in ten or more; why are all five together fewer than four?” Let them find “at the same time”.
#
# **Usual answer.** “By that standard I have no 50% left.” Yes, and now you know what to get this week. Some will ask whether the data were picked: they are made up, and the lesson says so; invite them to bring last year's list.
#
# **Where it goes wrong.** With the boss in the room nobody goes down a class. Agree beforehand: going down today costs nothing; going down at the end of the month needs a reason.
#
# **Flip chart.** One good question per gate. For the person: “Who signs this in the end? When can I meet them?”
#
# **No computer.** Pairs: one names a 50% deal, the other asks five questions; for each one unanswered a red card.
# %% [markdown] lang="zh" item="funnel.2.4" minutes=2 part="core"
# ## 五、90%：合同在谁桌上？
#
# 90% 只有三道门：**合同待签（COD）**、**只剩我们一家**、**有下一步**。这里的 COD 是 Contract On Demand / On Desk：客户来要合同，或者合同已经躺在他桌上，**不是货到付款**。
# %% [markdown] lang="en" item="funnel.2.4" minutes=2 part="core"
# ## 5. 90%: on whose desk is the contract?
#
# Only three gates: **contract waiting for signature (COD)**, **only us**, **a next step**. COD stands for contract on demand or on the desk: the customer asks for it, or it lies there to be signed. It is **not cash on delivery**.
# %%
guess("funnel.2.4/guess-only-us")
# %%
gates_90 = gate_plots.gates_numbers(shown_now, claimed, "p90", ladder)
show(gate_plots.gates(shown_now, claimed, "p90", ladder, lang), alt=gates_90)
# %%
reached_90 = history.loc[history["stage"] == "p90", "deal_id"]
ended_90 = team[team["stage"].isin(funnel.CLOSED) & team.index.isin(reached_90)]
signed_90 = ended_90["stage"] == funnel.WON
alone = gates["only_supplier"].reindex(ended_90.index).astype(bool)
say(
    zh="{n:n} 个里，合同真在等签的 {n_contract_pending:n} 个，这一道多半不假。可只剩我们一家的只有 {n_only_supplier:n} 个，三道都过的 {n_all:n} 个。**合同在桌上，不等于桌上只有一份合同。** 差这一道，差多少？走到过 90% 又有了结果的 {ended:n} 个：只剩我们一家的 {n_alone:n} 个，签了 {alone:n} 个；别家还在的 {n_rest:n} 个，签了 {rest:n} 个。合起来 {share:percent}，不是九成。",
    en="In {n_contract_pending:n} of {n:n} a contract is really waiting; that gate mostly holds. But only {n_only_supplier:n} are left to us alone, and {n_all:n} pass all three. **A contract on the desk need not be the only contract on the desk.** How much does this gate matter? {ended:n} deals came to 90% and have ended. Where we were alone, {alone:n} of {n_alone:n} were signed; where others were still in it, {rest:n} of {n_rest:n}. Together that is {share:percent}, not nine in ten.",
    ended=len(ended_90),
    n_alone=alone.sum(),
    alone=signed_90[alone].sum(),
    n_rest=(~alone).sum(),
    rest=signed_90[~alone].sum(),
    share=signed_90.mean(),
    **gates_90,
)
# %% [markdown] lang="zh"
# **规则。** 问三句：合同在谁桌上？还有谁在谈？哪天签、谁签？三句都答得上，才报 90%。
# %% [markdown] lang="en"
# **The rule.** Three questions: on whose desk is the contract? who else is talking to them? who signs on which day? All three answered, then 90%.
# %%
say(
    zh="**什么时候不灵？** 签成的 {n_won:n} 单里，有 {n:n} 单到签的时候，别家都还在。有的大食品集团按规定要留两家供应商，“只剩我们一家”永远等不到。这时看的是**我们那一份**：份额写进合同、不再比价，就算过了这道门。",
    en="**When does it fail?** In {n:n} of {n_won:n} contracts somebody else was still in it on the day of signing. Some large food groups must keep two suppliers by their own rules, and “only us” never comes. Then look at **our share**: once it is in the contract and nobody compares prices any more, the gate is passed.",
    n_won=len(won),
    n=int((~gates["only_supplier"].reindex(won.index).astype(bool)).sum()),
)
# %% [markdown] lang="zh" item="funnel.2.4" minutes=4 part="more"
# ### 练一练：能不能报 90%
# %% [markdown] lang="en" item="funnel.2.4" minutes=4 part="more"
# ### Practice: 90% or not?
# %%
ask("funnel.2.4/ninety-or-not")
# %% [markdown] role="trainer" lang="zh"
# **2.4 · 主线 2 分钟，练习 4 分钟。**
#
# **问。** “谁有过报了 90% 又丢掉的？”总有人有。请一位讲一分钟：当时缺的是哪道门？
#
# **常见回答。** “他都跟我喝了，还能变？”别接话，让邻座问他三句。
#
# **容易出岔子。** 有人把 COD 听成货到付款，讨论跑到账期上去。拉回来：问的是纸，不是钱。另外提醒：招投标里约人陪标是违法的，“只剩我们一家”要靠赢，不靠安排。
#
# **挂图。** 三句话：合同在谁桌上？还有谁在谈？哪天签、谁签？
#
# **没有电脑。** 每人报一个 90% 的项目，全组举牌：纸、唯一、下一步，三块牌少一块就坐下。
# %% [markdown] role="trainer" lang="en"
# **2.4 · core 2 minutes, practice 4.**
#
# **Ask.** “Who has ever lost a deal at 90%?” Somebody always has. One minute: which gate was missing?
#
# **Usual answer.** “We drank on it, how can it change?” Do not answer; let the neighbour ask the three questions.
#
# **Where it goes wrong.** COD is heard as cash on delivery and the talk drifts to payment terms. Bring it back: paper, not money. And a reminder: arranging companion bids in a tender is unlawful; “only us” is won, not arranged.
#
# **Flip chart.** Three questions: on whose desk is the contract? who else is talking to them? who signs, on which day?
#
# **No computer.** Everybody names a 90% deal; the group holds up three cards: paper, only us, next step. One missing, sit down.
# %% [markdown] lang="zh" item="funnel.2.5" minutes=4 part="core"
# ## 六、没有下一步，一分钱也不算
#
# 回到周一的会，回到你接手的那张表。经理换了个问法：“每个项目，下一次哪天、见谁、谈成什么？”
# %% [markdown] lang="en" item="funnel.2.5" minutes=4 part="core"
# ## 6. Without a next step it counts nothing
#
# Back to Monday's meeting and to the list that you have taken over. The manager asks differently: “For each deal: which day is the next time, whom do you see, and what should come of it?”
# %%
guess("funnel.2.5/how-many-drop")
# %%
checked = funnel.review(my_open, today, ladder, strict=True)
both = ladder_plots.claimed_and_shown_numbers(checked)
show(ladder_plots.claimed_and_shown(checked, lang), alt=both)
# %%
largest = my_open.loc[both["largest"]]
blank = largest.isna()["next_step"]
say(
    zh="表上 {listed:money}，拿得出下一步的 {shown:money}。差的 {gap:money} 分在 {n:n} 个项目里。最大的一个是{customer}，{amount:money}，下一步那一栏{text}（{reason:term}）。",
    en="{listed:money} on the list, {shown:money} with a next step to show. The missing {gap:money} sits in {n:n} deals. The largest is {customer}, {amount:money}; under next step {text} ({reason:term}).",
    customer=largest["customer"],
    amount=largest["amount"],
    text={
        "zh": "空着" if blank else f"写着“{largest['next_step']}”",
        "en": "it is blank" if blank else f"it says “{largest['next_step']}”",
    }[lang],
    reason=f"reason.{checked.loc[both['largest'], 'reason']}",
    **both,
)
# %% [markdown] lang="zh"
# **规则。** 下一步四样：**哪天、见谁、谈成什么、对方点过头。** 少一样，项目退回“机会”，按 0 算。电脑只看得出栏里写没写（图里就是这么查的）；写的算不算事、对方点没点头，只有你知道。
#
# 退回不是丢掉。打一个电话，约到了，它当天就回来。
# %% [markdown] lang="en"
# **The rule.** A next step has four things: **a day, a person, an aim, and the customer's yes.** If one is missing the deal goes back to opportunity and counts nothing. A computer only sees whether something is written (that is what the figure checks). Whether it is a real aim, and whether the customer said yes, only you know.
#
# Going back is not dropping. One call, one date agreed, and it is back the same day.
# %%
polite = company.named("deals").set_index("deal_id").loc["D0195"]
lists = company.snapshots[company.snapshots["deal_id"] == "D0195"]
entered = history.pivot_table(index="deal_id", columns="stage", values="date", aggfunc="min")
say(
    zh="**什么时候这条规则会骗你？** 看{customer}，{amount:money}，报 50%。下一步写得漂亮：“{text}”，查表查不出毛病。翻出 {lists:n} 张周报表，张张都有下一步：见新技术员，看试喂数据，喝茶，补报价，再从头来一轮。{days:n} 天，级别一次也没动；公司里走到 90% 的项目，一半在 {usual:n} 天之内就过了 50%。有的客户什么都答应，就是不买，每个“下一步”都是客气。所以除了问“下一步是什么”，还要问：**上一步做完，多出了什么？**",
    en="**When does the rule fool you?** Look at {customer}, {amount:money}, claimed at 50%. A fine next step, “{text}”; nothing wrong with it on paper. Take out {lists:n} weekly lists, and there is one on every list: meet the new technician, see the trial data, tea, another quote, and round again. In {days:n} days the deal has not moved once, while half of this company's deals that came to 90% were through with 50% in {usual:n}. Some customers agree to everything and buy nothing, and every next step is politeness. So besides “what is the next step” ask: **what came of the last one?**",
    customer=polite["customer"],
    amount=polite["amount"],
    text=polite["next_step"],
    lists=lists["next_step"].count(),
    days=(today - polite["entered"]).days,
    usual=(entered["p90"] - entered["p50"]).dt.days.median(),
)
# %% [markdown] lang="zh" item="funnel.2.5" minutes=4 part="more"
# ### 练一练：哪几个要退
# %% [markdown] lang="en" item="funnel.2.5" minutes=4 part="more"
# ### Practice: which ones drop?
# %%
ask("funnel.2.5/which-deals-drop")
# %% [markdown] lang="zh" item="funnel.2.5" minutes=9 part="homework"
# ### 回去做：这句话算不算；退回以后还剩多少
# %% [markdown] lang="en" item="funnel.2.5" minutes=9 part="homework"
# ### To take home: does it count, and what is left after the drop
# %%
ask("funnel.2.5/next-step-or-not")
# %%
ask("funnel.2.5/forecast-before-and-after")
# %% [markdown] role="trainer" lang="zh"
# **2.5 · 主线 4 分钟，练习 4 分钟。**
#
# **问。** 先让每个人写下自己的数再看图。每人的表不一样，先问“掉了一半以上的举手”。然后念三条常见的：“保持联系”“下周再说”“关系不错，应该没问题”。全班一起说“算”或“不算”。
#
# **常见回答。** “都有啊，我下周去拜访。”追问：约了吗？他答应了吗？
#
# **容易出岔子。** 有人觉得丢脸，改口说约了。给台阶：课间十分钟，现在就打，打通了当场改回来。真的有人打通，比讲什么都管用。
#
# **挂图。** 四个字头：日、人、事、应。每讲一条下一步，全班数手指。
#
# **没有电脑。** 两人一组，互相念自己的五条下一步，听的人只说“算”“不算”。
#
# **收尾。** 把开场收的那张纸发回去：那个最大的项目，现在是哪一级？缺什么？
# %% [markdown] role="trainer" lang="en"
# **2.5 · core 4 minutes, practice 4.**
#
# **Ask.** Everybody writes a number before the figure. The lists differ, so take hands first: who lost more than half? Then read three familiar ones aloud: “keep in touch”, “talk again next week”, “good relationship, should be fine”. The room says “counts” or “doesn't”.
#
# **Usual answer.** “I have one for each, I'll drop by next week.” Is it agreed? Did they say yes?
#
# **Where it goes wrong.** Somebody loses face and says it is arranged after all. Offer a way out: ten minutes' break, call now, and put it back if they agree. One call that works teaches more than the lesson.
#
# **Flip chart.** Day, person, aim, yes: count them on the fingers for each next step.
#
# **No computer.** Pairs read five of their own next steps to each other; the listener says only “counts” or “doesn't”.
#
# **Close.** Give back the sheets of the opening: that largest deal, where does it stand now? What is missing?
# %% [markdown] lang="zh" minutes=15 part="homework"
# ## 七、现在看你自己的表
#
# 把你的项目导出成 Excel 或 CSV，在下面选文件。只在这台电脑上算，不上传，不留底。表里没有的栏，就不查那一条，并且会告诉你。还没有表的，找培训师要一本空白工作簿（命令是 `coursekit template funnel`），Excel、WPS 都能填。
#
# **周一做三件事：**
#
# 1. 每个报 50% 的项目写五句话，一道门一句；写不出的降到 25%，不用等月底。
# 2. 没有下一步的，今天就打电话，约一个日子、一个人、一件事。
# 3. 往日历里放本周的 FA，先放一次。一周到底要几次，用“一周要几次”那张卡的四步，拿你自己的目标、单价和比率算。
# %% [markdown] lang="en" minutes=15 part="homework"
# ## 7. Now your own list
#
# Export your deals to Excel or CSV and choose the file below. It is worked out on this computer only, not sent anywhere, not kept. What your list has no column for is not checked, and you are told so. No list yet? Ask the trainer for the empty workbook (the command is `coursekit template funnel`).
#
# **Three things for Monday:**
#
# 1. Five sentences for each deal that you claim at 50%, one per gate. What you cannot write goes to 25% now, not at the end of the month.
# 2. No next step? Call today and agree on a day, a person, a purpose.
# 3. Put one FA into this week's diary now. How many you need a week, the four steps of “how many a week” will tell you with your own target, order size and rate.


# %%
def my_list(table):
    checked = funnel.review(table.frame, datetime.date.today(), ladder, strict=True)
    numbers = ladder_plots.claimed_and_shown_numbers(checked)
    numbers["unchecked"] = funnel.rules_off(table.frame, ladder, strict=True)
    return ladder_plots.claimed_and_shown(checked, lang), numbers


own("deals", my_list)
# %% [markdown] lang="zh" minutes=10 part="more"
# ## 收尾：十分钟，不翻前面
#
# 一题一次，答完就看对错和为什么。卡和刚才的不一样，道理一样。
# %% [markdown] lang="en" minutes=10 part="more"
# ## To close: ten minutes, without scrolling up
#
# One answer each, and then you see why. Other cards than before, the same sense.
# %%
check("funnel.2", "close", minutes=10)
