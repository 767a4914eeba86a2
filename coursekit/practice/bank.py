"""The bank: exercises as text, one file ``exercises/<module>.yaml`` per module.

A file is a list of exercises. No Python is needed for what has no varying numbers.

.. code-block:: yaml

    - id: funnel.2.3/which-class        # module.chapter.item/name; the module is the file's name
      version: 1                        # raise it when the question changes, not for a typo
      kind: sort                        # sort, find or number
      minutes: 4
      item: funnel.2.3                  # only where it is not what stands before the slash
      key: {c1: p50, c2: [p25, p50]}    # the right bin; several where several are right
      slips:                            # known mistakes: code -> the answer that comes of it
        budget_forgotten: {c1: p25}     #   (cards that are not named: as in the key)
      zh:
        prompt: 每张卡放到它拿得出证据的那一级。
        bins: {p25: 25%类, p50: 50%类}  # in the order shown
        cards: {c1: 预算已批，方案已改过两稿，周四见采购总监。, c2: …}
        hints: [先看预算。, …]          # shown one after another, counted, free of charge
        reasons: {c1: 预算和对的人都在。, c2: …}            # why, card by card
        slips: {budget_forgotten: 预算批了，就过了 50% 的那道门。}
        why: 50% 的五道门少一道就是 25%。                    # one text or a list of them
      en: { … the same keys, the same ids … }

Keys outside the languages
--------------------------
``make``
    Name of a function ``make(rng, case) -> given`` for what varies. ``rng`` is a
    ``random.Random`` of this trainee, exercise and draw. ``given`` is plain JSON (dict, list,
    str, number, bool, None; dates as ``"2026-03-02"``); what a trainee reads in it is a pair
    ``{"zh": …, "en": …}``. Without ``make`` the exercise is static: ``given:`` may then stand
    here as data of the same form.
``key`` or ``solve``
    The answer as data, or the name of a function ``solve(given) -> key``.
``slips``
    ``code: name`` of a function ``slip(given) -> answer`` of one who makes this mistake, or the
    answer itself. Each code has its message under ``slips`` in both languages.
``reasons``
    Name of a function ``reasons(given) -> {card or row id: code}``; the texts of the codes stand
    under ``reasons`` of each language. Without it the code is the id itself.
``work``
    Name of a function ``work(given, key) -> {name: number or text pair}``: further values for
    ``why``, ``steps``, ``slips`` and ``reasons``.

A name is plain (``eight_deals``: a function in ``exercises/<module>.py`` beside the file) or
``coursekit.funnel:name`` (a method of the kit). Nothing else is ever called. Where a course folder
has its own YAML, plain names resolve in the *shipped* ``.py``; the folder's own ``.py`` runs only
with ``run_code = true`` in ``course.toml``.

Keys of each language
---------------------
``prompt``, ``why`` (both needed), ``hints``, ``slips``, ``reasons`` and ``steps`` (the worked
way, one text per step, shown before ``why``). All are templates: ``{name}`` or ``{name:money}``
(forms: ``coursekit.terms.fill``) is filled from the top level of ``given``; ``why``, ``steps``,
``slips`` and ``reasons`` also from a number key (by field) and from ``work``; ``reasons`` also
from their own card or row. A brace meant as such is written twice.

The kinds
---------
``sort``
    Raw answer ``{card: bin}``; key ``{card: bin or [bins]}``.
    ``bins: {id: text}`` per language. Cards: static ``cards: {id: text}`` per language (shuffled
    for each trainee); made ``given["cards"] = [{"id": "c1", "text": {"zh": …, "en": …}, …}]``, or
    with other values in place of ``text`` and one template ``card: "{customer}，{amount:money}"``
    per language.
``find``
    Raw answer ``[row, …]``; key ``[row, …]``, at least one row and never all.
    ``columns: {customer: text, amount: money, stage: stage, next_step_date: date}`` says what
    is shown, in which order and form (``text money percent percent1 n date stage``);
    ``columns: {customer: 客户, …}`` per language names them. Rows: made
    ``given["rows"] = [{"id": "r1", "customer": {"zh": …, "en": …}, "amount": 120000, …}]``
    (values without a column are not shown); static ``rows: {r1: {customer: …, …}}`` per language.
``number``
    Raw answer ``{field: what was typed}``; key ``{field: number}``, percent as 0 to 1.
    ``fields: {total: money, share: {unit: percent, within: 0.01}}``, units ``money percent
    number``; ``within`` is the tolerance, absolute (``100``) or as a share (``1%``), by default
    0.5% (percent: half a point). Per language ``fields: {total: 预测合计}`` and, where the unit
    word is another than 元 or %, ``units: {weeks: 周}``. ``columns`` and rows as in ``find``, where
    a table is to be seen. A slip function returns ``{field: value}``, fields it leaves out are
    as in the key.
"""
