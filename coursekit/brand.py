"""Whose course it is: trainer, contact, client and logo of ``[brand]`` in ``course.toml``.

Everything in it is a trainer's data: texts are escaped where they are shown, and the logo is
carried inside the page, so that no page ever points at a file.
"""

import base64
import dataclasses
import html
import re

from coursekit import terms, toml
from coursekit.errors import InputError

SECTION = "brand"
LONGEST_TEXT = 60  # characters: one line on a phone and on a certificate
LARGEST_LOGO = 200_000  # bytes; the logo is in every page
_NAME = re.compile(r"[^\W_][\w .()-]*\.(png|svg)", re.IGNORECASE)
_PNG = b"\x89PNG\r\n\x1a\n"


@dataclasses.dataclass(frozen=True)
class Brand:
    """What stands at the head of pages and reports; all of it may be empty.

    Attributes
    ----------
    trainer, contact, client : str
    logo : str
        The picture as a data address, PNG or SVG.
    """

    trainer: str = ""
    contact: str = ""
    client: str = ""
    logo: str = ""

    def __bool__(self):
        return any(dataclasses.astuple(self))

    @classmethod
    def read(cls, path, table):
        """The brand of a ``course.toml``.

        Parameters
        ----------
        path : pathlib.Path
            The file; its logo lies beside it.
        table : object
            What the file has under ``[brand]``.

        Raises
        ------
        InputError
            An unknown key, a value that is no short text, or a logo that is no file of the
            folder, no picture or too large; the line is named.
        """
        toml.known_keys(path, table, [field.name for field in dataclasses.fields(cls)], SECTION)
        for key, value in table.items():
            text = isinstance(value, str) and value.isprintable()  # no line breaks either
            if not (text and len(value) <= LONGEST_TEXT):
                line = toml.line_of(path, key, SECTION)
                raise InputError(
                    "course.brand_text", file=path.name, line=line, key=key, most=LONGEST_TEXT
                )
        logo = table.get("logo", "")
        return cls(**{**table, "logo": _picture(path, logo) if logo else ""})


NONE = Brand()


def _picture(path, name):
    """A picture of the course folder as a data address."""

    def refuse(code, **values):
        line = toml.line_of(path, "logo", SECTION)
        return InputError(f"course.logo_{code}", file=path.name, line=line, logo=name, **values)

    if not _NAME.fullmatch(name):
        raise refuse("name")
    file = path.with_name(name)
    # a link may lead out of the folder
    if not file.is_file() or file.resolve().parent != path.parent.resolve():
        raise refuse("missing")
    if file.stat().st_size > LARGEST_LOGO:
        raise refuse("too_large", most=LARGEST_LOGO // 1000, size=file.stat().st_size // 1000)
    data = file.read_bytes()
    kind = _kind(data)
    if not kind:
        raise refuse("no_picture")
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _kind(data):
    """``png``, ``svg+xml``, or nothing; what it says inside counts, not the file's ending."""
    if data.startswith(_PNG):
        return "png"
    try:
        text = data.decode("utf-8-sig").lstrip()
    except UnicodeDecodeError:
        return ""
    # shown as <img>, an SVG runs no script and loads nothing; its own entities could still grow
    drawing = re.match(r"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<svg[\s>]", text, re.DOTALL)
    return "svg+xml" if drawing and "<!ENTITY" not in text else ""


def markup(brand, lang):
    """The brand as HTML, one block with its own style; empty where there is none.

    Parameters
    ----------
    brand : Brand
    lang : {"zh", "en"}
    """
    if not brand:
        return ""
    picture = f'<img src="{html.escape(brand.logo)}" alt="" {_SIZE}>' if brand.logo else ""
    said = "".join(f"<span>{html.escape(line)}</span>" for line in lines(brand, lang))
    return f'<div class="ck-brand" {_ROW}>{picture}{said}</div>'


def lines(brand, lang):
    """What the brand says, in words: for whom, and by whom with how to reach him.

    Returns
    -------
    list of str
        At most two, plain text.
    """
    said = [terms.say("course.brand_client", lang, client=brand.client)] if brand.client else []
    by = " · ".join(filter(None, (brand.trainer, brand.contact)))
    return [*said, terms.say("course.brand_trainer", lang, trainer=by)] if by else said


_ROW = (
    'style="display:flex;flex-wrap:wrap;align-items:center;gap:4px 18px;margin:0 0 12px;'
    'color:#515a64;font-size:15px;line-height:1.5;overflow-wrap:anywhere"'
)
_SIZE = 'style="display:block;width:auto;max-width:180px;height:auto;max-height:44px"'
