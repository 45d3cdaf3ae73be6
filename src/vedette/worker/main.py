"""The worker process: retention, clean-up, hashes, backups. One per data directory."""

from vedette.core.clock import SystemClock
from vedette.core.lifecycle import stop_event
from vedette.core.logs import get_logger
from vedette.db.migrate import migrate
from vedette.db.session import Database
from vedette.settings import Settings
from vedette.storage.s3.buckets import Buckets
from vedette.vault import open_vault
from vedette.worker.duties import Duties

log = get_logger("worker")

_CACHE_KIB = 8192


async def run(settings: Settings) -> None:
    """Works until SIGTERM or SIGINT."""
    stop = stop_event()
    url = settings.sqlalchemy_url
    await migrate(url, backups=settings.backups)
    database = Database(url, cache_kib=_CACHE_KIB, pool_size=2)
    clock = SystemClock()
    log.info("worker started")
    try:
        duties = Duties(
            database,
            clock,
            url=url,
            buckets=Buckets(database, clock, open_vault(settings)),
            default_volume=settings.default_volume,
            live_history_days=settings.live_history_days,
            # Of a PostgreSQL server there are no daily copies: that is its operator's business.
            backups=settings.backups if database.dialect == "sqlite" else None,
        )
        await duties.run(stop)
    finally:
        await database.aclose()
    log.info("worker stopped")
