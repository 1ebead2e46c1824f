// Takes typed values out of a table of a configuration file, and tells where it goes wrong.

import TOML

/// Something wrong in a configuration file, or with a variable.
public struct SettingsProblem: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// As messages name it.
  public let file: String
  /// 1-based; nil for what is not in a file.
  public let line: Int?
  /// 1-based, in code points.
  public let column: Int?
  public let message: String

  init(file: String, at place: TOMLPosition? = nil, _ message: String) {
    self.file = file
    line = place?.line
    column = place?.column
    self.message = message
  }

  public var description: String {
    let place = line.map { line in ":\(line)" + (column.map { ":\($0)" } ?? "") } ?? ""
    return "\(file.neutralised)\(place): \(message.neutralised)"
  }

  public static func < (left: SettingsProblem, right: SettingsProblem) -> Bool {
    (left.file, left.line ?? 0, left.column ?? 0, left.message)
      < (right.file, right.line ?? 0, right.column ?? 0, right.message)
  }
}

/// Everything wrong in some configuration files.
public struct SettingsProblems: Error, Sendable, CustomStringConvertible {
  public let problems: [SettingsProblem]

  public var description: String { problems.sorted().map(\.description).joined(separator: "\n") }
}

/// Problems of one file as they are met.
final class SettingsProblemList {
  let file: String
  private(set) var list: [SettingsProblem] = []

  init(file: String) { self.file = file }

  func add(_ place: TOMLPosition?, _ message: String) {
    list.append(SettingsProblem(file: file, at: place, message))
  }

  func add(_ problems: [SettingsProblem]) { list += problems }
}

extension TOMLNode {
  /// Where the value begins.
  var place: TOMLPosition { TOMLPosition(line: line, column: column) }
}

/// Reads one table and remembers which keys were asked for.
final class SettingsReader {
  let node: TOMLNode
  let members: [String: TOMLNode]
  let problems: SettingsProblemList
  private var known = Set<String>()

  init(_ node: TOMLNode, _ problems: SettingsProblemList) {
    self.node = node
    self.problems = problems
    if case .table(let members) = node.value {
      self.members = members
    } else {
      members = [:]
      problems.add(node.place, "a table is expected here")
    }
  }

  /// A member, known from now on.
  func take(_ key: String) -> TOMLNode? {
    known.insert(key)
    return members[key]
  }

  func string(_ key: String) -> String? {
    guard let node = take(key) else { return nil }
    guard case .string(let text) = node.value else {
      problems.add(node.place, "“\(key)”: give a text, in quotes")
      return nil
    }
    return text
  }

  func boolean(_ key: String) -> Bool? {
    guard let node = take(key) else { return nil }
    guard case .boolean(let value) = node.value else {
      problems.add(node.place, "“\(key)”: give true or false")
      return nil
    }
    return value
  }

  /// A text, or a list of them, each with its place.
  func strings(_ key: String) -> [(text: String, place: TOMLPosition)] {
    guard let node = take(key) else { return [] }
    let nodes = if case .array(let members) = node.value { members } else { [node] }
    return nodes.compactMap { node in
      guard case .string(let text) = node.value else {
        problems.add(node.place, "“\(key)”: give a text, or a list of texts: [\"…\", \"…\"]")
        return nil
      }
      return (text, node.place)
    }
  }

  /// The tables of `[[key]]`.
  func tables(_ key: String) -> [SettingsReader] {
    guard let node = take(key) else { return [] }
    guard case .array(let members) = node.value else {
      problems.add(node.place, "“\(key)” is a list of tables: [[\(key)]]")
      return []
    }
    return members.map { SettingsReader($0, problems) }
  }

  /// The tables of `[key.NAME]`, by name.
  func namedTables(_ key: String) -> [(name: String, table: SettingsReader)] {
    guard let node = take(key) else { return [] }
    guard case .table(let members) = node.value else {
      problems.add(node.place, "“\(key)” is written [\(key).NAME]")
      return []
    }
    return members.sorted { $0.key < $1.key }.map { ($0.key, SettingsReader($0.value, problems)) }
  }

  /// Tells of what nobody asked for.
  ///
  /// - Parameter others: keys that a caller takes by itself, for suggestions.
  func refuseUnknownKeys(among others: [String] = []) {
    for (key, node) in members where !known.contains(key) {
      let reason =
        SettingKey.whyNot(key).map { "“\(key)” cannot be set here: \($0)" }
        ?? "there is no key “\(key)”\(Suggestion.hint(for: key, among: known.union(others).sorted()))"
      problems.add(node.key ?? node.place, reason)
    }
  }
}
