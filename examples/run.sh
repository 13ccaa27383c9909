#!/bin/sh
# Installs what is missing, builds nearer, runs the China study and shows the result.
set -eu
cd "$(dirname "$0")/.."
. examples/packages.sh
need gcc libc6-dev cmake make pkg-config libigraph-dev libshp-dev libcjson-dev libgsl-dev \
  libproj-dev libcairo2-dev zlib1g-dev libzip-dev libsqlite3-dev libhdf5-dev

mkdir -p build/release
{
  cmake -S . -B build/release -DNEARER_TESTS=OFF &&
    cmake --build build/release -j "$(getconf _NPROCESSORS_ONLN)"
} > build/release/build.log 2>&1 || {
  cat build/release/build.log >&2
  exit 1
}

nearer=build/release/bin/nearer
$nearer study examples/china/study.json -o out/china
echo
$nearer times examples/china/study.json --year 2020 --from Beijing --to Shanghai --explain --text
echo
echo "The program is $nearer; tables and maps (.csv, .svg) are in out/china."
echo "docs/china.md says how to read them."
