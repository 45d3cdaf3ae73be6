"""`python -m benchmarks.run [NAME [OPTIONS]]`: one benchmark with its options, or all of them, into bench-results/.

Figures are never asserted: a slow machine is not a wrong program.
"""

import argparse
import asyncio
from types import ModuleType

from benchmarks import access, beside, find, index, insync, kill, live, playback, recorders, report, wall

BENCHMARKS: dict[str, ModuleType] = {
    module.NAME: module for module in (recorders, kill, playback, insync, live, wall, index, access, find, beside)
}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="benchmarks.run", description=__doc__)
    names = parser.add_subparsers(dest="name", metavar="NAME")
    for name, module in BENCHMARKS.items():
        module.add_arguments(names.add_parser(name, help=module.WHAT, description=module.WHAT))
    arguments = parser.parse_args()
    for name in [arguments.name] if arguments.name else list(BENCHMARKS):
        chosen = arguments if arguments.name else parser.parse_args([name])
        print(f"== {name}", flush=True)
        result = asyncio.run(BENCHMARKS[name].run(chosen))
        report.write(result)
        print("\n".join(table.markdown() for table in result.tables))
        print(f"Written to {report.RESULTS}/{name}.json and .md")
    report.collect()


if __name__ == "__main__":
    main()
