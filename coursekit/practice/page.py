"""Cards on a plain page: one HTML text with everything in it, for any server."""

import html
import json

from coursekit import brand, terms
from coursekit.practice import views


def page(cards, lang, whose=brand.NONE):
    """A page of cards that needs nothing but its server.

    Parameters
    ----------
    cards : sequence of dict
        What ``Door.open`` gives, one per card: ``{"public", "state"}``.
    lang : {"zh", "en"}
    whose : coursekit.brand.Brand, optional
        What stands at its head.

    Returns
    -------
    str
        HTML with style, views and data inside. Each message of a card is posted as JSON to
        ``card`` beside the page, ``{"exercise", "message"}``; the reply is what ``Door.take``
        gives.
    """
    kinds = sorted({card["public"]["kind"] for card in cards})
    data = {"cards": list(cards), "modules": {kind: views.module(kind) for kind in kinds}}
    places = "\n".join(f'<div id="card-{number}"></div>' for number in range(len(cards)))
    title = terms.term("practice.card_tag", lang)
    return _PAGE.format(
        lang={"zh": "zh-CN", "en": "en"}[lang],
        title=html.escape(title),
        head=brand.markup(whose, lang),
        style=views.stylesheet(),
        places=places,
        data=_inside_script(data),
        loader=views.text("page.js"),
    )


def _inside_script(data):
    """JSON that cannot end the script element that it stands in."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")


_PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<link rel="icon" href="data:,">
<style>
body {{ margin: 0 auto; max-width: 1064px; padding: 8px 12px 40px; background: #eef1f5;
  font-family: system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }}
h1 {{ margin: 14px 4px 2px; color: #1d2733; font: 700 22px/1.4 system-ui, sans-serif; }}
{style}
</style>
</head>
<body>
<main>
{head}
<h1>{title}</h1>
{places}
</main>
<script id="data" type="application/json">{data}</script>
<script type="module">
{loader}
</script>
</body>
</html>
"""
