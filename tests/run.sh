#!/bin/sh
# Runs the examples as a newcomer would, then all tests: as released, with sanitizers, as two
# processes, and the China study under valgrind.
set -eu
cd "$(dirname "$0")/.."
. examples/packages.sh
sh examples/run.sh
need gcc libc6-dev cmake make pkg-config libigraph-dev libshp-dev libcjson-dev libgsl-dev \
  libproj-dev libcairo2-dev zlib1g-dev libzip-dev libsqlite3-dev libhdf5-dev libcmocka-dev valgrind \
  libopenmpi-dev openmpi-bin

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

echo "== two processes by MPI"
cmake --preset mpi > build/mpi.log
cmake --build --preset mpi -j "$cores" >> build/mpi.log 2>&1 || {
  cat build/mpi.log >&2
  exit 1
}
sh tests/mpi/run.sh "$PWD/build/mpi/bin/nearer" build/release/bin/nearer build/release/bin/bench_roads

echo "== the China study and the unit tests under valgrind"
top=$PWD
sh tests/valgrind.sh build/release/bin/nearer study examples/china/study.json -o out/valgrind
cd build/release/tests
# not those that need numbers of 80 bits, which valgrind rounds to 64, or that take minutes under it
ls ./unit_* ./reference_* |
  grep -v -e reference_nist_test -e unit_allocation_test -e unit_crossings_test |
  xargs -P "$cores" -n 1 sh "$top/tests/valgrind.sh"
echo "clean"
