"""`vedette api`, `recorder` and `worker`: one process each, for systemd, Kubernetes and `vedette serve`."""

import argparse
import re
from collections.abc import Coroutine
from typing import Any

from vedette.cli import network
from vedette.cli.common import prepare_data, run_async, settings_from
from vedette.core.errors import invalid
from vedette.core.lifecycle import end_with_parent, raise_file_limit, single_instance
from vedette.core.logs import configure
from vedette.settings import Settings


def api_add_arguments(parser: argparse.ArgumentParser) -> None:
    network.add_arguments(parser)


def api_run(arguments: argparse.Namespace) -> int:
    from vedette.api import main  # see cli.main: only this command pays for it

    settings = settings_from(arguments, **network.given(arguments))
    return _run(settings, "api", main.run(settings))


def recorder_add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--engine", choices=("native", "libav"), default="native", help="which source reads cameras")
    parser.add_argument("--shard", default="0/1", metavar="I/N", help="take the I-th of N shares of the cameras")


def recorder_run(arguments: argparse.Namespace) -> int:
    from vedette.recorder import main  # see cli.main: only this command pays for it

    shard, shards = _shard(arguments.shard)
    name = f"native-{shard}" if arguments.engine == "native" else "libav"
    settings = settings_from(arguments)
    return _run(settings, name, main.run(settings, name=name, engine=arguments.engine, shard=shard, shards=shards))


def worker_add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing of its own."""


def worker_run(arguments: argparse.Namespace) -> int:
    from vedette.worker import main  # see cli.main: only this command pays for it

    settings = settings_from(arguments)
    return _run(settings, "worker", main.run(settings))


def _shard(text: str) -> tuple[int, int]:
    found = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    if found is None or int(found[1]) >= int(found[2]):
        raise invalid("recorder.shard", f"--shard {text}: give I/N with I from 0 to N-1, such as 0/2.", field="shard")
    return int(found[1]), int(found[2])


def _run(settings: Settings, name: str, main: Coroutine[Any, Any, int | None]) -> int:
    configure(name, level=settings.log_level, lines=settings.log_format)
    end_with_parent()
    prepare_data(settings)
    raise_file_limit()

    async def once() -> int:
        return await main or 0

    try:
        with single_instance(settings.run_dir, name):
            return run_async(once())
    finally:
        main.close()  # nothing to do when it ran; silences it when it never could
