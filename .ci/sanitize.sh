#!/bin/sh
# Runs the tests under sanitizers.
#
#   .ci/sanitize.sh memory [FILTER]    addresses (Swift and C) and undefined behaviour (C and C++)
#   .ci/sanitize.sh threads [FILTER]   what several threads do with the same memory
#
# Takes the tests whose names fit; without a filter all of them, or those that scan with several threads. Fails with what was
# found. Builds into .build/sanitize-…; the first run takes some minutes.
set -eu
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no

# The sanitizers' reports of child processes go to files, since tests read what those print.
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
# Left out: what limits memory, as the sanitizers map terabytes for themselves; what wants a fault answered by the program,
# which the sanitizer answers first; what counts system calls or the time that it takes.
left_out='FaultTests|SystemCallTests|MemoryLimitTests|StartUpTests'
case ${1:-} in
memory)
  filter=${2:-.}
  # Not looked at: RapidJSON adds to null pointers (1.1.0, stack.h), and C++ without run-time types has no vptr.
  flags="--sanitize=address -Xcc -fsanitize=undefined -Xcc -fno-sanitize=vptr,function,pointer-overflow
    -Xcc -fno-sanitize-recover=undefined"
  export ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1:log_path=$reports/asan"
  export UBSAN_OPTIONS="print_stacktrace=1:log_path=$reports/ubsan"
  ;;
threads)
  filter=${2:-DeterminismTests|ScanTests|HistoryTests|UniverseTests|LifeTests|ChangeTests|StagedTests|ExplanationTests|DiscoveryTests}
  # See SanitizedMutex.swift.
  flags="--sanitize=thread -Xswiftc -DTHREAD_SANITIZER"
  export TSAN_OPTIONS="log_path=$reports/tsan"
  ;;
*)
  sed -n 2,8p "$0" >&2
  exit 2
  ;;
esac
log=.build/sanitize-$1.log
mkdir -p .build
status=0
# shellcheck disable=SC2086
swift test --scratch-path ".build/sanitize-$1" $flags --filter "$filter" --skip "$left_out" >"$log" 2>&1 || status=$?
grep -E '^✘|error:|recorded an issue|Test run with' "$log" | tail -40 || true
for report in "$reports"/*; do
  [ -s "$report" ] || continue
  status=1
  echo "== $report"
  head -60 "$report"
done
[ "$status" = 0 ] && echo "sanitize: nothing found"
exit "$status"
