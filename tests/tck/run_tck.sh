#!/usr/bin/env bash
# Runs the TCK beside the checkout with the list of known failures; skips where there is none.
set -euo pipefail
tool=$1
here=$(cd "$(dirname "$0")" && pwd)
tck=${ISLET_SHARED:-$here/../../../shared}/tck
if [ ! -d "$tck" ]; then
  echo "skipped: there is no $tck; set ISLET_SHARED to the folder that holds tck/"
  exit 77
fi
exec "$tool" "$tck" --known "$here/known_failures.txt"
