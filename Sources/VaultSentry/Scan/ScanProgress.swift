// How far a scan has come, for whoever watches from another thread.

import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What ends work before it is all done.
enum WorkEnd {
  /// That the scan was cancelled, or reached its limit of memory.
  case cancelled
  /// That there is no time or memory left for the places of what was found.
  case overdue

  func isReached(_ progress: ScanProgress) -> Bool {
    switch self {
    case .cancelled: progress.isEnding
    case .overdue: progress.isOverdue || progress.memory.isExhausted
    }
  }
}

/// Running counts of a scan, and the way to end it early.
public final class ScanProgress: Sendable {
  private let fileCount = Atomic<Int>(0)
  private let byteCount = Atomic<Int>(0)
  private let findingCount = Atomic<Int>(0)
  /// Nanoseconds of a steady clock at which the scan was cancelled; 0 if it was not.
  private let cancelledAt = Atomic<UInt64>(0)

  /// What the scan may take.
  let memory = MemoryWatch()

  public init() {}

  public var files: Int { fileCount.load(ordering: .relaxed) }
  public var bytes: Int { byteCount.load(ordering: .relaxed) }
  public var findings: Int { findingCount.load(ordering: .relaxed) }
  public var isCancelled: Bool { cancelledAt.load(ordering: .relaxed) != 0 }

  /// Whether no new work is to be taken up.
  var isEnding: Bool { isCancelled || memory.isReached }

  /// What ends work, in words.
  var endReason: String { isCancelled ? "the scan was interrupted" : "the limit of memory was reached" }

  /// Nanoseconds that a cancelled scan has for the places of what it found.
  private static let grace: UInt64 = 400_000_000

  /// Whether a cancelled scan has no time left for the places of what it found.
  var isOverdue: Bool {
    let at = cancelledAt.load(ordering: .relaxed)
    return at != 0 && Self.steadyNanoseconds() > at + Self.grace
  }

  /// Ends the scan soon; what was found up to then is reported. May be called in a signal handler.
  public func cancel() {
    _ = cancelledAt.compareExchange(expected: 0, desired: Self.steadyNanoseconds(), ordering: .relaxed)
  }

  private static func steadyNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  func add(files: Int, bytes: Int, findings: Int) {
    fileCount.wrappingAdd(files, ordering: .relaxed)
    byteCount.wrappingAdd(bytes, ordering: .relaxed)
    findingCount.wrappingAdd(findings, ordering: .relaxed)
  }
}
