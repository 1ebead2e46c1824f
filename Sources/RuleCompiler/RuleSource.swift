// A rule file as it was written.

public import SecretModel

/// Something wrong in a rule file.
public struct RuleProblem: Error, Sendable, Comparable, CustomStringConvertible {
  public let file: String
  /// 1-based.
  public let line: Int
  public let message: String

  public init(file: String, line: Int, message: String) {
    self.file = file
    self.line = line
    self.message = message
  }

  public var description: String { "\(file):\(line): \(message)" }

  public static func < (left: RuleProblem, right: RuleProblem) -> Bool {
    (left.file, left.line, left.message) < (right.file, right.line, right.message)
  }
}

/// Everything wrong in a set of rule files.
public struct RuleProblems: Error, Sendable, CustomStringConvertible {
  public let problems: [RuleProblem]

  public init(problems: [RuleProblem]) { self.problems = problems }

  public var description: String { problems.sorted().map(\.description).joined(separator: "\n") }
}

/// A text that a rule has to find, or must not.
public struct RuleExample: Sendable {
  /// With its marks; see `ExampleText`.
  public let text: String
  public let path: String
  /// Why a text is not to be found; nil for one that is.
  public let why: String?
  /// 1-based line in the rule file.
  public let line: Int

  /// What an example that names no path stands in.
  public static let neutralPath = "config/settings.py"
}

/// A rule as its file gives it.
public struct RuleSource: Sendable {
  /// The identifier-operator-value shape.
  public struct Assigned: Sendable {
    public var words: [String]
    public var value: String
    public var qualifiers: [String]
    public var distance: Int

    /// Bytes.
    public static let usualDistance = 80
  }

  /// A name that says what its value is.
  public struct Named: Sendable {
    public var words: [String]
    /// `password` or `key`.
    public var value: String
  }

  public var file: String
  /// 1-based.
  public var line: Int
  public var description: RuleDescription
  public var keywords: [String]
  public var pattern: String?
  public var assigned: Assigned?
  public var named: Named?
  /// Name of a circumstance, for rules that search nothing.
  public var circumstance: String?
  public var secretGroup: Int
  public var entropyFloor: Double
  public var checksum: String?
  public var decodes: String?
  public var near: [String]
  /// What the secret is: the analysis of named values judges it, too.
  public var value: String?
  /// Ids of the rules that find what belongs to the secret: its identifier.
  public var companions: [String]
  /// Whether the value alone opens nothing.
  public var isIdentifier: Bool
  public var paths: [String]
  public var family: String?
  /// Why a frequent keyword is acceptable.
  public var frequent: String?
  public var matches: [RuleExample]
  public var nonMatches: [RuleExample]
}
