#!/bin/sh
# Holds the program's tables against those of R's package accessibility (Pereira and Herszenhut, IPEA), read
# where its files lie beside the sources; passes without them. Cases: accessibility.cases. Numbers are
# equal to 1e-9 relative; the doubly constrained flows to 3e-9, since the published ones miss the totals they
# should keep by up to 3e-9 themselves.
#   accessibility.sh NEARER SOURCE_DIR
set -u
nearer=$1
folder=$2/../shared/referee/accessibility
cases=$2/tests/referee/accessibility.cases
[ -d "$folder" ] || { echo "skipped: no files of the package accessibility"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
LAND=$folder/inputs
OD="--times $LAND/small_od.csv --places $LAND/small_land_use.csv"
SCORES=$folder/expected
STEP=stepped:15=0.75,30=0.5,45=0.25,60=0
passed=0
failed=0

# Reads the expected table, then ours; both are CSV without quotes.
cat > "$work/compare.awk" << 'AWK'
function number(text) {
  if (text == "" || text == "NA" || text == "NaN") return "missing"
  if (text == "Inf" || text == "inf") return "infinite"
  return text + 0
}
function differ(a, b, size) {
  a = number(a); b = number(b)
  if (a == "missing" || b == "missing" || a == "infinite" || b == "infinite") return a "" != b ""
  size = a < 0 ? -a : a
  if ((b < 0 ? -b : b) > size) size = b < 0 ? -b : b
  return (a > b ? a - b : b - a) > tolerance * size
}
function key_of(k, text) {
  text = ""
  for (k = 1; k <= key_count; k++) if (keys[k] !~ /^[0-9]+$/) text = text "," $k
  return text
}
BEGIN { FS = ","; key_count = keys_text == "-" ? 0 : split(keys_text, keys, ",") }
{ gsub(/"/, "") }
FNR == 1 { file++; for (k = 1; k <= NF; k++) at[file, $k] = k; if (file == 1) split($0, heads, ","); next }
file == 1 {
  for (k = 1; k <= key_count; k++) if (keys[k] ~ /^[0-9]+$/ && $k != keys[k]) next
  key = key_of()
  if (part == "summary") sub(/_group/, "", key)
  if (part == "between" || part == "within") key = "," part ":" substr(key, 2)
  rows++
  row_key[rows] = key
  for (k = 1; k <= NF; k++) expected[rows, k] = $k
  next
}
{
  key = ""
  for (k = 1; k <= key_count; k++) if (keys[k] !~ /^[0-9]+$/) key = key "," $(at[2, keys[k]])
  if (key_count == 0 && !(key in line)) key = ""
  if (!(key in line)) line[key] = $0
  if (keys_text == "fgt") line[$(at[2, "component"])] = $0
}
END {
  pairs = split(columns, pair, ",")
  for (r = 1; r <= rows; r++)
    for (p = 1; p <= (keys_text == "fgt" ? 3 : pairs); p++) {
      split(pair[p], name, "=")
      if (keys_text == "fgt") { key = "fgt" (p - 1); mine = "value"; theirs = "FGT" (p - 1) }
      else { key = row_key[r]; mine = name[1]; theirs = name[2] }
      if (!(key in line) || !((2, mine) in at)) { print "lacks " key " " mine; bad++; continue }
      split(line[key], cells, ",")
      if (differ(expected[r, at[1, theirs]], cells[at[2, mine]])) {
        if (bad++ < 3) print key " " mine ": " cells[at[2, mine]] ", " expected[r, at[1, theirs]] " was expected"
      }
      compared++
    }
  if (compared == 0) { print "nothing was compared"; bad++ }
  exit bad > 0
}
AWK

while IFS='|' read -r case keys columns command; do
  case $case in '#'* | '') continue ;; esac
  case=$(echo $case) keys=$(echo $keys) columns=$(echo $columns) tolerance=1e-9 part=
  case $case in toy3_*) tolerance=3e-9 ;; esac
  case $case in *groups_summary*) part=summary ;; *groups_between*) part=between ;; *groups_within*) part=within ;; esac
  eval "set -- $command"
  if "$nearer" "$@" > "$work/ours.csv" 2> "$work/err" &&
    awk -v keys_text="$keys" -v columns="$columns" -v tolerance=$tolerance -v part=$part \
      -f "$work/compare.awk" "$folder/expected/$case.csv" "$work/ours.csv" > "$work/said"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$case: nearer $*"
    cat "$work/err" "$work/said"
  fi
done < "$cases"
# each weight of a decay as the potential of a place of its own, of one place of mass 1 so far away
curve() {
  awk -F, -v name="$1" -v od="$work/od.csv" -v land="$work/land.csv" -v want="$work/curve.csv" '
    BEGIN { print "from_id,to_id,travel_time" > od; print "id,mass" > land; print "id,weight" > want
            print "goal,1" > land }
    { gsub(/"/, "") }
    $1 == name { n++; print "at" n ",goal," $(NF - 1) > od; print "at" n "," > land; print "at" n "," $NF > want }
  ' "$folder/expected/decay_curves.csv"
  if "$nearer" access --times "$work/od.csv" --places "$work/land.csv" --measure potential --mass mass \
    --decay "$2" > "$work/ours.csv" 2> "$work/err" &&
    awk -v keys_text=id -v columns=potential_mass=weight -v tolerance=1e-9 \
      -f "$work/compare.awk" "$work/curve.csv" "$work/ours.csv" > "$work/said"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "decay $2"
    cat "$work/err" "$work/said"
  fi
}
curve bin30 binary:30
curve bin60 binary:60
curve lin60 linear:60
curve exp02 exponential:0.02
curve exp10 exponential:0.1
curve pow05 power:0.5
curve pow2 power:2
curve log30_10 logistic:30,10
curve step "$STEP"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
