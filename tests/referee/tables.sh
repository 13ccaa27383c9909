#!/bin/sh
# Holds what correlate, regress and moran print to R's figures (referee/statistics: corr, regression,
# conley) at the tolerances given there, read where they lie beside the sources; passes without them.
# Nearest neighbours are not among them: those of spdep are nearest on the ellipsoid, ours by great circle.
#   tables.sh NEARER SOURCE_DIR
set -u
nearer=$1
folder=$2/../shared/referee/statistics
[ -d "$folder" ] || { echo "skipped: no files of the statistics"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# ask WORDS...: keeps what the program prints
ask() {
  asked="nearer $*"
  "$nearer" "$@" > "$work/ours.csv" 2> "$work/err" || cat "$work/err"
}

# hold FILE CASE QUANTITY KEYS COLUMN: the row whose first cells are KEYS ("moran,normality")
hold() {
  if awk -v name="$2" -v quantity="$3" -v keys="$4" -v column="$5" '
    BEGIN { FS = "," }
    { sub(/\r$/, ""); gsub(/"/, "") }
    FNR == 1 { file++; for (k = 1; k <= NF; k++) at[file, $k] = k; next }
    file == 1 && $1 == name && $2 == quantity { want = $3 + 0; tolerance = $4 + 0; wanted = 1 }
    file == 2 && index($0, keys ",") == 1 && (2, column) in at && !got { ours = $(at[2, column]); got = 1 }
    END {
      off = ours - want; if (off < 0) off = -off
      size = want < 0 ? -want : want
      if (wanted && got && ours != "" && off <= tolerance * size) exit 0
      print quantity ": " (got ? ours : "nothing") ", " (wanted ? want : "nothing") " was expected"
      exit 1
    }' "$folder/$1/expected.csv" "$work/ours.csv"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "  of $asked"
  fi
}

for k in 1 2 3 4; do
  ask correlate "$folder/corr/anscombe.csv" --x x$k --y y$k
  hold corr anscombe pearson_r_$k pearson value
  hold corr anscombe spearman_$k spearman value
  hold corr anscombe kendall_b_$k 'kendall tau-b' value
done
ask correlate "$folder/corr/mtcars4.csv" --x mpg --y wt --given hp
hold corr mtcars pearson_r_mpg_wt pearson value
hold corr mtcars pearson_ci_lo_mpg_wt pearson low_95
hold corr mtcars pearson_ci_hi_mpg_wt pearson high_95
hold corr mtcars pearson_p_mpg_wt pearson p
hold corr mtcars spearman_p_mpg_wt spearman p
hold corr mtcars kendall_taub_mpg_wt 'kendall tau-b' value
hold corr mtcars kendall_p_mpg_wt 'kendall tau-b' p
hold corr mtcars partial_r_mpg_wt_given_hp partial value

awk -F, '{ gsub(/["\r ]/, "") } NR == 1 { print $0 ",square"; next } { printf "%s,%.17g\n", $0, $2 * $2 }' \
  "$folder/regression/PublicSchools.csv" > "$work/schools.csv"
ask regress "$work/schools.csv" --y Expenditure --x Income,square
c=0
for name in constant Income square; do
  c=$((c + 1))
  hold regression PublicSchools coef$c $name value
  hold regression PublicSchools se_const_$c $name se_classical
  hold regression PublicSchools se_HC1_$c $name se_hc1
  hold regression PublicSchools se_HC3_$c $name se_hc3
done

ask regress "$folder/conley/data.csv" --y y --x x1,x2 --lon lon --lat lat --km 200,500
c=0
for name in constant x1 x2; do
  hold conley conley se_bartlett_200km_b$c $name se_conley_200_km
  hold conley conley se_bartlett_500km_b$c $name se_conley_500_km
  c=$((c + 1))
done
ask moran "$folder/conley/data.csv" --column y --lon lon --lat lat --band 500
hold conley conley moran_y_band500_W moran,randomisation value
hold conley conley moran_y_z_rand moran,randomisation z
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
