#!/bin/sh
# The MPI build as two processes gives the bytes of one; when one of them is killed there is an error
# and no file.
#   sh tests/mpi/run.sh NEARER_MPI NEARER BENCH_ROADS
set -eu
mpi=$1
one=$2
roads=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMP_NUM_THREADS=1
study=examples/china/study.json

# both WORDS...: the same command by two processes and by one, into $work/two.* and $work/one.*
both() {
  ending=$1
  shift
  mpirun -n 2 --oversubscribe "$mpi" "$@" -o "$work/two.$ending" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  "$one" "$@" -o "$work/one.$ending" > "$work/log" 2>&1 || { cat "$work/log"; exit 1; }
  cmp "$work/two.$ending" "$work/one.$ending"
}
both npy times $study --year 2020
both csv times $study --year 2001 --modes rail
both omx times $study --year 2020 --engine dijkstra
both csv access $study --year 2020 --measure mean_time
both json compare $study
both csv lines $study --year 2020 --class high_speed --line-speed 300 --max-km 300
"$roads" 60 > "$work/roads.gr"
both npy times --network "$work/roads.gr" --engine hierarchy --max-memory 20

# a wrong word: one sentence and its exit code
code=0
mpirun -n 2 --oversubscribe "$mpi" times $study --year 2020 --engine fast > "$work/log" 2>&1 || code=$?
[ "$code" -eq 6 ] && [ "$(grep -c "unknown engine 'fast'" "$work/log")" -eq 1 ] || {
  cat "$work/log"
  exit 1
}

# a process killed in the middle of it
"$roads" 300 > "$work/roads.gr"
mpirun -n 2 --oversubscribe "$mpi" times --network "$work/roads.gr" --engine dijkstra \
  -o "$work/killed.npy" > "$work/log" 2>&1 &
run=$!
tries=0
until [ -s "$work/killed.npy.part" ] || [ $tries -ge 200 ]; do
  sleep 0.05
  tries=$((tries + 1))
done
pkill -9 -n -f "$mpi times --network $work/roads.gr"
code=0
wait $run || code=$?
[ "$code" -ne 0 ] || { echo "killed, yet it ended well"; exit 1; }
[ -s "$work/log" ] || { echo "killed without a word"; exit 1; }
for file in "$work"/killed.npy*; do
  [ ! -e "$file" ] || { echo "left behind: $file"; exit 1; }
done
echo "two processes: the same bytes"
