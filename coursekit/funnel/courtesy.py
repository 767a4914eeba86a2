"""Words that fill the place of a next step and say none."""

import re
import unicodedata

_PHRASES = (
    *("保持联系", "保持沟通", "继续跟进", "持续跟进", "密切关注", "持续关注", "加强沟通", "多走动"),
    *("常联系", "再联系", "联系一下", "联系", "跟进中", "跟进", "推进", "沟通一下", "沟通"),
    *("下周再说", "回头再说", "再说", "改天再聊", "再聊", "再约", "等通知", "等消息", "等回复"),
    *("等客户回复", "等客户消息", "等老板回来", "考虑考虑", "再考虑", "客户说", "看行情再定"),
    *("看情况", "找机会请吃饭", "请吃饭", "有空去看看", "去看看", "有空", "抽空拜访", "催一下"),
    *(
        "先维护着",
        "维护关系",
        "维护好关系",
        "关系不错",
        "应该没问题",
        "问题不大",
        "有需要再说",
        "努力争取",
    ),
    *("尽快成交", "争取成交", "争取尽快", "尽快签单", "尽快"),
    *("keep in touch", "stay in touch", "stay in contact", "keep in contact", "follow up"),
    *("following up", "touch base", "talk again", "speak again", "call again", "check in"),
    *("waiting to hear", "wait to hear", "wait for news", "wait for an answer", "wait and see"),
    *("waiting until the owner is back", "waiting", "thinking it over", "thinking about it"),
    *("visit more often", "dinner some time", "contact", "chase", "in progress", "keep warm"),
    *("keeping it warm", "keep it warm", "good relationship", "should be fine", "push on"),
    *("depends on the market", "have a look when there is time", "maintain the relationship"),
    *("after the holiday", "close soon", "try to close", "as soon as possible", "asap"),
)
_FILLERS = (
    *("客户", "对方", "他们", "我们", "继续", "持续", "保持", "一下", "近期", "最近", "过几天"),
    *("这周", "本周", "下周", "下个月", "下月", "月底", "年后", "节后", "随时", "定期", "时常"),
    *("多", "再", "先", "和", "与", "跟", "着", "吧", "了", "请"),
    *("the", "a", "to", "with", "them", "him", "her", "customer", "client", "and", "on", "will"),
    *("we", "i", "next", "this", "week", "month", "soon", "later", "again", "regularly", "please"),
)


def is_courtesy(text):
    """Whether a text only fills the place of a next step.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool
        True where nothing is left of it without courtesies (``保持联系``, ``keep in touch``) and
        words that say nothing by themselves; False for an empty text.

    Notes
    -----
    Syllabus item funnel.2.5. It fails on a courtesy that is not in the list, and on one with a
    name behind it (``继续跟进张总``): what it lets pass need not be a step.

    Examples
    --------
    >>> is_courtesy("下周继续跟进客户。")
    True
    >>> is_courtesy("周四 10 点见采购张经理，定试用批量")
    False
    """
    left = unicodedata.normalize("NFKC", text).lower().strip()
    if not left:
        return False
    for words in (_PHRASES, _FILLERS):
        left = _without(words).sub(" ", left)
    return not re.search(r"\w", left)


def _without(words):
    longest_first = sorted(words, key=len, reverse=True)
    latin = "|".join(re.escape(word) for word in longest_first if word.isascii())
    han = "|".join(word for word in longest_first if not word.isascii())
    return re.compile(rf"\b(?:{latin})\b|{han}")
