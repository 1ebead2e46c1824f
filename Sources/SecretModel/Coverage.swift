// What a scan saw, read and could not read: seen = scanned + skipped + incomplete.

/// Why something seen was not scanned, although nothing went wrong.
public enum SkipReason: String, Sendable, CaseIterable {
  /// A directory of the built-in list (`.git`, `node_modules`), counted once, whatever it holds.
  case builtin
  /// Named by `.gitignore` or `.git/info/exclude`.
  case ignored
  case excluded
  case binary
  case tooLarge = "too_large"
  case symbolicLink = "symbolic_link"
  /// FIFO, device or socket.
  case special
  case empty
  /// Removed between the listing of its directory and its own turn.
  case vanished
  /// Another repository's commit that a git tree names.
  case submodule
}

/// Something that could not be scanned, or not to its end.
public struct Incomplete: Sendable, Hashable, Comparable {
  public let path: ReportedPath
  /// In words; holds nothing of the content.
  public let reason: String

  /// - Parameter path: empty for the directory that was scanned itself, which then is `.`.
  public init(path: ReportedPath, reason: String) {
    self.path = path.text.isEmpty ? ReportedPath(".") : path
    self.reason = reason
  }

  public static func < (left: Incomplete, right: Incomplete) -> Bool {
    left.path == right.path ? left.reason < right.reason : left.path < right.path
  }
}

/// Counts of what was seen.
public struct Coverage: Sendable {
  public private(set) var filesScanned = 0
  public private(set) var bytesScanned = 0
  /// Distinct contents of git history.
  public private(set) var blobsScanned = 0
  /// Objects of git history that are no blobs: they were read for what they lead to, commits and tags as text, too.
  public private(set) var commitsScanned = 0
  public private(set) var treesRead = 0
  public private(set) var tagsScanned = 0
  public private(set) var skipped: [SkipReason: Int] = [:]
  public private(set) var incomplete: [Incomplete] = []
  /// Files and blobs that were scanned but are also in `incomplete` (a limit was reached in them).
  public private(set) var partlyScanned = 0

  public init() {}

  /// What a report says of a scan. `incomplete` holds what is in `incomplete` of the report, of which `partlyScanned`
  /// count as scanned.
  public init(
    filesScanned: Int, bytesScanned: Int, blobsScanned: Int, commitsScanned: Int, treesRead: Int = 0,
    tagsScanned: Int = 0, skipped: [SkipReason: Int], incomplete: [Incomplete], partlyScanned: Int
  ) {
    self.treesRead = treesRead
    self.tagsScanned = tagsScanned
    self.filesScanned = filesScanned
    self.bytesScanned = bytesScanned
    self.blobsScanned = blobsScanned
    self.commitsScanned = commitsScanned
    self.skipped = skipped
    self.incomplete = incomplete
    self.partlyScanned = partlyScanned
  }

  /// Files and blobs.
  public var scanned: Int { filesScanned + blobsScanned }

  /// Everything that was met: scanned, skipped or unreadable.
  public var seen: Int { scanned + skipped.values.reduce(0, +) + incomplete.count - partlyScanned }

  public mutating func countScanned(bytes: Int) {
    filesScanned += 1
    bytesScanned += bytes
  }

  public mutating func countScannedBlob(bytes: Int) {
    blobsScanned += 1
    bytesScanned += bytes
  }

  /// Counts a commit's or a tag's text.
  public mutating func countScannedMessage(bytes: Int) { bytesScanned += bytes }

  /// Counts distinct objects that are no blobs.
  public mutating func countObjects(commits: Int, trees: Int, tags: Int) {
    commitsScanned += commits
    treesRead += trees
    tagsScanned += tags
  }

  public mutating func countSkipped(_ reason: SkipReason, _ count: Int = 1) {
    skipped[reason, default: 0] += count
  }

  /// Records what could not be read at all.
  public mutating func countUnread(_ item: Incomplete) {
    incomplete.append(item)
  }

  /// Records a file or blob that counts as scanned, although a part of the work on it was given up.
  public mutating func countPartlyScanned(_ item: Incomplete) {
    partlyScanned += 1
    incomplete.append(item)
  }

  public mutating func add(_ other: Coverage) {
    filesScanned += other.filesScanned
    bytesScanned += other.bytesScanned
    blobsScanned += other.blobsScanned
    commitsScanned += other.commitsScanned
    treesRead += other.treesRead
    tagsScanned += other.tagsScanned
    skipped.merge(other.skipped, uniquingKeysWith: +)
    incomplete += other.incomplete
    partlyScanned += other.partlyScanned
  }

  /// Brings the list into the order of reports.
  public mutating func sort() { incomplete.sort() }
}
