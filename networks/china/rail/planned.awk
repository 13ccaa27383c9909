# planned.json from planned.csv: awk -f planned.awk planned.csv > planned.json
BEGIN {
  FS = ","
  print "{"
  print "  \"title\": \"Main railway lines of China that were planned, opened or not\","
  print "  \"build\": ["
}
NR == 1 { next }
{
  if (NR > 2) print ","
  stops = $2
  gsub(/ /, "\", \"", stops)
  printf "    {\n      \"line\": \"%s\", \"mode\": \"rail\", \"class\": \"high_speed\",\n", $1
  printf "      \"stops\": [\"%s\"],\n      \"speed_kmh\": %s", stops, $9
  if ($6 != "") printf ", \"stratum\": \"%s\"", $6 == "intercity" ? "intercity plans" : "plan of " $6
  printf $4 == "" ? "\n    }" : ", \"opened\": \"" $4 "\"\n    }"
}
END { print "\n  ]\n}" }
