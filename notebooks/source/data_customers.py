# The running case, for trainers and developers: the company, its customers, what they leave.
# %%
from IPython.display import display

from coursekit.case import Case
from coursekit.case.value import profit
from coursekit.course import Course
from coursekit.notebook import say, show
from coursekit.plots import case_customers as plots

lang = Course.find().lang
case = Case.load(lang=lang)
# %% [markdown] lang="zh"
# # 案例数据（一）：公司和客户
#
# 五门课共用一家公司的数据。公司、人名、客户全是编的；规律是故意放进去的，写在 `datasets/README.md` 里。这一页给讲师和开发的人看：上课以前，先认得这些表。
# %% [markdown] lang="en"
# # The case's data (1): the company and its customers
#
# All five courses use the data of one company. Company, people and customers are made up; what can be found in them was put in on purpose and is written down in `datasets/README.md`. This page is for those who teach or build with it: know the tables before you use them.
# %%
kinds = case.customers["kind"].value_counts()
status = case.customers["status"].value_counts()
say(
    zh="**{company}**，{regions} 个大区、{territories} 个县区、{reps} 个业务员、{products} 种产品。客户 {n} 家：经销商 {dealers} 家，其余是终端和集团；已购买 {buyers} 家，在谈 {prospects} 家，待开发 {suspects} 家。数据从 2024 年 3 月到 {today:date}。",
    en="**{company}**: {regions} regions, {territories} counties, {reps} sales people, {products} products. {n} customers: {dealers} dealers, the others end users and groups; {buyers} buy, {prospects} are prospects, {suspects} suspects. From March 2024 to {today:date}.",
    company=case.company,
    regions=len(case.regions),
    territories=len(case.territories),
    reps=int((case.salespeople["role"] == "rep").sum()),
    products=len(case.products),
    n=len(case.customers),
    dealers=int(kinds["dealer"]),
    buyers=int(status["buyer"]),
    prospects=int(status["prospect"]),
    suspects=int(status["suspect"]),
    today=case.today,
)
display(case.named("customers").iloc[[0, 1, 60, 200, 400], :10])
# %% [markdown] lang="zh"
# ## 谁赚钱，谁吃掉利润
#
# 一家客户的利润是毛利减去服务他花的钱：拜访、送货、技术员、赊账占的款。按利润从高到低累加，曲线先升后降。前面那些客户赚的，有一截被后面的吃掉了。
# %% [markdown] lang="en"
# ## Who earns, and who eats it up
#
# A customer's profit is the margin less what serving him takes: visits, deliveries, technicians, money tied up in credit. Added up from the best customer on, the curve rises and falls: part of what the first ones bring is eaten by the last.
# %%
earned = profit(case)["profit"]
show(plots.whale(earned, lang), alt=plots.whale_numbers(earned))
# %% [markdown] lang="zh"
# ## 什么时候卖得多
#
# 春节那个月人人都淡，水产（反刍和水产料）夏天才旺。有一个月特别高：那是一个业务员的一张大单，他全年的业绩有四成在里面。
# %% [markdown] lang="en"
# ## When is sold what
#
# The month of the Spring Festival is weak for everybody; fish feed sells in summer. One month stands out: one large order, two fifths of one person's year.
# %%
show(
    plots.months(case.orders, case.products, lang),
    alt=plots.months_numbers(case.orders, case.products),
)
# %% [markdown] lang="zh"
# ## 表里空着的格子
#
# 客户表里 MAN 三项（购买能力、决策能力、需求）空着，是没人问过，不是“没有”。空着的客户买得也少：没问，就没有好好做。
# %% [markdown] lang="en"
# ## The empty cells
#
# Where money, authority or need is empty in the table of customers, nobody asked; it does not mean "no". Those customers also buy less: who was not asked was not worked.
# %%
unknown = case.customers[["money", "authority", "need"]].isna()
say(
    zh="{n} 家客户里，三项问全的有 {known} 家，至少缺一项的有 {some} 家。",
    en="Of {n} customers {known} have all three answers; {some} lack at least one.",
    n=len(unknown),
    known=int((~unknown.any(axis=1)).sum()),
    some=int(unknown.any(axis=1).sum()),
)
