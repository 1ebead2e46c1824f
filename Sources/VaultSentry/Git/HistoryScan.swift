// What a repository remembers: every blob once, then a commit for each that holds something.

import GitHistory
import SecretModel

/// A history that was looked through.
struct FoundHistory: Sendable {
  let target: GitTarget
  let history: History
}

/// Some blobs of a history.
struct HistoryBatch: Sendable {
  let found: FoundHistory
  /// The blobs' numbers.
  let blobs: ArraySlice<Int>

  /// Blobs of a batch at most: enough for neighbours to share what they are stored as differences from.
  static let limit = 512
}

extension Scan {
  /// The target's files, if it has any outside the repository itself, and its history.
  func openHistory(_ coverage: inout Coverage) throws(ScanRequestError) -> [Work] {
    let found = try withRepository(&coverage) { repository, target in (target, repository.workTree == nil) }
    guard let (target, isBare) = found else { return try openTargets(&coverage) }
    return try [.history(target)] + (isBare ? [] : openTargets(&coverage))
  }

  /// Turns what blobs gave into findings with commits.
  func attribute(_ found: FoundHistory, _ tally: inout Tally) {
    guard !tally.blobFindings.isEmpty else { return }
    var worker = Worker(request, catalogue, progress)
    do throws(GitError) {
      let repository = try Repository(found.target.place)
      let reader = try ObjectReader(repository)
      let attribution = Attribution(ofBlobs: tally.blobFindings.keys.sorted(), in: found.history, repository, reader)
      var findings = HistoryFindings(found.target.paths, found.history)
      for (place, commit) in attribution.places {
        let here = worker.findings(at: place, found, tally.blobFindings[place.blob] ?? [])
        findings.add(here, at: place, commit, isAtHead: attribution.atHead.contains(place))
      }
      if attribution.isCutShort {
        tally.countUnread(found.target.paths.reported([]), "too many paths lead to the same contents")
        findings.addRest(tally.blobFindings)
      }
      tally.findings = findings.joined(with: tally.findings)
    } catch {
      tally.countUnread(found.target.paths.reported([]), "the commits of findings: \(error.description)")
      var findings = HistoryFindings(found.target.paths, found.history)
      findings.addRest(tally.blobFindings)
      tally.findings = findings.joined(with: tally.findings)
    }
  }
}

extension Worker {
  /// Lists the blobs of a history.
  mutating func openHistory(_ target: GitTarget, _ tally: inout Tally) -> [Work] {
    let repositoryPath = target.paths.reported([])
    do throws(GitError) {
      let repository = try Repository(target.place)
      let reader = try ObjectReader(repository)
      let progress = progress
      let history = try History(repository, reader) { progress.isCancelled }
      let found = FoundHistory(target: target, history: history)
      tally.history = found
      tally.coverage.countCommits(history.commits.count)
      if history.symbolicLinks.count > 0 { tally.coverage.countSkipped(.symbolicLink, history.symbolicLinks.count) }
      if history.submodules.count > 0 { tally.coverage.countSkipped(.submodule, history.submodules.count) }
      if history.isShallow {
        tally.countUnread(repositoryPath, "a shallow clone: what came before its oldest commits is not here")
      }
      for lost in history.missing {
        tally.countUnread(repositoryPath, "\(lost.what) \(lost.id): \(lost.reason)")
      }
      let blobs = history.blobsInReadingOrder()
      return stride(from: 0, to: blobs.count, by: HistoryBatch.limit).map { start in
        .blobs(HistoryBatch(found: found, blobs: blobs[start..<min(start + HistoryBatch.limit, blobs.count)]))
      }
    } catch {
      tally.countUnread(repositoryPath, "the git history: \(error.description)")
      return []
    }
  }

  mutating func scanBlobs(_ batch: HistoryBatch, _ tally: inout Tally) {
    let target = batch.found.target
    let bytes = tally.coverage.bytesScanned
    var count = 0
    for number in batch.blobs {
      if progress.isCancelled { break }
      let (directory, name) = batch.found.history.path(ofBlob: number)
      guard walk.options.takes(path: directory + name) else {
        tally.coverage.countSkipped(.excluded)
        continue
      }
      let reported = target.paths.reported(directory)
      let id = batch.found.history.blobs.ids[number]
      let (outcome, result) = scanBlob(id, of: target, directory: reported, name: name)
      if case .scanned(let bytes) = outcome { tally.coverage.countScannedBlob(bytes: bytes) }
      if !result.findings.isEmpty { tally.blobFindings[number] = result.findings }
      count += result.findings.count
      tally.countRest(outcome, result, reported + name)
    }
    progress.add(files: batch.blobs.count, bytes: tally.coverage.bytesScanned - bytes, findings: count)
  }

  /// A blob's findings as those of a place: where that is not the path it was scanned at, it is scanned again.
  fileprivate mutating func findings(at place: BlobPlace, _ found: FoundHistory, _ known: [Finding]) -> [Finding] {
    let path = found.target.paths.reported(place.path)
    if known.first?.location.path == ReportedPath(bytes: path) { return known }
    let (directory, name) = path.directoryAndName
    let id = found.history.blobs.ids[place.blob]
    return scanBlob(id, of: found.target, directory: directory, name: name).1.findings
  }
}

/// Findings of history, one for each rule, value and path.
private struct HistoryFindings {
  private struct Key: Hashable {
    let rule: String
    let fingerprint: String
    let path: ReportedPath

    init(_ finding: Finding) {
      rule = finding.rule.id
      fingerprint = finding.fingerprint
      path = finding.location.path
    }
  }

  private let paths: RepositoryPaths
  private let history: History
  private var found: [Key: Finding] = [:]
  private var blobsWithPlace = Set<Int>()

  init(_ paths: RepositoryPaths, _ history: History) {
    self.paths = paths
    self.history = history
  }

  /// Adds a blob's findings at a path. Places come oldest first: the first one tells the commit, the one of HEAD the
  /// position.
  mutating func add(_ findings: [Finding], at place: BlobPlace, _ commit: CommitSummary?, isAtHead: Bool) {
    blobsWithPlace.insert(place.blob)
    let blob = history.blobs.ids[place.blob].description
    let commit = commit.map(CommitDescription.init)
    for finding in findings {
      let known = found[Key(finding)]?.history
      guard known == nil || (isAtHead && known?.isAtHead == false) else { continue }
      found[Key(finding)] = finding.since(
        HistoryOrigin(
          commit: known.map(\.commit) ?? commit, blob: blob, isAtHead: isAtHead, isInFiles: false))
    }
  }

  /// Adds the findings of blobs that no place is known of, at the path they were scanned at.
  mutating func addRest(_ findings: [Int: [Finding]]) {
    for (blob, findings) in findings.sorted(by: { $0.key < $1.key }) where !blobsWithPlace.contains(blob) {
      let (directory, name) = history.path(ofBlob: blob)
      add(findings, at: BlobPlace(path: directory + name, blob: blob), nil, isAtHead: false)
    }
  }

  /// These findings and those of files. What a file holds, too, is the file's finding, with what history knows of it.
  func joined(with files: [Finding]) -> [Finding] {
    let inFiles = Set(files.map(Key.init))
    let known = files.map { finding in
      guard let origin = found[Key(finding)]?.history else { return finding }
      return finding.since(
        HistoryOrigin(commit: origin.commit, blob: origin.blob, isAtHead: origin.isAtHead, isInFiles: true))
    }
    return known + found.filter { !inFiles.contains($0.key) }.values
  }
}

extension CommitDescription {
  fileprivate init(_ commit: CommitSummary) {
    self.init(
      id: commit.id.description, author: commit.author.name, email: commit.author.email,
      date: Timestamp(seconds: commit.author.time, nanoseconds: 0))
  }
}
