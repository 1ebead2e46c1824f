#!/bin/sh
# Runs the tests under the address sanitizer (Swift and C) and the undefined-behaviour sanitizer (C and C++).
#
#   .ci/sanitize.sh [FILTER]   the tests whose names fit, all without one
#
# Fails with what was found. Builds into .build/sanitize; the first run takes some minutes. The thread sanitizer is of no use
# here: it does not see how a contended Mutex of the Synchronization module is handed over, and reports what it protects.
set -eu
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no

# Not looked at: RapidJSON adds to null pointers (1.1.0, stack.h), and C++ without run-time types has no vptr.
undefined="-Xcc -fsanitize=undefined -Xcc -fno-sanitize=vptr,function,pointer-overflow -Xcc -fno-sanitize-recover=undefined"
# Left out: what limits memory, as the sanitizer maps terabytes for itself; what wants a fault answered by the program,
# which the sanitizer answers first; what counts system calls or the time that it takes.
left_out='FaultTests|SystemCallTests|MemoryLimitTests|StartUpTests'
# The sanitizers' reports of child processes go to files, since tests read what those print.
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
export ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1:log_path=$reports/asan"
export UBSAN_OPTIONS="print_stacktrace=1:log_path=$reports/ubsan"
log=.build/sanitize.log
mkdir -p .build
status=0
# shellcheck disable=SC2086
swift test --scratch-path .build/sanitize --sanitize=address $undefined --filter "${1:-.}" --skip "$left_out" >"$log" 2>&1 ||
  status=$?
grep -E '^✘|error:|recorded an issue|Test run with' "$log" | tail -40 || true
for report in "$reports"/*; do
  [ -s "$report" ] || continue
  status=1
  echo "== $report"
  head -60 "$report"
done
[ "$status" = 0 ] && echo "sanitize: nothing found"
exit "$status"
