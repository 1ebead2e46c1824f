// Reads a rule file: every key known, every value of its type, or a message that names the line.

import CatalogueImage
import SecretModel
public import TOML

extension RuleSource {
  /// Reads the rules of one file.
  ///
  /// - Parameters:
  ///   - text: the file's bytes.
  ///   - file: its name for messages.
  /// - Throws: everything that is wrong in it.
  public static func read(_ text: [UInt8], file: String) throws(RuleProblems) -> [RuleSource] {
    let root: TOMLNode
    do {
      root = try TOMLNode.parse(text)
    } catch {
      throw RuleProblems(problems: [RuleProblem(file: file, line: error.line, message: error.message)])
    }
    let problems = ProblemList(file: file)
    let table = TableReader(root, problems)
    let provider = table.string("provider", isRequired: true)
    _ = table.string("homepage", isRequired: true)
    let defaults = FileDefaults(
      provider: provider ?? "", rotate: table.string("rotate"), references: table.strings("references"),
      remediation: table.strings("remediation"))
    let rules = table.tables("rules").compactMap { rule(TableReader($0, problems), defaults, file) }
    table.refuseUnknownKeys()
    if rules.isEmpty { problems.add(1, "there are no [[rules]] in the file") }
    guard problems.list.isEmpty else { throw RuleProblems(problems: problems.list) }
    return rules
  }

  /// Reads the `[[rules]]` of a configuration file, which has none of the keys that a rule file has for all its rules.
  ///
  /// - Parameters:
  ///   - inline: the list of tables.
  ///   - file: its name for messages.
  /// - Throws: everything that is wrong in them.
  public static func read(inline: TOMLNode, file: String) throws(RuleProblems) -> [RuleSource] {
    let problems = ProblemList(file: file)
    let defaults = FileDefaults(
      provider: "Custom", rotate: "the place that issued it", references: [], remediation: [])
    let members = TableReader(
      TOMLNode(value: .table(["rules": inline]), line: inline.line, column: inline.column), problems)
    let rules = members.tables("rules").compactMap { rule(TableReader($0, problems), defaults, file) }
    guard problems.list.isEmpty else { throw RuleProblems(problems: problems.list) }
    return rules
  }

  private struct FileDefaults {
    let provider: String
    let rotate: String?
    let references: [String]
    let remediation: [String]
  }

  private static func rule(_ table: TableReader, _ defaults: FileDefaults, _ file: String) -> RuleSource? {
    let id = table.string("id", isRequired: true) ?? ""
    let name = table.string("name", isRequired: true) ?? ""
    let severityName = table.string("severity", isRequired: true) ?? ""
    let category = table.string("category", isRequired: true) ?? ""
    let severity = Severity(name: severityName)
    if severity == nil, !severityName.isEmpty {
      table.problem("severity", "“\(severityName)” is none of critical, high, medium, low, info")
    }
    if !category.isEmpty, !categories.contains(category) {
      table.problem("category", "“\(category)” is none of: \(categories.sorted().joined(separator: " "))")
    }
    let rotate = table.string("rotate") ?? defaults.rotate
    if rotate == nil { table.problem("rotate", "“rotate” is in neither the rule nor its file") }
    let references = table.strings("references")
    let remediation = table.strings("remediation")
    let rule = RuleSource(
      file: file, line: table.line,
      description: RuleDescription(
        id: id, name: name, provider: defaults.provider, category: category, severity: severity ?? .info,
        remediation: remediation.isEmpty ? defaults.remediation : remediation, rotate: rotate ?? "",
        references: references.isEmpty ? defaults.references : references),
      keywords: table.strings("keywords"), pattern: table.string("pattern"), assigned: assigned(table),
      named: named(table), circumstance: table.string("circumstance"),
      secretGroup: Int(table.integer("secret") ?? 0), entropyFloor: table.number("entropy") ?? 0,
      checksum: table.string("checksum"), decodes: table.string("decodes"),
      near: table.strings("near").map { $0.lowercased() }, value: table.string("value"),
      companions: table.strings("companions"), isIdentifier: table.bool("identifier") ?? false,
      paths: table.strings("paths"),
      family: table.string("family"), frequent: table.string("frequent"), matches: examples(table, "match"),
      nonMatches: examples(table, "no_match"))
    table.refuseUnknownKeys()
    return rule
  }

  private static func assigned(_ rule: TableReader) -> Assigned? {
    guard let table = rule.table("assigned") else { return nil }
    let assigned = Assigned(
      words: table.strings("words"), value: table.string("value", isRequired: true) ?? "",
      qualifiers: table.has("qualifiers")
        ? table.strings("qualifiers").map { $0.lowercased() } : CompiledRule.Assigned.usualQualifiers,
      distance: Int(table.integer("distance") ?? Int64(Assigned.usualDistance)))
    table.refuseUnknownKeys()
    return assigned
  }

  private static func named(_ rule: TableReader) -> Named? {
    guard let table = rule.table("named") else { return nil }
    let named = Named(words: table.strings("words"), value: table.string("value", isRequired: true) ?? "")
    table.refuseUnknownKeys()
    return named
  }

  private static func examples(_ rule: TableReader, _ key: String) -> [RuleExample] {
    rule.tables(key).map { node in
      let table = rule.reader(node)
      let why = key == "no_match" ? table.string("why", isRequired: true) ?? "" : nil
      let example = RuleExample(
        text: table.string("text", isRequired: true) ?? "", path: table.string("path") ?? RuleExample.neutralPath,
        why: why, line: node.line)
      table.refuseUnknownKeys()
      return example
    }
  }

  private static let categories: Set<String> = [
    "ai", "analytics", "auth", "cdn", "ci", "cloud", "collaboration", "commerce", "communication", "crypto", "data",
    "database", "devtools", "email", "finance", "generic", "hosting", "hygiene", "infrastructure", "maps", "marketing",
    "media",
    "messaging", "monitoring", "payment", "pki", "productivity", "registry", "security", "social", "storage",
    "support", "vcs",
  ]
}

/// Problems of one file as they are met.
private final class ProblemList {
  let file: String
  private(set) var list: [RuleProblem] = []

  init(file: String) { self.file = file }

  func add(_ line: Int, _ message: String) { list.append(RuleProblem(file: file, line: line, message: message)) }
}

/// Takes typed values out of a table and remembers which keys were asked for.
private final class TableReader {
  let line: Int
  private let members: [String: TOMLNode]
  private let problems: ProblemList
  private var known = Set<String>()

  init(_ node: TOMLNode, _ problems: ProblemList) {
    line = node.line
    self.problems = problems
    if case .table(let members) = node.value {
      self.members = members
    } else {
      members = [:]
      problems.add(node.line, "a table is expected here")
    }
  }

  func reader(_ node: TOMLNode) -> TableReader { TableReader(node, problems) }

  func problem(_ key: String, _ message: String) { problems.add(members[key]?.line ?? line, message) }

  func has(_ key: String) -> Bool { members[key] != nil }

  func string(_ key: String, isRequired: Bool = false) -> String? {
    guard let node = find(key, isRequired) else { return nil }
    guard case .string(let text) = node.value else { return wrong(key, "a string") }
    return text
  }

  func strings(_ key: String) -> [String] {
    guard let node = find(key, false) else { return [] }
    guard case .array(let members) = node.value else { return wrong(key, "an array of strings") ?? [] }
    let texts = members.compactMap { if case .string(let text) = $0.value { text } else { nil } }
    return texts.count == members.count ? texts : wrong(key, "an array of strings") ?? []
  }

  func bool(_ key: String) -> Bool? {
    guard let node = find(key, false) else { return nil }
    guard case .boolean(let value) = node.value else { return wrong(key, "true or false") }
    return value
  }

  func integer(_ key: String) -> Int64? {
    guard let node = find(key, false) else { return nil }
    guard case .integer(let value) = node.value, (0...100_000).contains(value) else {
      return wrong(key, "a whole number from 0 to 100000")
    }
    return value
  }

  func number(_ key: String) -> Double? {
    guard let node = find(key, false) else { return nil }
    switch node.value {
    case .float(let value) where (0...8).contains(value): return value
    case .integer(let value) where (0...8).contains(value): return Double(value)
    default: return wrong(key, "a number from 0 to 8")
    }
  }

  func table(_ key: String) -> TableReader? { find(key, false).map { TableReader($0, problems) } }

  func tables(_ key: String) -> [TOMLNode] {
    guard let node = find(key, false) else { return [] }
    guard case .array(let members) = node.value else { return wrong(key, "an array of tables") ?? [] }
    return members
  }

  func refuseUnknownKeys() {
    for (key, node) in members where !known.contains(key) { problems.add(node.line, "unknown key “\(key)”") }
  }

  private func find(_ key: String, _ isRequired: Bool) -> TOMLNode? {
    known.insert(key)
    if isRequired, members[key] == nil { problems.add(line, "“\(key)” is missing") }
    return members[key]
  }

  private func wrong<T>(_ key: String, _ expected: String) -> T? {
    problem(key, "“\(key)” has to be \(expected)")
    return nil
  }
}
