#!/bin/sh
# Runs each tests/golden/*.golden in an empty folder and holds commands against what they should
# print. One letter begins each line:
#   @ FILE    makes a file of the `>` lines that follow
#   $ CMD     runs a command: nearer ...
#   = CODE    its exit code (0 when not given)
#   | TEXT    its stdout, line by line
#   ! TEXT    its stderr, line by line
#   ? FILE    the command must not have left this file
# Other lines are comments.
#   run.sh NEARER SOURCE_DIR WORK_DIR
set -u
nearer=$1
golden=$2/tests/golden
work=$3
rm -rf "$work"
mkdir -p "$work/bin"
ln -s "$nearer" "$work/bin/nearer"
PATH=$work/bin:$PATH
NEARER_SOURCE=$2
export NEARER_SOURCE
passed=0
failed=0
command=

close_case() {
  [ -n "$command" ] || return 0
  sh -c "$command" > got.out 2> got.err < /dev/null
  code=$?
  problem=
  [ "$code" = "$want_code" ] || problem="exit code $code, $want_code was expected"
  diff -u want.out got.out > diff.out || problem="$problem; stdout differs"
  diff -u want.err got.err > diff.err || problem="$problem; stderr differs"
  for path in $absent; do [ ! -e "$path" ] || problem="$problem; $path was left"; done
  if [ -z "$problem" ]; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$at: \$ $command: $problem"
    cat diff.out diff.err
  fi
  command=
}

for file in "$golden"/*.golden; do
  name=$(basename "$file" .golden)
  mkdir "$work/$name"
  cd "$work/$name" || exit 2
  made=
  number=0
  while IFS= read -r line || [ -n "$line" ]; do
    number=$((number + 1))
    rest=${line#? }
    [ "$rest" != "$line" ] || rest=
    case $line in
      '@ '*) close_case; made=$rest; : > "$made" ;;
      '>'*) printf '%s\n' "$rest" >> "$made" ;;
      '$ '*) close_case; command=$rest; want_code=0; absent=; at=$name.golden:$number
             : > want.out; : > want.err ;;
      '= '*) want_code=$rest ;;
      '|'*) printf '%s\n' "$rest" >> want.out ;;
      '!'*) printf '%s\n' "$rest" >> want.err ;;
      '? '*) absent="$absent $rest" ;;
    esac
  done < "$file"
  close_case
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
