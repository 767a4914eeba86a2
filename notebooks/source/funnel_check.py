# Check at the door and on leaving, and the three actions to take home: the frame of the day.
# %%
from coursekit.notebook import ask, check

# %% [markdown] lang="zh" minutes=20 part="core"
# # 进门测、出门测、三个动作
#
# ## 进门测：现在做
#
# 不会不要紧，凭现在的本事答，不翻书，不商量。一题一次；答完告诉你怎样，先不讲为什么。到点就停。
#
# 这个结果只给你自己和培训师看，不给主管，不算分。
# %% [markdown] lang="en" minutes=20 part="core"
# # At the door, on leaving, and three actions
#
# ## At the door: now
#
# It does not matter if you cannot do it. Answer as you would today, without books, without your neighbour. One answer each; you are told how it went, and not yet why. When the time is up, stop.
#
# The result is for you and your trainer. It goes to no manager and is no grade.
# %%
check("funnel", "pre", minutes=20)
# %% [markdown] lang="zh" minutes=20 part="more"
# ## 出门测：散场前再做，现在别往下看
#
# 同样的本事，换了数字。做完看看和早上差多少；这回每题都讲为什么。题不多，差个十来分也许只是运气：要看的是哪几样早上不会、现在会了。
# %% [markdown] lang="en" minutes=20 part="more"
# ## On leaving: at the end of the day, so do not scroll on now
#
# The same skills with other numbers. See how far you are from this morning; this time each answer is explained. There are few questions, and ten points may be luck: look at what you could not do in the morning and can do now.
# %%
check("funnel", "post", minutes=20)
# %% [markdown] lang="zh" minutes=20 part="homework"
# ## 三个动作
#
# 今天学的，挑三样下周就做。写到别人能看出你做没做；写完念给见证人听。
# %% [markdown] lang="en" minutes=20 part="homework"
# ## Three actions
#
# Of all that you met today choose three for next week. Write them so that somebody else could see whether you did; then read them to your witness.
# %%
ask("funnel.6.2/three-actions")
# %% [markdown] role="trainer" lang="zh"
# **怎么用这一页。** 早上只做上面一段，到点请大家合上电脑。散场前再打开：出门测，三个动作。没做完的题不补。
#
# **说清楚。** 每人抽到的数字不一样，抄不了；两次考的是同样的本事。个人的成绩只在本人的电脑上；你要看全班，用教师命令收答题记录，班里少于五个人就不要按人看。
#
# **三个动作。** 见证人最好不是主管。各自在日历上记下 30、60、90 天三个日子，到时问两句：做了吗？出了什么结果？
#
# **没有电脑。** 打印练习页里同样几题，换两套数字，早晚各一套；三个动作写在纸上，两人各签名。
# %% [markdown] role="trainer" lang="en"
# **How to use this page.** In the morning the first part only; when the time is up, screens down. Open it again at the end of the day: the second check and the three actions. What was left open in the morning stays open.
#
# **Say so.** Everybody draws other numbers, so there is nothing to copy; both checks ask for the same skills. One's own result stays on one's own computer. For the class collect the records with the trainer's command, and with fewer than five people do not look at persons.
#
# **Three actions.** Better a witness who is not the manager. Both put three days into their diaries, after 30, 60 and 90, for two questions: done? what came of it?
#
# **No computer.** Print the same exercises with two sets of numbers, one for the morning and one for the evening; the actions on paper, signed by two.
