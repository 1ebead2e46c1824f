// What JSON reports say of a finding's history.

import SecretModel

// The members' names are those of the report.
// swift-format-ignore: AlwaysUseLowerCamelCase

/// A finding's history.
struct HistoryBlock: Encodable {
  let commit: String?
  let author: String?
  let author_email: String?
  let date: String?
  let blob: String?
  let at_head: Bool
  let in_files: Bool
  // The value's life.
  let introduced: CommitBlock?
  let introduced_path: String?
  let last_seen: CommitBlock?
  let removed_in: CommitBlock?
  let in_index: Bool?
  let references: [String]?
  let reference_count: Int?
  let paths: [String]?
  let path_count: Int?
  let days_exposed: Int?
  let only_unreachable: Bool?

  /// References of a finding that are listed; a repository with pull requests has thousands of them.
  private static let listedReferences = 100
  /// Paths of a value that each of its findings lists; each path is a finding itself.
  private static let listedPaths = 100

  init(_ origin: HistoryOrigin) {
    commit = origin.commit?.id
    author = origin.commit?.author
    author_email = origin.commit?.email
    date = origin.commit?.date.iso8601
    blob = origin.blob.isEmpty ? nil : origin.blob
    at_head = origin.isAtHead
    in_files = origin.isInFiles
    let life = origin.life
    introduced = life?.introduced.map(CommitBlock.init)
    introduced_path = life?.introducedPath?.text
    last_seen = life?.lastSeen.map(CommitBlock.init)
    removed_in = life?.removedIn.map(CommitBlock.init)
    in_index = life?.isInIndex
    references = life.map { Array($0.references.prefix(Self.listedReferences)) }
    reference_count = life?.referenceCount
    paths = life?.paths.prefix(Self.listedPaths).map(\.text)
    path_count = life?.pathCount
    days_exposed = life?.daysExposed
    only_unreachable = life.map { _ in origin.isUnreachable }
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
/// A commit in a finding's history.
struct CommitBlock: Encodable {
  let commit: String
  let author: String
  let author_email: String
  let date: String

  init(_ commit: CommitDescription) {
    self.commit = commit.id
    author = commit.author
    author_email = commit.email
    date = commit.date.iso8601
  }
}
