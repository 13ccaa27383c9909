#!/bin/sh
# Runs a command under valgrind, without a word unless it finds something.
#   sh tests/valgrind.sh COMMAND...
log=$(mktemp)
trap 'rm -f "$log"' EXIT
OMP_NUM_THREADS=1 valgrind -q --error-exitcode=99 --leak-check=full \
  --errors-for-leak-kinds=definite,indirect --suppressions="$(dirname "$0")/valgrind.supp" "$@" \
  > "$log" 2>&1 || {
  cat "$log" >&2
  echo "valgrind: $*" >&2
  exit 255 # xargs stops
}
