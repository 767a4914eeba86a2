#!/bin/sh
# Chromium and a Chinese font for the browser tests: installed where that can be done, else said.
set -eu
found() {
  for name in chromium chromium-browser google-chrome microsoft-edge; do
    command -v "$name" >/dev/null 2>&1 && return 0
  done
  return 1
}
chinese() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh-cn family)" ]; }

if found && chinese; then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq >/dev/null &&
    $as_root apt-get install -y -qq chromium fonts-wqy-microhei fontconfig >/dev/null || true
fi
if ! found; then
  echo "The browser tests need Chromium, Chrome or Edge: sudo apt-get install chromium" >&2
  exit 1
fi
if ! chinese; then
  echo "The browser tests need a Chinese font: sudo apt-get install fonts-wqy-microhei" >&2
  exit 1
fi
