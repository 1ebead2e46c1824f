// A finished scan.

public enum ScanStatus: String, Sendable {
  case completed, cancelled, failed, incomplete
}

/// A point in time: seconds and nanoseconds since 1970 UTC.
public struct Timestamp: Sendable, Hashable, Comparable {
  public let seconds: Int64
  public let nanoseconds: Int64

  public init(seconds: Int64, nanoseconds: Int64) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// The time some seconds later.
  public func advanced(by seconds: Double) -> Timestamp {
    let sum = nanoseconds + Int64(seconds * 1e9)
    return Timestamp(seconds: self.seconds + sum / 1_000_000_000, nanoseconds: sum % 1_000_000_000)
  }

  public static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// Seconds from `earlier` to here.
  public func seconds(since earlier: Timestamp) -> Double {
    Double(seconds - earlier.seconds) + Double(nanoseconds - earlier.nanoseconds) / 1e9
  }
}

/// The git checkout a target stands in, as far as reports name it.
public struct CheckoutDescription: Sendable, Hashable {
  /// Absolute path of the work tree.
  public let root: String
  /// Nil on a detached HEAD.
  public let branch: String?
  /// Object id of HEAD; nil before the first commit.
  public let commit: String?

  public init(root: String, branch: String?, commit: String?) {
    self.root = root
    self.branch = branch
    self.commit = commit
  }
}

/// Who made a report.
public struct ToolIdentity: Sendable, Hashable {
  public let name: String
  public let version: String
  /// Changes whenever a rule does.
  public let catalogueDigest: String

  public init(name: String, version: String, catalogueDigest: String) {
    self.name = name
    self.version = version
    self.catalogueDigest = catalogueDigest
  }
}

/// Everything a report can be made of.
public struct ScanResult: Sendable {
  public let tool: ToolIdentity
  /// Random, in the form of a UUID.
  public let scanID: String
  public let status: ScanStatus
  public let targets: [String]
  /// Absolute directory that relative targets start from.
  public let workingDirectory: String
  public let checkout: CheckoutDescription?
  public let startedAt: Timestamp
  public let completedAt: Timestamp
  public let coverage: Coverage
  /// Sorted by path, position, rule; those that do not count, too.
  public private(set) var findings: [Finding]
  /// Sorted by path and line.
  public let suppressionNotes: [SuppressionNote]
  /// Where the time went; nil unless it was asked for.
  public let diagnostics: Diagnostics?
  /// What was not reported, sorted by path and position; only of scans that explain themselves.
  public var rejections: [Rejection] = []

  public init(
    tool: ToolIdentity, scanID: String, status: ScanStatus, targets: [String], workingDirectory: String,
    checkout: CheckoutDescription?, startedAt: Timestamp, completedAt: Timestamp, coverage: Coverage,
    findings: [Finding], suppressionNotes: [SuppressionNote] = [],
    diagnostics: Diagnostics? = nil
  ) {
    self.tool = tool
    self.scanID = scanID
    self.status = status
    self.targets = targets
    self.workingDirectory = workingDirectory
    self.checkout = checkout
    self.startedAt = startedAt
    self.completedAt = completedAt
    self.coverage = coverage
    self.findings = findings
    self.suppressionNotes = suppressionNotes
    self.diagnostics = diagnostics
  }

  /// The findings that count.
  public var activeFindings: [Finding] { findings.filter(\.isActive) }

  /// The same scan with the findings of `severity` and above only.
  public func reporting(atLeast severity: Severity) -> ScanResult {
    replacing(findings: findings.filter { $0.risk.level >= severity })
  }

  /// The same scan with other findings, in the order of reports.
  public func replacing(findings: [Finding]) -> ScanResult {
    var result = self
    result.findings = findings
    return result
  }
}
