import json
import threading
import urllib.error
import urllib.request

import pytest
import small_bank

from coursekit.cli import main
from coursekit.practice import preview

CLASSES = "mini.1.1/classes"


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """``shown(exercise)``: address of a preview that runs, and its course."""
    running = []

    def begin(exercise=CLASSES):
        course = small_bank.course(tmp_path)
        told, ready = [], threading.Event()
        made = preview.server

        def server(*args):
            running.append(made(*args))
            return running[-1]

        monkeypatch.setattr(preview, "server", server)

        def tell(address):
            told.append(address)
            ready.set()

        thread = threading.Thread(
            target=preview.run, args=(course, exercise, 0, False, tell), daemon=True
        )
        thread.start()
        assert ready.wait(20)
        return told[0], course

    yield begin
    for one in running:
        one.shutdown()


def get(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return answer.read().decode("utf-8")


def refused(address, body=None, **headers):
    """The code with which a request is refused."""
    try:
        urllib.request.urlopen(urllib.request.Request(address, body, headers), timeout=20).close()
    except urllib.error.HTTPError as error:
        with error:
            return error.code


def post(address, message):
    body = json.dumps({"exercise": CLASSES, "message": message}).encode()
    request = urllib.request.Request(f"{address}card", body)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read())


def test_a_card_is_shown_and_answers(shown):
    address, course = shown()
    assert "每张卡放到哪一级？" in get(address)
    answer = {"c1": "p25", "c2": "p50", "c3": "p90"}
    reply = post(address, {"type": "submit", "answer": answer, "token": "a"})
    assert reply["state"]["outcome"] == "right"
    assert not course.private.exists()  # nothing of it is kept


def test_a_reload_shows_what_was_edited_and_a_mistake_with_its_line(shown):
    address, course = shown()
    bank = course.folder / "exercises" / "mini.yaml"
    text = bank.read_text("utf-8")
    bank.write_text(text.replace("每张卡放到哪一级？", "<b>放卡"), "utf-8")
    assert "放卡" in get(address)
    bank.write_text(text.replace("minutes: 3", "minutes: <b>"), "utf-8")
    page = get(address)
    assert "mini.yaml 第 5 行" in page and "<b>" not in page


@pytest.mark.parametrize("path", ["course.toml", "../course.toml", "exercises/mini.yaml"])
def test_it_serves_the_card_and_no_file(shown, path):
    address, _ = shown()
    assert refused(address + path) == 404


def test_a_page_of_another_name_gets_nothing(shown):
    address, _ = shown()
    assert refused(address, Host="elsewhere.example") == 404


def test_nonsense_is_refused_and_the_card_lives_on(shown):
    address, _ = shown()
    for body in (b"{", b"[]", b"7", b'{"message": 3}'[:9]):
        assert refused(f"{address}card", body) == 400
    assert post(address, "no message") == {}
    assert "每张卡放到哪一级？" in get(address)


def test_an_exercise_that_is_not_there_is_bad_input(tmp_path, capsys):
    course = small_bank.course(tmp_path)
    assert main(["preview", "mini.9.9/nix", "--no-browser", "--course", str(course.folder)]) == 2
    assert "没有“mini.9.9/nix”这道题" in capsys.readouterr().err
