# The day of the funnel module: a page to print, worked out from the minutes of the lessons.
# %%
from coursekit.course import Course
from coursekit.notebook import say
from coursekit.practice import agenda

course = Course.find()
lang = course.lang
# %% [markdown] lang="zh"
# # 漏斗法管理：一天怎么走
#
# 四课主线加练习，一场飞行模拟，一个结业案例，进门出门各测一次，走的时候每人带着三个动作。下面的钟点是照各课自己写的分钟数排出来的，课改了，这一页跟着改。
# %% [markdown] lang="en"
# # Managing with the funnel list: the day
#
# Four lessons with practice, a flight simulator, a closing case, a check at the door both ways, and three actions for everybody to leave with. The times are worked out from the minutes that the lessons say of themselves; change a lesson, and this page changes.
# %%
DAY, START = 360, "09:00"  # minutes of work, breaks not counted
second, third, fourth, fifth = (
    agenda.lesson(course, f"funnel.{number}") for number in (2, 3, 4, 5)
)
checks, closing = (agenda.lesson(course, f"funnel.{name}") for name in ("check", "case"))
simulator = sum(fourth.minutes(part, "funnel.4.3") for part in ("core", "more"))
JOINING, SURVEY = 15, 6
work = [
    (
        (
            "入场、开场：六个问题投票，分组，说规矩",
            "Joining: a show of hands on six questions, groups, rules",
        ),
        JOINING,
    ),
    (("进门测", "Check at the door"), checks.minutes("core")),
    ((second.title, second.title), second.in_class()),
    ("break", 15),
    ((third.title, third.title), third.in_class()),
    ((fourth.title, fourth.title), fourth.in_class() - simulator),
    ("lunch", 60),
    (("飞行模拟：两人一机，六周", "Flight simulator: pairs, six weeks"), simulator),
    ((fifth.title, fifth.title), fifth.in_class()),
    ("break", 15),
    ((closing.title, closing.title), closing.minutes("core")),
    ("break", 10),
    (("出门测", "Check on leaving"), checks.minutes("more")),
    (
        ("自己的三个动作：念给见证人听", "Three actions of one's own, read to a witness"),
        checks.minutes("homework"),
    ),
    (("反馈单；再答一遍六个问题", "Feedback sheet; the six questions once more"), SURVEY),
]
pauses = {"break": ("休息", "Break"), "lunch": ("午饭", "Lunch")}
spent = sum(minutes for name, minutes in work if name not in pauses)
reserve = DAY - spent
blocks = [
    *work,
    (
        ("机动：讲不完的、问不完的，都从这里出", "Reserve: whatever runs over comes out of this"),
        reserve,
    ),
]
rows = agenda.timetable([(str(name), minutes) for name, minutes in blocks], START)
head = {
    "zh": ["| 钟点 | 做什么 | 分钟 |", "|---|---|---:|"],
    "en": ["| time | what | minutes |", "|---|---|---:|"],
}
values, lines = {}, {"zh": [], "en": []}
for number, ((name, minutes), row) in enumerate(zip(blocks, rows, strict=True)):
    is_break = name in pauses
    both = dict(zip(("zh", "en"), pauses[name] if is_break else name, strict=True))
    values |= {
        f"start_{number}": row["start"],
        f"end_{number}": row["end"],
        f"name_{number}": both[lang],
        f"minutes_{number}": minutes,
    }
    told = "" if is_break else f"{{minutes_{number}:n}}"
    for one in lines.values():
        one.append(f"| {{start_{number}}}–{{end_{number}}} | {{name_{number}}} | {told} |")
say(**{one: "\n".join(head[one] + lines[one]) for one in lines}, **values)
# %%
say(
    zh="上课 {day:n} 分钟，其中机动 {reserve:n} 分钟；休息和午饭不算在内，{end}散。",
    en="{day:n} minutes of work, {reserve:n} of them in reserve; breaks and lunch come on top, and it ends at {end}.",
    day=DAY,
    reserve=reserve,
    end=rows[-1]["end"],
)
# %% [markdown] lang="zh"
# ## 开场的六个问题
#
# 举手投票，写在挂图上，留到散场再投一遍：
#
# 1. 我手里的项目，一半以上说得出下一步哪天、见谁、谈成什么。
# 2. 我报出去的百分比，客户那边有证据。
# 3. 我知道这个月该约几个新客户。
# 4. 我报的数，十回里有八回差得不远。
# 5. 我知道自己哪一步最容易丢单。
# 6. 我们的例会，散会时每件事都有人、有日子。
#
# ## 走之前：反馈单（不写名字，纸上写）
#
# 1. 今天哪一样，下周一就用得上？
# 2. 哪一段该快，哪一段该慢？
# 3. 有什么在我们那儿行不通？为什么？
# 4. 还缺什么，才能用起来？
# 5. 你会叫同事来吗？（会 / 不会 / 看情况）
# %% [markdown] lang="en"
# ## The six questions of the opening
#
# A show of hands, counted on the flip chart and kept for the close:
#
# 1. For more than half of my deals I can say the day, the person and the aim of the next step.
# 2. For the percentages that I report there is evidence at the customer.
# 3. I know how many new customers I have to meet this month.
# 4. Eight times in ten the figure that I report is not far off.
# 5. I know at which step I lose most.
# 6. When our meeting ends every point has a name and a day.
#
# ## Before you leave: feedback (on paper, without a name)
#
# 1. What of today will you use on Monday?
# 2. What should go faster, what slower?
# 3. What will not work where you are, and why?
# 4. What is missing before you can use it?
# 5. Would you send a colleague? (yes / no / it depends)
# %% [markdown] role="trainer" lang="zh"
# ## 培训师：这一天怎么带
#
# **前一天。** 每台电脑开一遍首页和飞行模拟。打印：这一页，结业案例的三份材料（每组一套），反馈单，三个动作的空白页。请主管在前一周和每个人说一句话：为什么派你来，回来要看什么。
#
# **带什么。** 挂图纸三张一组，粗笔，扑克牌两人一副，骰子两人一颗，便签，胶带。
#
# **分组。** 五六个人一组，不按部门，主管和下属不同组。组名自己起，一天不换。
#
# **进门测。** 只说怎样，不讲解，不报分给主管。答不完的，到点就停。它和出门测考的是同样的本事，数字不同。
#
# **飞行模拟放在饭后。** 两人一台，一人动手，一人说理由，三周一换。玩完先问一句：坑是哪一周挖的？第四课第三段整段（猜、五行规则、飞、落地三问、三十种运气的图）都放在饭后，饭前讲到六张名单为止。
#
# **学员不同，换课。** 业务员照上面走：二、三、四、五课。主管多的班，把第二课换成第六课“评估与目标”：在上面第二格里把 (2, 3, 4, 5) 改成 (6, 3, 4, 5)，钟点自己会变。第一课当作前一天的预习：十个问题自测，No.1 潜在客户填一张表。
#
# **角色扮演。** 第二课的电话、第三课的三人谈表，各 12 分钟，不在上面的钟点里；要演就从机动里出，机动只够两场加一次拖堂。
#
# **时间不够。** 先砍练习，不砍飞行模拟和三个动作。半天班：第二、三课主线，飞行模拟，三个动作。
#
# **三个动作。** 每人写三件：做什么，第一天是哪天，谁见证，凭什么看出做到了。念给见证人听，两人各签一个名。不收，不给主管；自己愿意给谁看，是自己的事。30、60、90 天见证人各问一次：做了吗？出了什么结果？
#
# **没有电脑。** 每课的培训师说明里都写了纸上怎么做；飞行模拟换成第四课最后一段的骰子版：两人一颗，六周，25 分钟，多出的 5 分钟从机动里出。
# %% [markdown] role="trainer" lang="en"
# ## Trainer: how to run the day
#
# **The day before.** Open the home page and the simulator on every computer. Print this page, the three documents of the closing case (a set per group), the feedback sheet, blank sheets for the three actions. Ask the managers to say one thing to each person in the week before: why you are sent, and what I shall look at when you are back.
#
# **Bring.** Three sheets of flip chart per group, thick pens, a pack of cards and a die for every two people, sticky notes, tape.
#
# **Groups.** Five or six, across departments, no manager with his own people. They choose a name and stay together all day.
#
# **The check at the door** says how it went, explains nothing, and goes to no manager. When the time is up, it stops. The one on leaving asks for the same skills with other numbers.
#
# **The simulator comes after lunch.** Two to a computer: one plays, one says why, and they change after three weeks. Afterwards ask first: in which week was the hole dug? All of part 3 of lesson 4 (guess, five lines of rules, flight, three questions, thirty kinds of luck) comes after lunch; before it stop at the six lists.
#
# **Other people, other lessons.** Sales people go as above: lessons 2, 3, 4 and 5. With many managers take lesson 6, evaluation and targets, instead of 2: put (6, 3, 4, 5) for (2, 3, 4, 5) in the second cell, and the times follow. Lesson 1 is for the evening before: the ten problems, and the sheet of the No. 1 prospect.
#
# **Role-plays.** The telephone call of lesson 2 and the talk in threes of lesson 3, 12 minutes each, are not in the times above. They come out of the reserve, which holds both and not much else.
#
# **Too little time.** Cut practice first; never the simulator or the three actions. Half a day: cores of lessons 2 and 3, the simulator, the actions.
#
# **Three actions.** Everybody writes three: what, which day first, who is the witness, how one will see it. They are read to the witness, and both sign. They are not collected and not given to managers; whom to show them is everybody's own affair. After 30, 60 and 90 days the witness asks: done? what came of it?
#
# **No computer.** The trainer's notes of each lesson say how to do it on paper; for the simulator take the version with dice in the last part of lesson 4: a die for two, six weeks, 25 minutes, the 5 more out of the reserve.
