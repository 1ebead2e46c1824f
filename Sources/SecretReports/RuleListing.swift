// Rules as a list: for the terminal, for programs, and as a page of documentation.

public import SecretModel

/// How rules are listed.
public enum RuleListFormat: String, Sendable, CaseIterable {
  /// A line for each rule: severity, id, name.
  case text
  case json
  /// A page that says what is covered.
  case markdown
}

/// Rules to be listed, in the order of their ids.
public struct RuleListing {
  private let rules: [RuleDescription]

  public init(_ rules: [RuleDescription]) { self.rules = rules.sorted { $0.id < $1.id } }

  public func rendered(as format: RuleListFormat) -> [UInt8] {
    switch format {
    case .text: Array(rules.map(line).joined().utf8)
    case .json: JSONText.encode(rules.map(RuleBlock.init), isPretty: true)
    case .markdown: Array((head + categories + providers).utf8)
    }
  }

  private func line(_ rule: RuleDescription) -> String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.count))
    }
    return "\(padded(rule.severity.name, 8))  \(padded(rule.id, 44))  \(rule.name)\n"
  }

  // MARK: - Markdown

  private var head: String {
    let levels = Severity.descending.compactMap { level in
      let count = rules.count { $0.severity == level }
      return count == 0 ? nil : "\(count) \(level.name)"
    }
    return """
      # What Vault Sentry finds

      \(rules.count) kinds of credentials of \(Set(rules.map(\.provider)).count) providers: \(levels.joined(separator: ", ")).
      `vault-sentry config rules show ID` tells more about one. This page is written by
      `vault-sentry config rules list --format markdown`.


      """
  }

  private var categories: String {
    let counts = Dictionary(grouping: rules, by: \.category).mapValues(\.count)
    let rows = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "| \($0.key) | \($0.value) |\n" }
    return "| Category | Kinds |\n|---|--:|\n" + rows.joined()
  }

  private var providers: String {
    let order = rules.sorted {
      let (left, right) = ($0.provider.lowercased(), $1.provider.lowercased())
      return left == right ? $0.id < $1.id : left < right
    }
    var previous: String?
    let rows = order.map { rule in
      let provider = rule.provider == previous ? "" : rule.provider.markdownEscaped
      previous = rule.provider
      return "| \(provider) | \(rule.name.markdownEscaped) | \(rule.severity.name) | `\(rule.id)` |\n"
    }
    return "\n| Provider | Kind | Severity | Rule |\n|---|---|---|---|\n" + rows.joined()
  }
}

/// One rule for the terminal.
extension RuleDescription {
  public var page: String {
    var text = "\(name)\n\n"
    text += "id        \(id)\nprovider  \(provider)\ncategory  \(category)\nseverity  \(severity.name)\n\n"
    text += steps.enumerated().map { "\($0.offset + 1). \($0.element)\n" }.joined()
    if !references.isEmpty { text += "\n" + references.map { "\($0)\n" }.joined() }
    return text
  }

  /// One rule for programs, as in the list.
  public var json: [UInt8] { JSONText.encode(RuleBlock(self), isPretty: true) }
}

private struct RuleBlock: Encodable {
  let id: String
  let name: String
  let provider: String
  let category: String
  let severity: String
  let rotate: String
  let remediation: [String]
  let references: [String]

  init(_ rule: RuleDescription) {
    id = rule.id
    name = rule.name
    provider = rule.provider
    category = rule.category
    severity = rule.severity.name
    rotate = rule.rotate
    remediation = rule.steps
    references = rule.references
  }
}
