# The page of the team. It only draws: figures come computed in one JSON file, see
# coursekit/reporting. Run as it stands, without a file, it draws the sample team.
# %%
from coursekit.reporting import sections, sheet, team

# %% tags=["parameters"]
facts = None
# %%
page = sheet.load(facts, "team")
sections.head(page)
# %%
team.changes(page)
# %% [markdown] lang="zh"
# **怎么读。** “照表算”是金额乘以报的那个阶段的成交率；“拿得出依据”是同一笔金额，乘以规则认可的阶段的成交率。这样乘出来的叫期望值：同样的单子做很多回，平均下来的数。它不是承诺，真正签下来的每回都会多一些或少一些。
# %% [markdown] lang="en"
# **How to read this.** “As listed” is the amount times the rate of the stage that is claimed; “can be shown” is the same amount times the rate of the stage that the rules grant. Such a product is an expected value: what many lists like this bring on average. It is not a promise; any one list will bring more or less.
# %%
team.owners(page)
# %%
sections.difference(page)
# %%
sections.week(page)
# %%
sections.funnel(page)
# %%
sections.outcomes(page)
# %%
sections.zombies(page)
# %%
sections.conversion(page)
# %%
sections.unchecked(page)
# %%
team.reading(page)
