"""Paths inside a volume."""

from pathlib import Path, PurePosixPath

from vedette.core.errors import ErrorKind, VedetteError


def inside(location: str | Path, relative: str) -> Path:
    """The absolute path of what lies at `relative` in the volume at `location`.

    Raises VedetteError `storage.path_outside` for what would lead out of it: rows are written by us, but a database can
    be restored from anywhere. Symbolic links are not looked at here; whoever opens the file does not follow them.
    """
    pure = PurePosixPath(relative)
    if not relative or "\0" in relative or pure.is_absolute() or ".." in pure.parts:
        raise VedetteError(
            ErrorKind.DATA_LOSS,
            "storage.path_outside",
            "The index names a file outside of its volume. Run `vedette check`.",
            place=relative[:200],
        )
    return Path(location) / pure
