"""The `vedette` command. Each subcommand lives in its own module, imported only when it runs: a recorder must not pay
for the web stack, nor `vedette --help` for any of it."""

import argparse
import os
import socket
import sys
from collections.abc import Callable
from importlib import import_module, metadata

from vedette.cli.options import EXIT_CODES, EXIT_FAILED, add_common
from vedette.core.errors import ErrorKind, VedetteError
from vedette.core.redaction import redact

# name -> module with add_arguments(parser) and run(arguments) -> int, and what it does
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("vedette.cli.serve", "run everything on this machine"),
    "api": ("vedette.cli.processes:api", "run only the HTTP API and web UI"),
    "recorder": ("vedette.cli.processes:recorder", "run only a recorder"),
    "worker": ("vedette.cli.processes:worker", "run only the worker (retention, clean-up)"),
    "camera": ("vedette.cli.camera", "list, add, test and remove cameras"),
    "audit": ("vedette.cli.audit", "look over the audit log"),
    "user": ("vedette.cli.user", "add, list and disable users, set passwords"),
    "token": ("vedette.cli.token", "make, list and revoke API tokens for programs"),
    "recordings": ("vedette.cli.recordings", "find recordings and gaps"),
    "report": ("vedette.cli.report", "how much of a month is recorded, as a signed report; verify one"),
    "check": ("vedette.cli.check", "find and explain disagreements between the index and the files"),
    "storage": ("vedette.cli.storage", "list volumes, add buckets, move footage between them"),
    "secrets": ("vedette.cli.secrets", "the keys that passwords are sealed with: status, rotate, forget"),
    "reindex": ("vedette.cli.reindex", "rebuild the index from the files alone"),
    "doctor": ("vedette.cli.doctor", "look over this installation and say what is wrong"),
    "simulate": ("vedette.cli.simulate", "run simulated cameras"),
}


def build_parser(only: str | None = None) -> argparse.ArgumentParser:
    """The parser of all commands; with `only`, the arguments of the others are left out, which saves their imports."""
    parser = argparse.ArgumentParser(prog="vedette", description="A self-hosted network video recorder.")
    parser.add_argument("--version", action="version", version=f"vedette {metadata.version('vedette')}")
    add_common(parser, default=None)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for name, (place, summary) in COMMANDS.items():
        command = commands.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
        add_common(command)
        if only in (None, name):
            add_arguments, run = _load(place)
            add_arguments(command)
            command.set_defaults(run=run)
    return parser


def _command(arguments: list[str]) -> str:
    """The command's name: the first word that is no option, nor the value of one of those that may stand before."""
    words = iter(arguments)
    for word in words:
        if word in ("--data", "--log-level", "--log-format"):
            next(words, None)
        elif not word.startswith("-"):
            return word if word in COMMANDS else ""
    return ""


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
    parsed = build_parser(_command(arguments)).parse_args(arguments)
    # Footage, settings and locks are for our user, and for whom an administrator puts into our group. A stricter mask
    # stays. A data directory that somebody else has made may be open to all.
    os.umask(os.umask(0o077) | 0o027)
    try:
        code: int = parsed.run(parsed)
    except VedetteError as error:
        print(f"vedette: {redact(error.message)}", file=sys.stderr)
        return EXIT_CODES.get(error.kind, EXIT_FAILED)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if not _is_database_out_of_reach(error):
            raise
        print(f"vedette: The database can't be used: {redact(str(error).splitlines()[0])}", file=sys.stderr)
        return EXIT_CODES[ErrorKind.UNAVAILABLE]
    return code


def _is_database_out_of_reach(error: Exception) -> bool:
    """Drivers let refused connections and unknown hosts through as they are."""
    library = sys.modules.get("sqlalchemy.exc")
    kinds = (library.OperationalError, library.InterfaceError) if library else ()
    return isinstance(error, (ConnectionError, socket.gaierror, *kinds))


if __name__ == "__main__":
    sys.exit(main())
