#!/bin/sh
# Writes a made study: N places at random, railways to the four nearest of each and to the nearest of
# those before it.
#   sh tests/bench/made.sh FOLDER N
set -eu
mkdir -p "$1"
cd "$1"
awk -v n="$2" '
  function draw() { seed = (seed * 16807) % 2147483647; return seed / 2147483647 }
  function link(i, j, d) {
    if (i > j || (i, j) in there) return
    there[i, j] = 1
    printf "P%d,P%d,%.2f\n", i, j, d * 50 > "links.csv"
  }
  BEGIN {
    seed = 20010101
    print "id,name,lon_deg,lat_deg,people" > "places.csv"
    print "from,to,minutes" > "links.csv"
    for (i = 1; i <= n; i++) {
      x[i] = 100 + 20 * draw(); y[i] = 22 + 20 * draw()
      printf "P%d,P%d,%.5f,%.5f,%d\n", i, i, x[i], y[i], 1 + 999 * draw() > "places.csv"
    }
    for (i = 1; i <= n; i++) {
      split("", taken)
      for (k = 1; k <= 5; k++) { # the fifth of those before it
        best = 0
        for (j = 1; j <= (k == 5 ? i - 1 : n); j++) {
          d = sqrt((x[i] - x[j]) ^ 2 + (y[i] - y[j]) ^ 2)
          if (j != i && (k == 5 || !(j in taken)) && (best == 0 || d < least)) { best = j; least = d }
        }
        if (best == 0) continue
        taken[best] = 1
        if (i < best) link(i, best, least); else link(best, i, least)
      }
    }
  }'
cat > study.json <<'END'
{
  "title": "Places at random",
  "places": {"file": "places.csv", "name": "name"},
  "layers": [{"id": "rail", "mode": "rail", "file": "links.csv",
              "fields": {"from": "from", "to": "to", "minutes": "minutes"}}],
  "dates": {"from": 2001, "to": 2020},
  "masses": {"people": {"file": "places.csv", "column": "people", "unit": "persons"}}
}
END
