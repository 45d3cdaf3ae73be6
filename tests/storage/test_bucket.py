import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest

from tests.support.ceph import Gateway
from vedette.core.clock import SystemClock
from vedette.core.errors import VedetteError
from vedette.core.ids import uuid7
from vedette.storage.s3.bucket import Bucket
from vedette.storage.volumes import MARKER, VolumeIdentity, VolumeState

pytestmark = [pytest.mark.anyio, pytest.mark.ceph]

MARK = uuid7()


def opened(gateway: Gateway, prefix: str = "cold", **changed: object) -> Bucket:
    return Bucket(gateway.address(gateway.make_bucket(), prefix, **changed), MARK, SystemClock())


async def pieces(*data: bytes) -> AsyncIterator[bytes]:
    for one in data:
        yield one


async def test_what_is_put_is_read_by_ranges_listed_and_deleted(gateway: Gateway) -> None:
    bucket = opened(gateway)
    data = bytes(range(256)) * 81_920  # 20 MiB: an upload in parts
    await bucket.put("gate/2026-11-21/10-00-00.mp4", pieces(data[:1_000], data[1_000:]))
    assert await bucket.size("gate/2026-11-21/10-00-00.mp4") == len(data)
    assert await bucket.read("gate/2026-11-21/10-00-00.mp4", 8_388_600, 8_388_700) == data[8_388_600:8_388_700]
    assert bucket.read_now("gate/2026-11-21/10-00-00.mp4", 10, 20) == data[10:20]
    assert await bucket.read("gate/2026-11-21/10-00-00.mp4", len(data) - 5, len(data) + 5) == data[-5:]
    assert await bucket.mark(VolumeIdentity(MARK, "cold", 1))
    listed = [one async for batch in bucket.walk() for one in batch]
    assert [(one.path, one.bytes) for one in listed] == [("gate/2026-11-21/10-00-00.mp4", len(data))]
    assert [one async for batch in bucket.walk("gat") for one in batch] == []
    await bucket.delete("gate/2026-11-21/10-00-00.mp4")
    await bucket.delete("gate/2026-11-21/10-00-00.mp4")
    assert await bucket.size("gate/2026-11-21/10-00-00.mp4") is None
    with pytest.raises(FileNotFoundError):
        await bucket.read("gate/2026-11-21/10-00-00.mp4", 0, 1)
    assert gateway.keys(bucket.address.bucket) == [f"cold/{MARKER}"]


async def test_a_presigned_address_gives_its_range_and_nothing_else(gateway: Gateway) -> None:
    bucket = opened(gateway)
    data = hashlib.sha256(b"x").digest() * 100
    await bucket.put("a/b ü.mp4", pieces(data))
    url = bucket.presigned("a/b ü.mp4", "bytes=100-199")
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.get(url, headers={"Range": "bytes=100-199"})
        assert (answer.status_code, answer.content) == (206, data[100:200])
        assert answer.headers["content-range"] == f"bytes 100-199/{len(data)}"
        for other in ({"Range": "bytes=100-200"}, {"Range": "bytes=0-"}, {}):
            assert (await http.get(url, headers=other)).status_code == 403
        assert (await http.delete(url, headers={"Range": "bytes=100-199"})).status_code == 403
        assert (await http.get(url.replace("b%20", "c%20"), headers={"Range": "bytes=100-199"})).status_code == 403
        old = Bucket(bucket.address, MARK, Yesterday())
        refused = await http.get(old.presigned("a/b ü.mp4", "bytes=100-199"), headers={"Range": "bytes=100-199"})
        assert refused.status_code == 403


class Yesterday(SystemClock):
    def now_ms(self) -> int:
        return super().now_ms() - 86_400_000


async def test_states_of_a_volume(gateway: Gateway) -> None:
    bucket = opened(gateway)
    assert (await bucket.probe()).state is VolumeState.MISSING
    assert await bucket.mark(VolumeIdentity(MARK, "cold", 1))
    assert not await bucket.mark(VolumeIdentity(uuid7(), "another", 1))
    assert (await bucket.probe()).state is VolumeState.OK
    other = Bucket(bucket.address, uuid7(), SystemClock())
    assert (await other.probe()).state is VolumeState.FOREIGN
    gateway.ask("PUT", bucket.address.bucket, f"cold/{MARKER}", content="{").raise_for_status()
    assert (await bucket.probe()).state is VolumeState.FAILING


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"access_key": "nobody"}, "volume.access_key", "access_key"),
        ({"secret_key": "wrong"}, "volume.secret_key", "secret_key"),
        ({"bucket": "there-is-none"}, "volume.no_bucket", "bucket"),
        ({"endpoint": "http://127.0.0.1:9"}, "volume.unreachable", "endpoint"),
        ({"endpoint": "http://nowhere.invalid.internal"}, "volume.unreachable", "endpoint"),
    ],
)
async def test_what_is_wrong_is_told_by_name(gateway: Gateway, changed: dict[str, str], code: str, field: str) -> None:
    address = gateway.address(gateway.make_bucket())
    bucket = Bucket(replace(address, **changed), MARK, SystemClock())  # type: ignore[arg-type]
    with pytest.raises(VedetteError) as caught:
        await bucket.identify()
    assert (caught.value.code, caught.value.field) == (code, field)
    assert address.secret_key not in str(caught.value)
    with pytest.raises(VedetteError) as caught:
        await bucket.put("a.mp4", pieces(b"x"))
    assert caught.value.code == code


async def test_what_a_killed_upload_left_goes_with_its_object(gateway: Gateway) -> None:
    bucket = opened(gateway)
    name = bucket.address.bucket
    gateway.ask("POST", name, "cold/a.mp4", query={"uploads": ""}).raise_for_status()
    gateway.ask("POST", name, "cold/a.mp4.other", query={"uploads": ""}).raise_for_status()
    assert gateway.uploads(name) == 2
    await bucket.delete("a.mp4")
    assert gateway.uploads(name) == 1


async def test_an_endpoint_that_went_away_and_comes_back(gateway: Gateway) -> None:
    bucket = opened(gateway)
    await bucket.mark(VolumeIdentity(MARK, "cold", 1))
    gateway.stop()
    try:
        found = await bucket.probe()
        assert found.state is VolumeState.FAILING
        assert "Is the storage running" in found.detail
    finally:
        gateway.start()
    assert (await bucket.probe()).state is VolumeState.OK
