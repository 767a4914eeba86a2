import journal_kills
import pytest

from coursekit.practice.journal import TORN, Journal


@pytest.mark.parametrize("seed", range(5))
def test_a_thousand_kills_lose_nothing_acknowledged_and_double_nothing(tmp_path, seed):
    events, told = journal_kills.survive(tmp_path, kills=200, seed=seed, writers="abcd")
    tokens = [event["token"] for event in events]
    assert len(tokens) == len(set(tokens))
    assert set(told) <= set(tokens)
    assert [event["seq"] for event in events] == list(range(1, len(events) + 1))
    Journal(tmp_path).append("attempt", raw="after the last kill")
    findings = Journal(tmp_path).check()
    assert [finding.code for finding in findings] == ["practice.journal_torn"]
    pieces = (tmp_path / TORN).read_bytes().count(b"\n")
    print(f"{len(events)} events, {len(told)} acknowledged, {pieces} torn lines set aside")
