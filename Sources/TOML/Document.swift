// TOML documents as a tree of values that remember where they stood, for messages that name the line.

internal import CTOML

/// A value of a TOML document, with its place.
public struct TOMLNode: Sendable {
  public enum Value: Sendable {
    case string(String)
    case integer(Int64)
    case float(Double)
    case boolean(Bool)
    /// A date or time, which no file of ours uses.
    case other
    case array([TOMLNode])
    case table([String: TOMLNode])
  }

  public var value: Value
  /// 1-based.
  public var line: Int
  /// 1-based, in code points.
  public var column: Int
  /// One past the last character of a value, or of a table's header.
  public var end: TOMLPosition?
  /// Where the last part of its key begins; nil for members of an array.
  public var key: TOMLPosition?

  public init(value: Value, line: Int, column: Int, end: TOMLPosition? = nil, key: TOMLPosition? = nil) {
    self.value = value
    self.line = line
    self.column = column
    self.end = end
    self.key = key
  }
}

/// A place in a document.
public struct TOMLPosition: Sendable, Hashable {
  /// 1-based.
  public var line: Int
  /// 1-based, in code points.
  public var column: Int

  public init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Nil for a place that the parser does not know.
  fileprivate init?(_ line: UInt32, _ column: UInt32) {
    guard line > 0 else { return nil }
    self.init(line: Int(line), column: Int(column))
  }
}

/// Why a text is not TOML.
public struct TOMLSyntaxError: Error, CustomStringConvertible {
  public let message: String
  /// 1-based.
  public let line: Int
  /// 1-based, in code points.
  public let column: Int

  public var description: String { "\(line):\(column): \(message)" }
}

extension TOMLNode {
  /// Parses a document; the result is its root table.
  public static func parse(_ text: [UInt8]) throws(TOMLSyntaxError) -> TOMLNode {
    let builder = TreeBuilder()
    var failure = ctoml_error()
    let parsed = (text + [0]).withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
      return ctoml_parse(
        start, text.count, Unmanaged.passUnretained(builder).toOpaque(),
        { context, event in
          Unmanaged<TreeBuilder>.fromOpaque(context).takeUnretainedValue().accept(event.pointee)
        }, &failure)
    }
    guard parsed, let root = builder.root else {
      let message = withUnsafeBytes(of: failure.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      throw TOMLSyntaxError(message: message, line: Int(failure.line), column: Int(failure.column))
    }
    return root
  }
}

/// Collects the parser's events into a tree.
private final class TreeBuilder {
  private var open: [(key: String?, node: TOMLNode)] = []
  private(set) var root: TOMLNode?

  func accept(_ event: ctoml_event) {
    let key = event.key.map { decode($0, event.key_length) }
    let node = { (value: TOMLNode.Value) in
      TOMLNode(
        value: value, line: Int(event.line), column: Int(event.column),
        end: TOMLPosition(event.end_line, event.end_column), key: TOMLPosition(event.key_line, event.key_column))
    }
    switch event.kind {
    case ctoml_begin_table: open.append((key, node(.table([:]))))
    case ctoml_begin_array: open.append((key, node(.array([]))))
    case ctoml_end_table, ctoml_end_array:
      guard let (key, finished) = open.popLast() else { return }
      place(finished, at: key)
    case ctoml_string: place(node(.string(event.text.map { decode($0, event.text_length) } ?? "")), at: key)
    case ctoml_integer: place(node(.integer(event.integer)), at: key)
    case ctoml_float: place(node(.float(event.number)), at: key)
    case ctoml_boolean: place(node(.boolean(event.integer != 0)), at: key)
    default: place(node(.other), at: key)
    }
  }

  private func place(_ node: TOMLNode, at key: String?) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    switch open[last].node.value {
    case .table(var members):
      open[last].node.value = .other  // keeps the dictionary's only reference, so that it grows in place
      if let key { members[key] = node }
      open[last].node.value = .table(members)
    case .array(var members):
      open[last].node.value = .other
      members.append(node)
      open[last].node.value = .array(members)
    default: break
    }
  }

  private func decode(_ start: UnsafePointer<CChar>, _ length: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
  }
}
