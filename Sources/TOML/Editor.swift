// Changes to a document that leave its comments, its order and its spaces alone.

/// Why a change cannot be made.
public struct TOMLEditError: Error, CustomStringConvertible {
  public let description: String
}

/// A document under change.
public struct TOMLEditor {
  private var scalars: [Unicode.Scalar]
  private var root: TOMLNode

  /// - Throws: if the text is not TOML.
  public init(_ text: [UInt8]) throws(TOMLSyntaxError) {
    root = try TOMLNode.parse(text)
    scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
  }

  /// The document as it is now.
  public var text: [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars)
    return Array(String(text).utf8)
  }

  /// Gives a key a value, in the place where it stands or behind its neighbours.
  ///
  /// - Parameters:
  ///   - path: the tables that lead to the key, and the key.
  ///   - literal: the value as TOML.
  /// - Throws: if the key's table is written in a way that leaves no place for it.
  public mutating func set(_ path: [String], to literal: String) throws(TOMLEditError) {
    guard let key = path.last else { return }
    let before = self
    if let node = root.node(at: path) {
      guard let end = node.end, !node.isUnderHeader else {
        throw TOMLEditError(description: "“\(path.joined(separator: "."))” is a table")
      }
      replace(offset(node.line, node.column)..<offset(end.line, end.column), with: literal)
    } else {
      try insert("\(Self.quotedIfNeeded(key)) = \(literal)", in: Array(path.dropLast()))
    }
    try parseAgain()
    // Tables may be opened again, in another order than their names: then the last line may be another table's.
    guard root.node(at: path) != nil else {
      self = before
      throw TOMLEditError(description: "there is no place for “\(path.joined(separator: "."))”; change it by hand")
    }
  }

  /// Takes a key out, with its line.
  ///
  /// - Returns: whether it was there.
  public mutating func unset(_ path: [String]) throws(TOMLEditError) -> Bool {
    guard let node = root.node(at: path), let key = node.key, let end = node.end else { return false }
    let start = offset(key.line, 1)
    let stop = lineEnd(offset(end.line, end.column))
    let before = scalars[start..<offset(key.line, key.column)]
    let behind = scalars[offset(end.line, end.column)..<stop].drop { $0 == " " || $0 == "\t" || $0 == "\r" }
    guard !node.isUnderHeader, before.allSatisfy({ $0 == " " || $0 == "\t" }),
      behind.isEmpty || behind.first == "#" || behind.first == "\n"
    else { throw TOMLEditError(description: "“\(path.joined(separator: "."))” is part of a table; change it by hand") }
    scalars.removeSubrange(start..<stop)
    try parseAgain()
    return true
  }

  private mutating func parseAgain() throws(TOMLEditError) {
    do {
      root = try TOMLNode.parse(text)
    } catch {
      throw TOMLEditError(description: "the value does not fit there (\(error)); change it by hand")
    }
  }

  // MARK: - Places

  /// Index of a place; the end of the text for what lies behind it.
  private func offset(_ line: Int, _ column: Int) -> Int {
    var start = 0
    for _ in 1..<max(1, line) { start = lineEnd(start) }
    return min(scalars.count, start + column - 1)
  }

  /// Index behind the line break that follows a place.
  private func lineEnd(_ start: Int) -> Int {
    scalars[min(start, scalars.count)...].firstIndex(of: "\n").map { $0 + 1 } ?? scalars.count
  }

  private mutating func replace(_ range: Range<Int>, with text: String) {
    scalars.replaceSubrange(range, with: Array(text.unicodeScalars))
  }

  // MARK: - New keys

  private mutating func insert(_ line: String, in table: [String]) throws(TOMLEditError) {
    if table.isEmpty {
      insertAtTop(line)
    } else if let node = root.node(at: table) {
      guard node.isUnderHeader, case .table(let members) = node.value else {
        throw TOMLEditError(
          description: "“\(table.joined(separator: "."))” has no header of its own; change it by hand")
      }
      insert(line, behindLine: members.values.map(\.lastLine).max().map { max($0, node.line) } ?? node.line)
    } else {
      let header = "[\(table.map(Self.quotedIfNeeded).joined(separator: "."))]"
      insert((scalars.isEmpty ? "" : "\n") + "\(header)\n\(line)", behindLine: .max)
    }
  }

  private mutating func insertAtTop(_ line: String) {
    guard case .table(let members) = root.value else { return }
    if let last = members.values.filter({ !$0.isUnderHeader }).map(\.lastLine).max() {
      return insert(line, behindLine: last)
    }
    guard let first = members.values.map(\.firstLine).min() else { return insert(line, behindLine: .max) }
    // Before the first header and the comment that belongs to it.
    var start = offset(first, 1)
    while start > 0 {
      let previous = scalars[..<(start - 1)].lastIndex(of: "\n").map { $0 + 1 } ?? 0
      guard scalars[previous] == "#" else { break }
      start = previous
    }
    replace(start..<start, with: line + "\n\n")
  }

  private mutating func insert(_ line: String, behindLine number: Int) {
    let at = number == .max ? scalars.count : lineEnd(offset(number, 1))
    let isCut = at > 0 && scalars[at - 1] != "\n"
    replace(at..<at, with: (isCut ? "\n" : "") + line + "\n")
  }

  // MARK: - Literals

  private static func quotedIfNeeded(_ key: String) -> String {
    let isBare =
      !key.isEmpty
      && key.utf8.allSatisfy { byte in
        (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte) || byte == 0x2D || byte == 0x5F
      }
    return isBare ? key : literal(key)
  }

  /// A string as TOML.
  public static func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": return "\\\""
      case "\\": return "\\\\"
      case "\n": return "\\n"
      case "\t": return "\\t"
      default:
        guard scalar.value < 0x20 || scalar.value == 0x7F else { return String(scalar) }
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      }
    }
    return "\"\(escaped.joined())\""
  }

  /// A list of strings as TOML.
  public static func literal(_ texts: [String]) -> String { "[\(texts.map { literal($0) }.joined(separator: ", "))]" }
}

extension TOMLNode {
  /// Whether it is a table, or a list of tables, that begins with a header.
  fileprivate var isUnderHeader: Bool {
    guard let key else { return false }
    // Where `[a.b]` stands before `[a]`, the key is the first one's and the rest the second one's.
    return line != key.line || column < key.column
  }

  /// The first line of the value or of a part of it: `[a.b]` may stand before `[a]`.
  fileprivate var firstLine: Int {
    guard case .table(let members) = value else { return line }
    return members.values.map(\.firstLine).reduce(line, min)
  }

  /// The last line that the value, or what dotted keys put into it, takes.
  fileprivate var lastLine: Int {
    var last = end?.line ?? line
    if case .table(let members) = value { last = members.values.map(\.lastLine).reduce(last, max) }
    return last
  }

  /// The value that a path of keys leads to.
  public func node(at path: [String]) -> TOMLNode? {
    var node = self
    for key in path {
      guard case .table(let members) = node.value, let next = members[key] else { return nil }
      node = next
    }
    return node
  }
}
