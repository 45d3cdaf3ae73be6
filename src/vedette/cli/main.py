"""The `vedette` command. Each subcommand lives in its own module, imported only when it runs: a recorder must not pay
for the web stack, nor `vedette --help` for any of it."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module, metadata
from pathlib import Path

from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.redaction import redact

# name -> module with add_arguments(parser) and run(arguments) -> int, and what it does
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("vedette.cli.serve", "run everything on this machine"),
    "api": ("vedette.cli.processes:api", "run only the HTTP API and web UI"),
    "recorder": ("vedette.cli.processes:recorder", "run only a recorder"),
    "worker": ("vedette.cli.processes:worker", "run only the worker (retention, clean-up)"),
    "camera": ("vedette.cli.camera", "list, add, test and remove cameras"),
    "check": ("vedette.cli.check", "find and explain disagreements between the index and the files"),
    "reindex": ("vedette.cli.reindex", "rebuild the index from the files alone"),
    "doctor": ("vedette.cli.doctor", "look over this installation and say what is wrong"),
    "simulate": ("vedette.cli.simulate", "run simulated cameras"),
}

# 1 is "findings" of check and doctor; sysexits(3) has no better words for the rest.
EXIT_CODES: dict[ErrorKind, int] = {
    ErrorKind.INVALID: 2,
    ErrorKind.NOT_FOUND: 3,
    ErrorKind.CONFLICT: 4,
    ErrorKind.UNAVAILABLE: 5,
    ErrorKind.EXHAUSTED: 6,
    ErrorKind.DATA_LOSS: 7,
}
EXIT_FAILED = 70


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands; with `only`, the arguments of the others are left out, which saves their imports."""
    parser = argparse.ArgumentParser(prog="vedette", description="A self-hosted network video recorder.")
    parser.add_argument("--version", action="version", version=f"vedette {metadata.version('vedette')}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (place, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        command.add_argument("--data", type=Path, default=None, help="data directory (default: ./var, or VEDETTE_DATA)")
        command.add_argument("--log-level", choices=("debug", "info", "warning", "error"), default=None)
        if only in (None, name):
            add_arguments, run = _load(place)
            add_arguments(command)
            command.set_defaults(run=run)
    return parser


def _load(
    place: str,
) -> tuple[Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]:
    module_name, _, prefix = place.partition(":")
    module = import_module(module_name)
    prefix = f"{prefix}_" if prefix else ""
    return getattr(module, f"{prefix}add_arguments"), getattr(module, f"{prefix}run")


def main(argv: list[str] | None = None) -> int:
    """Runs one command. Expected failures become one line on standard error and an exit code."""
    arguments = sys.argv[1:] if argv is None else argv
    command = next((word for word in arguments if not word.startswith("-")), None)
    parsed = build_parser(command if command in COMMANDS else "").parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
    except VedetteError as error:
        print(f"vedette: {redact(error.message)}", file=sys.stderr)
        return EXIT_CODES.get(error.kind, EXIT_FAILED)
    except KeyboardInterrupt:
        return 130
    return code


if __name__ == "__main__":
    sys.exit(main())
