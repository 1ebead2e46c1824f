// What can be set in files and by the environment: one entry for each key, read by everything that deals with keys.

import SecretModel

/// A key of configuration files. It has the name of the option that means the same.
public struct SettingKey: Sendable {
  /// What its value is.
  public enum Kind: Sendable {
    case boolean
    case number(ClosedRange<Int>)
    /// One of some words.
    case word([String])
    /// Bytes, as `500kB` or `10MB`.
    case size
    /// A file or directory; relative ones start at the file that names them.
    case path
    case paths
    /// Words without an order.
    case list
    /// Ids of rules.
    case rules
  }

  public let name: String
  public let kind: Kind
  /// In words, for people.
  public let summary: String
  /// As it is without any configuration, in words.
  public let builtin: String
  /// Whether a project's file cannot set it: what concerns the user's machine, or would hide that a scan failed.
  public let isPersonal: Bool
  /// Whether the lists of all layers count together.
  public let addsUp: Bool

  private init(
    _ name: String, _ kind: Kind, _ summary: String, builtin: String = "", isPersonal: Bool = false,
    addsUp: Bool = false
  ) {
    self.name = name
    self.kind = kind
    self.summary = summary
    self.builtin = builtin
    self.isPersonal = isPersonal
    self.addsUp = addsUp
  }

  /// The environment variable that sets it.
  public var variable: String { Self.variablePrefix + name.uppercased().split(separator: "-").joined(separator: "_") }

  /// What the variables' names begin with.
  public static let variablePrefix = "VAULT_SENTRY_"

  /// Largest file, in bytes, that a project may ask to be scanned.
  static let projectSizeLimit = 100_000_000

  private static let levels = Severity.allCases.map(\.name)

  /// Every key, in the order of the manual.
  public static let all: [SettingKey] = [
    SettingKey("severity", .word(levels), "Report findings of this level and above.", builtin: "low"),
    SettingKey(
      "fail-on", .word(levels + ["none"]), "Return 1 for findings of this level and above; “none” never does.",
      builtin: "high"),
    SettingKey(
      "allow-incomplete", .boolean, "Return 0 or 1 even if something could not be scanned.", builtin: "false",
      isPersonal: true),
    SettingKey("max-file-size", .size, "Skip larger files. A project may ask for up to 100MB.", builtin: "10MB"),
    SettingKey("include", .list, "Scan only files that fit one of these patterns (as in .gitignore).", builtin: "[]"),
    SettingKey(
      "exclude", .list, "Skip what fits one of these patterns (as in .gitignore).", builtin: "[]", addsUp: true),
    SettingKey(
      "no-ignore", .boolean, "Scan what .gitignore names and what is skipped by default, too.", builtin: "false"),
    SettingKey("enable", .rules, "Use only these rules.", builtin: "[]"),
    SettingKey("disable", .rules, "Do not use these rules.", builtin: "[]", addsUp: true),
    SettingKey("rule-files", .paths, "Rule files, or directories of them.", builtin: "[]", addsUp: true),
    SettingKey("baseline", .path, "Findings that this file names are known and do not count.", builtin: "none"),
    SettingKey("no-inline-ignores", .boolean, "Let no comment beside a value count.", builtin: "false"),
    SettingKey("no-foreign-ignores", .boolean, "Let no comment for other scanners count.", builtin: "false"),
    SettingKey("report-unused-ignores", .boolean, "Tell of ignores that hide nothing.", builtin: "false"),
    SettingKey("fail-on-unused-ignores", .boolean, "Tell of them and return 1.", builtin: "false"),
    SettingKey(
      "jobs", .number(1...1024), "Threads to scan with.", builtin: "one for each processor", isPersonal: true),
    SettingKey(
      "max-memory", .size, "End the scan, with a report of what was found, before it holds more memory.",
      builtin: "no limit", isPersonal: true),
    SettingKey(
      "progress", .word(["auto", "always", "never"]), "Show progress on standard error.", builtin: "auto",
      isPersonal: true),
    SettingKey(
      "color", .word(["auto", "always", "never"]), "Colour the text report.", builtin: "auto", isPersonal: true),
    SettingKey(
      "no-project-config", .boolean, "Do not read the project's own files.", builtin: "false", isPersonal: true),
    SettingKey("profile", .word([]), "The profile to take values from: [profiles.NAME].", builtin: "none"),
  ]

  /// Finds a key by its name.
  public static func named(_ name: String) -> SettingKey? { all.first { $0.name == name } }

  /// What to say of variables that look like misspelt ones of ours. Others may be somebody else's.
  public static func misspelt(_ variables: [String], except known: [String]) -> [String] {
    let names = all.map(\.variable)
    return variables.filter { !names.contains($0) && !known.contains($0) }.compactMap { variable in
      let hint = Suggestion.hint(for: variable, among: names)
      return hint.isEmpty ? nil : "\(variable) is not read\(hint)"
    }
  }

  /// Why something that is an option is no key; nil for what is no option either.
  static func whyNot(_ name: String) -> String? {
    switch name {
    case "show-secrets": "secrets are only shown when --show-secrets asks for it, scan by scan"
    case "output", "format": "where reports go is said by --output and --format, scan by scan"
    case "rules": "rule files are named by “rule-files”; rules stand under [[rules]]"
    case "update-baseline", "prune-baseline": "a baseline is only written when the option asks for it, scan by scan"
    default: nil
    }
  }
}

/// A value of a key.
public enum SettingValue: Sendable, Hashable, CustomStringConvertible {
  case text(String)
  case boolean(Bool)
  case number(Int)
  case list([String])

  /// As a configuration file has it, without the quotes of a single text.
  public var description: String {
    switch self {
    case .text(let text): text
    case .boolean(let value): String(value)
    case .number(let value): String(value)
    case .list(let texts): "[\(texts.joined(separator: ", "))]"
    }
  }

  public var list: [String] { if case .list(let texts) = self { texts } else { [] } }
  public var text: String? { if case .text(let text) = self { text } else { nil } }
  public var isTrue: Bool { self == .boolean(true) }
  public var number: Int? { if case .number(let number) = self { number } else { nil } }
}

extension SettingKey {
  /// What is wrong with a value; nil if nothing is.
  func problem(with value: SettingValue, isProject: Bool) -> String? {
    switch (kind, value) {
    case (.boolean, .boolean), (.path, .text), (.paths, .list), (.list, .list), (.rules, .list): return nil
    case (.number(let range), .number(let number)) where range.contains(number): return nil
    case (.word(let words), .text(let text)):
      if words.isEmpty || words.contains(text) { return nil }
      return "“\(text)” is none of \(words.joined(separator: ", "))" + Suggestion.hint(for: text, among: words)
    case (.size, .text(let text)):
      guard let bytes = FileSize.bytes(text) else { return "give a size such as 500kB, 10MB or 2GB" }
      return isProject && bytes > Self.projectSizeLimit
        ? "a project may ask for 100MB at most; --max-file-size can ask for more" : nil
    default: return "give \(expectation)"
    }
  }

  private var expectation: String {
    switch kind {
    case .boolean: "true or false"
    case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .word(let words): words.isEmpty ? "a text" : "one of \(words.joined(separator: ", "))"
    case .size: "a size such as 500kB, 10MB or 2GB, in quotes"
    case .path: "a path, in quotes"
    case .paths, .list, .rules: "a list of texts: [\"…\", \"…\"]"
    }
  }

  /// The value that a text on the command line or in the environment means; lists have commas between their members.
  public func value(of text: String) -> SettingValue {
    switch kind {
    case .boolean:
      switch text.lowercased() {
      case "true", "1", "yes", "on": return .boolean(true)
      case "false", "0", "no", "off", "": return .boolean(false)
      default: return .text(text)
      }
    case .number: return Int(text).map(SettingValue.number) ?? .text(text)
    case .word, .size, .path: return .text(text)
    case .paths, .list, .rules:
      return .list(text.split(separator: ",").map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty })
    }
  }
}

/// File sizes as people write them.
public enum FileSize {
  /// Bytes of `500kB`, `10MB`, `2GB`; nil for anything else.
  public static func bytes(_ text: String) -> Int? {
    let units: [(String, Int)] = [
      ("kb", 1_000), ("mb", 1_000_000), ("gb", 1_000_000_000), ("k", 1_000), ("m", 1_000_000), ("g", 1_000_000_000),
      ("b", 1), ("", 1),
    ]
    let text = text.lowercased()
    guard let (unit, size) = units.first(where: { text.hasSuffix($0.0) }),
      let number = Int(text.dropLast(unit.count)), number > 0, number <= Int.max / size
    else { return nil }
    return number * size
  }
}

/// Words that were probably meant.
enum Suggestion {
  /// `; did you mean “…”?`, or nothing if no word is near.
  static func hint(for word: String, among words: some Sequence<String>) -> String {
    let limit = word.count < 5 ? 1 : word.count < 9 ? 2 : 3
    let near = words.map { ($0, distance(word, $0)) }.filter { $0.1 <= limit }
    guard let best = near.min(by: { ($0.1, $0.0) < ($1.1, $1.0) }) else { return "" }
    return "; did you mean “\(best.0)”?"
  }

  /// Letters to insert, remove or replace to get from one word to the other.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8.prefix(100)), Array(right.utf8.prefix(100)))
    var row = Array(0...right.count)
    for (i, byte) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, other) in right.enumerated() {
        let above = row[j + 1]
        row[j + 1] = min(above + 1, row[j] + 1, diagonal + (byte == other ? 0 : 1))
        diagonal = above
      }
    }
    return row[right.count]
  }
}
