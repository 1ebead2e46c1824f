// What several reports say in the same words.

import SecretModel

extension Severity {
  /// From worst to least, as reports list them.
  static let descending: [Severity] = allCases.reversed()
}

extension Risk {
  /// Why the score is what it is.
  var reasons: String { terms.map(\.reason).joined(separator: "; ") }
}

extension Finding {
  /// The finding in one sentence without its place.
  var sentence: String { "\(rule.name): \(secret.mask). Risk \(risk.score) (\(risk.level.name)): \(risk.reasons)." }

  /// What became of it, why and by whom.
  var decision: String {
    let words = status.rawValue.replacingUnderscores
    if let triage { return words + (triage.reason.isEmpty ? "" : ": \(triage.reason)") + " (\(triage.author))" }
    return suppression.map { "\(words): \($0.terms)" } ?? words
  }
}

extension Suppression {
  /// Why, and until when.
  var terms: String { reason + (until.map { " (until \($0))" } ?? "") }
}

extension ScanResult {
  /// The findings from worst to least, each level in the order of reports.
  var worstFirst: [Finding] {
    Severity.descending.flatMap { level in findings.filter { $0.risk.level == level } }
  }

  /// A number for each finding that tells several places of one value in one file apart, in the order of the findings:
  /// unlike a line, it stays when text is moved.
  var ordinals: [Int] {
    var counts: [String: Int] = [:]
    return findings.map { finding in
      counts["\(finding.fingerprint)\n\(finding.location.path.text)", default: 0] += 1
      return counts["\(finding.fingerprint)\n\(finding.location.path.text)"] ?? 1
    }
  }
}

extension String {
  fileprivate var replacingUnderscores: String { split(separator: "_").joined(separator: " ") }
}

extension [Finding] {
  /// In groups of the same key, each group where its first finding stands.
  func grouped<Key: Hashable>(by key: (Finding) -> Key) -> [[Finding]] {
    var order: [Key] = []
    var groups: [Key: [Finding]] = [:]
    for finding in self {
      let key = key(finding)
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(finding)
    }
    return order.compactMap { groups[$0] }
  }
}

extension Coverage {
  /// What was skipped and why; empty if nothing was.
  var skips: String {
    SkipReason.allCases.compactMap { reason in skipped[reason].map { "\($0.grouped) \(reason.words)" } }
      .joined(separator: ", ")
  }
}

extension SkipReason {
  fileprivate var words: String {
    switch self {
    case .builtin: "by default"
    case .ignored: "ignored by git"
    case .excluded: "excluded"
    case .binary: "binary"
    case .tooLarge: "too large"
    case .symbolicLink: "symbolic links"
    case .special: "special"
    case .empty: "empty"
    case .vanished: "gone before they were read"
    case .submodule: "submodules"
    }
  }
}

// MARK: - Numbers

/// A number with the thing it counts.
func counted(_ count: Int, _ noun: String) -> String { "\(count.grouped) \(noun)\(count == 1 ? "" : "s")" }

extension Int {
  /// With commas between thousands.
  var grouped: String {
    var digits = String(self)
    var at = digits.count - 3
    while at > 0 {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: at))
      at -= 3
    }
    return digits
  }

  var asBytes: String {
    let units: [(Double, String)] = [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")]
    for (size, name) in units where Double(self) >= size { return "\((Double(self) / size).tenths) \(name)" }
    return "\(self) bytes"
  }
}

extension Double {
  /// With one digit behind the point.
  var tenths: String {
    let rounded = Int((self * 10).rounded())
    return "\(rounded / 10).\(rounded % 10)"
  }

  /// A duration.
  var asSeconds: String {
    if self < 1 { return "\(Int((self * 1000).rounded())) ms" }
    return "\(tenths) s"
  }
}

extension Suppression.Kind {
  /// Where the decision stands, behind a number of findings.
  var words: String {
    switch self {
    case .inline: "by comments"
    case .ignoreFile: "by the ignore file"
    case .baseline: "by the baseline"
    case .configuration: "by the configuration"
    }
  }
}

extension SuppressionNote {
  /// Place and message on one line.
  public var sentence: String { "\(path.text.neutralised):\(line): \(message.neutralised)" }
}

extension String {
  /// With blanks behind it, up to a width in characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
