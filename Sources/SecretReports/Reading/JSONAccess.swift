// Members of JSON documents with the kinds that a report asks for.

import JSON
import SecretModel

/// A value that is not what a report needs.
struct JSONFault: Error {
  /// Where it stands: `findings[3].risk_terms[0]`; empty for the document itself.
  var path: String
  /// What is wrong with it; holds no value.
  let message: String
  /// Bytes from the start of the document.
  let offset: Int

  /// The same fault seen from further out.
  func inside(_ outer: String) -> JSONFault {
    let joint = path.isEmpty || path.hasPrefix("[") ? "" : "."
    return JSONFault(path: outer + joint + path, message: message, offset: offset)
  }
}

extension JSONNode {
  func fault(_ message: String, at path: String = "") -> JSONFault {
    JSONFault(path: path, message: message, offset: offset)
  }

  var object: [String: JSONNode]? {
    if case .object(let members) = value { members } else { nil }
  }

  var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  var array: [JSONNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }

  /// A whole number that every reader of JSON takes for the same (RFC 8259, section 6): sums of them stay in bounds, too.
  var integer: Int? {
    if case .integer(let number) = value, (-(1 << 53)...(1 << 53)).contains(number) { number } else { nil }
  }

  var number: Double? {
    switch value {
    case .integer(let number): Double(number)
    case .number(let number): number
    default: nil
    }
  }

  var boolean: Bool? {
    if case .boolean(let flag) = value { flag } else { nil }
  }

  /// A member; nil if it is not there or null, or if this is no object.
  subscript(_ key: String) -> JSONNode? {
    guard let member = object?[key] else { return nil }
    if case .null = member.value { return nil }
    return member
  }

  // MARK: - Members that have to be there

  func member(_ key: String) throws(JSONFault) -> JSONNode {
    guard object != nil else { throw fault("has to be an object, but is \(kind)") }
    guard let member = self[key] else { throw fault("lacks “\(key)”") }
    return member
  }

  func string(_ key: String) throws(JSONFault) -> String {
    try member(key).require(key, "a text", \.string)
  }

  /// A whole number of at least `least`.
  func integer(_ key: String, atLeast least: Int) throws(JSONFault) -> Int {
    let member = try member(key)
    let number = try member.require(key, "a whole number", \.integer)
    guard number >= least else { throw member.fault("has to be at least \(least)", at: key) }
    return number
  }

  func number(_ key: String) throws(JSONFault) -> Double {
    try member(key).require(key, "a number", \.number)
  }

  func array(_ key: String) throws(JSONFault) -> [JSONNode] {
    try member(key).require(key, "a list", \.array)
  }

  func object(_ key: String) throws(JSONFault) -> JSONNode {
    let member = try member(key)
    _ = try member.require(key, "an object", \.object)
    return member
  }

  /// One of the named values of a type.
  func choice<Value>(_ key: String, _ choices: String, _ read: (String) -> Value?) throws(JSONFault) -> Value {
    let member = try member(key)
    guard let text = member.string, let value = read(text) else {
      throw member.fault("has to be one of \(choices)", at: key)
    }
    return value
  }

  func timestamp(_ key: String) throws(JSONFault) -> Timestamp {
    let member = try member(key)
    guard let time = member.string.flatMap(Timestamp.init(iso8601:)) else {
      throw member.fault("has to be a time such as 2026-01-31T23:59:59Z", at: key)
    }
    return time
  }

  // MARK: - Members that may be missing

  /// A text; nil if it is not there, a fault if it is something else.
  func string(ifPresent key: String) throws(JSONFault) -> String? {
    try self[key]?.require(key, "a text", \.string)
  }

  func strings(_ key: String) throws(JSONFault) -> [String] {
    try map(try array(key), key) { node throws(JSONFault) in try node.require("", "a text", \.string) }
  }

  /// What `read` makes of each element; faults name its place.
  func map<Value>(
    _ elements: [JSONNode], _ key: String, _ read: (JSONNode) throws(JSONFault) -> Value
  ) throws(JSONFault) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      do throws(JSONFault) {
        values.append(try read(element))
      } catch {
        throw error.inside("\(key)[\(index)]")
      }
    }
    return values
  }

  private func require<Value>(_ key: String, _ name: String, _ read: (JSONNode) -> Value?) throws(JSONFault) -> Value {
    guard let value = read(self) else { throw fault("has to be \(name), but is \(kind)", at: key) }
    return value
  }

  private var kind: String {
    switch value {
    case .null: "null"
    case .boolean: "true or false"
    case .integer, .number: "a number"
    case .string: "a text"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
