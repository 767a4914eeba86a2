#!/bin/sh
# LibreOffice Calc for the tests that recalculate the workbooks: installed where that can be done,
# else said. Elsewhere: any LibreOffice whose soffice is on the PATH, or named by SOFFICE.
set -eu
found() { [ -n "${SOFFICE:-}" ] || command -v soffice >/dev/null 2>&1; }

if found; then exit 0; fi
if command -v apt-get >/dev/null 2>&1; then
  if [ "$(id -u)" = 0 ]; then as_root=""; else as_root="sudo -n"; fi
  export DEBIAN_FRONTEND=noninteractive
  $as_root apt-get update -qq >/dev/null &&
    $as_root apt-get install -y -qq --no-install-recommends libreoffice-calc-nogui >/dev/null || true
fi
if ! found; then
  echo "No LibreOffice: the workbooks are NOT recalculated. Install it (Debian: sudo apt-get" \
    "install libreoffice-calc-nogui; Windows and macOS: libreoffice.org, then set SOFFICE to" \
    "its soffice program) and run this again." >&2
fi
