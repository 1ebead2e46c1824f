// How far a scan has come, for whoever watches from another thread.

import Synchronization

/// Running counts of a scan, and the way to end it early.
public final class ScanProgress: Sendable {
  private let fileCount = Atomic<Int>(0)
  private let byteCount = Atomic<Int>(0)
  private let findingCount = Atomic<Int>(0)
  private let cancelled = Atomic<Bool>(false)

  public init() {}

  public var files: Int { fileCount.load(ordering: .relaxed) }
  public var bytes: Int { byteCount.load(ordering: .relaxed) }
  public var findings: Int { findingCount.load(ordering: .relaxed) }
  public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

  /// Ends the scan soon; what was found up to then is reported.
  public func cancel() { cancelled.store(true, ordering: .relaxed) }

  func add(files: Int, bytes: Int, findings: Int) {
    fileCount.wrappingAdd(files, ordering: .relaxed)
    byteCount.wrappingAdd(bytes, ordering: .relaxed)
    findingCount.wrappingAdd(findings, ordering: .relaxed)
  }
}
