// A scan from request to result: the engine on one screen.

import Digests
import GitHistory
import SecretModel
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Scans what a request asks for.
public struct Scan: Sendable {
  let request: ScanRequest
  let catalogue: Catalogue
  let progress: ScanProgress
  let policy: FindingPolicy
  private let share: MemoryShare

  public init(_ request: ScanRequest, catalogue: Catalogue, progress: ScanProgress = ScanProgress()) {
    var request = request
    share = MemoryShare(limit: request.memoryLimit, jobs: &request.jobs)
    self.request = request
    self.catalogue = catalogue
    self.progress = progress
    policy = request.policy
  }

  /// Scans all targets.
  ///
  /// - Parameter watcher: called some ten times a second, on a thread of its own, while the scan runs.
  /// - Throws: if a target does not exist or is neither file nor directory; then nothing was scanned.
  public func run(watchedBy watcher: (@Sendable (ScanProgress) -> Void)? = nil) throws(ScanRequestError) -> ScanResult {
    let startedAt = Timestamp.now
    let start = steadySeconds()
    let lostPages = LostPages.count
    progress.memory.begin(limit: request.memoryLimit)
    var tally = Tally()
    let work =
      switch request.source {
      case .files: try openTargets(&tally.coverage)
      case .staged: try openStaged(&tally.coverage)
      case .history: try openHistory(&tally.coverage)
      case .changes(let selection): try openChanges(selection, &tally.coverage)
      }
    perform(work, &tally, watcher)
    if let source = tally.history.source {
      scanHistory(source, &tally) { perform($0, &$1, watcher, until: $2) }
    }
    tally.joinChanges()
    suppress(&tally)
    if LostPages.count > lostPages {
      let reason = "a pack or index of the git repository was cut short while it was read"
      tally.coverage.countUnread(Incomplete(path: ReportedPath(request.targets.first?.name ?? ""), reason: reason))
    }
    if let limit = request.memoryLimit, progress.memory.isReached {
      let reason = "the limit of memory, \(limit / 1_000_000) MB, was reached: what nobody had begun was not scanned"
      tally.coverage.countUnread(Incomplete(path: ReportedPath(request.targets.first?.name ?? ""), reason: reason))
    }
    return result(tally, startedAt, lasting: steadySeconds() - start)
  }

  /// Does work, and what comes out of it, on all threads.
  ///
  /// - Parameter end: what lets the work that nobody has begun be; that the scan was cancelled unless one is given.
  private func perform(
    _ work: [Work], _ tally: inout Tally, _ watcher: (@Sendable (ScanProgress) -> Void)?,
    until end: WorkEnd = .cancelled
  ) {
    let queue = WorkQueue(work)
    let total = Mutex(Tally())
    let jobs = max(1, request.jobs)
    let isDone = Atomic(false)
    onThreads(watcher == nil ? jobs : jobs + 1) { index in
      if index == jobs {
        repeat {
          watcher?(progress)
          usleep(100_000)
        } while !isDone.load(ordering: .relaxed)
        return
      }
      let part = self.work(on: queue, until: end)
      total.withLock { $0.add(part) }
      // Nobody gets work any more once one of them gets none; and the others may never have been started.
      isDone.store(true, ordering: .relaxed)
    }
    tally.add(total.withLock { $0 })
  }

  /// One worker: takes work until there is none.
  private func work(on queue: WorkQueue<Work>, until end: WorkEnd) -> Tally {
    var tally = Tally()
    var worker = Worker(request, catalogue, policy, progress, share)
    while let item = queue.next() {
      if end.isReached(progress) { queue.clear() }
      queue.finish(adding: worker.perform(item, &tally))
    }
    if progress.isEnding { tally.leaveStructure() }
    worker.meter?.enter(.discovery)
    tally.diagnostics = worker.meter?.diagnostics
    return tally
  }

  /// - Parameter seconds: by a clock that nobody sets while the scan runs.
  private func result(_ tally: Tally, _ startedAt: Timestamp, lasting seconds: Double) -> ScanResult {
    var coverage = tally.coverage
    coverage.sort()
    let status: ScanStatus =
      progress.isCancelled ? .cancelled : coverage.incomplete.isEmpty ? .completed : .incomplete
    let times =
      request.reportedTime.map { (start: $0, end: $0) } ?? (start: startedAt, end: startedAt.advanced(by: seconds))
    var result = ScanResult(
      tool: catalogue.toolIdentity, scanID: scanID(tally.findings), status: status,
      targets: request.targets.map(\.name), workingDirectory: request.workingDirectory,
      checkout: checkout()?.description, startedAt: times.start, completedAt: times.end, coverage: coverage,
      findings: tally.findings.sorted(), suppressionNotes: Set(tally.notes).sorted(), diagnostics: tally.diagnostics)
    result.rejections = tally.rejections.sorted()
    return result
  }

  /// A UUID: random, or made of what was scanned when and what was found, if the report's time is given.
  private func scanID(_ findings: [Finding]) -> String {
    guard let time = request.reportedTime else { return Self.randomID() }
    let parts = [catalogue.toolIdentity.catalogueDigest, "\(time.seconds)"] + request.targets.map(\.name)
    let found = findings.sorted().map { "\($0.fingerprint) \($0.location.path.text):\($0.location.byteOffset)" }
    let digest = SHA256.digest(ofFields: (parts + found).map { Array($0.utf8) }).hexadecimal
    let at = { (from: Int, count: Int) in String(digest.dropFirst(from).prefix(count)) }
    // RFC 9562, version 8: as its maker likes.
    return "\(at(0, 8))-\(at(8, 4))-8\(at(12, 3))-a\(at(15, 3))-\(at(18, 12))"
  }

  /// A random UUID (RFC 9562, version 4).
  private static func randomID() -> String {
    var generator = SystemRandomNumberGenerator()
    func digits(_ count: Int) -> String {
      String((0..<count).map { _ in "0123456789abcdef".randomElement(using: &generator) ?? "0" })
    }
    return "\(digits(8))-\(digits(4))-4\(digits(3))-a\(digits(3))-\(digits(12))"
  }
}

// MARK: - Targets

extension Scan {
  func absolute(_ path: String) -> String { request.absolute(path) }

  /// A path of the request, absolute and without links; nil with `errno` if it leads nowhere.
  func resolved(_ path: String) -> String? { request.resolved(path) }

  /// The checkout that the first target stands in.
  private func checkout() -> Checkout? {
    for case .path(let path) in request.targets {
      return resolved(path).flatMap(Checkout.containing)
    }
    return Checkout.containing(request.workingDirectory)
  }

  func openTargets(_ coverage: inout Coverage) throws(ScanRequestError) -> [Work] {
    var work: [Work] = []
    for target in request.targets {
      switch target {
      case .standardInput: work.append(.standardInput)
      case .path(let path): work += try open(path, &coverage)
      }
    }
    return work
  }

  /// Opens a target. A symbolic link that was given by name is followed.
  private func open(_ path: String, _ coverage: inout Coverage) throws(ScanRequestError) -> [Work] {
    var status = stat()
    guard stat(path, &status) == 0 else {
      let code = errno
      guard code == ENOENT || code == ENOTDIR else {
        // It is there, or may be; whoever asks for it has to know that it was not read.
        coverage.countUnread(Incomplete(path: ReportedPath(path), reason: systemMessage(code)))
        return []
      }
      throw ScanRequestError(
        description:
          "\(path.neutralised): \(systemMessage(code)); give an existing file or directory, or “-” for standard input")
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return [.file(Array(path.utf8))]
    case S_IFDIR:
      let descriptor = Self.openDirectory(path)
      guard descriptor >= 0 else {
        coverage.countUnread(Incomplete(path: ReportedPath(path), reason: systemMessage(errno)))
        return []
      }
      return [.root(RootDirectory(descriptor: descriptor, path: path, ignoreRules: outerRules(path)))]
    default:
      // A pipe that was given by name (`<(command)`) is a stream like standard input.
      guard status.st_mode & S_IFMT == S_IFIFO else {
        throw ScanRequestError(description: "\(path.neutralised): is neither a file nor a directory")
      }
      return [.file(Array(path.utf8))]
    }
  }

  private static func openDirectory(_ path: String) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    #else
      Darwin.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    #endif
  }

  /// The ignore rules of the checkout above a directory.
  private func outerRules(_ path: String) -> IgnoreRules? {
    guard request.discovery.honoursIgnoreFiles, let directory = resolved(path),
      let checkout = Checkout.containing(directory)
    else { return nil }
    return IgnoreRules.above(Array(directory.utf8), in: checkout)
  }
}

extension ScanRequest {
  func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : path == "." ? workingDirectory : workingDirectory + "/" + path
  }

  /// A path of the request, absolute and without links; nil with `errno` if it leads nowhere.
  func resolved(_ path: String) -> String? {
    guard let resolved = realpath(absolute(path), nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}

/// A worker's part of the result.
struct Tally {
  var coverage = Coverage()
  var findings: [Finding] = []
  var notes: [SuppressionNote] = []
  var diagnostics: Diagnostics?
  var rejections: [Rejection] = []
  /// What was written down of a history.
  var history = HistoryTally()
  /// By the change's position.
  var changeFindings: [Int: [Finding]] = [:]
  var changeRejections: [Int: [Rejection]] = [:]

  mutating func add(_ other: Tally) {
    coverage.add(other.coverage)
    findings += other.findings
    notes += other.notes
    if let others = other.diagnostics { diagnostics = diagnostics?.adding(others) ?? others }
    rejections += other.rejections
    history.add(other.history)
    changeFindings.merge(other.changeFindings) { $1 }
    changeRejections.merge(other.changeRejections) { $1 }
  }
}
