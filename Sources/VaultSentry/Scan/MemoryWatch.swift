// How much memory the process holds, against a limit that the user gave.

import CScan
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Tells when a scan has to end so that memory stays below a limit.
///
/// What counts is private memory: what is resident without pages of mapped files, which the system takes back when it
/// needs them. Below the limit there has to be room for reports of what was found and for the places of findings in a
/// history, so that no new work is taken up a good way before.
public final class MemoryWatch: Sendable {
  private enum Level: Int {
    case below, reached, exhausted
  }

  /// Bytes; `Int.max` without a limit.
  private let limit = Atomic<Int>(.max)
  private let level = Atomic<Int>(Level.below.rawValue)
  /// What reports will take, in bytes.
  private let reports = Atomic<Int>(0)
  private let questions = Atomic<Int>(0)
  /// What reports would have taken when the system was asked last, in bytes.
  private let knownReports = Atomic<Int>(0)

  /// Whether what workers wrote down is still to be joined, which takes up to as much once more.
  private let isGathering = Atomic<Bool>(false)

  /// Bytes that joining, sorting and writing reports takes for each finding: up to 8,000 as JSON, more in a history.
  private static let findingBytes = 10_000
  /// The same for each match that is not reported: up to 700 as JSON, with its copies on the way there.
  private static let rejectionBytes = 2_000
  /// Questions of which one is answered by asking the system, which takes a few microseconds.
  private static let patience = 16
  /// Growth of the reports after which the next question is answered so, too; bytes.
  private static let reportsAtOnce = 256 * findingBytes

  /// - Parameter bytes: nil for no limit.
  func begin(limit bytes: Int?) {
    limit.store(bytes ?? .max, ordering: .relaxed)
    level.store(Level.below.rawValue, ordering: .relaxed)
    if bytes != nil { vs_keep_little_memory() } else { vs_keep_some_memory() }
  }

  /// Tells of findings, and of matches that are to be explained, that reports will hold.
  func expect(findings: Int, rejections: Int) {
    reports.wrappingAdd(findings * Self.findingBytes + rejections * Self.rejectionBytes, ordering: .relaxed)
  }

  /// From here on workers write down what is joined in the end; or that was done.
  func gather(_ begins: Bool) { isGathering.store(begins, ordering: .relaxed) }

  /// Whether no new work is to be taken up. Once it was reached, it stays so.
  var isReached: Bool { current >= Level.reached.rawValue }

  /// Whether there is no room either for the places of what was found.
  var isExhausted: Bool { current >= Level.exhausted.rawValue }

  private var current: Int {
    let limit = limit.load(ordering: .relaxed)
    if limit == .max { return Level.below.rawValue }
    let known = level.load(ordering: .relaxed)
    if known == Level.exhausted.rawValue { return known }
    let reports = reports.load(ordering: .relaxed)
    let isTurn = questions.wrappingAdd(1, ordering: .relaxed).oldValue % Self.patience == 0
    guard isTurn || reports >= knownReports.load(ordering: .relaxed) + Self.reportsAtOnce else { return known }
    knownReports.store(reports, ordering: .relaxed)
    var next = level(limit, reports)
    if next.rawValue > known {
      // What was freed but not given back does not count.
      Self.giveBack()
      next = level(limit, reports)
    }
    if next.rawValue > known { level.store(next.rawValue, ordering: .relaxed) }
    return max(known, next.rawValue)
  }

  private func level(_ limit: Int, _ reports: Int) -> Level {
    guard let used = Self.privateBytes() else { return .below }
    let expected = used + (isGathering.load(ordering: .relaxed) ? used / 2 : 0) + reports
    return expected > limit / 20 * 19 ? .exhausted : expected > limit / 20 * 15 ? .reached : .below
  }

  /// Gives the system back what was freed: what comes next needs other memory.
  static func giveBack() { vs_give_back_memory() }

  /// Private memory of the process, in bytes; nil if the system does not tell.
  static func privateBytes() -> Int? {
    let bytes = vs_private_bytes()
    return bytes < 0 ? nil : Int(bytes)
  }
}

/// How much a worker may hold, so that all of them stay below a limit.
struct MemoryShare: Sendable {
  /// Largest file that is held whole; bytes.
  var wholeFile = 16 << 20
  /// What a piece of a larger one owns; bytes.
  var piece = 4 << 20
  /// Objects of a history that are held at once; bytes.
  var objects = 1 << 30
  /// Largest object that libgit2 reads, which holds it whole, as the scan does once more; bytes.
  var blob = Int.max

  /// Memory below which another worker is not worth it, bytes.
  private static let worker = 64 << 20

  /// - Parameters:
  ///   - limit: of the process, bytes; nil for none.
  ///   - jobs: workers; fewer if the limit has no room for so many.
  init(limit: Int?, jobs: inout Int) {
    guard let limit else { return }
    jobs = max(1, min(jobs, limit / Self.worker))
    let share = limit / jobs
    // A piece may hold a finding in every line, each many times as large in a report.
    piece = min(piece, share / 512)
    wholeFile = min(wholeFile, 2 * piece)
    objects = min(objects, share / 4)
    blob = share / 4
  }

  init() {}
}
