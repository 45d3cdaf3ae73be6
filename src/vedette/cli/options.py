"""What all commands have in common: `--data`, `--log-level` and `--log-format`, wherever they stand, and what exit
codes mean."""

import argparse
from pathlib import Path
from typing import Any

from vedette.core.errors import ErrorKind

# 1 is "findings"; sysexits(3) has no better words for the rest. The user guide lists them.
EXIT_CODES: dict[ErrorKind, int] = {
    ErrorKind.INVALID: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.CONFLICT: 4,
    ErrorKind.UNAVAILABLE: 5,
    ErrorKind.EXHAUSTED: 6,
    ErrorKind.DATA_LOSS: 7,
}
EXIT_FAILED = 70


def add_common(parser: argparse.ArgumentParser, *, default: Any = argparse.SUPPRESS) -> None:
    """Adds them to the parser of a command or of an action. Only the outermost has a default: an inner parser's would
    take the place of what stood before the command."""
    parser.add_argument("--data", type=Path, default=default, help="data directory (default: ./var, or VEDETTE_DATA)")
    parser.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default=default)
    parser.add_argument(
        "--log-format",
        choices=("auto", "text", "json"),
        default=default,
        help="lines of the log: text for people, json for programs (auto: text on a terminal)",
    )
