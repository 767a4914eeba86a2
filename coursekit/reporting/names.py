"""Harmless file names for owners: a name is data and never a path."""

import hashlib
import unicodedata

_LONGEST = 40  # characters; with four bytes each still below the 255 bytes of common file systems
# device names that Windows takes for themselves, with any ending
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CLOCK$", "CONIN$", "CONOUT$"} | {
    device + digit for device in ("COM", "LPT") for digit in "0123456789¹²³"
}


def file_names(owners):
    """A file name without ending for every owner, no two alike on any file system.

    Parameters
    ----------
    owners : dict of str to str
        Key of an owner (unique) to his name as the file has it.

    Returns
    -------
    dict of str to str
        Key to stem. A name that had to be changed, or that a file system could take for
        another's (case, width, spaces, composed or not), carries a digest of its key; the stem
        of an owner does not depend on the order of the owners.
    """
    stems = {key: harmless(name) for key, name in owners.items()}
    marked = {key for key, stem in stems.items() if stem != owners[key]}
    digits = 4
    while True:
        named = {
            key: f"{stem}-{_digest(key)[:digits]}" if key in marked else stem
            for key, stem in stems.items()
        }
        alike = {}
        for key, stem in named.items():
            alike.setdefault(folded(stem), []).append(key)
        clashing = {key for keys in alike.values() if len(keys) > 1 for key in keys}
        if not clashing:
            return named
        if clashing <= marked:
            digits += 4
        marked |= clashing


def harmless(name):
    """A name with what no file system minds: letters, digits, single spaces, ``-_()（）·``."""
    kept = []
    for sign in unicodedata.normalize("NFC", name):
        if unicodedata.category(sign)[0] in "LMN" or sign in "-_()（）·":
            kept.append(sign)
        elif unicodedata.category(sign) != "Cf":  # signs without a shape of their own
            kept.append(" " if sign.isspace() else "_")
    stem = " ".join("".join(kept).split())[:_LONGEST].rstrip()
    if not stem.strip("_- "):
        return "_"
    return f"_{stem}" if stem.upper() in _RESERVED else stem


def folded(stem):
    """What file systems that know no case, width or composition make of a name."""
    return unicodedata.normalize("NFKC", stem).casefold()


def _digest(key):
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
