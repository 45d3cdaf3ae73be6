"""A wall of 16 cameras in Chromium through what happens to it: a recorder that is killed, a right that is withdrawn,
tiles that nobody sees. Each tile is for itself, and comes back by itself. Told from the numbers in the pixels."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.support.product import PASSWORD, Product, until
from tests.support.site import PASSWORD as CAMERA_PASSWORD
from tests.support.site import USER, Cameras, add_session, product_with_clips, tab
from tests.support.tiles import SCRIPT, assert_play
from vedette.recorder.assignment import Share

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

NAMES = [f"Cam {number:02}" for number in range(1, 17)]
FRAME_MS = 100
TILES = re.compile(r"^vedette_live_wall_tiles (\S+)$", re.MULTILINE)
VIEWERS = re.compile(r'^vedette_live_viewers\{transport="wall"\} (\S+)$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Site:
    product: Product
    ids: dict[str, str]
    """The grant that lets `guard` watch the last camera; another one is for the rest."""
    grant: str

    def sent(self) -> int:
        """How many tiles the server serves."""
        found = TILES.search(self.product.client.get("/metrics").text)
        assert found
        return int(float(found[1]))

    def watched(self) -> set[str]:
        """The cameras of which somebody has a tile, as the server says."""
        numbers = self.product.client.get("/metrics").text
        names = {view["camera_name"] for view in self.product.get("/live/sessions")["items"]}
        tiles, viewers = TILES.search(numbers), VIEWERS.search(numbers)
        assert tiles
        assert viewers
        # While a tile comes or goes these are not of one moment.
        return names if len(names) == float(tiles[1]) == float(viewers[1]) else set()


@pytest.fixture(scope="module")
def site_of_16(cameras: Cameras, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """16 cameras of 640x360p10, shared by two recorders; and a guard who may watch them all."""
    product = product_with_clips(tmp_path_factory.mktemp("sixteen") / "data")
    product.environment |= {"VEDETTE_RECORDERS": "2"}
    with product:
        login = {"username": USER, "password": CAMERA_PASSWORD}
        ids = {}
        for number, name in enumerate(NAMES, start=1):
            camera = {"name": name, "url": cameras.url(f"cam-{number}/sub"), **login}
            ids[name] = product.post("/cameras", camera)["id"]
        product.client.post("/api/v1/system/setup/finish")
        product.wait_recording(16, 120)
        guard = product.post("/users", {"username": "guard", "password": PASSWORD})["id"]
        knows, watches = (
            product.post("/roles", {"name": name, "description": "", "permissions": [permission]})["id"]
            for name, permission in (("Knows", "camera.view"), ("Watches", "live.view"))
        )
        zone = {"name": "Rest", "description": "", "cameras": list(ids.values())[:-1]}
        rest = product.post("/zones", zone)["id"]
        product.post("/grants", {"user_id": guard, "role_id": knows})
        product.post("/grants", {"user_id": guard, "role_id": watches, "zone_id": rest})
        last = {"user_id": guard, "role_id": watches, "camera_id": ids[NAMES[-1]]}
        yield Site(product, ids, product.post("/grants", last)["id"])


@pytest.fixture
def wall(browser: Browser, site_of_16: Site) -> Iterator[Page]:
    """The guard's Live page, all tiles of which play."""
    with tab(browser, site_of_16.product, log_in=False) as page:
        add_session(page.context, site_of_16.product, "guard")
        page.add_init_script(SCRIPT)
        page.goto("/live")
        expect(page.get_by_role("article")).to_have_count(16)
        assert_play(page, NAMES, FRAME_MS)
        yield page


def tile(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name, exact=True)


def lost(page: Page) -> dict[str, str]:
    """The tiles that say that their picture is not live, and what they say."""
    told = "(all) => all.map((one) => [one.ariaLabel, one.querySelector('[role=status]')?.textContent ?? ''])"
    return dict(page.locator("article[data-lost]").evaluate_all(told))


def test_a_recorder_is_killed_and_only_its_tiles_stand_until_it_is_back(wall: Page, site_of_16: Site) -> None:
    first = Share("native", 0, 2)
    its = {name for name, camera in site_of_16.ids.items() if first.has("native", UUID(camera))}
    assert 0 < len(its) < 16
    product = site_of_16.product
    killed: set[int] = set()

    def gone() -> bool:
        # It is started again within a second, which no tile has to notice: so long it is killed again. Between two
        # lives it has no process.
        with suppress(TypeError, ProcessLookupError):
            pid = product.pid("native-0")
            if pid not in killed:
                os.kill(pid, signal.SIGKILL)
                killed.add(pid)
        said = lost(wall)
        return said.keys() == its and all(re.search("No signal for|No picture", words) for words in said.values())

    until("its tiles say so, and no others", gone)
    assert_play(wall, set(NAMES) - its, FRAME_MS)
    until("all play again", lambda: not lost(wall))
    assert_play(wall, NAMES, FRAME_MS)


def test_a_right_that_is_withdrawn_ends_its_tile_alone(wall: Page, site_of_16: Site) -> None:
    *others, last = NAMES
    until("all tiles are sent", lambda: site_of_16.watched() == set(NAMES))
    site_of_16.product.client.delete(f"/api/v1/grants/{site_of_16.grant}").raise_for_status()
    # As if it had never been there: not even its name is for somebody who may not see it.
    expect(tile(wall, last)).to_have_count(0)
    until("it is sent no more", lambda: site_of_16.watched() == set(others))
    assert lost(wall).keys() <= {last}
    assert_play(wall, others, FRAME_MS)


def test_what_nobody_sees_is_not_sent(browser: Browser, site_of_16: Site) -> None:
    with tab(browser, site_of_16.product, viewport={"width": 480, "height": 800}) as page:
        page.add_init_script(SCRIPT)
        page.goto("/live")
        assert_play(page, NAMES[:2], FRAME_MS)
        until("the ones below are not sent", lambda: 0 < len(site_of_16.watched()) < 10)
        assert {*NAMES[:2]} <= site_of_16.watched()
        assert NAMES[-1] not in site_of_16.watched()
        page.locator(f'[data-slot="{len(NAMES) - 1}"]').scroll_into_view_if_needed()
        assert_play(page, NAMES[-2:], FRAME_MS)
        until("nor are the ones above", lambda: NAMES[-1] in (now := site_of_16.watched()) and NAMES[0] not in now)
        page.locator('[data-slot="0"]').scroll_into_view_if_needed()
        assert_play(page, NAMES[:2], FRAME_MS)


def test_a_page_that_is_turned_takes_only_what_it_shows(browser: Browser, site_of_16: Site) -> None:
    product = site_of_16.product
    turning = {"name": "Turning", "layout": "3x3", "sequence": True, "sequence_seconds": 5}
    made = product.post("/walls", turning)
    with tab(browser, product) as page:
        page.goto(f"/live?wall={made['id']}")
        expect(page.get_by_role("article")).to_have_count(9)
        until("the first page is sent", lambda: site_of_16.watched() == set(NAMES[:9]))
        # The views of a page that comes round again go on meanwhile: what is sent is told by the tiles.
        until("the sequence turns, and the second one is", lambda: site_of_16.sent() == len(NAMES[9:]))
        until("and the first one again", lambda: site_of_16.sent() == 9)
        assert len(site_of_16.product.get("/live/sessions")["items"]) == len(NAMES), "each camera is one view"
