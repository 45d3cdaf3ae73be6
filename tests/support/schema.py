"""All tables of the product in one metadata."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import MetaData

import vedette
from vedette.db.base import Base


def metadata() -> MetaData:
    """Imports every `tables.py` (and `tables_*.py`) and returns what they declared."""
    package = Path(vedette.__file__).parent
    for path in sorted(package.rglob("tables*.py")):
        import_module(".".join(("vedette", *path.relative_to(package).with_suffix("").parts)))
    return Base.metadata
