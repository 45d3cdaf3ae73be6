"""The api process: listens, serves, stops. `python -m vedette.api.main --data DIR` starts it alone."""

import argparse
import asyncio
import sys

import uvicorn

from vedette.api.app import create_app
from vedette.core.errors import VedetteError
from vedette.core.logs import configure, get_logger
from vedette.db.migrate import migrate
from vedette.http.binding import check_bind, listen
from vedette.settings import Settings

log = get_logger("api")

# How long open requests may take to end at a stop; live sockets are closed at once.
_STOP_S = 3


async def run(settings: Settings) -> int:
    """Serves until SIGTERM or SIGINT, and returns the exit code.

    Raises VedetteError `api.not_loopback` for an address that other machines could reach, `api.port` when the port
    can't be listened on.
    """
    check_bind(settings)
    listener = listen(settings)
    host, port = listener.getsockname()[:2]
    app = create_app(settings.model_copy(update={"port": port}))
    server = uvicorn.Server(server_config(app))
    log.info("listening", url=f"http://{f'[{host}]' if ':' in host else host}:{port}/")
    try:
        await server.serve(sockets=[listener])
    finally:
        listener.close()
    return 0 if server.started else 1


def server_config(app: object) -> uvicorn.Config:
    """How uvicorn is run. Compression of video over WebSockets costs 20 times the CPU, and is on by default there."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # any ASGI app
        loop="none",
        http="httptools",
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=1 << 20,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_graceful_shutdown=_STOP_S,
    )


async def _prepared(settings: Settings) -> int:
    settings.run_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    check_bind(settings)
    await migrate(settings.sqlalchemy_url)
    return await run(settings)


def main() -> int:
    """Development's short way: the api alone."""
    parser = argparse.ArgumentParser(prog="python -m vedette.api.main")
    parser.add_argument("--data", default="var")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=7070)
    given = parser.parse_args()
    settings = Settings(data=given.data, host=given.host, port=given.port)
    configure("api", level=settings.log_level)
    try:
        return asyncio.run(_prepared(settings))
    except VedetteError as error:
        print(f"vedette: {error.message}", file=sys.stderr)  # noqa: T201 - a command line prints
        return 2


if __name__ == "__main__":
    sys.exit(main())
