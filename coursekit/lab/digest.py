"""What a page is, apart from its outputs: digests of its cells.

The digest of code cells decides whether a page may run by itself; ``extension/.../digest.js``
computes the same from the page that is open. The digest of all cells tells whether somebody
edited a page: opening one runs it and may save new outputs.
"""

import hashlib
import json


def code_digest(notebook):
    """Digest of the code cells of a notebook, in order.

    Parameters
    ----------
    notebook : dict
        A notebook as parsed from its JSON, format 4.

    Returns
    -------
    str
        SHA-256, hexadecimal.
    """
    return _digest([_source(cell) for cell in notebook["cells"] if cell["cell_type"] == "code"])


def page_digest(path):
    """Digest of a file as its editor sees it: a notebook by its cells, text without line ends."""
    text = path.read_bytes()
    if path.suffix == ".ipynb":
        try:
            notebook = json.loads(text)
            return _digest([[cell["cell_type"], _source(cell)] for cell in notebook["cells"]])
        except (ValueError, LookupError, TypeError):
            pass  # not a notebook any more: somebody's file, told apart by its bytes
    return hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()


def _source(cell):
    source = cell["source"]
    text = source if isinstance(source, str) else "".join(source)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _digest(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
