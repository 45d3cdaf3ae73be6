"""A running server as other commands, and whoever started it, see it."""

import json
import re
from pathlib import Path

import httpx

from tests.support.installation import make_installation
from tests.support.product import Product, until
from tests.support.site import product_with_clips
from vedette.http.running import find


def doctor(product: Product, *words: str) -> dict[str, str]:
    """What it says, by subject."""
    said = product.run("doctor", *words).stdout
    found = re.findall(r"^(\w+) +([^:]+): (.*)$", said, re.MULTILINE)
    return {subject: f"{level} {told}" for level, subject, told in found}


def test_the_doctor_asks_the_server_that_runs(tmp_path: Path) -> None:
    product = Product(tmp_path / "data")
    with product:
        said = doctor(product)
        assert said["network"] == f"ok 127.0.0.1:{product.port}, this machine only"
        assert said["server"] == f"ok running: process {product.pid('api')}, {product.url}"
        assert doctor(product, "--port", "7999")["network"] == "ok 127.0.0.1:7999, this machine only"
    said = doctor(product)
    assert said["server"].startswith("note none is running")
    assert said["network"] == "ok 127.0.0.1:7070, this machine only"


async def test_what_a_dead_server_left_counts_for_nothing(tmp_path: Path) -> None:
    run = (await make_installation(tmp_path)) / "run"
    assert find(run) is None
    run.mkdir(exist_ok=True)
    told = {"pid": 1, "settings": {"host": "127.0.0.1", "port": 7171}}
    for left in ("", "[]", "{}", '{"pid": 1}', json.dumps(told), json.dumps({**told, "settings": {"port": "x"}})):
        (run / "api.json").write_text(left)
        assert find(run) is None, left
    (run / "api.lock").write_text("1")
    assert find(run) is None, "nobody holds the lock"


def test_for_people_the_address_is_the_last_thing_that_is_said(tmp_path: Path) -> None:
    with product_with_clips(tmp_path / "data", "--log-format", "text", "--demo", "2", claim=False) as product:
        token = product.setup_token()
        until("an answer", lambda: httpx.get(f"{product.url}/readyz").status_code == 200)
        said = product.log.read_text()
        assert said.rstrip().endswith(f"{product.url}/setup#token={token}")
        assert "\x1b" not in said, "no colours where there is no terminal"
        assert not re.search(r"^\{", said, re.MULTILINE), "no line is JSON"
        assert len(said.splitlines()) < 12, said
