// Names that stand for many values: a block (`secrets:`), an array (`"tokens": […]`), a column of a table or of an INSERT.

import CatalogueImage
import Digests

enum NamedMembers {
  /// Bytes behind a name in which its values may stand.
  private static let reach = 20_000

  /// The values that a name stands for.
  static func values(of name: Range<Int>, in bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> [NamedValue] {
    var behind = name.upperBound
    while behind < bytes.count, Self.closers.contains(bytes[behind]) { behind += 1 }
    guard behind < bytes.count else { return [] }
    switch bytes[behind] {
    case UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: "{"): return block(name, behind, bytes, ahead)
    case 0x0A, 0x0D:
      return bytes[behind - 1] == UInt8(ascii: "]") ? section(name, behind, bytes, ahead) : column(name, bytes, ahead)
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"):
      return column(name, bytes, ahead) + TableRows.insert(name, bytes, ahead)
    case UInt8(ascii: ")"): return TableRows.insert(name, bytes, ahead)
    case let byte where columnTypes.contains(byte | 0x20):
      return TableRows.values(ofColumn: name, typedAt: behind, in: bytes, ahead)
    default: return []
    }
  }

  /// First letters of the types of columns that hold text.
  private static let columnTypes = ByteSet("vcntb".utf8)

  private static let closers = ByteSet("\"'` ]".utf8)

  // MARK: - Blocks

  /// The entries below `secrets:` or inside `secrets = {…}`, `tokens: […]`; only plural names and `stringData` open one.
  private static func block(_ name: Range<Int>, _ start: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead)
    -> [NamedValue]
  {
    guard bytes[name.upperBound - 1].lowercasedASCII == UInt8(ascii: "s") || isData(name, bytes) else { return [] }
    var at = start
    while at < bytes.count, blockOpeners.contains(bytes[at]) { at += 1 }
    guard at < bytes.count else { return [] }
    if let words = words(of: name, at, bytes, ahead) { return words }
    if bytes[at] == UInt8(ascii: "{") || bytes[at] == UInt8(ascii: "[") { return bracketed(name, at, bytes, ahead) }
    if bytes[at] == 0x0A || bytes[at] == 0x0D { return indented(name, at, bytes, ahead) }
    return []
  }

  private static let blockOpeners = ByteSet(":= >".utf8)

  private static func isData(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes[name].elementsEqual("stringData".utf8)
  }

  /// Every literal inside brackets that is not a key.
  private static func bracketed(_ name: Range<Int>, _ open: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead)
    -> [NamedValue]
  {
    var values: [NamedValue] = []
    var isOther = false
    var at = open + 1
    defer { ahead.spend(at - open) }
    let end = min(bytes.count, open + 2_000)
    while at < end, values.count < 50 {
      let byte = bytes[at]
      if byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}") { return values }
      if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: "<") { return [] }
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard let close = literalEnd(at, bytes) else { return values }
        if isKey(close + 1, bytes) {
          isOther = NamedValue.namesOtherThing(at + 1..<close, bytes)
        } else if !isOther {
          values.append(NamedValue(name: name, value: at + 1..<close, form: .member))
        }
        at = close
      }
      at += 1
    }
    return []
  }

  /// The words of `qw(…)` in Perl, of `%w[…]` in Ruby; nil where no such list begins.
  private static func words(
    of name: Range<Int>, _ start: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> [NamedValue]? {
    guard start + 3 < bytes.count,
      wordLists.contains(where: { bytes[start..<start + 2].elementsEqual($0.utf8) }),
      let close = listClosers[bytes[start + 2]]
    else { return nil }
    var values: [NamedValue] = []
    var at = start + 3
    defer { ahead.spend(at - start) }
    while at < min(bytes.count, start + 2_000), values.count < 50, bytes[at] != close {
      if bytes[at] <= 0x20 {
        at += 1
        continue
      }
      let word = at
      while at < bytes.count, bytes[at] > 0x20, bytes[at] != close { at += 1 }
      values.append(NamedValue(name: name, value: word..<at, form: .quoted))
    }
    return values
  }

  private static let wordLists = ["qw", "%w", "%W"]
  private static let listClosers: [UInt8: UInt8] = Dictionary(
    uniqueKeysWithValues: zip("([{/|<".utf8, ")]}/|>".utf8))

  private static func isKey(_ behind: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = behind
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    return at < bytes.count && (bytes[at] == UInt8(ascii: ":") || bytes[at] == UInt8(ascii: "="))
  }

  /// Where a literal that opens at `open` closes.
  static func literalEnd(_ open: Int, _ bytes: UnsafeRawBufferPointer) -> Int? {
    var at = open + 1
    while at < bytes.count, at - open <= NamedValue.longestValue + 100, bytes[at] != 0x0A {
      if bytes[at] == bytes[open] { return at }
      at += bytes[at] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  /// The entries of the deeper lines below a name.
  private static func indented(_ name: Range<Int>, _ lineEnd: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead)
    -> [NamedValue]
  {
    var first = name.lowerBound
    while first > 0, bytes[first - 1] != 0x0A { first -= 1 }
    let depth = indentation(first, bytes)
    var values: [NamedValue] = []
    var child: Int?
    var line = lineEnd
    defer { ahead.spend(line - lineEnd) }
    while let next = nextLine(line, bytes), next - lineEnd < reach, values.count < NamedValue.mostMembers {
      line = next
      let own = indentation(next, bytes)
      guard next + own < bytes.count, bytes[next + own] != 0x0A else { continue }
      let isItem = bytes[next + own] == UInt8(ascii: "-")
      if own < depth || (own == depth && !isItem) { break }
      if own > (child ?? own) { continue }
      child = child ?? own
      if let value = entry(next + own, bytes) { values.append(NamedValue(name: name, value: value.0, form: value.1)) }
    }
    return values
  }

  /// The value of `key: value`, or of `- value`.
  private static func entry(_ start: Int, _ bytes: UnsafeRawBufferPointer) -> (Range<Int>, NamedValue.Form)? {
    var at = start
    if bytes[at] == UInt8(ascii: "-") {
      at += 1
    } else {
      while at < bytes.count, ByteSets.word.contains(bytes[at]) || keyBytes.contains(bytes[at]) { at += 1 }
      guard at < bytes.count, bytes[at] == UInt8(ascii: ":"), at > start,
        !NamedValue.namesOtherThing(start..<at, bytes)
      else { return nil }
      at += 1
    }
    guard at < bytes.count, bytes[at] == 0x20 else { return nil }
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    guard at < bytes.count else { return nil }
    if bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'") {
      return literalEnd(at, bytes).map { (at + 1..<$0, .member) }
    }
    var end = at
    while end < bytes.count, bytes[end] > 0x20, end - at <= NamedValue.longestValue { end += 1 }
    // A second word or a mapping: not one value.
    guard end >= bytes.count || bytes[end] == 0x0A || bytes[end] == 0x0D, end > at, bytes[end - 1] != UInt8(ascii: ":")
    else { return nil }
    return (at..<end, .member)
  }

  private static let keyBytes = ByteSet("-./\"'".utf8)

  private static func indentation(_ line: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var at = line
    while at < bytes.count, bytes[at] == 0x20 { at += 1 }
    return at - line
  }

  private static func nextLine(_ from: Int, _ bytes: UnsafeRawBufferPointer) -> Int? {
    var at = from
    while at < bytes.count, bytes[at] != 0x0A { at += 1 }
    return at + 1 < bytes.count ? at + 1 : nil
  }

  /// The entries of an INI or TOML section whose name is plural.
  private static func section(_ name: Range<Int>, _ lineEnd: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead)
    -> [NamedValue]
  {
    guard name.lowerBound > 0, bytes[name.lowerBound - 1] == UInt8(ascii: "["),
      bytes[name.upperBound - 1].lowercasedASCII == UInt8(ascii: "s")
    else { return [] }
    var values: [NamedValue] = []
    var line = lineEnd
    defer { ahead.spend(line - lineEnd) }
    while let next = nextLine(line, bytes), values.count < 50, bytes[next] != UInt8(ascii: "[") {
      line = next
      var at = next
      while at < bytes.count, ByteSets.word.contains(bytes[at]) || keyBytes.contains(bytes[at]) { at += 1 }
      var reader = ValueReader(bytes, at: at)
      guard at > next, !NamedValue.namesOtherThing(next..<at, bytes),
        reader.relation(behindQuote: false) == .assignment,
        let (value, _) = reader.value(for: .assignment), value.count >= 4
      else { continue }
      values.append(NamedValue(name: name, value: value, form: .member))
    }
    return values
  }

  // MARK: - Manifests

  /// The entries of `data` in the Kubernetes manifest whose kind a name tells.
  static func manifest(at kind: Range<Int>, in bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> [NamedValue] {
    var own = kind.lowerBound
    while own > 0, bytes[own - 1] != 0x0A { own -= 1 }
    let depth = indentation(own, bytes)
    var values: [NamedValue] = []
    for line in siblings(of: own, depth, bytes, ahead) {
      let key = line + depth
      guard bytes[min(key, bytes.count)...].starts(with: "data:".utf8) else {
        continue
      }
      let found = indented(key..<key + 4, key + 5, bytes, ahead).filter { isText($0.value, bytes) }
      values += found.map { NamedValue(name: $0.name, value: $0.value, form: .encoded) }
    }
    return values
  }

  /// The starts of the lines around one of them whose keys belong to the same mapping.
  private static func siblings(
    of own: Int, _ depth: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> [Int] {
    var lines: [Int] = []
    var line = own
    backwards: while line > 0, own - line < reach {
      var previous = line - 1
      while previous > 0, bytes[previous - 1] != 0x0A { previous -= 1 }
      line = previous
      switch place(of: line, depth, bytes) {
      case .sibling: lines.append(line)
      case .inside: continue
      case .outside: break backwards
      }
    }
    ahead.spend(own - line)
    line = own
    while let next = nextLine(line, bytes), next - own < reach {
      line = next
      let place = place(of: line, depth, bytes)
      if place == .outside { break }
      if place == .sibling { lines.append(line) }
    }
    ahead.spend(line - own)
    return lines
  }

  private enum LinePlace {
    /// A key of the mapping.
    case sibling
    /// Below a key of the mapping, or no part of it: empty, a comment, a template's instruction.
    case inside
    /// Of another mapping or document.
    case outside
  }

  /// What a line is to the mapping whose keys stand at a depth, and of which one is `kind`.
  private static func place(of line: Int, _ depth: Int, _ bytes: UnsafeRawBufferPointer) -> LinePlace {
    let own = indentation(line, bytes)
    let text = bytes[min(line + own, bytes.count)...]
    guard let first = text.first, first != 0x0A, first != 0x0D, first != UInt8(ascii: "#"), first != UInt8(ascii: "{")
    else { return .inside }
    if own > depth { return .inside }
    return own < depth || text.starts(with: "---".utf8) || text.starts(with: "kind:".utf8) ? .outside : .sibling
  }

  /// Whether base64 of text that a person or a program may have chosen as a secret.
  private static func isText(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let plain = Array(bytes[range]).decodingBase64() else { return false }
    return plain.count >= 5 && plain.allSatisfy { (0x20..<0x7F).contains($0) || $0 == 0x0A }
  }

  // MARK: - Tables

  /// The cells below a name in the first line of a table.
  private static func column(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> [NamedValue] {
    guard let head = head(name, bytes, ahead), let separator = separator(bytes[head]) else { return [] }
    let index = bytes[head.lowerBound..<name.lowerBound].count { $0 == separator }
    guard isHeader(bytes[head], separator) else { return [] }
    var values: [NamedValue] = []
    var line = head.upperBound
    defer { ahead.spend(line - head.lowerBound) }
    while let next = nextLine(line, bytes), next - head.lowerBound < reach * 10, values.count < NamedValue.mostMembers {
      line = next
      if head.lowerBound > 0, bytes[next] != bytes[head.lowerBound] { break }
      guard let cell = cell(index, next, separator, bytes) else { continue }
      values.append(NamedValue(name: name, value: cell, form: .member))
    }
    return values
  }

  /// The line of a name that heads a table: the first of the file, or one above the rule of a Markdown table.
  private static func head(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> Range<Int>? {
    let isBreak = { (place: Int) in bytes[place] == 0x0A }
    let least = max(0, name.lowerBound - 1_000)
    let start = ahead.lineStarts.last(before: name.lowerBound, from: least, where: isBreak).map { $0 + 1 } ?? least
    // A longer line is no head.
    let most = min(bytes.count, name.upperBound + 4_000)
    guard name.lowerBound - start < 1_000,
      let end = ahead.lineEnds.first(from: name.upperBound, before: most, where: isBreak)
    else { return nil }
    if start == 0 { return start..<end }
    guard bytes[start] == UInt8(ascii: "|") else { return nil }
    let below = bytes[(end + 1)...].prefix { $0 != 0x0A && $0 != 0x0D }
    return below.starts(with: "|".utf8) && below.allSatisfy { ruleBytes.contains($0) } ? start..<end : nil
  }

  private static let ruleBytes = ByteSet("|-: ".utf8)

  private static func separator(_ head: Slice<UnsafeRawBufferPointer>) -> UInt8? {
    let counts = ",;\t|".utf8.map { mark in (mark, head.count { $0 == mark }) }
    return counts.max { $0.1 < $1.1 }.flatMap { $0.1 > 0 ? $0.0 : nil }
  }

  /// Whether a line holds names alone.
  private static func isHeader(_ head: Slice<UnsafeRawBufferPointer>, _ separator: UInt8) -> Bool {
    head.allSatisfy { ByteSets.word.contains($0) || headerBytes.contains($0) || $0 == separator }
      && head.split(separator: separator).allSatisfy { $0.count <= 40 }
  }

  private static let headerBytes = ByteSet(" -_./\"'\r".utf8)

  /// The cell of a row, without its quotes.
  private static func cell(
    _ index: Int, _ line: Int, _ separator: UInt8, _ bytes: UnsafeRawBufferPointer
  ) -> Range<Int>? {
    var at = line
    for _ in 0..<index {
      guard let end = cellEnd(at, separator, bytes), end < bytes.count, bytes[end] == separator else { return nil }
      at = end + 1
    }
    guard var end = cellEnd(at, separator, bytes), at < bytes.count else { return nil }
    while end > at, bytes[end - 1] <= 0x20 || bytes[end - 1] == UInt8(ascii: "`") { end -= 1 }
    while at < end, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: "`") { at += 1 }
    if end - at >= 2, bytes[at] == UInt8(ascii: "\""), bytes[end - 1] == UInt8(ascii: "\"") { return at + 1..<end - 1 }
    return end - at <= NamedValue.longestValue ? at..<end : nil
  }

  private static func cellEnd(_ start: Int, _ separator: UInt8, _ bytes: UnsafeRawBufferPointer) -> Int? {
    var at = start
    if at < bytes.count, bytes[at] == UInt8(ascii: "\"") {
      guard let close = literalEnd(at, bytes) else { return nil }
      at = close + 1
    }
    while at < bytes.count, bytes[at] != separator, bytes[at] != 0x0A { at += 1 }
    return at
  }
}
