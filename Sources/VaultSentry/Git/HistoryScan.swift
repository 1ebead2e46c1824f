// What a repository remembers: its structure first, then every blob once, then the places of those that hold something.

import GitHistory
import SecretModel

/// A history that is being looked through.
final class HistorySource: Sendable {
  let target: GitTarget
  let store: ObjectStore

  init(_ target: GitTarget, _ store: ObjectStore) {
    self.target = target
    self.store = store
  }
}

/// A part of a history to read.
struct HistoryPart: Sendable {
  /// What is done with it.
  enum Purpose: Sendable {
    /// Commits, trees and tags are written down; messages are scanned.
    case structure
    /// Blobs are scanned under their names: what holds nothing is done with.
    case blobs(BlobNames)
    /// Blobs that may hold something are scanned at their places.
    case places(ScannedPlaces)
  }

  enum Objects: Sendable {
    case families(FamilyBatch)
    case loose(ArraySlice<Int>)
  }

  let source: HistorySource
  let purpose: Purpose
  let objects: Objects

  /// Loose objects of a part at most.
  static let limit = 256
}

/// Places of blobs that may hold something.
struct ScannedPlaces: Sendable {
  let places: BlobPlaces
  /// Positions of places, by blob.
  let ofBlob: [Int: [Int]]
  /// What has to be read for the blobs.
  let needed: EntrySet
}

/// What workers wrote down of a history.
struct HistoryTally {
  var source: HistorySource?
  var log = HistoryLog()
  var looseBlobs: [Int] = []
  /// Numbers of blobs that may hold something.
  var suspects: [Int] = []
  /// Blobs that were scanned at their places.
  var placedBlobs = 0
  /// By place.
  var findings: [Int: [Finding]] = [:]
  /// What messages of commits and tags hold, by the object's number.
  var messageFindings: [Int: [Finding]] = [:]
  /// By place; only of scans that explain themselves.
  var rejections: [Int: [Rejection]] = [:]

  mutating func add(_ other: HistoryTally) {
    source = source ?? other.source
    log.add(other.log)
    looseBlobs += other.looseBlobs
    suspects += other.suspects
    placedBlobs += other.placedBlobs
    findings.merge(other.findings) { $0 + $1 }
    messageFindings.merge(other.messageFindings) { $0 + $1 }
    rejections.merge(other.rejections) { $0 + $1 }
  }
}

// MARK: - The whole

extension Scan {
  /// The target's files, if it has any outside the repository itself, and its history.
  func openHistory(_ coverage: inout Coverage) throws(ScanRequestError) -> [Work] {
    let found = try withRepository(&coverage) { repository, target in (target, repository.workTree == nil) }
    guard let (target, isBare) = found else { return try openTargets(&coverage) }
    return try [.history(target)] + (isBare ? [] : openTargets(&coverage))
  }

  /// Scans the blobs of a history whose structure is known.
  ///
  /// - Parameter perform: does work on all threads and adds what comes out of it.
  func scanHistory(_ source: HistorySource, _ tally: inout Tally, perform: ([Work], inout Tally, WorkEnd) -> Void) {
    let store = source.store
    progress.memory.gather(false)
    MemoryWatch.giveBack()
    // What a cancelled scan has not come to is not missing.
    guard !progress.isEnding else {
      tally.leaveStructure()
      tally.findings += HistoryFindings.ofMessages(tally.history, source)
      return
    }
    let names = BlobNames(tally.history.log, store)
    perform(
      parts(source, .blobs(names), store.families(of: .blob), tally.history.looseBlobs.sorted()), &tally, .cancelled)
    MemoryWatch.giveBack()
    let progress = progress
    let isOver = { WorkEnd.overdue.isReached(progress) }
    do throws(GitError) {
      let repository = try Repository(source.target.place)
      let reader = try ObjectReader(repository)
      let graph = try CommitGraph(tally.history.log, store, repository, isOver: isOver)
      try countStructure(source, graph, &tally, isOver)
      let suspects = tally.history.suspects.sorted()
      var unread: [String] = []
      let index = repository.indexFiles(holding: Set(suspects.map(store.id)), unread: &unread)
      for reason in unread { tally.countUnread(source.target.paths.reported([]), reason) }
      let places = try BlobPlaces(
        ofBlobs: suspects, in: graph, tally.history.log, store, index: index, isOver: isOver)
      if places.isCircular {
        tally.countUnread(source.target.paths.reported([]), UnfollowedTrees.circular)
      }
      if places.isCutShort {
        tally.countUnread(source.target.paths.reported([]), UnfollowedTrees.tooManyPaths)
      }
      // What was found before the scan was cancelled is reported, as far as there is time.
      perform(parts(ofPlaces: places, source, suspects), &tally, .overdue)
      countUnlooked(source, &tally)
      tally.joinRejections(at: places, of: source)
      let found = HistoryFindings(tally.history, places, source, request.reportedTime ?? .now)
      do throws(GitError) {
        tally.findings = try found.joined(with: tally.findings, reader, isOver: isOver)
      } catch {
        tally.findings = found.withoutLives(with: tally.findings)
        tally.countCutShort(source, "\(progress.endReason) before the lives of findings were followed")
      }
    } catch {
      tally.findings += HistoryFindings.ofMessages(tally.history, source)
      if error.code == .ended {
        countUnlooked(source, &tally)
      } else {
        tally.countUnread(source.target.paths.reported([]), "the places of findings: \(error.description)")
      }
    }
  }

  private func parts(
    _ source: HistorySource, _ purpose: HistoryPart.Purpose, _ families: [FamilyBatch], _ loose: [Int]
  ) -> [Work] {
    let chunks = stride(from: 0, to: loose.count, by: HistoryPart.limit).map {
      HistoryPart.Objects.loose(loose[$0..<min($0 + HistoryPart.limit, loose.count)])
    }
    return (families.map(HistoryPart.Objects.families) + chunks).map {
      .historyPart(HistoryPart(source: source, purpose: purpose, objects: $0))
    }
  }

  /// The blobs that may hold something, with all their places.
  private func parts(ofPlaces places: BlobPlaces, _ source: HistorySource, _ suspects: [Int]) -> [Work] {
    if suspects.isEmpty { return [] }
    let needed = source.store.entries(leadingTo: suspects)
    let ofBlob = Dictionary(grouping: places.places.indices) { places.places[$0].blob }
    let loose = suspects.filter(source.store.loose.contains).sorted()
    return parts(
      source, .places(ScannedPlaces(places: places, ofBlob: ofBlob, needed: needed)),
      source.store.families(of: .blob, needing: needed), loose)
  }

  /// Tells of blobs that may hold something and whose places a scan that ends early had no time or memory for.
  private func countUnlooked(_ source: HistorySource, _ tally: inout Tally) {
    let rest = tally.history.suspects.count - tally.history.placedBlobs
    guard progress.isEnding, rest > 0 else { return }
    tally.countCutShort(
      source, "\(progress.endReason) before the places of \(rest) contents were looked at that may hold credentials")
  }

  private func countStructure(
    _ source: HistorySource, _ graph: CommitGraph, _ tally: inout Tally, _ isOver: () -> Bool
  ) throws(GitError) {
    let log = tally.history.log
    tally.coverage.countObjects(commits: log.commitCount, trees: log.treeCount, tags: log.tagCount)
    if log.submoduleCount > 0 { tally.coverage.countSkipped(.submodule, log.submoduleCount) }
    let path = source.target.paths.reported([])
    if graph.isShallow {
      tally.countUnread(
        path, "a shallow clone: what came before its oldest commits is not here; `git fetch --unshallow` brings it")
    }
    for reference in graph.unreadReferences { tally.countUnread(path, reference) }
    for object in log.damaged + graph.missing {
      tally.countUnread(path, "\(object.what) \(object.id): \(object.reason)")
    }
    let missing = try log.missingBelow(graph, source.store, isOver: isOver)
    if source.store.isPartialClone, !missing.isEmpty {
      let brings = "`git fetch --refetch --no-filter` brings them"
      tally.countUnread(path, "a partial clone: \(missing.count) objects are not here; \(brings)")
      return
    }
    for object in missing {
      tally.countUnread(source.target.paths.reported(object.path), "the object \(object.id) is missing")
    }
  }
}

extension Tally {
  /// Forgets what a scan that ends early wrote down of a history, but for the numbers: nobody will look for places any
  /// more, and joining it takes time and memory.
  mutating func leaveStructure() {
    let log = history.log
    coverage.countObjects(commits: log.commitCount, trees: log.readTreeCount, tags: log.tagCount)
    history.log = HistoryLog()
  }

  /// Tells that the work on what was scanned of a history ended before it was done.
  fileprivate mutating func countCutShort(_ source: HistorySource, _ reason: String) {
    coverage.countPartlyScanned(
      Incomplete(path: ReportedPath(bytes: source.target.paths.reported([])), reason: reason))
  }
}

// MARK: - A worker's share

extension Worker {
  /// Lists what a repository has.
  mutating func openHistory(_ target: GitTarget, _ tally: inout Tally) -> [Work] {
    let path = target.paths.reported([])
    do throws(GitError) {
      let progress = progress
      let store = try ObjectStore(Repository(target.place)) { progress.isEnding }
      let source = HistorySource(target, store)
      progress.memory.gather(true)
      tally.history.source = source
      for problem in store.problems { tally.countUnread(path, "the git repository: \(problem)") }
      for number in store.damaged() {
        tally.countUnread(path, "the object \(store.id(number)): its entry in a pack is damaged")
      }
      let families = [ObjectKind.tree, .commit, .tag].flatMap { store.families(of: $0) }
      let loose = Array(store.loose)
      let chunks = stride(from: 0, to: loose.count, by: HistoryPart.limit).map {
        HistoryPart.Objects.loose(loose[$0..<min($0 + HistoryPart.limit, loose.count)])
      }
      return (families.map(HistoryPart.Objects.families) + chunks).map {
        .historyPart(HistoryPart(source: source, purpose: .structure, objects: $0))
      }
    } catch {
      let reason = error.code == .ended ? progress.endReason : error.description
      tally.countUnread(path, "the git history: \(reason)")
      return []
    }
  }

  /// Reads a part of a history.
  mutating func read(_ part: HistoryPart, _ tally: inout Tally) {
    let before = (tally.coverage.bytesScanned, tally.coverage.blobsScanned)
    do throws(GitError) {
      let families: FamilySource
      if let known = self.families {
        families = known
      } else {
        families = try FamilySource(part.source, memoryLimit: share.objects)
      }
      self.families = families
      var selection = FamilyReader.Selection(sizeLimit: reader.sizeLimit)
      var end = WorkEnd.cancelled
      switch part.purpose {
      case .structure: selection = .log
      case .blobs: selection.tellsRuns = true
      case .places(let places): (selection.needed, end) = (places.needed, .overdue)
      }
      let isOver = { [end, progress] in end.isReached(progress) }
      switch part.objects {
      case .families(let batch):
        for family in batch.families where !end.isReached(progress) {
          families.reader.read(family, selection, isOver) { take($0, batch.kind, part, &tally) }
        }
      case .loose(let numbers):
        for number in numbers where !end.isReached(progress) {
          if case .structure = part.purpose, families.reader.isLooseBlob(number) {
            tally.history.looseBlobs.append(number)
            continue
          }
          families.reader.readLoose(number, sizeLimit: selection.sizeLimit) { take($1, $0, part, &tally) }
        }
      }
      if case .structure = part.purpose { tally.history.log.settle(part.source.store) }
    } catch {
      tally.countUnread(part.source.target.paths.reported([]), "the git history: \(error.description)")
    }
    progress.add(
      files: tally.coverage.blobsScanned - before.1, bytes: tally.coverage.bytesScanned - before.0, findings: 0)
  }

  private mutating func take(_ object: PackedObject, _ kind: ObjectKind, _ part: HistoryPart, _ tally: inout Tally) {
    let bytes: UnsafeRawBufferPointer
    switch object.contents {
    case .bytes(let contents): bytes = contents
    case .tooLarge:
      if case .blobs = part.purpose { tally.coverage.countSkipped(.tooLarge) }
      return
    case .failed(let reason):
      if case .places = part.purpose { return }
      if object.isRepeated { return }
      let id = part.source.store.id(object.number)
      return tally.countUnread(part.source.target.paths.reported([]), "the object \(id): \(reason)")
    }
    switch part.purpose {
    case .structure:
      tally.history.log.add(object, kind, bytes, part.source.store)
      if kind == .commit || kind == .tag, !object.isRepeated { scanMessage(object, kind, bytes, part, &tally) }
    case .blobs(let names): scan(object, bytes, names, part, &tally)
    case .places(let places): scan(object, bytes, places, part, &tally)
    }
  }

  /// Scans the text of a commit or tag, its head included.
  private mutating func scanMessage(
    _ object: PackedObject, _ kind: ObjectKind, _ bytes: UnsafeRawBufferPointer, _ part: HistoryPart,
    _ tally: inout Tally
  ) {
    // Most messages hold nothing, and nobody asks which ones they are.
    var isSuspect = false
    let looked = reader.read(padded: bytes, directory: [], name: kind == .tag ? Self.someTag : Self.someCommit) {
      if scanner.mayTell(of: $0) { isSuspect = true }
    }
    guard isSuspect else {
      if case .scanned(let bytes) = looked { tally.coverage.countScannedMessage(bytes: bytes) }
      return
    }
    var result = BlobResult()
    let name = Array("<\(kind) \(part.source.store.id(object.number))>".utf8)
    let outcome = reader.read(padded: bytes, directory: [], name: name) { result.add(scanner.scan($0)) }
    if case .scanned(let bytes) = outcome { tally.coverage.countScannedMessage(bytes: bytes) }
    if !result.findings.isEmpty { tally.history.messageFindings[object.number] = result.findings }
    if !result.rejections.isEmpty {
      let id = part.source.store.id(object.number).description
      tally.rejections += result.rejections.map { $0.inObject(id) }
    }
    if !result.unfinishedRules.isEmpty { tally.countRest(outcome, result, name) }
  }

  private static let someCommit = Array("<commit>".utf8)
  private static let someTag = Array("<tag>".utf8)

  /// Scans a blob under its names.
  private mutating func scan(
    _ object: PackedObject, _ bytes: UnsafeRawBufferPointer, _ names: BlobNames, _ part: HistoryPart,
    _ tally: inout Tally
  ) {
    var isSuspect = false
    var outcome = ReadOutcome.skipped(.empty)
    let known = names.names(ofBlob: object.number)
    // Where the directories decide, too, the contents are looked at, and what is found there is left out.
    if !known.isEmpty, known.count <= BlobNames.limit, known.allSatisfy(walk.options.leavesOut) {
      return tally.coverage.countSkipped(.excluded)
    }
    var hits: KeywordHits?
    for name in known.isEmpty ? [[]] : known where !isSuspect {
      outcome = reader.read(padded: bytes, directory: [], name: name, isDirectoryKnown: false) { blob in
        // Text that was brought to another encoding has its keywords elsewhere.
        if hits == nil, blob.origin.encoding == .asciiSuperset { hits = scanner.hits(of: object, bytes, &trail) }
        if scanner.mayHoldCredential(blob, hits) { isSuspect = true }
      }
    }
    if isSuspect || known.count > BlobNames.limit { tally.history.suspects.append(object.number) }
    switch outcome {
    case .scanned(let bytes): tally.coverage.countScannedBlob(bytes: bytes)
    case .skipped(let reason): tally.coverage.countSkipped(reason)
    case .failed: break
    }
  }

  /// Scans a blob at its places.
  private mutating func scan(
    _ object: PackedObject, _ bytes: UnsafeRawBufferPointer, _ scanned: ScannedPlaces, _ part: HistoryPart,
    _ tally: inout Tally
  ) {
    var isUnfinished = false
    tally.history.placedBlobs += 1
    for number in scanned.ofBlob[object.number] ?? [] {
      let place = scanned.places.places[number]
      guard walk.options.takes(path: place.path) else { continue }
      let (directory, name) = part.source.target.paths.reported(place.path).directoryAndName
      var result = BlobResult()
      let outcome = reader.read(padded: bytes, directory: directory, name: name) { result.add(scanner.scan($0)) }
      if !result.findings.isEmpty { tally.history.findings[number] = result.findings }
      if !result.rejections.isEmpty { tally.history.rejections[number] = result.rejections }
      if !result.unfinishedRules.isEmpty, !isUnfinished {
        isUnfinished = true
        tally.countRest(outcome, result, directory + name)
      }
    }
  }
}

/// The packs of a history, read by one worker.
final class FamilySource {
  var reader: FamilyReader

  init(_ source: HistorySource, memoryLimit: Int) throws(GitError) {
    reader = try FamilyReader(source.store, Repository(source.target.place), memoryLimit: memoryLimit)
  }
}
