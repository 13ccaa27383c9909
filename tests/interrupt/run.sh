#!/bin/sh
# Interrupted while it writes, the program leaves no file and dies of the signal.
#   sh tests/interrupt/run.sh NEARER BENCH_ROADS
set -eu
nearer=$1
roads=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$roads" 200 > "$work/roads.gr"
for signal in INT TERM HUP; do
  for out in m.npy m.csv; do
    # a shell without job control starts what runs behind it deaf to INT; env lets it hear again
    env --default-signal=$signal "$nearer" times --network "$work/roads.gr" --engine dijkstra -o "$work/$out" \
      > "$work/log" 2>&1 &
    run=$!
    tries=0
    until [ -s "$work/$out.part" ] || [ $tries -ge 200 ]; do
      sleep 0.05
      tries=$((tries + 1))
    done
    [ -s "$work/$out.part" ] || { echo "$out was not begun"; exit 1; }
    kill -$signal $run
    code=0
    wait $run || code=$?
    [ "$code" -gt 128 ] || { echo "$signal: exit code $code"; exit 1; }
    for file in "$work"/m.*; do
      [ ! -e "$file" ] || { echo "$signal left behind: $file"; exit 1; }
    done
  done
done
echo "nothing left behind"
