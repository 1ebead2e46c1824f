// One thread's share of a scan.

import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A directory that was given as a target.
struct RootDirectory: Sendable {
  let descriptor: Int32
  /// As it was given.
  let path: String
  let ignoreRules: IgnoreRules?

  /// What reports put before the names in it: the target as given, without a leading `./`.
  var reportedPath: [UInt8] { Self.reportedPath(path) }

  /// What reports put before the names in a directory that was given as a target.
  static func reportedPath(_ target: String) -> [UInt8] {
    let path = Array(target.utf8).withoutHere
    if path.isEmpty || path == Array(".".utf8) { return [] }
    return path + (path.last == UInt8(ascii: "/") ? [] : [UInt8(ascii: "/")])
  }
}

/// A piece of work.
enum Work: Sendable {
  case root(RootDirectory)
  case discovered(Candidate)
  /// A file that was given as a target.
  case file([UInt8])
  case standardInput
  case staged(StagedBatch)
  case history(GitTarget)
  case historyPart(HistoryPart)
  case changes(ChangeBatch)
  case messages(MessageBatch)
}

extension Work {
  /// The stage that it begins with.
  fileprivate var stage: ScanStage {
    switch self {
    case .root, .discovered(.unlisted), .discovered(.directories), .history: .discovery
    case .discovered(.files), .file, .standardInput, .staged, .historyPart, .changes, .messages: .reading
    }
  }
}

/// Performs work with memory of its own.
struct Worker: ~Copyable {
  let walk: DirectoryWalk
  private let standardInput: Int32
  let progress: ScanProgress
  let share: MemoryShare
  var reader: ContentReader
  var scanner: BlobScanner
  let meter: Meter?
  /// Opened for the first blob.
  var objects: ObjectSource?
  /// Opened for the first part of a history.
  var families: FamilySource?
  /// Keywords of the blobs before.
  var trail: HitTrail

  init(
    _ request: ScanRequest, _ catalogue: Catalogue, _ policy: FindingPolicy, _ progress: ScanProgress,
    _ share: MemoryShare
  ) {
    self.share = share
    walk = DirectoryWalk(options: request.discovery)
    trail = HitTrail(catalogue.rules.image)
    self.progress = progress
    standardInput = request.standardInput
    reader = ContentReader(sizeLimit: request.sizeLimit, progress: progress, share: share)
    meter = request.measures ? Meter() : nil
    scanner = BlobScanner(
      catalogue.rules, body: request.prefilterBody, meter: meter, suppression: request.suppression,
      explanation: request.explanation, policy: policy, now: request.now, workingDirectory: request.workingDirectory,
      memory: progress.memory)
  }

  /// Does a piece of work and returns the work that came out of it.
  mutating func perform(_ work: Work, _ tally: inout Tally) -> [Work] {
    meter?.enter(work.stage)
    switch work {
    case .root(let root):
      return walk.expand(root.descriptor, root.reportedPath, [], root.ignoreRules, &tally.coverage)
        .map(Work.discovered)
    case .discovered(.unlisted(let directory)): return walk.expand(directory, &tally.coverage).map(Work.discovered)
    case .discovered(.directories(let pending)): return walk.expand(pending, &tally.coverage).map(Work.discovered)
    case .discovered(.files(let batch)): scanBatch(batch, &tally)
    case .file(let path): scanFile(path, &tally)
    case .standardInput: scanStandardInput(&tally)
    case .staged(let batch): scanStaged(batch, &tally)
    case .history(let target): return openHistory(target, &tally)
    case .historyPart(let part): read(part, &tally)
    case .changes(let batch): scanChanges(batch, &tally)
    case .messages(let batch): scanMessages(batch, &tally)
    }
    return []
  }

  private mutating func scanBatch(_ batch: EntryBatch, _ tally: inout Tally) {
    let before = (tally.coverage.bytesScanned, tally.findings.count)
    batch.forEachName { name in
      if progress.isEnding { return false }
      scan(name, in: batch.directory, &tally)
      return true
    }
    progress.add(
      files: batch.starts.count, bytes: tally.coverage.bytesScanned - before.0,
      findings: tally.findings.count - before.1)
  }

  private mutating func scanFile(_ path: [UInt8], _ tally: inout Tally) {
    let (directory, name) = path.withoutHere.directoryAndName
    // A pipe that nobody writes to yet must not keep a signal waiting.
    let descriptor = open(path.terminated, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard descriptor >= 0 else { return tally.countUnread(directory + name, systemMessage(errno)) }
    defer { close(descriptor) }
    var status = stat()
    let isStream = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
    var results = BlobResult()
    let outcome =
      isStream
      ? reader.readStream(descriptor, name: directory + name) { results.add(scanner.scan($0)) }
      : reader.read(descriptor, directory: directory, name: name) { results.add(scanner.scan($0)) }
    tally.count(outcome, results, directory + name)
  }

  private mutating func scanStandardInput(_ tally: inout Tally) {
    let name = Array(ScanTarget.standardInputName.utf8)
    var results = BlobResult()
    let outcome = reader.readStream(standardInput, name: name) { results.add(scanner.scan($0)) }
    tally.count(outcome, results, name)
  }

  /// Scans an entry of a directory.
  private mutating func scan(_ name: UnsafePointer<CChar>, in parent: OpenDirectory, _ tally: inout Tally) {
    let directory = parent.reportedPath
    let descriptor = openat(parent.descriptor, name, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK | O_NOFOLLOW)
    let bytes = { [UInt8](name: name) }
    guard descriptor >= 0 else {
      // Gone, or turned into a link or a socket, since the directory was read.
      if errno == ENOENT { return tally.coverage.countSkipped(.vanished) }
      if errno == ELOOP { return tally.coverage.countSkipped(.symbolicLink) }
      if errno == ENXIO { return tally.coverage.countSkipped(.special) }
      return tally.countUnread(directory + bytes(), systemMessage(errno))
    }
    defer { close(descriptor) }
    var results = BlobResult()
    var outcome = reader.read(descriptor, parent.fileReads, directory: directory, name: bytes()) {
      results.add(scanner.scan($0))
    }
    if outcome.mayBeOfSpecialFile, Self.isSpecial(descriptor) { outcome = .skipped(.special) }
    tally.count(outcome, results, directory + bytes())
  }

  /// Whether an entry turned into a pipe or a device since the directory was read.
  private static func isSpecial(_ descriptor: Int32) -> Bool {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return false }
    return status.st_mode & S_IFMT != S_IFREG && status.st_mode & S_IFMT != S_IFDIR
  }
}

extension ReadOutcome {
  /// A pipe without a writer reads as empty, one whose writer has nothing to say fails.
  fileprivate var mayBeOfSpecialFile: Bool {
    switch self {
    case .scanned: false
    case .skipped(let reason): reason == .empty
    case .failed: true
    }
  }
}

extension BlobResult {
  mutating func add(_ other: BlobResult) {
    if !other.findings.isEmpty { findings += other.findings }
    if !other.unfinishedRules.isEmpty { unfinishedRules.formUnion(other.unfinishedRules) }
    if !other.notes.isEmpty { notes += other.notes }
    if !other.rejections.isEmpty { rejections += other.rejections }
  }
}

extension Tally {
  mutating func count(_ outcome: ReadOutcome, _ results: BlobResult, _ path: @autoclosure () -> [UInt8]) {
    findings += results.findings
    notes += results.notes
    rejections += results.rejections
    if case .scanned(let bytes) = outcome { coverage.countScanned(bytes: bytes) }
    countRest(outcome, results, path())
  }

  /// Counts what was not scanned, or not to its end.
  mutating func countRest(_ outcome: ReadOutcome, _ results: BlobResult, _ path: @autoclosure () -> [UInt8]) {
    switch outcome {
    case .scanned:
      guard !results.unfinishedRules.isEmpty else { return }
      let rules = results.unfinishedRules.sorted().joined(separator: ", ")
      coverage.countPartlyScanned(
        Incomplete(path: ReportedPath(bytes: path()), reason: "a match limit was reached by \(rules)"))
    case .skipped(let reason): coverage.countSkipped(reason)
    case .failed(let reason): countUnread(path(), reason)
    }
  }

  mutating func countUnread(_ path: [UInt8], _ reason: String) {
    coverage.countUnread(Incomplete(path: ReportedPath(bytes: path), reason: reason))
  }
}
