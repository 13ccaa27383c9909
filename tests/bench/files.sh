#!/bin/sh
# How fast large files are read, beside the plain way to read them in the same run: a shapefile of a
# million lines, a link table of 140 MB, a GeoJSON of 200 MB. Rounds alternate, medians are printed.
#   sh tests/bench/files.sh [BUILD] [ROUNDS]
set -eu
cd "$(dirname "$0")/../.."
build=${1:-build/release}
rounds=${2:-5}
cmake --build "$build" --target bench_files > /dev/null
bench=$build/bin/bench_files
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for what in shapefile csv geojson; do "$bench" make-$what "$work"; done
cat "$work"/*.shp "$work"/*.dbf "$work"/*.csv "$work"/*.geojson > /dev/null

round=0
while [ "$round" -lt "$rounds" ]; do
  for case in fgets:links.csv scan:links.csv table:links.csv shapelib:lines.shp table:lines.shp \
    study:study.json cjson:lines.geojson table:lines.geojson; do
    "$bench" "${case%%:*}" "$work/${case#*:}" >> "$work/$case.out"
  done
  round=$((round + 1))
done

# row CASE FILE WORDS: medians of seconds, of MB a processor second, and of memory
row() {
  sort -n "$work/$1:$2.out" | awk -F, -v words="$3" '{s[NR] = $1; w[NR] = $2; m[NR] = $3; p[NR] = $4}
    END {k = int((NR + 1) / 2); printf "%s,%.2f,%.2f,%d,%.1f\n", words, s[k], w[k], m[k], p[k]}'
}
echo "case,median_cpu_s,elapsed_s,MB_per_cpu_s,peak_memory_per_file_size"
row fgets links.csv "link table: fgets and strtod"
row scan links.csv "link table: ours; cells as text"
row table links.csv "link table: ours; every number read"
row shapelib lines.shp "a million lines: shapelib alone"
row table lines.shp "a million lines: ours; every attribute"
row study study.json "a million lines: to a checked network"
row cjson lines.geojson "GeoJSON: cJSON parses the whole"
row table lines.geojson "GeoJSON: ours; feature by feature"
