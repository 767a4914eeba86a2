"""Make an executed notebook the same bytes on every machine and at every run."""

import base64
import hashlib
import io
import json
import pathlib
import re
import sys
import tempfile

WIDGET = "application/vnd.jupyter.widget-view+json"
COLOURS = 64
NOTICE = "**!** "  # how coursekit.notebook begins what it shows in place of a card it cannot open


def notebook(book):
    """Normalise a notebook in place: ids from digests, counts 1..n, no widgets, small figures."""
    book.metadata = {
        "coursekit": book.metadata["coursekit"],
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    seen = {}
    count = 0
    for cell in book.cells:
        place = seen[cell.source] = seen.get(cell.source, 0) + 1
        cell.id = hashlib.sha256(f"{place} {cell.source}".encode()).hexdigest()[:12]
        if cell.cell_type != "code":
            continue
        count += 1
        cell.execution_count = count
        cell.metadata.pop("execution", None)
        cell.outputs = [output for output in cell.outputs if _stays(output)]
        for output in cell.outputs:
            if "execution_count" in output:
                output.execution_count = count
            data = output.get("data", {})
            if "image/png" in data:
                data["image/png"] = _few_colours(data["image/png"])
            if "text/html" in data:
                data["text/html"] = _steady_table(data["text/html"], cell.id)


def _stays(output):
    """Whether anything is left of an output without its widget, whose id is new at each run."""
    data = output.get("data")
    if data is None:
        return True
    data.pop(WIDGET, None)
    return bool(data)


def _steady_table(html, cell_id):
    """A table styled by pandas, its random name replaced by one from the cell."""
    names = dict.fromkeys(re.findall(r"\bT_[0-9a-f]{5}", html))
    for number, name in enumerate(names):
        html = html.replace(
            name, "T_" + hashlib.sha256(f"{cell_id}{number}".encode()).hexdigest()[:5]
        )
    return html


def _few_colours(text):
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(text))).convert("RGBA")
    flat = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
    small = flat.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    small.save(buffer, format="PNG", optimize=True)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


def troubles(cell, root):
    """What an executed cell shows that no reader should see, as sentences for its author.

    Parameters
    ----------
    cell : notebook cell
    root : pathlib.Path
        The checkout; its path may not be shown.
    """
    for output in cell.get("outputs", []):
        shown = json.dumps(output, ensure_ascii=False)
        if output.output_type == "stream" and output.name == "stderr":
            yield f"the cell warns: {output.text.strip().splitlines()[-1]}"
        data = output.get("data", {})
        if data.get("text/markdown", "").startswith(NOTICE):
            yield data["text/plain"]
        for path in (root, pathlib.Path.home(), tempfile.gettempdir(), sys.prefix):
            if _names(shown, pathlib.Path(path)):
                yield f"the output holds a path of this machine: {path}"
        if address := re.search(r"\bat 0x[0-9a-fA-F]{6,}", shown):
            yield f"the output holds an address that is new at each run: {address[0]}"


def _names(shown, path):
    written = json.dumps(str(path), ensure_ascii=False)[1:-1]
    return len(path.parts) > 1 and re.search(re.escape(written) + r"(?![\w-])", shown)
