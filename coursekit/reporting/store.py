"""The folder that a check-up writes: what it wrote there, earlier figures, confirmed mappings."""

import contextlib
import datetime
import hashlib
import json
import os
import pathlib

from coursekit.errors import InputError

MANIFEST = ".coursekit-files.json"
_PART = ".part"


class Store:
    """One output folder. Only files named in its manifest are ever replaced or deleted.

    Parameters
    ----------
    folder : str or path
        Made where it is absent, with the first file.

    Notes
    -----
    Names are paths inside the folder, with slashes. A file is written beside its place and
    renamed, so that it is there whole or not at all; it is named in the manifest before.
    """

    def __init__(self, folder):
        self.folder = pathlib.Path(folder)

    def names(self):
        """What the kit wrote, or was about to write when it was stopped; sorted.

        Raises
        ------
        InputError
            The manifest is damaged.
        """
        return self._manifest()[0]

    def _manifest(self):
        """Names, and of files that people may edit the digests that the kit wrote."""
        path = self.folder / MANIFEST
        if not path.is_file():
            return [], {}
        try:
            manifest = json.loads(path.read_text("utf-8"))
            names = sorted({str(name) for name in manifest["files"]})
            digests = {
                str(name): sorted(map(str, found))
                for name, found in manifest.get("digests", {}).items()
            }
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError("cli.manifest", file=str(path)) from None
        return names, digests

    def check(self, names):
        """Look whether all these files may be written, and write nothing.

        Raises
        ------
        InputError
            One of them is there already and is not the kit's, or would lead out of the folder.
        """
        for name in sorted(set(names) - set(self.names())):
            path = self.path(name)
            if os.path.lexists(path):
                raise InputError("cli.not_ours", file=str(path))

    def claim(self, names):
        """Name files in the manifest before they are written.

        Raises
        ------
        InputError
            As in `check`.
        """
        self.check(names)
        self._note({*self.names(), *names})

    def _note(self, names, digests=None):
        digests = self._manifest()[1] if digests is None else digests
        digests = {name: digests[name] for name in sorted(digests) if name in names}
        manifest = {"digests": digests, "files": sorted(names)}
        text = json.dumps(manifest, ensure_ascii=False, indent=1)
        self._replace(self.folder / MANIFEST, text.encode("utf-8", "surrogatepass"))

    def as_written(self, name):
        """Whether `write_to_edit` may write a file: nobody edited it, or nothing is there."""
        path = self.path(name)
        if not os.path.lexists(path):
            return True
        return path.is_file() and _digest(path.read_bytes()) in self._manifest()[1].get(name, ())

    def write_to_edit(self, name, data):
        """Put a file in its place that people may edit, see `as_written`.

        Until it is there the manifest knows it as it was and as it will be: a run that is
        killed in between takes neither for an edit.
        """
        names, digests = self._manifest()
        final = [_digest(data)]
        path = self.path(name)
        if digests.get(name) != final or not path.is_file() or path.read_bytes() != data:
            self._note({*names, name}, {**digests, name: sorted({*digests.get(name, ()), *final})})
            self.write(name, data)
            self._note({*names, name}, {**digests, name: final})

    def path(self, name):
        """Where a file of this folder stands.

        Raises
        ------
        InputError
            The name, or a link on the way, leads out of the folder.
        """
        parts = pathlib.PurePosixPath(name).parts
        inside = parts and not any(part == ".." or ":" in part or "\\" in part for part in parts)
        path = self.folder.joinpath(*parts)
        home = self.folder.resolve()
        if (
            not inside
            or name.startswith("/")
            or path.parent.resolve() != home.joinpath(*parts[:-1])
        ):
            raise InputError("cli.outside", file=str(name))
        return path

    def write(self, name, data):
        """Put a claimed file in its place, whole."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        self._replace(path, data)

    def _replace(self, path, data):
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_name(path.name + _PART)
        with contextlib.suppress(FileNotFoundError):
            half.unlink()  # never write through a link that stands in its place
        try:
            half.write_bytes(data)
            os.replace(half, path)
        except PermissionError:
            raise InputError("cli.locked", file=str(path)) from None

    def remove(self, names):
        """Delete files of the manifest, and folders that this leaves empty.

        Returns
        -------
        list of str
            Those that were there. Links, and what lies behind links, are left alone.
        """
        gone, known = [], self.names()
        for name in sorted(set(names) & set(known)):
            try:
                path = self.path(name)
            except InputError:
                continue
            for place in (path, path.with_name(path.name + _PART)):
                if place.is_file() and not place.is_symlink():
                    place.unlink()
                    gone += [name] if place == path else []
            with contextlib.suppress(OSError):
                if path.parent != self.folder:
                    path.parent.rmdir()
        self._note(set(known) - set(names))
        return gone

    def previous(self, today):
        """The figures of the latest earlier run, None where there is none to compare with.

        Parameters
        ----------
        today : datetime.date
        """
        for day in sorted(self._days(), reverse=True):
            if day >= today.isoformat():
                continue
            try:
                facts = json.loads(self.path(f"history/{day}/facts.json").read_text("utf-8"))
            except (OSError, ValueError, InputError):
                continue
            if not facts.get("forgotten"):
                return facts
        return None

    def _days(self):
        for name in self.names():
            parts = name.split("/")
            if len(parts) == 3 and parts[0] == "history" and parts[2] == "facts.json":
                with contextlib.suppress(ValueError):
                    yield datetime.date.fromisoformat(parts[1]).isoformat()


def _digest(data):
    return hashlib.sha256(data).hexdigest()


def as_json(value):
    """A value as the bytes of a JSON file of one line: same value, same bytes.

    Indented it would take most of the time of a check-up: only one line is written in C.
    """
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"
