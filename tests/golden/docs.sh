#!/bin/sh
# Runs every `$ nearer ...` of the console blocks in README.md and docs/ and holds what it prints
# on stdout against what the page shows. A line "..." alone means that more lines follow.
#   docs.sh NEARER SOURCE_DIR [SKIPPED]
# SKIPPED leaves out commands with that word: a slow build need not run the large study again.
set -u
nearer=$1
source=$2
skipped_word=${3:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
ln -s "$nearer" "$work/bin/nearer"
PATH=$work/bin:$PATH
cd "$source" || exit 2
# commands run in a folder that looks like the project's, where they may write
mkdir "$work/here"
for name in README.md docs examples networks data; do ln -s "$PWD/$name" "$work/here/$name"; done
cd "$work/here" || exit 2

# one folder a command: cmd, want, where
find -L README.md docs -name '*.md' | sort | xargs awk -v out="$work" '
  function close_case() { if (n && want != "") close(want); want = "" }
  FNR == 1 { block = 0 }
  /^```console/ { block = 1; next }
  /^```/ { block = 0; close_case(); next }
  block && /^\$ / {
    close_case(); n++
    base = sprintf("%s/%04d", out, n); want = base ".want"
    print substr($0, 3) > (base ".cmd"); close(base ".cmd")
    print FILENAME ":" FNR > (base ".at"); close(base ".at")
    printf "" > want
    next
  }
  block && want != "" { print > want }
'
passed=0
failed=0
skipped=0
for cmd in "$work"/*.cmd; do
  [ -e "$cmd" ] || { echo "no console block was found"; exit 1; }
  base=${cmd%.cmd}
  case $(cat "$cmd") in
    nearer*) ;;
    *) echo "$(cat "$base.at"): a console block runs nearer only: $(cat "$cmd")"; failed=$((failed + 1)); continue ;;
  esac
  if [ -n "$skipped_word" ] && grep -q "$skipped_word" "$cmd"; then
    skipped=$((skipped + 1))
    continue
  fi
  sh "$cmd" > "$base.got" 2> "$base.err"
  if grep -qx '\.\.\.' "$base.want"; then
    lines=$(grep -nx '\.\.\.' "$base.want" | head -n 1 | cut -d: -f1)
    head -n $((lines - 1)) "$base.want" > "$base.cut" && mv "$base.cut" "$base.want"
    head -n $((lines - 1)) "$base.got" > "$base.cut" && mv "$base.cut" "$base.got"
  fi
  if diff -u "$base.want" "$base.got" > "$base.diff"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "$(cat "$base.at"): \$ $(cat "$cmd")"
    cat "$base.diff" "$base.err"
  fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
