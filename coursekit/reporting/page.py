"""One page: a report notebook run on its facts, and the same as one HTML file."""

import functools
import logging
import pathlib
import sys

from coursekit.course import content

TEMPLATES = pathlib.Path(__file__).parent / "template"
HTML_LANG = {"zh": "zh-CN", "en": "en"}
_TIMEOUT_S = 60  # for starting a kernel, and for one cell: a page takes about one second


def template(kind, lang):
    """The report notebook of a page as it ships, without the sample's outputs.

    Parameters
    ----------
    kind : {"person", "team"}
    lang : {"zh", "en"}

    Raises
    ------
    FileNotFoundError
        The notebooks have not been built.
    """
    import nbformat

    book = nbformat.read(content() / "notebooks" / lang / f"report_{kind}.ipynb", as_version=4)
    for cell in book.cells:
        cell.metadata = {key: cell.metadata[key] for key in ("tags",) if key in cell.metadata}
        if cell.cell_type == "code":
            cell.metadata["jupyter"] = {"source_hidden": True}
            cell.outputs, cell.execution_count = [], None
    return book


def run(book, folder, facts, digest):
    """Run a report notebook in a kernel of its own.

    Parameters
    ----------
    book : notebook
        From `template`; not modified.
    folder : pathlib.Path
        Where the notebook will stand and runs.
    facts : str
        Path of its facts as seen from there, ASCII; the only parameter.
    digest : str
        Goes into the metadata and says later whether the page is current.

    Returns
    -------
    notebook
        Executed, without times, paths and other traces of this run: the same input gives the
        same bytes.

    Raises
    ------
    Exception
        Whatever papermill raises where a cell fails or the kernel dies or hangs.
    """
    import papermill
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.ERROR)
    done = papermill.execute_notebook(
        book,
        None,
        {"facts": facts},
        progress_bar=False,
        request_save_on_cell_execute=False,
        start_timeout=_TIMEOUT_S,
        execution_timeout=_TIMEOUT_S,
        # not papermill's cwd, which moves the whole process and with it the other worker
        resources={"metadata": {"path": str(folder)}},
        shutdown_kernel="immediate",
        kernel_manager_class=_kernel(),
        extra_arguments=["--HistoryManager.enabled=False"],
        config=Config(KernelManager={"transport_encryption": "auto"}),
        record_timing=False,
        store_widget_state=False,
    )
    return _without_traces(done, digest)


@functools.cache
def _kernel():
    from jupyter_client import AsyncKernelManager
    from jupyter_client.kernelspec import KernelSpec

    class ThisPython(AsyncKernelManager):
        """A kernel of the Python that runs the kit, whatever others a machine has registered."""

        @property
        def kernel_spec(self):
            return KernelSpec(
                argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
                language="python",
                metadata={"supported_encryption": ["curve"]},
            )

    return ThisPython


def _without_traces(book, digest):
    book.metadata = {
        "coursekit": {"digest": digest},
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for place, cell in enumerate(book.cells):
        cell.id = f"cell-{place}"
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
    return book


def text(book):
    """A notebook as the bytes of its file."""
    import nbformat

    return nbformat.writes(book).encode() + b"\n"


def html(book, lang, title, digest):
    """An executed notebook as one HTML file that needs no other: figures inside, no scripts.

    Parameters
    ----------
    book : notebook
    lang : {"zh", "en"}
    title : str
        Data; escaped.
    digest : str
        As in `run`.

    Returns
    -------
    bytes
    """
    resources = {"lang": HTML_LANG[lang], "title": title, "digest": digest}
    found, _ = _exporter().from_notebook_node(book, resources)
    return found.encode()


@functools.cache
def _exporter():
    from nbconvert import HTMLExporter

    return HTMLExporter(
        template_file="page.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        extra_template_paths=[str(TEMPLATES)],
    )
