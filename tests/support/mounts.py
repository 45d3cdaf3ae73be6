"""Real file systems of a few kilobytes to fill, to make read-only and to unmount under the product's feet."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True, slots=True)
class Mount:
    """A mounted tmpfs. Its content is gone once it is unmounted."""

    path: Path

    def read_only(self) -> None:
        """As a kernel does when a disk fails."""
        _run("mount", "-o", "remount,ro", str(self.path))

    def writable(self) -> None:
        """The operator's answer to that."""
        _run("mount", "-o", "remount,rw", str(self.path))

    def vanish(self) -> None:
        """Unmounted, as when a cable is pulled: the mount point stays, an empty directory of the disk below."""
        _run("umount", "--lazy", str(self.path))

    def mount_again(self) -> None:
        """An empty disk comes to where the other was."""
        _run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(self.path))

    def fill(self) -> None:
        """Takes all space that is left."""
        with (self.path / "other-things").open("ab", buffering=0) as file:
            for size in (65_536, 4096, 512, 1):
                try:
                    while True:
                        file.write(bytes(size))
                except OSError:
                    continue


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, timeout=30)


@pytest.fixture
def tmpfs(tmp_path: Path) -> Iterator[Mount]:
    """An empty tmpfs of 1 MiB."""
    path = tmp_path / "disk"
    path.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(path))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip(f"mounting a tmpfs is not allowed here (user {os.geteuid()})")
    yield Mount(path)
    subprocess.run(["umount", "--lazy", str(path)], check=False, capture_output=True, timeout=30)
