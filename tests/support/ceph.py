"""A real S3 endpoint: Ceph's monitor, one object store daemon in memory and the gateway, on loopback. It is there in a
second or two; everything is in one directory and gone at the end.

What makes it quick and steady: nobody authenticates inside, one replica, no placement updates at the start, and a
monitor that commits at once. Ports are below those that outgoing connections take.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import httpx
import pytest

from vedette.storage.s3.address import BucketAddress
from vedette.storage.s3.signing import presigned

ACCESS_KEY = "vedette-access"
SECRET_KEY = "vedette-secret-123"
_PATIENCE_S = 60


@dataclass
class Gateway:
    """A running one. It can be stopped and started again: its objects stay, for the daemon below goes on."""

    directory: Path
    port: int
    pids: dict[str, int] = field(default_factory=dict)

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def address(self, bucket: str, prefix: str = "", **changed: object) -> BucketAddress:
        """Of a bucket here, with the right keys."""
        fields = {"region": "us-east-1", "access_key": ACCESS_KEY, "secret_key": SECRET_KEY, "timeout_s": 5, **changed}
        return BucketAddress(endpoint=self.endpoint, bucket=bucket, prefix=prefix, **fields)  # type: ignore[arg-type]

    def make_bucket(self, *, cors: str | None = None) -> str:
        """A new bucket; pages of the origin `cors` may fetch from it."""
        name = f"footage-{uuid4().hex[:12]}"
        self.ask("PUT", name).raise_for_status()
        if cors is not None:
            self.let_pages(name, cors)
        return name

    def let_pages(self, bucket: str, origin: str) -> None:
        """The bucket's CORS rule, as docs/storage.md has it."""
        rule = (
            f"<CORSConfiguration><CORSRule><AllowedOrigin>{origin}</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
            "<AllowedHeader>range</AllowedHeader><ExposeHeader>Content-Range</ExposeHeader>"
            "<MaxAgeSeconds>3600</MaxAgeSeconds></CORSRule></CORSConfiguration>"
        )
        self.ask("PUT", bucket, query={"cors": ""}, content=rule).raise_for_status()

    def ask(
        self, method: str, bucket: str, key: str = "", *, query: dict[str, str] | None = None, content: str | bytes = ""
    ) -> httpx.Response:
        """One request of the S3 API."""
        now_ms = round(time.time() * 1000)
        url = presigned(self.address(bucket), method, key, now_ms=now_ms, valid_s=60, query=query)
        return httpx.request(method, url, content=content, trust_env=False, timeout=30)

    def keys(self, bucket: str) -> list[str]:
        """What is in a bucket."""
        text = self.ask("GET", bucket, query={"list-type": "2"}).text
        return [part.split("</Key>")[0] for part in text.split("<Key>")[1:]]

    def uploads(self, bucket: str) -> int:
        """Uploads in parts that nobody finished."""
        return self.ask("GET", bucket, query={"uploads": ""}).text.count("<Upload>")

    def start(self) -> None:
        """Starts the gateway and waits until it answers."""
        self._run("radosgw", "-n", "client.rgw")
        until = time.monotonic() + _PATIENCE_S
        while True:
            with contextlib.suppress(httpx.HTTPError):
                httpx.get(self.endpoint, trust_env=False, timeout=2)
                break
            if time.monotonic() > until:
                raise RuntimeError("Ceph's gateway did not start")
            time.sleep(0.05)
        (found,) = (self.directory / "run").glob("client.rgw*.pid")
        self.pids["radosgw"] = int(found.read_text())

    def stop(self) -> None:
        """The gateway dies, as by a power cut; nothing listens on its port any more."""
        _end(self.pids.pop("radosgw"))
        for file in (self.directory / "run").glob("client.rgw*"):
            file.unlink(missing_ok=True)

    def make(self) -> None:
        """Makes the cluster and the user."""
        directory = self.directory
        for name in ("mon", "osd0", "run", "log"):
            (directory / name).mkdir()
        fsid, osd = str(uuid4()), str(uuid4())
        mon_port = _free_port(besides=self.port)
        (directory / "ceph.conf").write_text(_config(directory, fsid, mon_port, self.port))
        ring = str(directory / "keyring")
        allow = ("--cap", "mon", "allow *")
        self._run("ceph-authtool", "--create-keyring", ring, "--gen-key", "-n", "mon.", *allow, config=False)
        self._run(
            "ceph-authtool", ring, "--gen-key", "-n", "client.admin", *allow, "--cap", "osd", "allow *", config=False
        )
        address = f"[v1:127.0.0.1:{mon_port}]"
        where = str(directory / "monmap")
        self._run("monmaptool", "--create", "--clobber", "--fsid", fsid, "--addv", "a", address, where, config=False)
        self._run("ceph-mon", "-i", "a", "--mkfs", "--monmap", where, "--keyring", ring)
        self._run("ceph-mon", "-i", "a")
        self.pids["mon"] = int((directory / "run" / "mon.a.pid").read_text())
        self._patiently("ceph", "osd", "new", osd)
        self._run("ceph-osd", "-i", "0", "--mkfs", "--osd-uuid", osd)
        self._patiently("ceph", "osd", "crush", "add", "osd.0", "1", "root=default", "host=localhost")
        self._run("ceph-osd", "-i", "0")
        self.pids["osd"] = int((directory / "run" / "osd.0.pid").read_text())
        self.start()
        keys = ("--access-key", ACCESS_KEY, "--secret-key", SECRET_KEY)
        self._patiently("radosgw-admin", "user", "create", "--uid=vedette", "--display-name=vedette", *keys)

    def close(self) -> None:
        """Ends everything."""
        for pid in self.pids.values():
            _end(pid)
        self.pids.clear()

    def _patiently(self, *command: str) -> None:
        """On a busy machine the monitor refuses commands for a moment after its start."""
        until = time.monotonic() + _PATIENCE_S
        while True:
            try:
                return self._run(*command)
            except RuntimeError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.2)

    def _run(self, program: str, *arguments: str, config: bool = True) -> None:
        chosen = ("-c", str(self.directory / "ceph.conf")) if config else ()
        # Daemons keep what they inherit: a file, for a pipe would never end.
        with (self.directory / "log" / "programs").open("ab") as said:
            result = subprocess.run(
                [program, *chosen, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=_PATIENCE_S,
                check=False,
            )
        if result.returncode:
            text = (self.directory / "log" / "programs").read_text(errors="replace")[-2000:]
            raise RuntimeError(f"{program} {' '.join(arguments)} failed: {text}")


@pytest.fixture(scope="session")
def gateway() -> Iterator[Gateway]:
    """One for all tests of a process. Who stops it starts it again. Tests that use it carry the `ceph` marker."""
    directory = Path(tempfile.mkdtemp(prefix="vedette-s3-", dir="/tmp"))
    made = Gateway(directory, _free_port())
    try:
        made.make()
        yield made
    finally:
        made.close()
        shutil.rmtree(directory, ignore_errors=True)


def _end(pid: int) -> None:
    """They are daemons and nobody's children: kill, and wait until they are gone."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        until = time.monotonic() + _PATIENCE_S
        while time.monotonic() < until and Path(f"/proc/{pid}").exists():
            time.sleep(0.02)


def _free_port(besides: int = 0) -> int:
    """Below 32768: higher ones may be taken by an outgoing connection between now and the start."""
    start = 17_000 + os.getpid() * 7 % 10_000
    for port in range(start, start + 4000):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            if port != besides:
                return port
    raise RuntimeError("no free port")


def _config(directory: Path, fsid: str, mon_port: int, port: int) -> str:
    run = f"{directory}/run"
    return f"""[global]
fsid = {fsid}
mon host = [v1:127.0.0.1:{mon_port}]
mon initial members = a
auth cluster required = none
auth service required = none
auth client required = none
public addr = 127.0.0.1
cluster addr = 127.0.0.1
osd pool default size = 1
osd pool default min size = 1
mon allow pool size one = true
osd pool default pg num = 1
osd pool default pgp num = 1
osd crush chooseleaf type = 0
osd pool default pg autoscale mode = off
mon warn on pool no redundancy = false
mon max pg per osd = 1000
mon data avail crit = 1
mon osd min up ratio = 0
run dir = {run}
admin socket = {run}/$name.asok
pid file = {run}/$name.pid
log file = {directory}/log/$name.log
mon data = {directory}/mon
osd data = {directory}/osd0
osd objectstore = memstore
memstore device bytes = 2147483648
osd mon heartbeat interval = 1
osd crush update on start = false
osd class update on start = false
osd class default list = *
osd class load list = *
keyring = {directory}/keyring
log to stderr = false
ms bind msgr2 = false
paxos propose interval = 0.05
paxos min wait = 0.01

[client.rgw]
rgw frontends = beast endpoint=127.0.0.1:{port}
rgw enable usage log = false
rgw thread pool size = 64
debug rgw = 1
"""
