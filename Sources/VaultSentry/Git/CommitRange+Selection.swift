// From what was asked for to commits.

import GitHistory
import SecretModel

/// Why a part of a history cannot be told.
struct RangeError: Error {
  let description: String
  /// Whether it could be if more of the history were here.
  var isFetchMissing = false
}

extension CommitRange {
  init(_ selection: ChangeSelection, in repository: borrowing Repository) throws(RangeError) {
    self.init()
    switch selection {
    case .range(let text): try take(range: text, repository)
    case .since(let text): try take(since: text, repository)
    case .branch(let name):
      try Self.resolving("--branch \(name)", repository) { repository throws(GitError) in
        do throws(GitError) {
          try include("refs/heads/\(name)", in: repository)
        } catch {
          try include(name, in: repository)
        }
      }
    case .base(let revision):
      try Self.resolving("--base \(revision)", repository) { repository throws(GitError) in
        try exclude(revision, in: repository)
        try include("HEAD", in: repository)
      }
    case .prePush(let lines, let remote): try take(pushed: lines, remote, repository)
    case .preReceive(let lines): try take(received: lines, repository)
    }
  }

  private mutating func take(range text: String, _ repository: borrowing Repository) throws(RangeError) {
    let ends = text.split(separator: "..", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard ends.count == 2, !ends[1].hasPrefix("."), text != ".." else {
      throw RangeError(description: "--range \(text.neutralised): give two revisions with two dots between them: A..B")
    }
    try Self.resolving("--range \(text)", repository) { repository throws(GitError) in
      try exclude(ends[0].isEmpty ? "HEAD" : ends[0], in: repository)
      try include(ends[1].isEmpty ? "HEAD" : ends[1], in: repository)
    }
  }

  private mutating func take(since text: String, _ repository: borrowing Repository) throws(RangeError) {
    try Self.resolving("--since \(text)", repository) { repository throws(GitError) in
      if let day = CalendarDate(text) {
        exclude(before: day.start.seconds)
      } else {
        try exclude(text, in: repository)
      }
      try takeReferences("", isIncluded: true, in: repository)
      if try repository.head() != nil { try include("HEAD", in: repository) }
    }
  }

  private mutating func take(
    pushed lines: [String], _ remote: String?, _ repository: borrowing Repository
  ) throws(RangeError) {
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 4, Self.isID(parts[1]), Self.isID(parts[3]) else { throw Self.malformed(line, "pre-push") }
      if Self.isZero(parts[1]) { continue }
      try Self.resolving(parts[0], repository) { repository throws(GitError) in
        try include(parts[1], in: repository)
        // What the other side has may not have been fetched; then its branches as last seen have to do.
        if !Self.isZero(parts[3]) { try? exclude(parts[3], in: repository) }
      }
    }
    try Self.resolving("--pre-push", repository) { repository throws(GitError) in
      try takeReferences("refs/remotes/" + (remote.map { $0 + "/" } ?? ""), isIncluded: false, in: repository)
    }
  }

  private mutating func take(received lines: [String], _ repository: borrowing Repository) throws(RangeError) {
    for line in lines {
      let parts = line.split(separator: " ").map(String.init)
      guard parts.count == 3, Self.isID(parts[0]), Self.isID(parts[1]) else {
        throw Self.malformed(line, "pre-receive")
      }
      if Self.isZero(parts[1]) { continue }
      try Self.resolving(parts[2], repository) { repository throws(GitError) in
        try include(parts[1], in: repository)
      }
    }
    // References are moved after the hook has agreed.
    try Self.resolving("--pre-receive", repository) { repository throws(GitError) in
      try takeReferences("refs/", isIncluded: false, in: repository)
    }
  }

  private static func isID(_ text: String) -> Bool { text.utf8.count == 40 && text.allSatisfy(\.isHexDigit) }
  private static func isZero(_ text: String) -> Bool { text.allSatisfy { $0 == "0" } }

  private static func malformed(_ line: String, _ hook: String) -> RangeError {
    let form = hook == "pre-push" ? "<local ref> <local id> <remote ref> <remote id>" : "<old id> <new id> <ref>"
    return RangeError(
      description: "--\(hook): “\(line.neutralised)” is not what git gives the hook on standard input: \(form)")
  }

  /// Says what was asked for when a revision is not here.
  private static func resolving(
    _ name: String, _ repository: borrowing Repository, _ take: (borrowing Repository) throws(GitError) -> Void
  ) throws(RangeError) {
    do throws(GitError) {
      try take(repository)
    } catch {
      guard repository.isShallow else {
        throw RangeError(
          description: "\(name.neutralised): \(error.description); give a branch, tag or commit of the repository")
      }
      throw RangeError(
        description: "\(name.neutralised): is not in this shallow clone; `git fetch --unshallow` brings it",
        isFetchMissing: true)
    }
  }
}
