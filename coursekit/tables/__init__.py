"""Any CSV or Excel export to a checked table: what was dropped, what was noted."""

from coursekit.tables import mapping, schema
from coursekit.tables.grid import Dropped, Note
from coursekit.tables.mapping import Mapping
from coursekit.tables.read import Table, draft, fingerprint, read

__all__ = [
    "Dropped",
    "Mapping",
    "Note",
    "Table",
    "draft",
    "fingerprint",
    "mapping",
    "read",
    "schema",
]
