"""One browser and one running product for all tests of the web UI."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.support.product import Product
from tests.support.site import PASSWORD, USER, Cameras, chromium, product_with_clips, tab
from vedette.api.webui import WEBUI


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not (WEBUI / "index.html").exists():
        pytest.skip("the web UI is not built (make web)")
    with chromium() as running:
        yield running


@pytest.fixture(scope="package")
def cameras() -> Iterator[Cameras]:
    simulated = Cameras()
    simulated.switch_on()
    yield simulated
    simulated.switch_off()


@pytest.fixture(scope="package")
def site(cameras: Cameras, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """A product that records two cameras, Gate in files of a minute and Yard with a sub-stream."""
    with product_with_clips(tmp_path_factory.mktemp("site") / "data") as product:
        login = {"username": USER, "password": PASSWORD}
        gate = {"name": "Gate", "url": cameras.url("cam-1/small"), "segment_minutes": 1, **login}
        yard = {"name": "Yard", "url": cameras.url("cam-2/small"), "sub_url": cameras.url("cam-2/sub"), **login}
        for camera in (gate, yard):
            product.post("/cameras", camera)
        product.client.post("/api/v1/system/setup/finish")
        product.wait_recording(2, 120)
        yield product


@pytest.fixture
def page(browser: Browser, site: Product) -> Iterator[Page]:
    """A fresh page on the product."""
    with tab(browser, site) as opened:
        yield opened
