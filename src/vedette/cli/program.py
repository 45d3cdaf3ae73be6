"""Commands as they are told to people: to be pasted into any shell of this machine, wherever it stands."""

import shlex
import shutil
import sys
from pathlib import Path

from vedette.settings import Settings


def command(settings: Settings, *words: str) -> str:
    """A `vedette` command for this installation, quoted for a shell: with its data directory, whatever the environment
    and the directory there are."""
    return shlex.join([*program(sys.argv[0], sys.executable), *words, "--data", str(settings.data.resolve())])


def program(called: str, python: str) -> list[str]:
    """The words that start `vedette` from anywhere: its bare name where a shell finds this one by it, else its place.

    `called` is what this process was started as, `python` the interpreter, beside which `vedette` is installed.
    """
    place = Path(called) if Path(called).name == "vedette" else Path(python).with_name("vedette")
    if not place.is_file():
        return [python, "-m", "vedette.cli.main"]
    found = shutil.which("vedette")
    return ["vedette"] if found and Path(found).samefile(place) else [str(place.absolute())]
