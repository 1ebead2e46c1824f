// What a range of commits adds.

import GitHistory
import SecretModel

/// Which part of a history a scan is asked for.
public enum ChangeSelection: Sendable, Hashable {
  /// `A..B`; HEAD stands for what is left out.
  case range(String)
  /// What any reference leads to and a revision does not, or what was committed since a day.
  case since(String)
  /// Everything that a branch leads to.
  case branch(String)
  /// What HEAD adds to a revision: a pull request.
  case base(String)
  /// Lines that git gives a pre-push hook: `<local ref> <local id> <remote ref> <remote id>`.
  case prePush(lines: [String], remote: String?)
  /// Lines that git gives a pre-receive hook: `<old id> <new id> <ref>`.
  case preReceive(lines: [String])
}

/// Some changes to scan.
struct ChangeBatch: Sendable {
  let target: GitTarget
  let changes: ArraySlice<Change>

  /// Changes of a batch at most.
  static let limit = 64
}

/// Messages of commits and tags to scan.
struct MessageBatch: Sendable {
  let target: GitTarget
  let messages: ArraySlice<(id: ObjectID, kind: ObjectKind)>
}

extension Scan {
  /// The changes of a part of the target's history.
  func openChanges(_ selection: ChangeSelection, _ coverage: inout Coverage) throws(ScanRequestError) -> [Work] {
    var refusal: ScanRequestError?
    var unread: [Incomplete] = []
    let progress = progress
    let found = try withRepository(&coverage) {
      (repository: borrowing Repository, target: GitTarget) throws(GitError) -> (Changes, GitTarget)? in
      let range: CommitRange
      do throws(RangeError) {
        range = try CommitRange(selection, in: repository)
      } catch {
        if error.isFetchMissing {
          unread.append(Incomplete(path: ReportedPath(bytes: target.paths.reported([])), reason: error.description))
        } else {
          refusal = ScanRequestError(description: error.description)
        }
        return nil
      }
      let reader = try ObjectReader(repository)
      return (try Changes(of: range, in: repository, reader) { progress.isEnding }, target)
    }
    if let refusal { throw refusal }
    for item in unread { coverage.countUnread(item) }
    guard let found, let (changes, target) = found else { return [] }
    count(changes, target, &coverage)
    let taken = changes.changes.filter { request.discovery.takes(path: $0.path) }
    if taken.count < changes.changes.count { coverage.countSkipped(.excluded, changes.changes.count - taken.count) }
    let batches = stride(from: 0, to: taken.count, by: ChangeBatch.limit).map {
      Work.changes(ChangeBatch(target: target, changes: taken[$0..<min($0 + ChangeBatch.limit, taken.count)]))
    }
    let messages = stride(from: 0, to: changes.messages.count, by: 256).map {
      Work.messages(
        MessageBatch(target: target, messages: changes.messages[$0..<min($0 + 256, changes.messages.count)]))
    }
    return batches + messages
  }

  private func count(_ changes: Changes, _ target: GitTarget, _ coverage: inout Coverage) {
    coverage.countObjects(commits: changes.commitCount, trees: 0, tags: 0)
    let path = ReportedPath(bytes: target.paths.reported([]))
    if changes.reachesShallowEnd {
      let reason =
        "a shallow clone: the range goes back to where it ends, so that older contents count as new; "
        + "`git fetch --unshallow` brings the rest"
      coverage.countUnread(Incomplete(path: path, reason: reason))
    }
    if changes.isCircular { coverage.countUnread(Incomplete(path: path, reason: UnfollowedTrees.circular)) }
    if changes.isCutShort { coverage.countUnread(Incomplete(path: path, reason: UnfollowedTrees.tooManyPaths)) }
    for lost in changes.missing {
      coverage.countUnread(Incomplete(path: path, reason: "\(lost.what) \(lost.id): \(lost.reason)"))
    }
  }
}

extension Tally {
  /// Takes each value at a path once, from the oldest commit.
  mutating func joinChanges() {
    var known = Set<FindingKey>()
    for (_, new) in changeFindings.sorted(by: { $0.key < $1.key }) {
      findings += new.filter { known.insert(FindingKey($0)).inserted }
    }
    changeFindings = [:]
    joinRejectionsOfChanges()
  }
}

extension Worker {
  /// Scans changes and keeps what none of the commit's parents has at the same path.
  mutating func scanChanges(_ batch: ChangeBatch, _ tally: inout Tally) {
    let bytes = tally.coverage.bytesScanned
    var count = 0
    for change in batch.changes where !progress.isEnding {
      let path = batch.target.paths.reported(change.path)
      let (directory, name) = path.directoryAndName
      var (outcome, result) = scanBlob(change.blob, of: batch.target, directory: directory, name: name)
      if case .scanned(let bytes) = outcome { tally.coverage.countScannedBlob(bytes: bytes) }
      tally.countRest(outcome, result, path)
      tally.notes += result.notes
      for blob in change.previous where result.mayBeOld {
        result.leaveOut(
          scanBlob(blob, of: batch.target, directory: directory, name: name).1, explains: scanner.explains)
      }
      if !result.rejections.isEmpty {
        tally.changeRejections[change.position] = result.rejections.map { $0.inObject(change.blob.description) }
      }
      if result.findings.isEmpty { continue }
      count += result.findings.count
      let commit = objects.map { CommitDescription(CommitSummary.read(change.commit, $0.reader)) }
      let atHead = fingerprintsAtHead(change, batch.target, directory, name)
      tally.changeFindings[change.position] = result.findings.map {
        $0.since(
          HistoryOrigin(
            commit: commit, blob: change.blob.description, isAtHead: atHead.contains($0.fingerprint),
            isInFiles: false))
      }
    }
    progress.add(files: batch.changes.count, bytes: tally.coverage.bytesScanned - bytes, findings: count)
  }

  /// What HEAD has at a change's path.
  private mutating func fingerprintsAtHead(
    _ change: Change, _ target: GitTarget, _ directory: [UInt8], _ name: [UInt8]
  ) -> Set<String> {
    guard let blob = objects?.blobAtHead(change.path) else { return [] }
    return Set(scanBlob(blob, of: target, directory: directory, name: name).1.findings.map(\.fingerprint))
  }

  /// Scans the texts of commits and tags.
  mutating func scanMessages(_ batch: MessageBatch, _ tally: inout Tally) {
    for (id, kind) in batch.messages where !progress.isEnding {
      let name = Array("<\(kind) \(id)>".utf8)
      let (outcome, result) = scanBlob(id, of: batch.target, directory: [], name: name)
      if case .scanned(let bytes) = outcome { tally.coverage.countScannedMessage(bytes: bytes) }
      if case .failed = outcome { tally.countRest(outcome, result, name) }
      tally.rejections += result.rejections.map { $0.inObject(id.description) }
      if result.findings.isEmpty { continue }
      let commit =
        kind == .commit ? objects.map { CommitDescription(CommitSummary.read(id, $0.reader)) } : nil
      tally.findings += result.findings.map {
        $0.since(HistoryOrigin(commit: commit, blob: id.description, isAtHead: false, isInFiles: false))
      }
    }
  }
}
