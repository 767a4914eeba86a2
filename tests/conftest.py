"""What all tests share."""

import pathlib

import matplotlib
import pytest

matplotlib.use("Agg")

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


@pytest.fixture(autouse=True)
def _no_state_of_others(monkeypatch):
    monkeypatch.delenv("COURSEKIT_STATE", raising=False)
