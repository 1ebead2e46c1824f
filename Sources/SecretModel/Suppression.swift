// Findings that somebody has decided about.

/// What keeps a finding from counting.
public struct Suppression: Sendable, Hashable {
  /// Where the decision stands.
  public enum Kind: String, Sendable, CaseIterable {
    /// A comment beside the value.
    case inline
    /// `.vault-sentry-ignore`
    case ignoreFile = "ignore_file"
    case baseline
    /// `[[allow]]` of a configuration file.
    case configuration
  }

  public let kind: Kind
  /// Who says so and why, in words; holds nothing of the value.
  public let reason: String
  /// The last day it counts; nil if it does not end.
  public let until: CalendarDate?
  /// File and line of the decision; nil for a comment beside the value.
  public let place: String?

  public init(kind: Kind, reason: String, until: CalendarDate? = nil, place: String? = nil) {
    self.kind = kind
    self.reason = reason
    self.until = until
    self.place = place
  }
}

/// A suppression that somebody should look at.
public struct SuppressionNote: Sendable, Hashable, Comparable {
  public enum Kind: String, Sendable, CaseIterable {
    /// It would hide a finding, but its last day is over.
    case expired
    /// It hides nothing.
    case unused
    /// It is not written as it should be, and does not count.
    case invalid
  }

  public let kind: Kind
  /// The file that it stands in.
  public let path: ReportedPath
  /// 1-based.
  public let line: Int
  /// In words.
  public let message: String

  public init(kind: Kind, path: ReportedPath, line: Int, message: String) {
    self.kind = kind
    self.path = path
    self.line = line
    self.message = message
  }

  /// By path and line: the order of reports.
  public static func < (left: SuppressionNote, right: SuppressionNote) -> Bool {
    if left.path != right.path { return left.path < right.path }
    return (left.line, left.kind.rawValue, left.message) < (right.line, right.kind.rawValue, right.message)
  }
}
