"""GStreamer's RTSP server as a program of its own, for the system's Python that has the GObject bindings.

Reads one JSON object from its arguments: {"mounts": {path: pipeline}, "realm": str, "users": {name: password},
"auth": "none" | "basic" | "digest", "udp_only": bool}. Prints its port when it serves, and ends when its standard
input is closed: so that it never outlives the test that started it.
"""

import json
import sys
import threading
from typing import Any

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402


def build(settings: dict[str, Any]) -> Any:
    """A server on a free port of the loopback address."""
    server = GstRtspServer.RTSPServer()
    server.set_address("127.0.0.1")
    server.set_service("0")
    method = settings.get("auth", "none")
    if method != "none":
        auth = GstRtspServer.RTSPAuth()
        token = GstRtspServer.RTSPToken()
        token.set_string("media.factory.role", "viewer")
        for user, password in settings["users"].items():
            if method == "digest":
                auth.add_digest(user, password, token)
            else:
                auth.add_basic(GstRtspServer.RTSPAuth.make_basic(user, password), token)
        auth.set_supported_methods(
            GstRtsp.RTSPAuthMethod.DIGEST if method == "digest" else GstRtsp.RTSPAuthMethod.BASIC
        )
        server.set_auth(auth)
    mounts = server.get_mount_points()
    for path, pipeline in settings["mounts"].items():
        factory = GstRtspServer.RTSPMediaFactory()
        factory.set_launch(f"( {pipeline} )")
        factory.set_shared(True)
        if settings.get("udp_only"):
            factory.set_protocols(GstRtsp.RTSPLowerTrans.UDP)
        if method != "none":
            permissions = GstRtspServer.RTSPPermissions()
            permissions.add_permission_for_role("viewer", "media.factory.access", True)
            permissions.add_permission_for_role("viewer", "media.factory.construct", True)
            factory.set_permissions(permissions)
        mounts.add_factory(path, factory)
    server.attach(None)
    return server


def main() -> None:
    Gst.init(None)
    server = build(json.loads(sys.argv[1]))
    loop = GLib.MainLoop()

    def wait_for_end() -> None:
        sys.stdin.read()
        loop.quit()

    threading.Thread(target=wait_for_end, daemon=True).start()
    sys.stdout.write(f"{server.get_bound_port()}\n")
    sys.stdout.flush()
    loop.run()


if __name__ == "__main__":
    main()
