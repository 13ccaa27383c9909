#!/bin/sh
# Installs the build into an empty folder and makes a program against it: by pkg-config with the
# shared and the static library, and by CMake.
#   run.sh BUILD_DIR SOURCE_DIR CC [sanitized]
set -eu
build=$1
source=$2
cc=$3
if [ "${4:-}" = sanitized ]; then
  echo "skipped: a consumer does not link the sanitizers"
  exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake --install "$build" --prefix "$work/usr" > /dev/null
PKG_CONFIG_PATH=$(dirname "$(find "$work/usr" -name nearer.pc)")
libdir=$(dirname "$PKG_CONFIG_PATH")
export PKG_CONFIG_PATH LD_LIBRARY_PATH="$libdir"
prefix="--define-variable=prefix=$work/usr"
flags="-std=c17 -Wall -Wextra -Werror"

check() {
  lines=$("$@" "$source/examples/china/study.json" Wuhan 2020 | wc -l)
  [ "$lines" -eq 10 ] || { echo "$1 printed $lines lines"; exit 1; }
}

# shellcheck disable=SC2046,SC2086
$cc $flags "$source/examples/c/nearest.c" $(pkg-config $prefix --cflags --libs nearer) \
  -o "$work/shared"
check "$work/shared"
# what the static library needs is what the build found (HDF5 or not)
packages=$(sed -n 's/^Requires.private: //p' "$PKG_CONFIG_PATH/nearer.pc")
# shellcheck disable=SC2046,SC2086
$cc $flags "$source/examples/c/nearest.c" $(pkg-config $prefix --cflags nearer) \
  "$libdir/libnearer.a" $(pkg-config --libs $packages) -fopenmp -lm \
  -o "$work/static"
check "$work/static"

mkdir "$work/consumer"
cat > "$work/consumer/CMakeLists.txt" <<CMAKE
cmake_minimum_required(VERSION 3.20)
project(consumer C)
find_package(nearer REQUIRED)
add_executable(nearest $source/examples/c/nearest.c)
target_link_libraries(nearest PRIVATE nearer::nearer m)
CMAKE
cmake -S "$work/consumer" -B "$work/consumer/build" -DCMAKE_PREFIX_PATH="$work/usr" > /dev/null
cmake --build "$work/consumer/build" > /dev/null
check "$work/consumer/build/nearest"

# what the shared library shows is nearer_* and nothing else
shown=$(nm -D --defined-only "$libdir/libnearer.so" | awk '$3 !~ /^nearer_/ {print $3}')
[ -z "$shown" ] || { echo "the shared library shows: $shown"; exit 1; }
"$work/usr/bin/nearer" --version
