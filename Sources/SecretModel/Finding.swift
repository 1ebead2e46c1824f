// A credential found, with its place, its proof and its risk.

/// A path as reports show it: `/` between its parts, the target as it was given in front.
public struct ReportedPath: Sendable, Hashable, Comparable {
  /// Bytes that are not UTF-8 appear as `%XX`.
  public let text: String
  /// Whether `text` differs from the name on disk because that is not UTF-8.
  public let isEscaped: Bool

  public init(bytes: some Collection<UInt8>) {
    if let text = String(validating: bytes, as: UTF8.self) {
      self.text = text
      isEscaped = false
    } else {
      text = .percentEncoding(bytes) { $0 < 0x80 && $0 != UInt8(ascii: "%") }
      isEscaped = true
    }
  }

  /// - Parameter isEscaped: whether the text has `%XX` for bytes that are not UTF-8.
  public init(_ text: String, isEscaped: Bool = false) {
    self.text = text
    self.isEscaped = isEscaped
  }

  public static func < (left: ReportedPath, right: ReportedPath) -> Bool {
    left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
  }
}

/// Where a secret stands in a file.
public struct Location: Sendable, Hashable {
  public let path: ReportedPath
  /// 1-based.
  public let line: Int
  /// 1-based, in UTF-16 code units.
  public let column: Int
  /// 1-based; the line of the secret's last character.
  public let endLine: Int
  /// 1-based, in UTF-16 code units; one past the secret's last character.
  public let endColumn: Int
  /// Bytes from the file's start; 0 if a report of another tool does not tell.
  public let byteOffset: Int
  /// Bytes in the file; 0 if a report of another tool does not tell.
  public let byteLength: Int

  public init(
    path: ReportedPath, line: Int, column: Int, endLine: Int, endColumn: Int, byteOffset: Int, byteLength: Int
  ) {
    self.path = path
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.byteOffset = byteOffset
    self.byteLength = byteLength
  }

  /// The same position at another path.
  func moved(to path: String) -> Location {
    Location(
      path: ReportedPath(path, isEscaped: self.path.isEscaped), line: line, column: column, endLine: endLine,
      endColumn: endColumn, byteOffset: byteOffset, byteLength: byteLength)
  }
}

/// What became of a finding.
public enum FindingStatus: String, Sendable {
  case active, resolved, ignored
  case falsePositive = "false_positive"
}

/// Who brought something into a repository, and when.
public struct CommitDescription: Sendable, Hashable {
  /// Object id.
  public let id: String
  /// The author's name; may be empty.
  public let author: String
  /// The author's e-mail address; may be empty.
  public let email: String
  /// When the author wrote it.
  public let date: Timestamp

  public init(id: String, author: String, email: String, date: Timestamp) {
    self.id = id
    self.author = author
    self.email = email
    self.date = date
  }
}

/// What became of a value in a repository.
public struct SecretLife: Sendable, Hashable {
  /// The oldest commit that has the value at any path.
  public var introduced: CommitDescription?
  /// A path at which that commit has it; nil for the text of a commit or tag.
  public var introducedPath: ReportedPath?
  /// The newest commit that has the value at the finding's path.
  public var lastSeen: CommitDescription?
  /// The newest commit that took the value away from the finding's path; nil while HEAD has it there.
  public var removedIn: CommitDescription?
  /// Whether the index has the value at the finding's path.
  public var isInIndex = false
  /// Full names of references whose history has the value at the finding's path, sorted.
  public var references: [String] = []
  /// How many more such references there are; other than 0 in what was read from a report that lists the first ones only.
  public var unlistedReferences = 0
  /// Number of all those references.
  public var referenceCount: Int { references.count + unlistedReferences }
  /// Every path at which the value stands or stood, sorted.
  public var paths: [ReportedPath] = []
  /// How many more such paths there are; other than 0 in what was read from a report that lists the first ones only.
  public var unlistedPaths = 0
  /// Number of all those paths.
  public var pathCount: Int { paths.count + unlistedPaths }
  /// Whole days from the value's first commit to the one that took it away, or to the scan; nil without a commit.
  public var daysExposed: Int?

  public init() {}
}

/// What git history knows of a finding.
public struct HistoryOrigin: Sendable, Hashable {
  /// The oldest commit that has the value at the finding's path; nil if only a reference leads to it.
  public let commit: CommitDescription?
  /// Object id of the contents that the finding's position is in.
  public let blob: String
  /// Whether HEAD has the value at the path.
  public let isAtHead: Bool
  /// Whether the finding is one of the scanned files, too: then its position is in that file.
  public let isInFiles: Bool
  /// Nil where a report of another tool does not tell.
  public let life: SecretLife?

  /// Whether nothing leads to it any more but reflogs, or nothing at all.
  public var isUnreachable: Bool {
    guard let life else { return false }
    return life.references.isEmpty && !isAtHead && !isInFiles && !life.isInIndex
  }

  public init(
    commit: CommitDescription?, blob: String, isAtHead: Bool, isInFiles: Bool, life: SecretLife? = nil
  ) {
    self.life = life
    self.commit = commit
    self.blob = blob
    self.isAtHead = isAtHead
    self.isInFiles = isInFiles
  }
}

/// What somebody decided about a finding.
public struct Triage: Sendable, Hashable {
  /// Why; may be empty.
  public let reason: String
  /// Who decided.
  public let author: String
  /// When it was decided first.
  public let date: Timestamp

  public init(reason: String, author: String, date: Timestamp) {
    self.reason = reason
    self.author = author
    self.date = date
  }
}

/// A credential found at one place.
public struct Finding: Sendable {
  /// The same for one value of one rule family wherever it stands; see `Fingerprint`.
  public let fingerprint: String
  public let rule: RuleDescription
  public private(set) var risk: Risk
  public let proof: Proof
  /// Shannon entropy of the secret, bits per character.
  public let entropy: Double
  public private(set) var location: Location
  public let secret: Secret
  /// The line around the secret with every credential found on it masked; nil if nothing may be shown.
  public let excerpt: String?
  public private(set) var status: FindingStatus
  /// Why it does not count; nil if it does.
  public private(set) var suppression: Suppression?
  /// Only for findings that somebody decided about.
  public private(set) var triage: Triage?
  /// Only for findings that git history was asked about.
  public private(set) var history: HistoryOrigin?

  public init(
    fingerprint: String, rule: RuleDescription, risk: Risk, proof: Proof, entropy: Double, location: Location,
    secret: Secret, excerpt: String?, status: FindingStatus, history: HistoryOrigin? = nil
  ) {
    self.fingerprint = fingerprint
    self.rule = rule
    self.risk = risk
    self.proof = proof
    self.entropy = entropy
    self.location = location
    self.secret = secret
    self.excerpt = excerpt
    self.status = status
    self.history = history
  }

  /// The same finding with what history knows of it.
  public func since(_ origin: HistoryOrigin) -> Finding {
    var finding = self
    finding.history = origin
    return finding
  }

  /// The same finding at another path.
  public func moved(to path: String) -> Finding {
    var finding = self
    finding.location = location.moved(to: path)
    return finding
  }

  /// The same finding with another risk.
  public func rated(_ risk: Risk) -> Finding {
    var finding = self
    finding.risk = risk
    return finding
  }

  /// The same finding, known and not to be counted.
  public func suppressed(by suppression: Suppression) -> Finding {
    var finding = self
    finding.suppression = suppression
    finding.status = .ignored
    return finding
  }

  /// The same finding after somebody decided about it; nil takes a decision back.
  public func deciding(_ status: FindingStatus, _ triage: Triage?) -> Finding {
    var finding = self
    finding.status = status
    finding.triage = triage
    return finding
  }

  /// Whether it counts: nothing suppresses it, and nobody has set it aside.
  public var isActive: Bool { status == .active }

  /// Whether it stands in the scanned files or in HEAD, and not in older history alone.
  public var isPresent: Bool { history.map { $0.isAtHead || $0.isInFiles } ?? true }
}

extension Finding: Comparable {
  /// By path, position, rule, value: the order of reports.
  public static func < (left: Finding, right: Finding) -> Bool {
    if left.location.path != right.location.path { return left.location.path < right.location.path }
    if left.location.byteOffset != right.location.byteOffset {
      return left.location.byteOffset < right.location.byteOffset
    }
    if left.location.byteLength != right.location.byteLength {
      return left.location.byteLength < right.location.byteLength
    }
    // Reports of other tools know no offsets.
    if left.location.line != right.location.line { return left.location.line < right.location.line }
    if left.location.column != right.location.column { return left.location.column < right.location.column }
    // Two versions of a file may have different values at the same position.
    return (left.rule.id, left.fingerprint) < (right.rule.id, right.fingerprint)
  }

  public static func == (left: Finding, right: Finding) -> Bool {
    left.location == right.location && left.rule.id == right.rule.id && left.fingerprint == right.fingerprint
  }
}
