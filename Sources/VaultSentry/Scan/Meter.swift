// A worker's stopwatch: one stage runs at a time.

import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Measures the stages of one thread by its own CPU time.
final class Meter {
  private(set) var diagnostics = Diagnostics()
  private var stage = ScanStage.discovery
  private var since: UInt64 = 0

  init() { since = now }

  /// Ends the running stage and begins another; returns the one that ended.
  @discardableResult
  func enter(_ next: ScanStage) -> ScanStage {
    let now = self.now
    diagnostics.stages[stage, default: 0] += now - since
    since = now
    defer { stage = next }
    return stage
  }

  /// Counts what confirming a rule's keyword took.
  func count(_ confirmation: Confirmation, of rule: String, since start: UInt64) {
    var cost = diagnostics.rules[rule] ?? RuleCost()
    cost.nanoseconds += now - start
    cost.hits += 1
    if case .match = confirmation { cost.confirmed += 1 }
    diagnostics.rules[rule] = cost
  }

  /// CPU time of this thread, nanoseconds.
  var now: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
