"""Results: JSON for machines, Markdown for people."""

import json
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks import environment

RESULTS = Path("bench-results")
_INTRODUCTION = """\
# Benchmarks

`make bench` takes these figures and writes them to `bench-results/`; `make bench BENCH="recorders --quick"` runs a
part. What is compared ran side by side in one run, and each table names its machine. Cameras are simulated ones on
loopback: no network card, no loss on the wire. Nothing here is asserted by a test.
"""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows, everything already text."""

    title: str
    columns: list[str]
    rows: list[list[str]]
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """A GitHub table under its title."""
        lines = [f"### {self.title}", "", "| " + " | ".join(self.columns) + " |", "|" + "---|" * len(self.columns)]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        if self.notes:
            lines += ["", *(f"* {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of the same thing done again and again; `what` names its row."""

    what: str
    values: list[float]

    def row(self, digits: int = 1) -> list[str]:
        """How often, median, 95th percentile, most."""
        ordered = sorted(self.values)
        high = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        figures = (statistics.median(ordered), high, ordered[-1])
        return [self.what, str(len(ordered)), *(number(value, digits) for value in figures)]


@dataclass(frozen=True, slots=True)
class Result:
    """What one benchmark found. `data` is what the tables were made from."""

    name: str
    what: str
    data: dict[str, Any]
    tables: list[Table]


def write(result: Result, directory: Path = RESULTS) -> None:
    """`{name}.json` and `{name}.md`, each naming the machine."""
    directory.mkdir(parents=True, exist_ok=True)
    where = environment.describe()
    when = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())
    document = {"name": result.name, "what": result.what, "at": when, "environment": where, "data": result.data}
    (directory / f"{result.name}.json").write_text(json.dumps(document, indent=2) + "\n")
    text = f"## {result.name}\n\n{result.what}\n\n{when}; {environment.sentence(where)}\n\n"
    (directory / f"{result.name}.md").write_text(text + "\n".join(table.markdown() for table in result.tables))


def collect(directory: Path = RESULTS) -> None:
    """`report.md`: everything that was measured so far, one after another. It becomes docs/benchmarks.md."""
    parts = [path.read_text() for path in sorted(directory.glob("*.md")) if path.name != "report.md"]
    (directory / "report.md").write_text("\n".join([_INTRODUCTION, *parts]))


def number(value: float | None, digits: int = 1) -> str:
    """For a cell; a dash for what was not measured."""
    return "-" if value is None else f"{value:.{digits}f}"
