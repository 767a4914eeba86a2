import methods


def test_the_document_of_methods_is_current():
    assert methods.TARGET.read_text("utf-8") == methods.document(), "run: python tools/methods.py"


def test_the_document_says_when_a_rule_fails():
    text = methods.document()
    assert "### funnel.2.5 " in text
    assert "`funnel.review(" in text
    assert "The age rule fails where" in text


def test_a_scorecard_is_shown_with_weights_and_cautions():
    text = methods.document()
    card = text[text.index("### `man.toml`") :]
    assert "| authority | 30 |" in card
    assert "Caution: " in card
