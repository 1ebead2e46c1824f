// One configuration file, read.

import RuleCompiler
import SecretModel
import TOML

/// A value and where it was set.
public struct Setting: Sendable {
  public let value: SettingValue
  public let origin: SettingOrigin
}

/// Where a value was set.
public enum SettingOrigin: Sendable, Hashable, CustomStringConvertible {
  case builtin
  /// The file as messages name it, with the 1-based line.
  case file(String, line: Int)
  case environment(variable: String)

  public var description: String {
    switch self {
    case .builtin: "built in"
    case .file(let path, let line): "\(path):\(line)"
    case .environment(let variable): "environment: \(variable)"
    }
  }
}

/// What a file says about a rule: `[rule.ID]`.
public struct RuleChange: Sendable {
  public var severity: Severity?
  /// False for a rule that is not used.
  public var isEnabled = true
  public let origin: SettingOrigin
}

/// What a configuration file holds.
struct SettingsDocument {
  /// Files to read first, with their places.
  var extends: [(path: String, place: TOMLPosition)] = []
  var values: [String: Setting] = [:]
  var profiles: [String: [String: Setting]] = [:]
  var ruleChanges: [String: RuleChange] = [:]
  var allowed: [AllowRule] = []
  var pathSeverities: [PathSeverity] = []
  var rules: [RuleSource] = []
  var problems: [SettingsProblem] = []

  /// Tables and lists that are no keys of `SettingKey`.
  static let structures = ["extends", "profiles", "rule", "allow", "path-severity", "rules"]

  /// - Parameters:
  ///   - file: as messages name it.
  ///   - isProject: whether it belongs to the scanned project and is not trusted.
  ///   - resolve: brings a path in the file to one that can be opened, or says why not.
  init(
    _ text: [UInt8], file: String, isProject: Bool,
    resolve: (String) -> Result<String, SettingsError>
  ) {
    let list = SettingsProblemList(file: file)
    defer { problems = list.list }
    let root: TOMLNode
    do {
      root = try TOMLNode.parse(text)
    } catch {
      list.add(TOMLPosition(line: error.line, column: error.column), error.message)
      return
    }
    let table = SettingsReader(root, list)
    extends = table.strings("extends").map { ($0.text, $0.place) }
    values = Self.values(table, isProject, resolve)
    for (name, profile) in table.namedTables("profiles") {
      profiles[name] = Self.values(profile, isProject, resolve)
      profile.refuseUnknownKeys()
    }
    for (id, rule) in table.namedTables("rule") { ruleChanges[id] = Self.change(rule) }
    allowed = table.tables("allow").compactMap(AllowRule.init)
    pathSeverities = table.tables("path-severity").compactMap(PathSeverity.init)
    readRules(table)
    table.refuseUnknownKeys()
  }

  private static func values(
    _ table: SettingsReader, _ isProject: Bool, _ resolve: (String) -> Result<String, SettingsError>
  ) -> [String: Setting] {
    var values: [String: Setting] = [:]
    for key in SettingKey.all {
      guard let node = table.take(key.name) else { continue }
      let found = value(node)
      if key.isPersonal, isProject {
        table.problems.add(
          node.key,
          "a project cannot set “\(key.name)”; set it in your own file, by \(key.variable) or by --\(key.name)")
        continue
      }
      if let problem = found.map({ key.problem(with: $0, isProject: isProject) }) ?? "give a value" {
        table.problems.add(node.place, "“\(key.name)”: \(problem)")
        continue
      }
      guard let found, let resolved = paths(found, key, node, table, resolve) else { continue }
      values[key.name] = Setting(value: resolved, origin: .file(table.problems.file, line: node.line))
    }
    return values
  }

  private static func value(_ node: TOMLNode) -> SettingValue? {
    switch node.value {
    case .string(let text): return .text(text)
    case .boolean(let value): return .boolean(value)
    case .integer(let number): return Int(exactly: number).map(SettingValue.number)
    case .array(let members):
      let texts = members.compactMap { if case .string(let text) = $0.value { text } else { nil } }
      return texts.count == members.count ? .list(texts) : nil
    default: return nil
    }
  }

  /// The value with its paths brought to ones that can be opened.
  private static func paths(
    _ value: SettingValue, _ key: SettingKey, _ node: TOMLNode, _ table: SettingsReader,
    _ resolve: (String) -> Result<String, SettingsError>
  ) -> SettingValue? {
    let texts: [String]
    switch key.kind {
    case .path: texts = value.text.map { [$0] } ?? []
    case .paths: texts = value.list
    default: return value
    }
    var resolved: [String] = []
    for text in texts {
      switch resolve(text) {
      case .success(let path): resolved.append(path)
      case .failure(let error):
        table.problems.add(node.place, "“\(key.name)”: \(error)")
        return nil
      }
    }
    if case .path = key.kind { return resolved.first.map(SettingValue.text) }
    return .list(resolved)
  }

  private static func change(_ table: SettingsReader) -> RuleChange {
    var change = RuleChange(origin: .file(table.problems.file, line: table.node.line))
    if let name = table.string("severity") {
      change.severity = Severity(name: name)
      if change.severity == nil {
        let names = Severity.allCases.map(\.name)
        table.problems.add(
          table.members["severity"]?.place,
          "“\(name)” is none of \(names.joined(separator: ", "))\(Suggestion.hint(for: name, among: names))")
      }
    }
    change.isEnabled = table.boolean("enabled") ?? true
    table.refuseUnknownKeys()
    return change
  }

  private mutating func readRules(_ table: SettingsReader) {
    guard let node = table.take("rules") else { return }
    do throws(RuleProblems) {
      rules = try RuleSource.read(inline: node, file: table.problems.file)
    } catch {
      table.problems.add(
        error.problems.map {
          SettingsProblem(file: $0.file, at: TOMLPosition(line: $0.line, column: 1), $0.message)
        })
    }
  }
}
