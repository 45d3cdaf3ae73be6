"""Sealing: bound to a row and a key."""

import stat
import threading
from base64 import b64encode
from pathlib import Path
from uuid import uuid4

import pytest
from pydantic import SecretStr

from vedette.core.errors import VedetteError
from vedette.settings import Settings
from vedette.vault import Vault, key_file_is_private, open_vault

KEY = bytes(range(32))
CAMERA = uuid4()


def test_what_is_sealed_opens_again() -> None:
    vault = Vault(KEY)
    sealed = vault.seal(CAMERA, "password", "hunter2 ü")
    assert sealed.startswith(f"v1:{vault.key_id}:")
    assert "hunter2" not in sealed
    assert Vault(KEY).open_sealed(CAMERA, "password", sealed) == "hunter2 ü"
    assert vault.seal(CAMERA, "password", "hunter2 ü") != sealed


def test_it_opens_for_no_other_camera_or_field() -> None:
    vault = Vault(KEY)
    sealed = vault.seal(CAMERA, "password", "hunter2")
    for camera, field in ((uuid4(), "password"), (CAMERA, "username")):
        with pytest.raises(VedetteError) as refused:
            vault.open_sealed(camera, field, sealed)
        assert refused.value.code == "credentials.damaged"


@pytest.mark.parametrize(
    "change", [lambda text: text[:-2], lambda text: "", lambda text: "v2" + text[2:], lambda text: text + "é"]
)
def test_altered_text_is_damaged(change: object) -> None:
    assert callable(change)
    vault = Vault(KEY)
    with pytest.raises(VedetteError) as refused:
        vault.open_sealed(CAMERA, "password", change(vault.seal(CAMERA, "password", "hunter2")))
    assert refused.value.code == "credentials.damaged"


def test_another_key_is_named_as_the_cause() -> None:
    sealed = Vault(KEY).seal(CAMERA, "password", "hunter2")
    with pytest.raises(VedetteError, match=r"secret\.key back") as refused:
        Vault(bytes(32)).open_sealed(CAMERA, "password", sealed)
    assert refused.value.code == "credentials.other_key"


def test_the_key_file_is_made_once_and_only_for_us(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "new")
    first = open_vault(settings)
    assert stat.S_IMODE(settings.key_file.stat().st_mode) == 0o600
    assert key_file_is_private(settings.key_file)
    assert open_vault(settings).key_id == first.key_id
    settings.key_file.chmod(0o644)
    assert not key_file_is_private(settings.key_file)
    assert [path.name for path in settings.data.iterdir()] == ["secret.key"]


def test_processes_that_start_together_share_one_key(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    found: list[str] = []
    barrier = threading.Barrier(8)

    def start() -> None:
        barrier.wait()
        found.append(open_vault(settings).key_id)

    threads = [threading.Thread(target=start) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len(set(found)) == 1


def test_the_environment_has_the_last_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEDETTE_SECRET_KEY", b64encode(KEY).decode())
    settings = Settings(data=tmp_path)
    assert open_vault(settings).key_id == Vault(KEY).key_id
    assert not settings.key_file.exists()
    assert b64encode(KEY).decode() not in repr(settings)


@pytest.mark.parametrize("text", ["", "short", "AAAA", "é" * 44, "*" * 44])
def test_a_bad_key_is_refused_without_repeating_it(tmp_path: Path, text: str) -> None:
    for settings in (Settings(data=tmp_path, secret_key=SecretStr(text)), Settings(data=tmp_path)):
        if settings.secret_key is None:
            settings.key_file.write_text(text)
        with pytest.raises(VedetteError) as refused:
            open_vault(settings)
        assert refused.value.code == "credentials.key"
        assert not text or text not in refused.value.message
