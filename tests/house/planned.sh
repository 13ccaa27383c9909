#!/bin/sh
# planned.json is made from planned.csv, and planned.csv agrees with itself, lines.csv and the places.
#   planned.sh SOURCE_DIR
set -u
rail=$1/networks/china/rail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

awk -f "$rail/planned.awk" "$rail/planned.csv" > "$work/planned.json"
cmp "$work/planned.json" "$rail/planned.json" || failed=1

# quotes stand behind the columns that are read of all three
awk '
  function wrong(what) { print "planned.csv: " FNR ": " $1 ": " what; bad = 1 }
  BEGIN { FS = "," }
  FNR == 1 { file++; next }
  file == 1 { place[$1] = 1; next }
  file == 2 { if ($3 != "ordinary" && $1 != "") date[$1] = $4; next }
  {
    if ($1 in seen) wrong("twice")
    seen[$1] = 1
    count = split($2, stop, " ")
    if (count < 2 || count != $3 + 1) wrong("sections")
    for (k = 1; k <= count; k++) {
      if (!(stop[k] in place)) wrong("no place " stop[k])
      if (k > 1 && stop[k] == stop[k - 1]) wrong("a stop twice")
    }
    if ($5 == "yes" && ($4 < "2002" || $4 > "2020-12-31")) wrong("opened")
    if ($5 == "no" && $4 != "" && $4 <= "2020-12-31") wrong("opened")
    if ($5 == "yes" && $1 in date && date[$1] != $4) wrong("not the date of lines.csv")
    if ($9 != 0.75 * $7) wrong("speed")
  }
  END { exit bad }
' "$1/data/china/places.csv" "$rail/lines.csv" "$rail/planned.csv" || failed=1
exit $failed
