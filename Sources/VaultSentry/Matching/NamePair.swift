// Names that are values themselves: `- name: DB_PASSWORD` over `value: …`, `<add key="ApiKey" value="…"/>`,
// `<key>Token</key><string>…</string>`, `variable "db_password" { default = "…" }`.

import CatalogueImage

/// A member that gives a name, and a later or earlier one that gives the value.
struct NamePair {
  let value: NamedValue?

  /// Bytes around the name in which the value may stand.
  private static let reach = 300
  /// Keys whose value is a name.
  private static let nameKeys: WordSet = [
    "name", "key", "parameterkey", "param-name", "env-entry-name", "variable", "setting", "varname", "id", "property",
    "header", "field",
  ]
  /// Keys whose value is what the name stands for.
  private static let valueKeys: WordSet = [
    "value", "default", "content", "parametervalue", "param-value", "env-entry-value", "string", "defaultvalue",
  ]

  /// Whether a quoted name stands where a value stands, so that what follows it is another member.
  static func stands(_ name: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard let key = key(before: name.lowerBound, bytes) else { return false }
    return nameKeys.contains(key.word)
  }

  /// Whether the name is the kind of a manifest: `kind: Secret`.
  static func isKind(_ name: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
    name.count == 6 && key(before: name.lowerBound, bytes)?.word == kind
  }

  init?(_ name: Range<Int>, in bytes: UnsafeRawBufferPointer) {
    let isValue = Self.key(before: name.lowerBound, bytes)
    if let key = isValue, Self.nameKeys.contains(key.word) {
      guard !Self.isInput(key.start, bytes) else { return nil }
      value =
        Self.text(behind: name, bytes) ?? Self.member(of: name, from: name.upperBound, bytes)
        ?? Self.memberBefore(name, key.start, bytes)
    } else if Self.opensObject(name, bytes) {
      // `"db_password": {"value": …`
      value = Self.member(of: name, from: name.upperBound, bytes)
    } else {
      return nil
    }
  }

  /// Whether the attribute at `start` is one of an HTML form's field.
  private static func isInput(_ start: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = start
    while at > 0, start - at < 200, bytes[at - 1] != UInt8(ascii: "<"), bytes[at - 1] != UInt8(ascii: ">") { at -= 1 }
    return UnsafeRawBufferPointer(rebasing: bytes[at..<start]).starts(with: "input".utf8)
  }

  private static let (kind, name, key) = (Word("kind".utf8), Word("name".utf8), Word("key".utf8))

  /// The key that the bytes before a value belong to, with where it starts.
  private static func key(before start: Int, _ bytes: UnsafeRawBufferPointer) -> (word: Word, start: Int)? {
    var at = start
    func skipBlanks() { while at > 0, bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09 { at -= 1 } }
    if at > 0, bytes[at - 1] == UInt8(ascii: "\"") || bytes[at - 1] == UInt8(ascii: "'") { at -= 1 }
    if at > 0, bytes[at - 1] == UInt8(ascii: "\\") { at -= 1 }
    let opening = at
    skipBlanks()
    guard at > 0 else { return nil }
    switch bytes[at - 1] {
    case UInt8(ascii: "="), UInt8(ascii: ":"), UInt8(ascii: ">"): at -= 1
    default:
      // `variable "name" {`: a block of HCL has its name behind a blank.
      guard at < opening, opening < start else { return nil }
    }
    skipBlanks()
    if at > 0, bytes[at - 1] == UInt8(ascii: "\"") || bytes[at - 1] == UInt8(ascii: "'") { at -= 1 }
    if at > 0, bytes[at - 1] == UInt8(ascii: "\\") { at -= 1 }
    let end = at
    while at > 0, end - at < 24, ByteSets.word.contains(bytes[at - 1]) || bytes[at - 1] == UInt8(ascii: "-") { at -= 1 }
    while at < end, bytes[at] == UInt8(ascii: "-") { at += 1 }
    guard at < end else { return nil }
    return (Word(bytes[at..<end]), at)
  }

  /// Whether the name's value is an object: `": {`, `" {`.
  private static func opensObject(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = name.upperBound
    guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else { return false }
    at += 1
    while at < bytes.count, at - name.upperBound < 8, bytes[at] == 0x20 || bytes[at] == UInt8(ascii: ":") { at += 1 }
    return at < bytes.count && bytes[at] == UInt8(ascii: "{")
  }

  /// The text of the element whose attribute the name is: `<string name="api_key">…</string>`.
  private static func text(behind name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> NamedValue? {
    var at = name.upperBound
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") else { return nil }
    at += 1
    guard bytes[at] == UInt8(ascii: ">") else { return nil }
    let start = at + 1
    var end = start
    while end < bytes.count, end - start <= NamedValue.longestValue, bytes[end] != UInt8(ascii: "<"), bytes[end] != 0x0A
    {
      end += 1
    }
    guard end - start >= 4, end < bytes.count, bytes[end] == UInt8(ascii: "<") else { return nil }
    return NamedValue(name: name, value: start..<end, form: .quoted)
  }

  /// The next member that gives a value, before the object, element or list item ends.
  private static func member(
    of name: Range<Int>, from start: Int, _ bytes: UnsafeRawBufferPointer
  ) -> NamedValue? {
    member(of: name, in: start..<min(bytes.count, start + reach), startsInside: true, bytes)
  }

  /// The member before the name, in the same object, element or list item.
  private static func memberBefore(
    _ name: Range<Int>, _ key: Int, _ bytes: UnsafeRawBufferPointer
  ) -> NamedValue? {
    var start = key
    while start > 0, key - start < reach {
      let byte = bytes[start - 1]
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "<") || byte == UInt8(ascii: "}") { break }
      start -= 1
      if byte == UInt8(ascii: "-"), bytes[start + 1] == 0x20, isFirstOfLine(start, bytes) { break }
    }
    return member(of: name, in: start..<key, startsInside: false, bytes)
  }

  private static func isFirstOfLine(_ at: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = at
    while start > 0, bytes[start - 1] == 0x20 { start -= 1 }
    return start == 0 || bytes[start - 1] == 0x0A
  }

  private static func member(
    of name: Range<Int>, in range: Range<Int>, startsInside: Bool, _ bytes: UnsafeRawBufferPointer
  ) -> NamedValue? {
    var at = range.lowerBound
    var lines = 0
    var wasOpened = false
    while at < range.upperBound {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "{"):
        if wasOpened { return nil }
        wasOpened = true
      case UInt8(ascii: "}"): return nil
      case 0x0A:
        lines += 1
        if lines > 6 { return nil }
        if startsInside, beginsItem(at + 1, bytes) { return nil }
      default:
        guard ByteSets.word.contains(byte) else { break }
        let end = wordEnd(at, range.upperBound, bytes)
        let word = Word(bytes[at..<end])
        let isClosing = at > 0 && bytes[at - 1] == UInt8(ascii: "/")
        if !isClosing, valueKeys.contains(word) {
          if let value = self.value(of: name, behind: end, bytes) { return value }
        } else if !isClosing, lines > 0, word == Self.name || word == Self.key {
          return nil
        }
        at = end
        continue
      }
      at += 1
    }
    return nil
  }

  private static func beginsItem(_ line: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = line
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    return at + 1 < bytes.count && bytes[at] == UInt8(ascii: "-") && bytes[at + 1] == 0x20
  }

  private static func wordEnd(_ start: Int, _ limit: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var end = start
    while end < limit, ByteSets.word.contains(bytes[end]) || bytes[end] == UInt8(ascii: "-") { end += 1 }
    return end
  }

  private static func value(of name: Range<Int>, behind key: Int, _ bytes: UnsafeRawBufferPointer) -> NamedValue? {
    var reader = ValueReader(bytes, at: key)
    let isQuotedKey = reader.closesName()
    guard reader.relation(behindQuote: isQuotedKey) == .assignment,
      let (value, isQuoted) = reader.value(for: .assignment),
      value.count >= 4, value.count <= NamedValue.longestValue
    else { return nil }
    return NamedValue(name: name, value: value, form: isQuoted ? .quoted : .bare)
  }
}
