// What the next commit would add.

import GitHistory
import SecretModel

/// Some files of the index.
struct StagedBatch: Sendable {
  let target: GitTarget
  let files: [StagedFile]

  /// Files of a batch at most.
  static let limit = 16
}

extension Scan {
  /// The staged files of the target's repository.
  func openStaged(_ coverage: inout Coverage) throws(ScanRequestError) -> [Work] {
    let found = try withRepository(&coverage) { repository, target throws(GitError) in
      (try repository.stagedFiles(), target)
    }
    guard let (files, target) = found else { return [] }
    var taken: [StagedFile] = []
    for file in files {
      switch file.kind {
      case .symbolicLink: coverage.countSkipped(.symbolicLink)
      case .submodule: coverage.countSkipped(.submodule)
      case .file where !request.discovery.takes(path: file.path): coverage.countSkipped(.excluded)
      case .file: taken.append(file)
      }
    }
    return stride(from: 0, to: taken.count, by: StagedBatch.limit).map { start in
      .staged(
        StagedBatch(target: target, files: Array(taken[start..<min(start + StagedBatch.limit, taken.count)])))
    }
  }
}

extension Worker {
  /// Scans staged files and keeps what HEAD's version of the same file does not have.
  mutating func scanStaged(_ batch: StagedBatch, _ tally: inout Tally) {
    let before = (tally.coverage.bytesScanned, tally.findings.count)
    for file in batch.files {
      if progress.isEnding { return }
      let path = batch.target.paths.reported(file.path)
      let (directory, name) = path.directoryAndName
      var (outcome, result) = scanBlob(
        file.blob, of: batch.target, directory: directory, name: name, isStaged: true)
      if let previous = file.previous, result.mayBeOld {
        let old = scanBlob(previous, of: batch.target, directory: directory, name: name, isStaged: true).1
        result.leaveOut(old, explains: scanner.explains)
      }
      tally.count(outcome, result, path)
    }
    progress.add(
      files: batch.files.count, bytes: tally.coverage.bytesScanned - before.0,
      findings: tally.findings.count - before.1)
  }
}
