#!/bin/sh
# Runs the tests under the sanitizers of the compiler.
#
#   .ci/sanitize.sh address [FILTER]   address sanitizer for Swift and C, undefined-behaviour sanitizer for C and C++
#   .ci/sanitize.sh thread [FILTER]    thread sanitizer, on the tests in which several threads work
#
# Fails with what was found. Builds into .build/sanitize-*; the first run takes some minutes.
set -eu
cd "$(dirname "$0")/.."
export SWIFT_BACKTRACE=enable=no

# Not looked at: RapidJSON adds to null pointers (1.1.0, stack.h), and C++ without run-time types has no vptr.
undefined="-Xcc -fsanitize=undefined -Xcc -fno-sanitize=vptr,function,pointer-overflow -Xcc -fno-sanitize-recover=undefined"
case "${1:-address}" in
address)
  # Left out: what limits memory, as the sanitizer maps terabytes for itself; what wants a fault answered by the program,
  # which the sanitizer answers first; what counts system calls or the time that it takes.
  flags="--sanitize=address $undefined"
  left_out='FaultTests|SystemCallTests|MemoryLimitTests|StartUpTests'
  chosen=.
  ;;
thread)
  flags=--sanitize=thread
  left_out='FaultTests|SystemCallTests|MemoryLimitTests|StartUpTests'
  chosen='ScanTests|DiscoveryTests|HistoryTests|UniverseTests|PackReaderTests|ChangeTests|StagedTests|LifeTests|DeterminismTests|HostileCaseTests'
  ;;
*)
  sed -n '2,7s/^# \{0,1\}//p' "$0" >&2
  exit 2
  ;;
esac
# The sanitizers' reports of child processes go to files, since tests read what those print.
reports=$(mktemp -d)
trap 'rm -rf "$reports"' EXIT
export ASAN_OPTIONS="detect_leaks=0:allocator_may_return_null=1:log_path=$reports/asan"
export UBSAN_OPTIONS="print_stacktrace=1:log_path=$reports/ubsan"
export TSAN_OPTIONS="halt_on_error=0:log_path=$reports/tsan"
log=.build/sanitize-${1:-address}.log
mkdir -p .build
status=0
# shellcheck disable=SC2086
swift test --scratch-path ".build/sanitize-${1:-address}" $flags --filter "${2:-$chosen}" --skip "$left_out" >"$log" 2>&1 ||
  status=$?
grep -E '^✘|error:|recorded an issue|Test run with' "$log" | tail -40 || true
for report in "$reports"/*; do
  [ -s "$report" ] || continue
  status=1
  echo "== $report"
  head -60 "$report"
done
[ "$status" = 0 ] && echo "sanitize: ${1:-address}: nothing found"
exit "$status"
