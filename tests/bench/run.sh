#!/bin/sh
# Times the China study and its matrices as whole processes; igraph's own search is the baseline in
# the same run. Rounds alternate, medians are printed. Not part of the tests.
#   sh tests/bench/run.sh [NEARER] [ROUNDS]
set -eu
cd "$(dirname "$0")/../.."
nearer=${1:-build/release/bin/nearer}
rounds=${2:-7}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
study=examples/china/study.json

# seconds CASE COMMAND...: adds one line to the case's file
seconds() {
  name=$1
  shift
  from=$(date +%s%N)
  "$@" > /dev/null 2>&1
  to=$(date +%s%N)
  echo "$(((to - from) / 1000))" >> "$work/$name"
}

round=0
while [ "$round" -lt "$rounds" ]; do
  seconds study "$nearer" study $study -o "$work/out"
  seconds pair "$nearer" times $study --year 2020 --from Beijing --to Shanghai
  seconds dijkstra "$nearer" access $study --year 2020
  seconds igraph "$nearer" access $study --year 2020 --engine igraph
  round=$((round + 1))
done

median() { sort -n "$work/$1" | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)] / 1e6}'; }
echo "case,median_s"
echo "study: all tables and maps,$(median study)"
echo "read the study and one trip,$(median pair)"
echo "read the study and all pairs by our search,$(median dijkstra)"
echo "read the study and all pairs by igraph,$(median igraph)"
echo "all pairs alone: igraph / ours,$(awk -v i="$(median igraph)" -v d="$(median dijkstra)" \
  -v p="$(median pair)" 'BEGIN {printf "%.1f", (i - p) / (d - p)}') (ratio)"
