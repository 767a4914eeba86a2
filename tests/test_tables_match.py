"""Headers and stage names of many systems."""

import pytest

from coursekit import terms
from coursekit.tables import match, schema

DEALS = schema.load("deals")


def columns(*headers):
    return match.headers(headers, DEALS)[0]


@pytest.mark.parametrize(
    "headers",
    [
        # Salesforce report
        {
            "Opportunity Owner": "owner",
            "Account Name": "customer",
            "Stage": "stage",
            "Amount": "amount",
            "Probability (%)": "probability",
            "Created Date": "created",
            "Next Step": "next_step",
            "Last Activity": "last_contact",
        },
        # HubSpot
        {
            "Record ID": "deal_id",
            "Deal Stage": "stage",
            "Deal owner": "owner",
            "Amount": "amount",
            "Create Date": "created",
            "Associated Company": "customer",
            "Next Activity Date": "next_step_date",
        },
        # Zoho
        {
            "Potential Owner": "owner",
            "Account Name": "customer",
            "Stage": "stage",
            "Amount": "amount",
            "Created Time": "created",
            "Next Step": "next_step",
        },
        # Pipedrive
        {
            "Deal - Stage": "stage",
            "Deal - Value": "amount",
            "Deal - Owner": "owner",
            "Deal - Organization": "customer",
            "Deal - Status": "status",
            "Deal - Expected close date": "expected_close",
            "Deal - Next activity date": "next_step_date",
        },
        # 纷享销客、销售易
        {
            "商机编号": "deal_id",
            "客户名称": "customer",
            "负责人": "owner",
            "销售阶段": "stage",
            "预计成交金额": "amount",
            "预计成交日期": "expected_close",
            "创建时间": "created",
            "赢率": "probability",
            "下一步计划": "next_step",
            "下次跟进时间": "next_step_date",
            "最后跟进时间": "last_contact",
        },
        {
            "商机金额": "amount",
            "商机阶段": "stage",
            "商机所有人": "owner",
            "客户": "customer",
            "预计签单日期": "expected_close",
            "进入阶段时间": "entered",
            "产品名称": "product",
        },
    ],
)
def test_the_columns_of_a_known_system_are_found(headers):
    assert columns(*headers) == {
        code: next(h for h, c in headers.items() if c == code)
        for code in DEALS.columns
        if code in headers.values()
    }


@pytest.mark.parametrize(
    ("header", "code"),
    [
        *(("跟进阶段", "stage"), ("客户阶段", "stage"), ("进展阶段", "stage")),
        *(("预估金额", "amount"), ("添加人", "owner"), ("姓名", "owner"), ("添加时间", "created")),
        *(("最近活动记录时间", "last_contact"), ("预计签单", "expected_close")),
    ],
)
def test_headers_of_chinese_systems_and_handmade_lists_are_known(header, code):
    assert columns(header) == {code: header}


@pytest.mark.parametrize(
    "header",
    ["DEAL_STAGE", "dealStage", "Deal  Stage", "*Deal Stage", "Ｄｅａｌ Ｓｔａｇｅ", "Deal Stage:"],
)
def test_a_header_is_the_same_in_any_spelling(header):
    assert columns(header) == {"stage": header}


@pytest.mark.parametrize(
    "header",
    [
        "Days in stage",
        "Stage Duration",
        "阶段停留天数",
        "上一阶段",
        "Weighted Forecast",
        "Created By",
        "创建人",
        "Reporting Date",
        "客户等级",
        "项目名称",
        "Owner Role",
        "Lost Reason",
        "输单原因",
    ],
)
def test_a_header_that_only_contains_a_name_is_not_taken(header):
    assert columns(header) == {}


def test_a_name_with_words_around_it_is_alike_and_told():
    found, _, alike = match.headers(["Current Stage", "Our Customer"], DEALS)
    assert found == {"customer": "Our Customer", "stage": "Current Stage"}
    assert alike == ("customer", "stage")


def test_of_two_headers_for_one_column_the_better_wins_and_the_other_is_told():
    found, rivals, _ = match.headers(["Account Owner", "Opportunity Owner", "Owner"], DEALS)
    assert found == {"owner": "Owner"}
    assert rivals == {"owner": ("Opportunity Owner", "Account Owner")}


def test_one_close_date_serves_closed_and_open_deals():
    assert columns("Close Date") == {"expected_close": "Close Date", "closed": "Close Date"}


def test_a_close_date_gives_way_to_a_column_of_its_own():
    found = columns("Close Date", "Expected Close Date")
    assert found == {"expected_close": "Expected Close Date", "closed": "Close Date"}


def test_no_name_stands_for_two_columns():
    for name in ("deals", "stage_history"):
        table = schema.load(name)
        names = [match._squash(n) for c in table.columns.values() for n in {*c.names}]
        shared = [match._squash(n) for _, entries in table.shared for n in entries]
        names = [n for c in table.columns.values() for n in {match._squash(x) for x in c.names}]
        double = {n for n in names if names.count(n) > 1} | {n for n in shared if n in names}
        assert double == set(), name


def test_no_stage_name_stands_for_two_rungs():
    rungs = {}
    for code, names in schema.stage_names().items():
        for name in names:
            assert rungs.setdefault(match._squash(name), code) == code, name


def test_rungs_go_from_the_lowest_to_lost():
    assert list(schema.stage_names()) == [
        "opportunity",
        "appointment",
        "p25",
        "p50",
        "p90",
        "contract",
        "lost",
    ]


@pytest.mark.parametrize("name", ["deals", "stage_history"])
def test_every_column_has_a_word_in_both_languages(name):
    table = schema.load(name)
    assert [c for c in table.columns if not terms.known(f"tables.column_{c}")] == []
    assert {c.kind for c in table.columns.values()} <= set(schema.KINDS)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        # WeCom, Kingdee, Dynamics
        ("新客户", "opportunity"),
        ("无意向客户", "lost"),
        ("付费用户", "contract"),
        ("方案", "p25"),
        ("1-Qualify", "opportunity"),
        # Salesforce
        ("Prospecting", "opportunity"),
        ("Qualification", "opportunity"),
        ("Needs Analysis", "p25"),
        ("Value Proposition", "p25"),
        ("Id. Decision Makers", "p25"),
        ("Perception Analysis", "p25"),
        ("Proposal/Price Quote", "p50"),
        ("Negotiation/Review", "p50"),
        ("Closed Won", "contract"),
        ("Closed Lost", "lost"),
        # HubSpot
        ("Appointment Scheduled", "appointment"),
        ("Qualified To Buy", "p25"),
        ("Presentation Scheduled", "p25"),
        ("Decision Maker Bought-In", "p50"),
        ("Contract Sent", "p90"),
        ("closedwon", "contract"),
        ("closedlost", "lost"),
        # Zoho, Pipedrive
        ("Identify Decision Makers", "p25"),
        ("Closed Lost to Competition", "lost"),
        ("Lead In", "opportunity"),
        ("Contact Made", "opportunity"),
        ("Demo Scheduled", "appointment"),
        ("Proposal Made", "p50"),
        ("Negotiations Started", "p50"),
        # 纷享销客、销售易
        ("初步接洽", "opportunity"),
        ("验证客户", "opportunity"),
        ("需求确认", "p25"),
        ("需求确定", "p25"),
        ("方案报价", "p50"),
        ("方案/报价", "p50"),
        ("商务谈判", "p50"),
        ("谈判审核", "p50"),
        ("合同签订", "p90"),
        ("赢单", "contract"),
        ("成交", "contract"),
        ("输单", "lost"),
        ("无效", "lost"),
        # the ladder itself
        ("机会", "opportunity"),
        ("首次约见(FA)", "appointment"),
        ("FA", "appointment"),
        ("25%", "p25"),
        ("５０％", "p50"),
        ("90%", "p90"),
        ("签约", "contract"),
        ("丢单", "lost"),
        # numbered and weighted
        ("1. Prospecting", "opportunity"),
        ("03-方案报价", "p50"),
        ("Stage 3: Proposal", "p50"),
        ("S3 方案报价", "p50"),
        ("三、方案报价", "p50"),
        ("方案报价(60%)", "p50"),
        ("Proposal - 75%", "p50"),
        ("需求确认【30%】", "p25"),
        ("赢单（100%）", "contract"),
        ("5 - Closed Won", "contract"),
    ],
)
def test_a_stage_name_of_a_known_system_has_its_rung(word, code):
    assert match.stage(word) == match.Match(code, False)


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Won - New Business", "contract"),
        ("赢单-新客户", "contract"),
        ("Closed Lost - Price", "lost"),
        ("输单：价格", "lost"),
        ("Proposal sent to client", "p50"),
        ("Qualified - Proposal Sent", "p25"),
        ("第二轮商务谈判", "p50"),
    ],
)
def test_a_stage_like_a_known_one_is_matched_and_told(word, code):
    assert match.stage(word) == match.Match(code, True)


@pytest.mark.parametrize(
    "word",
    [
        "未成交",
        "未签约",
        "预计成交",
        "Not won",
        "Likely won",
        "Contract - pending legal",
        "有望签约",
        "Deal won soon",
        "Phase X",
        "甲",
        "75",
        "???",
        "",
        "Wonder",
    ],
)
def test_a_stage_that_could_be_too_much_is_left_open(word):
    assert match.stage(word) is None
