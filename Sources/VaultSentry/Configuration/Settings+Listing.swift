// The configuration as commands show it.

import RuleCompiler
import SecretModel
import TOML

extension SettingKey {
  /// `; did you mean “…”?`, or nothing if no key is near.
  public static func hint(for name: String) -> String {
    Suggestion.hint(for: name, among: all.map(\.name) + SettingsDocument.structures)
  }
}

extension Settings {
  /// A line of a listing.
  public struct Entry: Sendable {
    /// As a configuration file would have it.
    public let text: String
    /// Where it was set, in words.
    public let origin: String
  }

  /// Everything that counts, keys in the order of the manual.
  public var entries: [Entry] {
    SettingKey.all.flatMap(entries)
      + ruleChanges.sorted { $0.key < $1.key }.map { id, change in
        let parts = [change.severity.map { "severity = \"\($0.name)\"" }, change.isEnabled ? nil : "enabled = false"]
        return Entry(
          text: "rule.\(id) = { \(parts.compactMap { $0 }.joined(separator: ", ")) }", origin: "\(change.origin)")
      }
      + allowed.map { Entry(text: "allow = { reason = \(TOMLEditor.literal($0.reason)) }", origin: $0.place) }
      + pathSeverities.map { Entry(text: "path-severity = { severity = \"\($0.severity.name)\" }", origin: $0.place) }
      + rules.map { Entry(text: "rules = { id = \"\($0.description.id)\" }", origin: "\($0.file):\($0.line)") }
  }

  private func entries(_ key: SettingKey) -> [Entry] {
    let found = settings(of: key)
    if found.isEmpty { return [Entry(text: "\(key.name) = \(key.builtinLiteral)", origin: "built in")] }
    return found.map { Entry(text: "\(key.name) = \($0.value.literal)", origin: "\($0.origin)") }
  }

  /// What counts for a key, a line for each member of a list; nil if there is no such key.
  public func values(ofKey name: String) -> [String]? {
    if let key = SettingKey.named(name) {
      let found = settings(of: key)
      if found.isEmpty { return key.builtin == "[]" ? [] : [key.builtin] }
      return found.flatMap { if case .list(let texts) = $0.value { texts } else { [$0.value.description] } }
    }
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 3, parts[0] == "rule" else { return nil }
    let change = ruleChanges[parts[1]]
    switch parts[2] {
    case "severity": return (change?.severity).map { [$0.name] } ?? []
    case "enabled": return [String(change?.isEnabled ?? true)]
    default: return nil
    }
  }

  /// What the examples of the rules in configuration files show to be wrong.
  ///
  /// - Throws: if the rules do not compile.
  public func ruleExampleFailures() throws(CatalogueError) -> [String] {
    try RuleTest.run(rules).failures.map(\.description)
  }
}

extension SettingKey {
  fileprivate var builtinLiteral: String {
    switch kind {
    case .word, .size, .path: builtin == "none" ? "\"\"" : TOMLEditor.literal(builtin)
    default: builtin
    }
  }
}

extension SettingValue {
  fileprivate var literal: String {
    switch self {
    case .text(let text): TOMLEditor.literal(text)
    case .list(let texts): TOMLEditor.literal(texts)
    case .boolean, .number: description
    }
  }
}
