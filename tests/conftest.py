"""What all tests share."""

import functools
import os
import pathlib

import hypothesis
import matplotlib
import pytest

matplotlib.use("Agg")

# the same examples in every run, so that a change is to blame for what it breaks; `make soak`
# draws fresh ones
hypothesis.settings.register_profile("same", derandomize=True, deadline=None)
hypothesis.settings.register_profile("fresh", deadline=None, max_examples=1000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ROOT = pathlib.Path(__file__).parent.parent


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """Real-looking files that stand beside the checkout and are never copied into it."""
    folder = ROOT.parent / "shared" / "data"
    if not folder.is_dir():
        pytest.skip("../shared/data is absent: figures on real-looking files are NOT checked")
    return folder


@pytest.fixture(scope="session")
def case_world():
    """The running case by skin, made once: ``case_world("feed")``."""
    from coursekit import making

    return functools.cache(making.world)


@pytest.fixture(autouse=True)
def _no_state_of_others(monkeypatch):
    monkeypatch.delenv("COURSEKIT_STATE", raising=False)
