import pytest
import small_bank

from coursekit.cli import main
from coursekit.practice import bank, lint


def found(folder, source, **more):
    course = small_bank.course(folder, source, **more)
    return [(one.level, one.code) for one in lint.bank_findings(course, ["mini"], trainees=8)]


CHOICES = """
- id: mini.1.{n}/one
  version: 1
  kind: choice
  minutes: 1
  key: a
  zh:
    prompt: 先做什么？
    options: {{a: 给采购总监打电话约周四见面并且先把方案改好, b: 等, c: 催}}
    reasons: {{a: 有人有时间。, b: 谁也不等你。, c: 催不出约定。}}
    why: 先约。
  en:
    prompt: What first?
    options: {{a: Ring the head of buying and agree on Thursday, b: Wait, c: Press}}
    reasons: {{a: A day and a person., b: Nobody waits., c: Pressing agrees nothing.}}
    why: Agree first.
"""


def test_the_small_bank_is_well(tmp_path):
    assert found(tmp_path, small_bank.SORT + small_bank.FIND + small_bank.NUMBER) == []


def test_an_entry_that_cannot_be_read_is_said_with_its_line(tmp_path):
    course = small_bank.course(tmp_path, small_bank.SORT.replace("minutes: 3", "minutes: drei"))
    (one,) = lint.bank_findings(course, ["mini"])
    assert (one.level, "第 5 行" in one.sentence("zh")) == ("wrong", True)


def test_a_question_that_fails_in_some_draws_is_said_to(tmp_path):
    code = small_bank.CODE + (
        "\n\ndef amount_and_rate(rng, case):\n"
        '    return {"amount": 1e4 / rng.randrange(2), "rate": 0.5}\n'
    )
    assert found(tmp_path, small_bank.NUMBER, code=code) == [("wrong", "cannot_ask")]


def test_a_known_mistake_that_is_right_is_said_to(tmp_path):
    source = small_bank.NUMBER.replace("rate_forgotten: plain_amount", "rate_forgotten: expected")
    assert found(tmp_path, source) == [("wrong", "slip_is_right")]


def test_a_key_that_hangs_on_digits_nobody_sees_is_said_to(tmp_path):
    code = small_bank.CODE + (
        "\n\ndef amount_and_rate(rng, case):\n"
        '    return {"amount": 123456.0, "rate": rng.choice([0.2549, 0.3349])}\n'
    )
    assert ("wrong", "shown_precision") in found(tmp_path, small_bank.NUMBER, code=code)


def test_a_text_too_long_for_a_phone_is_said_to(tmp_path):
    source = small_bank.SORT.replace("bins: {p25: 25%类,", f"bins: {{p25: {'很' * 17},")
    assert found(tmp_path, source) == [("wrong", "too_long")]


def test_a_card_that_names_its_bin_is_said_to(tmp_path):
    source = small_bank.SORT.replace("c1: 还没有预算", "c1: 这是25%类的项目")
    assert found(tmp_path, source) == [("look", "card_names_bin")]


def test_words_of_other_books_are_said_to(tmp_path):
    source = small_bank.SORT.replace("why: 看证据", "why: 看商机的pipeline")
    assert found(tmp_path, source) == [("look", "other_word"), ("look", "latin_word")]


def test_a_bank_whose_longest_option_is_right_gives_itself_away(tmp_path):
    source = "".join(CHOICES.format(n=n) for n in range(1, 6))
    assert ("look", "longest_is_right") in found(tmp_path, source)


@pytest.mark.parametrize(
    ("low", "high", "said"), [(3, 4, False), (3, 5, True)]
)  # 5 is more than one and a half times 3
def test_draws_of_unlike_length_are_said_to(tmp_path, low, high, said):
    code = small_bank.CODE + (
        "\n\n_deals = deals\n\n\ndef deals(rng, case):\n"
        "    given = _deals(rng, case)\n"
        f"    more = [{{**given['rows'][0], 'id': f'x{{n}}'}} for n in range({high} - 3)]\n"
        "    return {'rows': given['rows'] + (more if rng.randrange(2) else [])}\n"
    )
    assert (("look", "unlike_parts") in found(tmp_path, small_bank.FIND, code=code)) is said


def test_a_chinese_sign_takes_two_columns():
    assert lint.width("25%类") == 3 + 2


def test_the_command_says_what_to_mend_and_fails(tmp_path, capsys):
    source = small_bank.SORT.replace("minutes: 3", "minutes: drei") + small_bank.FIND
    course = small_bank.course(tmp_path, source)
    assert main(["lint", "mini", "--trainees", "2", "--course", str(course.folder)]) == 1
    said = capsys.readouterr().out
    assert "mini.yaml 第 5 行" in said and "要改 1" in said
    assert main(["lint", "mini.1.2/no-step", "--course", str(course.folder), "--lang", "en"]) == 0
    assert "Nothing found" in capsys.readouterr().out


def test_a_bank_that_is_not_there_is_bad_input(tmp_path, capsys):
    assert main(["lint", "nix", "--course", str(tmp_path)]) == 2


def test_every_finding_has_its_sentence_in_both_languages():
    sample = {"name": "n", "n": 1, "of": 2, "fault": "f", "came": "c", "score": "0", "low": 1}
    sample |= {"high": 3, "share": 0.8, "text": "t", "better": "b", "limit": 9, "ids": "i"}
    codes = [code for code in bank_codes() if code not in ("done", "clean")]
    for code in codes:
        for lang in ("zh", "en"):
            values = {**sample, "language": lang}
            assert "{" not in lint.Finding("x", "look", code, values).sentence(lang)


def bank_codes():
    from coursekit import terms

    return [code.removeprefix("lint.") for code in terms.glossary() if code.startswith("lint.")]


def test_the_shipped_bank_can_be_loaded():
    assert bank.modules(small_bank.Course("x", bank.content()))
