#!/usr/bin/env bash
# Installs the real components that the tests talk to, where this is Debian and we are root. Elsewhere it says what is
# missing; those tests are then skipped with the reason in pytest's summary.
set -euo pipefail

packages=(
  chromium ffmpeg fonts-dejavu-core nginx postgresql-15 vlc-bin vlc-plugin-base
  radosgw ceph-mon ceph-osd ceph-common
  python3-gi gir1.2-gst-rtsp-server-1.0 gstreamer1.0-tools
  gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
)

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
  echo "Not installed (needs root on Debian): ${missing[*]}. The tests that use them will be skipped." >&2
  exit 0
fi

# Daemons that the packages bring must not start: the tests start their own on loopback.
policy=/usr/sbin/policy-rc.d
made_policy=
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  made_policy=1
fi
trap '[ -z "$made_policy" ] || rm -f "$policy"' EXIT
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
