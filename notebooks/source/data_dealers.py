# The running case, for trainers and developers: dealers, their goods and money, complaints.
# %%
from IPython.display import display

from coursekit.case import Case
from coursekit.course import Course
from coursekit.notebook import say, show
from coursekit.plots import case_dealers as plots

lang = Course.find().lang
case = Case.load(lang=lang)
names = case.customers.set_index("customer")["name"]
PAIR = ("C085", "C091")
# %% [markdown] lang="zh"
# # 案例数据（四）：经销商和客户关怀
#
# C061 到 C130 是经销商。`shipments` 是他们从我们这儿进的货（带批号），`sell_out` 是他们卖出去的，`invoices` 和 `receipts` 是欠款和回款，`batches` 是业务员在门店看到的批号。每一种毛病旁边都放了一个看着像、其实没事的：下结论以前，先看看是不是冤枉。
# %% [markdown] lang="en"
# # The case's data (4): dealers and care
#
# C061 to C130 are dealers. `shipments` is what they bought from us (with batch numbers), `sell_out` what they sold on, `invoices` and `receipts` what they owe and paid, `batches` what our people saw in the shops. Beside everyone who does something wrong stands one who only looks like it: before you conclude, see whether he is innocent.
# %%
say(
    zh="{n} 家经销商，两年里发货 {shipped} 行、出货 {sold} 行；账单 {bills} 张，收款 {paid} 笔；投诉 {complaints} 件，其中 {unsolved} 件没有解决。",
    en="{n} dealers; in two years {shipped} lines shipped and {sold} sold on; {bills} invoices, {paid} receipts; {complaints} complaints, {unsolved} of them unsolved.",
    n=len(case.dealers),
    shipped=len(case.shipments),
    sold=len(case.sell_out),
    bills=len(case.invoices),
    paid=len(case.receipts),
    complaints=len(case.complaints),
    unsolved=int(case.complaints["solved"].isna().sum()),
)
display(case.dealers.iloc[[2, 10, 24, 30], :8])
# %% [markdown] lang="zh"
# ## 季末压货，还是真的旺季
#
# 上面一家每到季末进货翻倍，出货还是那么多；下面一家半年末进得多，也卖得多。只看进货，两家都有高峰。
# %% [markdown] lang="en"
# ## Loaded before quarter end, or a real season
#
# The upper dealer buys twice as much whenever a quarter ends and sells no more than before; the lower one buys much at half-year and sells it. Seen by purchases alone, both have their peaks.
# %%
show(
    plots.loading(case.shipments, case.sell_out, PAIR, names, lang),
    alt=plots.loading_numbers(case.shipments, case.sell_out, PAIR),
)
# %% [markdown] lang="zh"
# ## 货在别处被看到
#
# 批号能查到是谁进的货。但看到不等于窜货：有约定的，有挨着边界、客户自己过来买的，有客户搬了家的。
# %% [markdown] lang="en"
# ## Goods seen elsewhere
#
# A batch number tells who had bought the goods. But a find is no proof of diversion: some deliveries were agreed, some customers come from across the border, one moved house.
# %%
found = (case.batches, case.shipments, case.dealers, names)
show(plots.found(*found, lang), alt=plots.found_numbers(*found))
# %% [markdown] lang="zh"
# ## 投诉的原话
# %% [markdown] lang="en"
# ## Complaints in people's own words
# %%
display(
    case.named("complaints").iloc[[5, 30, 60, 90, 120]][
        ["customer", "opened", "kind", "solved", "words"]
    ]
)
