"""Text that Markdown shows as it stands."""

import re

# a dot between digits starts no list and links nothing: numbers stay readable in the source
_SIGNS = re.compile(r"""[\\`*_{}\[\]()<>#+!|~&@:/"'^=-]|(?<!\d)\.|\.(?!\d)""")
# MathJax reads the finished page, where an entity is a dollar again
_DOLLAR = '<span class="mathjax_ignore tex2jax_ignore">&#36;</span>'


def literal(text):
    """A text as Markdown source that shows it unchanged, on one line: no markup, link or formula.

    Parameters
    ----------
    text : str
        Data: a customer's name, what somebody typed.

    Notes
    -----
    Entities instead of backslashes: they keep a sign from meaning anything in Markdown, HTML and
    the formula syntax of JupyterLab alike.
    """
    line = " ".join(text.split())
    return _SIGNS.sub(lambda sign: f"&#{ord(sign[0])};", line).replace("$", _DOLLAR)
