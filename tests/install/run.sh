#!/usr/bin/env bash
# Installs a build to a temporary prefix and uses it from outside: with CMake and with pkg-config.
#   run.sh BUILD_FOLDER
set -euo pipefail
build=$1
here=$(cd "$(dirname "$0")" && pwd)
source=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
prefix=$work/prefix

say() { printf '== %s\n' "$*"; }
fail() { printf 'FAILED: %s\n' "$*"; exit 1; }

say "install"
cmake --install "$build" --prefix "$prefix" >"$work/install.log" || { cat "$work/install.log"; fail "cmake --install"; }

say "exactly the public headers are installed"
(cd "$source" && find graph parser query kb -path '*/include/islet/*' -name '*.hpp' | sed 's|^[a-z]*/include/||' | sort) \
  >"$work/public"
(cd "$prefix/include" && find . -type f | sed 's|^\./||' | sort) >"$work/installed"
diff "$work/public" "$work/installed" || fail "the installed headers differ from the public ones"

say "the command runs from there"
"$prefix/bin/islet" --help >/dev/null || fail "islet --help"

say "find_package(islet CONFIG)"
cmake -DREADME="$source/README.md" -DOUT="$work/readme_example.cpp" -P "$here/extract_example.cmake"
cmake -S "$here/consumer" -B "$work/consumer" -DCMAKE_PREFIX_PATH="$prefix" -DCMAKE_BUILD_TYPE=Release \
  -DREADME_EXAMPLE="$work/readme_example.cpp" >"$work/configure.log" || { cat "$work/configure.log"; fail "configure"; }
cmake --build "$work/consumer"
"$work/consumer/consumer" | diff "$here/consumer/expected.txt" - || fail "the consumer's output differs"

say "the README's example"
"$work/consumer/readme_example" >"$work/readme.out" || fail "the README's example"
[ -s "$work/readme.out" ] || fail "the README's example prints nothing"
cat "$work/readme.out"

say "pkg-config"
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name islet.pc)")
export PKG_CONFIG_PATH
mkdir "$work/pkgconfig"
make -C "$work/pkgconfig" -f "$here/pkgconfig/Makefile" SOURCE="$here/consumer/consumer.cpp"
"$work/pkgconfig/consumer" | diff "$here/consumer/expected.txt" - || fail "the pkg-config consumer's output differs"
say "fine"
