// JSON documents as a tree of values that remember where they stood, for messages that name the line.

internal import CJSON

/// A value of a JSON document, with its place.
public struct JSONNode: Sendable {
  public enum Value: Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// A number with a fraction or an exponent, or outside 64 bits.
    case number(Double)
    case string(String)
    case array([JSONNode])
    /// The last of several members with one name counts.
    case object([String: JSONNode])
  }

  public var value: Value
  /// Bytes from the document's start to a byte of the value: its last or, for arrays and objects, its first.
  public var offset: Int

  public init(value: Value, offset: Int) {
    self.value = value
    self.offset = offset
  }
}

/// Why a text is not JSON.
public struct JSONSyntaxError: Error {
  /// A sentence; holds nothing of the text.
  public let message: String
  /// Bytes in front of the fault.
  public let offset: Int
  /// Whether the text ends in the middle of the document.
  public let isTruncated: Bool
}

extension JSONNode {
  /// Deeper documents are refused; no report comes near it.
  private static let depthLimit = 200

  /// Parses a document: strict RFC 8259, UTF-8.
  public static func parse(_ text: some Collection<UInt8>) throws(JSONSyntaxError) -> JSONNode {
    let builder = TreeBuilder()
    var failure = cjson_error()
    var copy = Array(text)
    copy.append(0)
    let parsed = copy.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress?.assumingMemoryBound(to: CChar.self) else { return false }
      return cjson_parse(
        start, copy.count - 1, depthLimit, Unmanaged.passUnretained(builder).toOpaque(),
        { context, event in
          Unmanaged<TreeBuilder>.fromOpaque(context).takeUnretainedValue().accept(event.pointee)
        }, &failure)
    }
    guard parsed, let root = builder.root else {
      throw JSONSyntaxError(
        message: failure.message.map { String(cString: $0) } ?? "", offset: failure.offset, isTruncated: failure.at_end)
    }
    return root
  }
}

/// Collects the parser's events into a tree.
private final class TreeBuilder {
  private struct Open {
    var offset: Int
    var members: [String: JSONNode]?
    var elements: [JSONNode] = []
    /// The name that the next member gets.
    var nextKey: String?
  }

  private var open: [Open] = []
  private(set) var root: JSONNode?

  func accept(_ event: cjson_event) {
    let offset = max(0, Int(event.offset) - 1)
    let value: JSONNode.Value
    switch event.kind {
    case cjson_begin_object:
      open.append(Open(offset: offset, members: [:]))
      return
    case cjson_begin_array:
      open.append(Open(offset: offset, members: nil))
      return
    case cjson_key:
      if let last = open.indices.last { open[last].nextKey = text(event) }
      return
    case cjson_end_object, cjson_end_array:
      guard let finished = open.popLast() else { return }
      place(
        JSONNode(
          value: finished.members.map(JSONNode.Value.object) ?? .array(finished.elements), offset: finished.offset))
      return
    case cjson_boolean: value = .boolean(event.integer != 0)
    case cjson_integer: value = .integer(Int(event.integer))
    case cjson_number: value = .number(event.number)
    case cjson_string: value = .string(text(event))
    default: value = .null
    }
    place(JSONNode(value: value, offset: offset))
  }

  private func place(_ node: JSONNode) {
    guard let last = open.indices.last else {
      root = node
      return
    }
    if let key = open[last].nextKey {
      open[last].members?[key] = node
      open[last].nextKey = nil
    } else {
      open[last].elements.append(node)
    }
  }

  private func text(_ event: cjson_event) -> String {
    String(decoding: UnsafeRawBufferPointer(start: event.text, count: event.text_length), as: UTF8.self)
  }
}
