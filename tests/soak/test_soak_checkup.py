import checkup_kills
import pytest


@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_kills_end_with_the_bytes_of_a_straight_run(tmp_path, seed):
    file = tmp_path / "deals.csv"
    checkup_kills.export(file, [f"{number}号" for number in range(12)])
    checkup_kills.finish(file, tmp_path / "straight")
    for part in range(10):  # a folder is finished after some ten kills
        out = tmp_path / f"killed-{part}"
        checkup_kills.survive(file, out, kills=10, seed=10 * seed + part)
        assert checkup_kills.snapshot(out) == checkup_kills.snapshot(tmp_path / "straight")
