#!/bin/sh
# Runs the examples as a newcomer would, then all tests: as released, with sanitizers, and the China
# study under valgrind.
set -eu
cd "$(dirname "$0")/.."
. examples/packages.sh
sh examples/run.sh
need gcc libc6-dev cmake make pkg-config libigraph-dev libshp-dev libcjson-dev libgsl-dev \
  libproj-dev libcairo2-dev libcmocka-dev valgrind

cores=$(getconf _NPROCESSORS_ONLN)
for preset in release asan; do
  mkdir -p build/$preset
  cmake --preset $preset > build/$preset/build.log
  cmake --build --preset $preset -j "$cores" >> build/$preset/build.log || {
    cat build/$preset/build.log >&2
    exit 1
  }
  echo "== tests, $preset build"
  ctest --preset $preset -j "$cores"
done

echo "== the China study under valgrind"
OMP_NUM_THREADS=1 valgrind -q --error-exitcode=99 --leak-check=full \
  --errors-for-leak-kinds=definite,indirect --suppressions=tests/valgrind.supp \
  build/release/bin/nearer study examples/china/study.json -o out/valgrind > /dev/null 2> build/valgrind.log || {
  cat build/valgrind.log >&2
  exit 1
}
echo "clean"
