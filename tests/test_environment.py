import re
import tomllib

import environment
import pytest
import rattler
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from rattler.exceptions import InvalidMatchSpecError


@pytest.fixture
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture
def needed(project):
    return project["dependencies"] + project["optional-dependencies"]["dev"]


@pytest.fixture
def pinned(root):
    lines = (root / "constraints.txt").read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_conda_is_asked_for_the_same_ranges_as_pip(root, project, needed):
    written = (root / "environment.yml").read_text("utf-8")
    assert written == environment.conda(needed, project["requires-python"])


def test_a_package_goes_by_the_name_that_conda_gives_it():
    written = environment.conda(["PyYAML>=6.0,<7", "build>=1.2,<2", "ruff"], ">=3.11")
    assert "  - pyyaml >=6.0,<7\n  - python-build >=1.2,<2\n  - ruff\n" in written


def test_conda_can_read_every_line(root):
    written = (root / "environment.yml").read_text("utf-8")
    specs = re.findall(r"(?m)^  - (.*[^:])$", written.partition("dependencies:")[2])
    names = [rattler.MatchSpec(spec, strict=True).name.normalized for spec in specs]
    assert names[:2] == ["python", "jupyterlab"]
    assert names[-1] == "pip"


def test_a_slip_in_a_conda_line_is_seen():
    with pytest.raises(InvalidMatchSpecError):
        rattler.MatchSpec("pandas >=2.2,,<4", strict=True)


def test_every_direct_need_is_pinned_inside_its_range(needed, pinned):
    versions = {}
    for line in pinned:
        pin = Requirement(line)
        versions[canonicalize_name(pin.name)] = next(iter(pin.specifier)).version
    outside = [
        text
        for text in needed
        if not Requirement(text).specifier.contains(
            versions[canonicalize_name(Requirement(text).name)], prereleases=True
        )
    ]
    assert outside == []


def test_a_pin_is_a_name_and_a_version_and_never_an_address(pinned):
    form = r'[a-z0-9-]+==[0-9][0-9a-z.]*( ; python_full_version >= "[0-9.]+")?'
    assert [line for line in pinned if not re.fullmatch(form, line)] == []
    assert pinned == sorted(pinned, key=lambda line: line.partition("==")[0])
