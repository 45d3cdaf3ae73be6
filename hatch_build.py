"""Build hooks: the built web UI goes into the wheel and the sdist, and the media path is compiled into the wheel.

A tree that already holds `src/vedette/webui/index.html` (an unpacked sdist, or after `make web`) is taken as it is,
so installing from an sdist needs no node. An editable install never builds: developers run `make web` themselves.

With `VEDETTE_COMPILE=1` mypyc compiles the modules of `COMPILED`, which needs a C compiler and the headers of Python.
They stay plain Python: without it, and in an editable install, the same files are interpreted.
See docs/decisions/compiled-media-path.md.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

# What runs for every packet, frame and part of every camera, and nothing else.
COMPILED = (
    *("core/clock.py", "media/units.py", "media/clocks.py", "media/reorder.py", "media/timeline.py"),
    *("media/rtsp/rtcp.py", "media/rtsp/rtp.py", "media/rtsp/parameter_sets.py", "media/rtsp/video.py"),
    *("media/rtsp/h264.py", "media/rtsp/h265.py", "media/rtsp/audio.py", "media/rtsp/interleaved.py"),
    *("media/rtsp/wire.py", "media/rtsp/connection.py", "media/rtsp/client.py"),
    *("media/fmp4/fragment.py", "media/fmp4/sound.py", "media/fmp4/parts.py", "media/fmp4/tables.py"),
    *("recorder/health.py", "recorder/runs.py", "recorder/segment_file.py"),
    *("recorder/segments.py", "recorder/pipeline.py"),
)

_SETUP = """
from mypyc.build import mypycify
from setuptools import setup
modules = mypycify({arguments!r}, opt_level="3", multi_file=True, group_name="vedette")
setup(name="vedette", packages=[], ext_modules=modules)
"""


class WheelHook(BuildHookInterface[Any]):
    """Runs `npm ci && npm run build` when the UI is missing from the tree, and mypyc when it is asked for."""

    _built: Path | None = None

    def dependencies(self) -> list[str]:
        """What the build environment needs besides hatchling."""
        return ["mypy[mypyc]==2.4.1", "setuptools>=80"] if self._compiles else []

    @property
    def _compiles(self) -> bool:
        return self.target_name == "wheel" and os.environ.get("VEDETTE_COMPILE") == "1"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Before the wheel is put together."""
        if version == "editable":
            return
        self._build_web_ui()
        if self._compiles:
            self._compile(build_data)

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """After it."""
        if self._built is not None:
            shutil.rmtree(self._built)

    def _build_web_ui(self) -> None:
        root = Path(self.root)
        if (root / "src/vedette/webui/index.html").exists():
            return
        npm = shutil.which("npm")
        if npm is None:
            raise RuntimeError("npm was not found: it is needed once, to build the web UI into the wheel")
        for arguments in (["ci"], ["run", "build"]):
            subprocess.run([npm, *arguments], cwd=root / "web", check=True)  # noqa: S603 - our own build, no user input

    def _compile(self, build_data: dict[str, Any]) -> None:
        """In a copy of the sources: nothing compiled ever lies in the tree, where it would hide later edits."""
        self._built = Path(tempfile.mkdtemp(prefix="vedette-build-"))
        source = Path(self.root, "src", "vedette")
        shutil.copytree(source, self._built / "vedette", ignore=shutil.ignore_patterns("webui", "__pycache__", "*.so"))
        files = [f"vedette/{name}" for name in COMPILED]
        setup = self._built / "setup.py"
        arguments = ["--ignore-missing-imports", "--follow-imports=silent", *files]
        setup.write_text(_SETUP.format(arguments=arguments), encoding="utf-8")
        subprocess.run(  # noqa: S603 - our own build, no user input
            [sys.executable, setup.name, "--quiet", "build_ext", "--inplace"], cwd=self._built, check=True
        )
        for built in [*self._built.glob("*.so"), *self._built.glob("vedette/**/*.so")]:
            build_data["force_include"][str(built)] = str(built.relative_to(self._built))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
