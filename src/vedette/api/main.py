"""The api process: listens, serves, stops (`vedette api`)."""

import asyncio
import os
import ssl

import uvicorn
from prometheus_client import disable_created_metrics

from vedette.api.app import create_app
from vedette.core.clock import SystemClock
from vedette.core.logs import get_logger
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.http.binding import check_bind, listen
from vedette.http.forwarded import Proxies
from vedette.http.running import write_down
from vedette.http.tls import Renewing
from vedette.http.wire import limited_to
from vedette.identity import users_repository as users
from vedette.live.restream.deps import RtspEnds
from vedette.settings import Settings
from vedette.vault import open_vault

log = get_logger("api")

# How long open requests may take to end at a stop; live sockets are closed at once.
_STOP_S = 3


async def run(settings: Settings) -> int:
    """Brings the database to this version's schema and serves until SIGTERM or SIGINT. Returns the exit code.

    Raises VedetteError `api.not_loopback` for an address that other machines could reach while there is no account,
    `api.port` when the port can't be listened on, `credentials.key` when the camera passwords could not be opened,
    `tls.certificate` when the certificate can't be used.
    """
    # A second time series for each counter, which nobody asks for.
    disable_created_metrics()  # type: ignore[no-untyped-call] # the only untyped one of the library
    open_vault(settings)  # a bad key is told in a sentence, not by a failed start of the web server
    await migrate(settings.sqlalchemy_url, backups=settings.backups)
    check_bind(settings, has_accounts=await _has_accounts(settings))
    tls = Renewing(settings, SystemClock()) if settings.tls_cert else None
    listener = listen(settings)
    host, port = listener.getsockname()[:2]
    settings = settings.model_copy(update={"port": port})
    write_down(settings, os.getpid())
    app = create_app(settings, rtsp=RtspEnds(tls.context if tls else None))
    server = uvicorn.Server(server_config(app, settings, tls.context if tls else None))
    log.info("listening", url=f"{settings.scheme}://{f'[{host}]' if ':' in host else host}:{port}/")
    watching = asyncio.create_task(tls.watch()) if tls else None
    try:
        await server.serve(sockets=[listener])
    finally:
        if watching is not None:
            watching.cancel()
        listener.close()
    return 0 if server.started else 1


async def _has_accounts(settings: Settings) -> bool:
    database = Database(settings.sqlalchemy_url, pool_size=1)
    try:
        async with database.read() as session:
            return await users.count(session) > 0
    finally:
        await database.aclose()


def server_config(app: object, settings: Settings, tls: ssl.SSLContext | None = None) -> uvicorn.Config:
    """How uvicorn is run. Compression of video over WebSockets costs 20 times the CPU, and is on by default there."""
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # any ASGI app
        loop="none",
        http=limited_to(settings.max_connections, Proxies(settings.trusted_proxies)),
        ws="websockets-sansio",
        ws_per_message_deflate=False,
        ws_max_size=1 << 20,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        timeout_graceful_shutdown=_STOP_S,
        ssl_context_factory=(lambda _config, _default: tls) if tls else None,
    )
