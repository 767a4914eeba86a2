"""The data package over the tables of the case: every column with type, meaning and limits.

What a column means is written once, in ``fields.toml``; ``datapackage.json`` (Frictionless tabular
data package) is made of it.
"""

import functools
import pathlib

from coursekit import terms, toml

_BOTH = ("_zh", "_en")  # a text stands twice
_FORMS = {
    "boolean": {"trueValues": ["1"], "falseValues": ["0"]},
    "datetime": {"format": "%Y-%m-%d %H:%M"},
}
_LANGUAGE = {"_zh": ("中文", "Chinese"), "_en": ("英文", "English")}


@functools.cache
def fields():
    """``fields.toml``: ``columns`` that mean the same everywhere, and ``tables``."""
    return toml.read(pathlib.Path(__file__).with_name("fields.toml"))


def package(world):
    """The descriptor of all tables of a world.

    Parameters
    ----------
    world : coursekit.making.World

    Returns
    -------
    dict
        JSON. Besides what the standard asks for it says ``company`` (both languages) and ``today``.
    """
    zh, en = world.skin["company"]["name"]
    return {
        "name": f"running-case-{world.name}",
        "title": f"{zh} / {en}",
        "profile": "tabular-data-package",
        "description": "全是编的，不指任何真实企业和个人。 Made up: no firm or person is meant.",
        "created": f"{world.today}T00:00:00Z",
        "company": {"zh": zh, "en": en},
        "today": str(world.today),
        "resources": [resource(name, list(rows[0])) for name, rows in sorted(world.tables.items())],
    }


def resource(name, columns):
    """The descriptor of one table.

    Parameters
    ----------
    name : str
    columns : sequence of str
        As they stand in its file.

    Raises
    ------
    ValueError
        ``fields.toml`` lacks the table or one of its columns, or has one that the table lacks.
    """
    known = fields()
    if name not in known["tables"]:
        raise ValueError(f"fields.toml: no table {name}")
    table = known["tables"][name]
    own = table.get("columns", {})
    if absent := own.keys() - {"rest"} - {_base(column, own) for column in columns}:
        raise ValueError(f"fields.toml: {name} has no column {sorted(absent)}")
    described = {column: _column(name, column, own) for column in columns}
    schema = {
        "fields": [_field(column, about) for column, about in described.items()],
        "missingValues": [""],
    }
    if key := table.get("key"):
        schema["primaryKey"] = key
    if links := [_link(c, about["refers"]) for c, about in described.items() if "refers" in about]:
        schema["foreignKeys"] = links
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": f"{table['zh']} / {table['en']}",
        "schema": schema,
    }


def _base(column, known):
    """``name`` for ``name_zh``, where ``name`` is what is known."""
    stem = column[:-3] if column.endswith(_BOTH) else column
    return stem if column not in known and stem in known else column


def _column(table, column, own):
    """What is known of a column: of its table, of its glossary, or everywhere."""
    about = own.get(_base(column, own)) or _rest(column, own.get("rest"))
    shared = fields()["columns"]
    about = about or shared.get(_base(column, shared))
    if about is None:
        raise ValueError(f"fields.toml: {table} has no word for {column}")
    if about.get("refers") == table:
        about = {key: value for key, value in about.items() if key != "refers"}
    if column.endswith(_BOTH):  # the word for a code, not the code
        about = {key: about[key] for key in ("zh", "en", "optional") if key in about}
    return about


def _rest(column, rest):
    """A column that the glossary has a word for."""
    if rest is None or column in fields()["columns"]:
        return None
    codes = (f"{section}.{column}" for section in rest["words"])
    code = next((code for code in codes if terms.known(code)), None)
    return rest | {lang: terms.term(code, lang) for lang in terms.LANGS} if code else None


def _field(column, about):
    zh, en = about["zh"], about["en"]
    if column.endswith(_BOTH) and "type" not in about:
        language = _LANGUAGE[column[-3:]]
        zh, en = f"{zh}（{language[0]}）", f"{en} ({language[1]})"
    field = {"name": column, "type": about.get("type", "string"), "description": f"{zh} / {en}"}
    field |= _FORMS.get(field["type"], {})
    if "unit" in about:
        field["unit"] = about["unit"]
    limits = {} if about.get("optional") else {"required": True}
    limits |= {
        word: about[key]
        for key, word in (("values", "enum"), ("least", "minimum"), ("most", "maximum"))
        if key in about
    }
    return {**field, "constraints": limits} if limits else field


def _link(column, table):
    key = fields()["tables"][table]["key"]
    return {"fields": column, "reference": {"resource": table, "fields": key}}
