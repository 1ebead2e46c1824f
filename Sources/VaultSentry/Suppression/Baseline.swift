// The findings that were there when somebody began to look.
//
//   # vault-sentry baseline 1
//   v1:… rule-id
//
// A line holds a fingerprint and, for readers, the rule that found it: nothing that changes when code moves, and nothing
// of the value. Order and repetition mean nothing when read, so that git may join two versions line by line.

public import SecretModel

/// A set of known findings.
public struct Baseline: Sendable {
  /// The first line of every baseline; the number changes with the format.
  static let header = "# vault-sentry baseline 1"
  /// The lines that follow it.
  private static let explanation = [
    "# Known findings, one on each line. “scan --baseline FILE --update-baseline” writes this file.",
    "# “FILE merge=union” in .gitattributes lets git join two versions by itself.",
  ]

  /// As messages name it.
  public let path: String
  /// Ids of rules by fingerprint.
  private var rules: [String: String] = [:]

  /// No findings.
  ///
  /// - Parameter path: as messages name it.
  public init(path: String) { self.path = path }

  /// Reads a baseline.
  ///
  /// - Throws: if the file is something else, with the line.
  public init(_ text: [UInt8], path: String) throws(SettingsError) {
    self.path = path
    var isKnown = false
    for (index, bytes) in text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      let words = String(decoding: bytes, as: UTF8.self).split { $0.isWhitespace || $0 == "\u{FEFF}" }
      guard let first = words.first, !Self.isMergeMark(first) else { continue }
      isKnown = isKnown || words.joined(separator: " ") == Self.header
      guard isKnown else {
        throw SettingsError("\(path.neutralised): is not a baseline: it does not begin with “\(Self.header)”")
      }
      if first.hasPrefix("#") { continue }
      guard Fingerprint.isWhole(first), words.count <= 2 else {
        throw SettingsError("\(path.neutralised):\(index + 1): a line is a fingerprint and the id of a rule")
      }
      add(String(first), rule: words.count == 2 ? String(words[1]) : "")
    }
  }

  /// What git leaves between two versions that it did not join: both are meant.
  private static func isMergeMark(_ word: Substring) -> Bool {
    ["<<<<<<<", "|||||||", "=======", ">>>>>>>"].contains(word)
  }

  /// Keeps the first id in order, so that the result does not depend on the order of findings.
  private mutating func add(_ fingerprint: String, rule: String) {
    guard let known = rules[fingerprint], !known.isEmpty, rule.isEmpty || known <= rule else {
      rules[fingerprint] = rule
      return
    }
  }

  /// Number of findings.
  public var count: Int { rules.count }

  public func contains(_ finding: Finding) -> Bool { rules[finding.fingerprint] != nil }

  /// The baseline with more findings.
  ///
  /// - Parameter prunes: whether only these findings stay. Otherwise what the scan did not meet stays, since it may have
  ///   been a scan of a part.
  public func adding(_ findings: [Finding], prunes: Bool) -> Baseline {
    var updated = Baseline(path: path)
    if !prunes { updated.rules = rules }
    for finding in findings {
      if let known = rules[finding.fingerprint], !known.isEmpty {
        updated.rules[finding.fingerprint] = known
      } else {
        updated.add(finding.fingerprint, rule: finding.rule.id)
      }
    }
    return updated
  }

  /// What a finding of this baseline is suppressed by.
  public var suppression: Suppression { Suppression(kind: .baseline, reason: "in the baseline \(path)") }

  /// The file, sorted: the same bytes for the same findings.
  public var text: [UInt8] {
    let lines = rules.sorted { $0.key < $1.key }.map { $0.value.isEmpty ? $0.key : "\($0.key) \($0.value)" }
    return Array(([Self.header] + Self.explanation + lines).map { $0 + "\n" }.joined().utf8)
  }
}
