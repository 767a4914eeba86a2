"""Write ``environment.yml`` and ``constraints.txt`` from ``pyproject.toml``.

python tools/environment.py                  environment.yml: the same ranges, conda's names
python tools/environment.py --constraints    constraints.txt too: the versions installed here
"""

import argparse
import pathlib
import tomllib
from importlib import metadata

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = pathlib.Path(__file__).parent.parent
PACKAGE = "sales-coursekit"
# where conda-forge calls a package otherwise than the lower-case name on the Python index
CONDA = {"build": "python-build", "playwright": "playwright-python"}


def conda(requirements, python):
    """The text of ``environment.yml``.

    Parameters
    ----------
    requirements : list of str
        As in ``pyproject.toml``, for example ``"pandas>=2.2,<4"``.
    python : str
        Range of Python versions.
    """
    specs = [f"python {python}"]
    for requirement in map(Requirement, requirements):
        name = requirement.name.lower()
        versions = ",".join(sorted(map(str, requirement.specifier), reverse=True))
        specs.append(f"{CONDA.get(name, name)} {versions}".strip())
    lines = [
        "# Written by tools/environment.py from pyproject.toml; that conda resolves it is unproven."
    ]
    lines += ["name: coursekit", "channels:", "  - conda-forge", "dependencies:"]
    lines += [f"  - {spec}" for spec in specs]
    lines += ["  - pip", "  - pip:", "      - -e .", ""]
    return "\n".join(lines)


def pins(package=PACKAGE):
    """Installed versions of everything that a package and its extras need, as sorted lines."""
    found = {}
    wanted = [(package, extra) for extra in ("", *_extras(package))]
    seen = set()
    while wanted:
        name, extra = wanted.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # of another platform or an older Python; pip chooses there
        found[canonicalize_name(name)] = f"{distribution.version}{_marker(distribution)}"
        for requirement in map(Requirement, distribution.requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                wanted += [(requirement.name, one) for one in ("", *requirement.extras)]
    del found[canonicalize_name(package)]
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def _marker(distribution):
    """Nothing, or from which Python on a version may be pinned where 3.11.0 is too old for it."""
    limits = SpecifierSet(distribution.metadata.get("Requires-Python") or "")
    newer = [limit.version for limit in limits if limit.operator == ">=" and "3.11.0" not in limit]
    return "".join(f' ; python_full_version >= "{version}"' for version in newer)


def _extras(package):
    return metadata.distribution(package).metadata.get_all("Provides-Extra") or ()


def main(argv=None):
    """Write the files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--constraints", action="store_true", help="pin what is installed here too")
    options = parser.parse_args(argv)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = project["dependencies"] + project["optional-dependencies"]["dev"]
    text = conda(needed, project["requires-python"])
    (ROOT / "environment.yml").write_text(text, "utf-8", newline="\n")
    if options.constraints:
        head = "# Versions that worked together. Written by tools/environment.py --constraints.\n"
        lines = head + "".join(f"{pin}\n" for pin in pins())
        (ROOT / "constraints.txt").write_text(lines, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
