#!/bin/sh
# How fast matrices are: our engines, and igraph's own search as the baseline in the same run. Rounds
# alternate, medians are printed; igraph is run from few sources and counted up.
#   sh tests/bench/matrix.sh [BUILD] [ROUNDS] [GRAPH.gr.gz NODES.csv]
# Without a graph: a made-up road graph of 250,000 nodes.
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/release}
rounds=${2:-3}
graph=${3:-}
nodes=${4:-}
nearer=$build/bin/nearer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if [ -z "$graph" ]; then
  cmake --build "$build" --target bench_roads > /dev/null
  graph=$work/roads.gr
  nodes=$work/nodes.csv
  "$build/bin/bench_roads" 500 > "$graph"
  awk 'BEGIN {print "id"; srand(1); for (i = 0; i < 3000; i++) print 1 + int(rand() * 250000)}' > "$nodes"
fi
# the nodes are drawn at random: the first K are sources and targets
for k in 20 340 1000; do head -n $((k + 1)) "$nodes" > "$work/$k.csv"; done

# run CASE OPTIONS...: adds prepare_s,compute_s,total_s,peak_mb to the case's file
run() {
  name=$1
  shift
  from=$(date +%s%N)
  "$nearer" times --network "$graph" "$@" -o "$work/m.npy" --float32 --timings 2> "$work/said"
  to=$(date +%s%N)
  sed -n 's/.*"read_s": \([0-9.]*\).*"prepare_s": \([0-9.]*\).*"compute_s": \([0-9.]*\).*"write_s": \([0-9.]*\).*"peak_memory_mb": \([0-9.]*\).*/\2 \3 \5/p' \
    "$work/said" | awk -v t="$(((to - from) / 1000))" '{print $1, $2, t / 1e6, $3}' >> "$work/$name.out"
}
median() { sort -n -k "$2,$2" "$work/$1.out" | awk -v c="$2" '{v[NR] = $c} END {print v[int((NR + 1) / 2)]}'; }
row() {
  echo "$2,$3,$(median "$1" 1),$(median "$1" 2),$(median "$1" 3),$(median "$1" 4)"
}

for round in $(seq "$rounds"); do
  export OMP_NUM_THREADS=1
  [ "$round" -gt 1 ] || run igraph --sources "$work/20.csv" --targets "$work/1000.csv" --engine igraph
  run dijkstra --sources "$work/20.csv" --targets "$work/1000.csv" --engine dijkstra
  for k in 340 1000; do
    run "h$k" --sources "$work/$k.csv" --targets "$work/$k.csv" --engine hierarchy
    run "k$k" --sources "$work/$k.csv" --targets "$work/$k.csv" --engine hierarchy --cache "$work/cache"
  done
  run full --sources "$work/340.csv" --engine hierarchy --cache "$work/cache"
  export OMP_NUM_THREADS=2
  run two --sources "$work/1000.csv" --targets "$work/1000.csv" --engine hierarchy
  run kept2 --sources "$work/1000.csv" --targets "$work/1000.csv" --engine hierarchy --cache "$work/cache"
done
echo "case,threads,prepare_s,compute_s,everything_s,peak_memory_mb"
row igraph "igraph; 20 x 1000" 1
row dijkstra "dijkstra; 20 x 1000" 1
row h340 "hierarchy; 340 x 340" 1
row h1000 "hierarchy; 1000 x 1000" 1
row k1000 "hierarchy kept; 1000 x 1000" 1
row full "hierarchy kept; 340 x all nodes" 1
row two "hierarchy; 1000 x 1000" 2
row kept2 "hierarchy kept; 1000 x 1000" 2
awk -v i="$(median igraph 2)" -v h="$(median k1000 2)" -v h2="$(median kept2 2)" -v d="$(median dijkstra 2)" \
  -v t="$(median two 3)" 'BEGIN {
  printf "igraph / dijkstra, a row,%.1f\n", i / d
  printf "igraph / hierarchy; 1000 x 1000 computed (igraph counted up from 20 sources),%.0f\n", 50 * i / h
  printf "igraph / hierarchy; 1000 x 1000 with reading and preparing,%.1f\n", 50 * i / t
  printf "one thread / two; 1000 x 1000 computed,%.2f\n", h / h2}'
