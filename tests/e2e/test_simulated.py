"""Simulated cameras that are added to a server that runs without, and come back after the database was lost."""

import json
import socket
from pathlib import Path

import pytest

from tests.support.installation import make_installation
from tests.support.product import Product, free_port, until
from tests.support.site import product_with_clips
from vedette.core.clock import SystemClock
from vedette.db.session import Database
from vedette.settings import Settings
from vedette.storage.service import VolumeService

pytestmark = pytest.mark.anyio


def processes(product: Product) -> set[str]:
    state = json.loads((product.data / "run/supervisor.json").read_text())
    return {entry["name"] for entry in state["processes"]}


async def test_the_simulator_runs_while_there_are_simulated_cameras(tmp_path: Path) -> None:
    data = await make_installation(tmp_path / "data")
    settings = Settings(data=data)
    database = Database(settings.sqlalchemy_url)
    await VolumeService(database, SystemClock()).ensure_default(settings.default_volume)
    await database.aclose()
    with product_with_clips(data) as product:
        assert "simulator" not in processes(product)
        with socket.create_server(("127.0.0.1", product.simulator_port)):
            pass  # nobody has the port
        product.post("/system/demo", {"count": 1})
        product.wait_recording(1)
        assert "simulator" in processes(product)
        copy = data / "footage/.vedette-cameras.json"
        until("the settings are copied", lambda: copy.exists() and "Front door" in copy.read_text())

        # Only the database is lost, and the next start takes another port.
        product.stop()
        for path in data.glob("vedette.sqlite*"):
            path.unlink()
        rebuilt = product.run("reindex")
        assert "Camera Front door (front-door) was restored" in rebuilt.stdout, rebuilt.stderr
        product.environment["VEDETTE_SIMULATOR_PORT"] = str(free_port())
        product.start()
        product.wait_recording(1)
