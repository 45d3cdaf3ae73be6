"""Build hook: puts the built web UI into the wheel and the sdist.

A tree that already holds `src/vedette/webui/index.html` (an unpacked sdist, or after `make web`) is taken as it is,
so installing from an sdist needs no node. An editable install never builds: developers run `make web` themselves.
"""

import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WebUiHook(BuildHookInterface[Any]):
    """Runs `npm ci && npm run build` when the UI is missing from the tree."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        if (root / "src/vedette/webui/index.html").exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("npm was not found: it is needed once, to build the web UI into the wheel")
        for arguments in (["ci"], ["run", "build"]):
            subprocess.run([npm, *arguments], cwd=root / "web", check=True)  # noqa: S603 - our own build, no user input
