// How bad a finding is.

/// The bands of risk, in rising order.
public enum Severity: Int, Sendable, CaseIterable, Comparable {
  case info, low, medium, high, critical

  public init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// As in reports and on the command line.
  public var name: String {
    switch self {
    case .info: "info"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  /// The least score of the band, 0 to 100.
  public var leastScore: Int {
    switch self {
    case .info: 0
    case .low: 20
    case .medium: 40
    case .high: 60
    case .critical: 80
    }
  }

  /// The band that a score of 0 to 100 falls into.
  public init(score: Int) {
    self = Self.allCases.last { score >= $0.leastScore } ?? .info
  }

  public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
}

/// What speaks for a match being a credential, from weakest to strongest.
public enum Proof: Int, Sendable, Comparable, CaseIterable {
  case entropy, pattern, structure, checksum

  public init?(name: String) {
    guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = found
  }

  /// As in reports.
  public var name: String {
    switch self {
    case .entropy: "entropy"
    case .pattern: "pattern"
    case .structure: "structure"
    case .checksum: "checksum"
    }
  }

  public static func < (left: Proof, right: Proof) -> Bool { left.rawValue < right.rawValue }
}

/// One part of a risk score.
public struct RiskTerm: Sendable, Hashable {
  public let term: String
  public let points: Int
  public let reason: String

  public init(_ term: String, _ points: Int, _ reason: String) {
    self.term = term
    self.points = points
    self.reason = reason
  }
}

/// A score of 0 to 100 with the terms it is the clamped sum of.
public struct Risk: Sendable, Hashable {
  public let score: Int
  public let terms: [RiskTerm]

  public init(terms: [RiskTerm]) {
    self.terms = terms
    score = min(100, max(0, terms.reduce(0) { $0 + $1.points }))
  }

  public var level: Severity { Severity(score: score) }
}
