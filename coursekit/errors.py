"""The one error for bad input: a code, the rows it is about and the values that came."""

from coursekit import terms


class InputError(ValueError):
    """Input that cannot be used; its sentence comes from the glossary.

    Parameters
    ----------
    code : str
        Entry of ``terms.toml``, for example ``"tables.empty_file"``.
    rows : iterable of int, optional
        Rows of the input that it is about, counted as the reader of the file counts them.
    **values
        What the sentence fills in.
    """

    def __init__(self, code, rows=(), **values):
        self.code = code
        self.rows = tuple(rows)
        self.values = values
        super().__init__(code)

    def sentence(self, lang):
        """The error in one language, ``"zh"`` or ``"en"``; an error that it names as well."""
        values = {
            name: value.sentence(lang) if isinstance(value, InputError) else value
            for name, value in self.values.items()
        }
        return terms.say(self.code, lang, **values)

    def __str__(self):
        return f"{self.sentence('zh')} / {self.sentence('en')}"

    def __reduce__(self):
        return _rebuilt, (self.code, self.rows, self.values)


def _rebuilt(code, rows, values):
    return InputError(code, rows, **values)
