// What follows a name: operator and value, in the notations of languages and configuration files.

import CatalogueImage

/// Reads on behind a name.
struct ValueReader {
  /// What a name and a value have to do with each other.
  enum Relation {
    case assignment, comparison, blanks
    /// The next argument or item of a list: only a literal counts.
    case argument
    /// A command's option and what follows it.
    case option
  }

  private let bytes: UnsafeRawBufferPointer
  private let ahead: LookAhead?
  private(set) var at: Int

  /// - Parameter ahead: what is known of the blob; nil if nothing is.
  init(_ bytes: UnsafeRawBufferPointer, at: Int, _ ahead: LookAhead? = nil) {
    self.bytes = bytes
    self.ahead = ahead
    self.at = at
  }

  private var current: UInt8 { at < bytes.count ? bytes[at] : 0 }

  @inline(__always)
  private mutating func take(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard at + length <= bytes.count else { return false }
    let start = text.utf8Start
    for offset in 0..<length where bytes[at + offset] != start[offset] { return false }
    at += length
    return true
  }

  private mutating func skipBlanks() {
    var left = 40
    while left > 0, current == 0x20 || current == 0x09 {
      at += 1
      left -= 1
    }
  }

  /// Skips blanks and line breaks; tells whether there was a line break.
  private mutating func skipSpace() -> Bool {
    var left = 80
    var breaks = false
    while left > 0, current == 0x20 || current == 0x09 || current == 0x0A || current == 0x0D {
      breaks = breaks || current == 0x0A
      at += 1
      left -= 1
    }
    return breaks
  }

  private var isQuote: Bool { current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") }

  /// Skips what closes a quoted or bracketed name; tells whether it was quoted.
  mutating func closesName() -> Bool {
    let isQuoted = take(#"\""#) || take("\"") || take("'") || take("`")
    _ = take("]") || (isQuoted && take("}")) || take("**")
    return isQuoted
  }

  /// The default in `${NAME:-default}` and `${name:default}`.
  mutating func fallback(of name: Range<Int>) -> Range<Int>? {
    guard current == UInt8(ascii: ":"), name.lowerBound >= 2, bytes[name.lowerBound - 1] == UInt8(ascii: "{"),
      bytes[name.lowerBound - 2] == UInt8(ascii: "$")
    else { return nil }
    at += 1
    if take("?") { return nil }
    _ = take("-") || take("=")
    guard let value = bare(until: "}\r\n\"'"), value.upperBound < bytes.count,
      bytes[value.upperBound] == UInt8(ascii: "}"),
      value.count >= 4, value.count <= NamedValue.longestValue
    else { return nil }
    return value
  }

  // MARK: - Operators

  /// Reads the operator.
  mutating func relation(behindQuote isQuoted: Bool) -> Relation? {
    let start = at
    skipBlanks()
    switch current {
    case UInt8(ascii: "="), UInt8(ascii: "!"), UInt8(ascii: ":"), UInt8(ascii: "?"), UInt8(ascii: "+"),
      UInt8(ascii: "|"), UInt8(ascii: "<"), UInt8(ascii: "["):
      if let relation = operatorRelation() { return relation }
    case UInt8(ascii: "-") where isQuoted:
      return operatorRelation()
    case UInt8(ascii: ")") where isQuoted:
      at += 1
      return alternative()
    case UInt8(ascii: "}") where !isQuoted:
      // Perl's `$conf{password} = …`.
      at += 1
      skipBlanks()
      return current == UInt8(ascii: "=") ? operatorRelation() : nil
    case UInt8(ascii: ",") where isQuoted:
      guard isArgument(start) else { return nil }
      if isQuotedOption(start) { return defaultOfOption() }
      at += 1
      _ = skipSpace()
      return .argument
    case UInt8(ascii: ",") where isDefined(start) || isSymbol(start):
      at += 1
      _ = skipSpace()
      return isQuote ? .argument : nil
    case UInt8(ascii: "("):
      // A call such as setPassword("…"): only a literal counts.
      at += 1
      return isQuote ? .argument : nil
    case UInt8(ascii: "{"):
      return initialiser()
    case UInt8(ascii: ">") where !isQuoted && at == start:
      at += 1
      return .assignment
    case UInt8(ascii: "A") where take("As String =") || take("As String * "): return finish(.assignment)
    case 0x0A, 0x0D: return item(behind: start)
    default: break
    }
    let isBlank = at > start
    guard isBlank, !isQuoted, current > 0x20 else { return nil }
    return isOption(start) ? .option : .blanks
  }

  /// Whether the quoted name that ends at `end` opens a list of arguments, or is a constant in it.
  private func isArgument(_ end: Int) -> Bool {
    var at = min(end, bytes.count) - 1
    guard at > 0 else { return false }
    let quote = bytes[at]
    at -= 1
    var isConstant = true
    while at > 0, bytes[at] != quote, bytes[at] != 0x0A {
      isConstant = isConstant && !bytes[at].isLowercase
      at -= 1
    }
    at -= 1
    while at > 0, bytes[at] <= 0x20 { at -= 1 }
    guard at >= 0 else { return false }
    return bytes[at] == UInt8(ascii: "(") || bytes[at] == UInt8(ascii: "{")
      || (bytes[at] == UInt8(ascii: ",") && (isConstant || isPairwise(before: at)))
  }

  /// Whether the call that a comma belongs to takes names and values in turn: `Map.of("user", "a", "password", "…")`,
  /// `config.set("db", "password", "…")`.
  private func isPairwise(before comma: Int) -> Bool {
    var open = comma
    while open > 0, comma - open < 120, bytes[open] != UInt8(ascii: "("), bytes[open] != 0x0A { open -= 1 }
    guard bytes[open] == UInt8(ascii: "(") else { return false }
    var start = open
    while start > 0, bytes[start - 1].isLetter { start -= 1 }
    return ["of", "set", "put", "hset", "hmset", "mapOf"].contains { bytes[start..<open].elementsEqual($0.utf8) }
  }

  /// Whether the quoted name that ends at `end` is that of a command's option: `"--password"`.
  private func isQuotedOption(_ end: Int) -> Bool {
    var start = min(end, bytes.count) - 1
    guard start > 0 else { return false }
    while start > 0, ByteSets.word.contains(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
    return bytes[start] == UInt8(ascii: "-")
  }

  /// The default of an option that is being defined: `"--password", default="…"`.
  private mutating func defaultOfOption() -> Relation? {
    let start = at
    while at < bytes.count, at - start < 120, current != UInt8(ascii: ")"), current != UInt8(ascii: "(") {
      if take("default=") || take("default: ") { return isQuote ? .argument : nil }
      at += 1
    }
    at = start + 1
    _ = skipSpace()
    return .argument
  }

  /// Whether the bare name that ends at `end` is a symbol of Ruby that something is set to: `set :session_secret, "…"`.
  private func isSymbol(_ end: Int) -> Bool {
    var start = min(end, bytes.count)
    while start > 0, ByteSets.word.contains(bytes[start - 1]) { start -= 1 }
    return start >= 5 && bytes[start - 5..<start].elementsEqual("set :".utf8)
  }

  /// Whether the bare name that ends at `end` is what a macro defines: `-define(PASSWORD, "…")`.
  private func isDefined(_ end: Int) -> Bool {
    var start = min(end, bytes.count)
    while start > 0, ByteSets.word.contains(bytes[start - 1]) { start -= 1 }
    return start >= 7 && bytes[start - 7..<start].elementsEqual("define(".utf8)
  }

  private mutating func operatorRelation() -> Relation? {
    if take("===") || take("!==") || take("==") || take("!=") { return finish(.comparison) }
    if take("[]") {
      skipBlanks()
      return current == UInt8(ascii: "=") ? operatorRelation() : nil
    }
    if take(":=") || take("=>") || take("?=") || take("+=") || take("||=") || take("??=") || take("=") || take("||")
      || take("??") || take("<-") || take("->")
    {
      return finish(.assignment)
    }
    if take("!:") || take("?:") || take(":**") || take(":") {
      skipBlanks()
      skipTypeAnnotation()
      return finish(.assignment)
    }
    return nil
  }

  /// What stands in for a missing setting: `getenv("PASSWORD") or "…"`.
  private mutating func alternative() -> Relation? {
    _ = take(")")
    skipBlanks()
    guard take("or ") || take("||") || take("??") || take("?:") || take(".unwrap_or(") || take(":-") else { return nil }
    skipBlanks()
    return isQuote ? .argument : nil
  }

  /// `name{"…"}` of C++, `Name { get; set; } = "…"` of C#.
  private mutating func initialiser() -> Relation? {
    at += 1
    skipBlanks()
    if isQuote { return .argument }
    guard take("get;") else { return nil }
    var left = 24
    while left > 0, current != UInt8(ascii: "}"), current != 0x0A {
      at += 1
      left -= 1
    }
    guard take("}") else { return nil }
    skipBlanks()
    return current == UInt8(ascii: "=") ? operatorRelation() : nil
  }

  /// An option's value as the next item of a YAML list.
  private mutating func item(behind start: Int) -> Relation? {
    guard isOption(start), skipSpace(), take("- ") else { return nil }
    skipBlanks()
    return .option
  }

  /// Whether the name that ends at `end` begins with two hyphens.
  private func isOption(_ end: Int) -> Bool {
    var start = min(end, bytes.count)
    while start > 0, ByteSets.word.contains(bytes[start - 1]) || bytes[start - 1] == UInt8(ascii: "-") { start -= 1 }
    return end - start > 2 && bytes[start] == UInt8(ascii: "-") && bytes[start + 1] == UInt8(ascii: "-")
  }

  private mutating func finish(_ relation: Relation) -> Relation {
    skipBlanks()
    return relation
  }

  /// `: String = `, `: &str = `, `: string | null = `, `: String { `.
  private mutating func skipTypeAnnotation() {
    let start = at
    var left = 40
    while left > 0, ByteSets.word.contains(current) || Self.annotation.contains(current) {
      at += 1
      left -= 1
    }
    if at > start, current == UInt8(ascii: "{"), at + 2 < bytes.count, bytes[at + 1] == 0x20,
      bytes[at + 2] == UInt8(ascii: "\"")
    {
      at += 1
      return
    }
    guard at > start, current == UInt8(ascii: "="), at + 1 < bytes.count, bytes[at + 1] != UInt8(ascii: "=") else {
      at = start
      return
    }
    at += 1
  }

  private static let annotation = ByteSet(" &?|<>.[]*'".utf8)

  // MARK: - Values

  /// Reads the value: a literal, or a bare word of this line.
  mutating func value(for relation: Relation) -> (Range<Int>, isQuoted: Bool)? {
    if relation != .comparison { skipToLiteral() }
    if take("<![CDATA[") { return bare(until: "]<\r\n").map { ($0, true) } }
    if take(#"\""#) { return quoted(by: UInt8(ascii: "\\")).map { ($0, true) } }
    if take("\"\"\"") || take("'''") {
      _ = skipSpace()
      return bare(until: "\"'\r\n").map { ($0, true) }
    }
    if take("\"\\\"") { return quoted(by: UInt8(ascii: "\\")).map { ($0, true) } }
    if current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") || current == UInt8(ascii: "`") {
      let quote = current
      at += 1
      if current == quote { return nil }
      guard let value = quoted(by: quote) else { return nil }
      return relation == .argument && namesAnother(value) ? nil : (value, true)
    }
    guard relation == .assignment || relation == .blanks || relation == .option else { return nil }
    if at > 0, bytes[at - 1] == UInt8(ascii: ">") { return bare(until: "<\r\n{ ").map { ($0, false) } }
    skipMarks()
    if current == UInt8(ascii: "$") {
      // With a default, that is the value; its own name leads to it.
      guard let value = bare(until: " \t\r\n\"';,"), !bytes[value].contains(UInt8(ascii: ":")) else { return nil }
      return (value, false)
    }
    if take("ENC(") || take("ENC[") {
      at -= 4
      return bare(until: "\t\r\n\"'").map { ($0, false) }
    }
    return bare().map { ($0, false) }
  }

  private static let bareEnds = ByteSet(" \t\r\n,;\"'`<>()[]{}&|".utf8)
  /// A call or an element access goes on: no literal.
  private static let accesses = ByteSet("([{".utf8)
  /// Bytes that a bare value may have.
  private static let longestBare = 301

  /// A bare value as most notations have it.
  private func bare() -> Range<Int>? {
    let ends = Self.bareEnds
    let limit = min(bytes.count, at + Self.longestBare)
    let isEnd = { [bytes] (place: Int) in ends.contains(bytes[place]) }
    var end = limit
    if let ahead {
      end = ahead.values.first(from: at, before: limit, where: isEnd) ?? limit
    } else {
      end = (at..<max(at, limit)).first(where: isEnd) ?? limit
    }
    if end < bytes.count, Self.accesses.contains(bytes[end]) { return nil }
    return at < end ? at..<end : nil
  }

  /// Skips what may stand between an operator and its literal: prefixes, wrapping calls, a line break.
  private mutating func skipToLiteral() {
    if take("@\"") || take("b\"") || take("r\"") || take("u\"") || take("L\"") || take("b'") || take("r'") || take("u'")
      || take("q(")
    {
      at -= 1
      return
    }
    let start = at
    if current == UInt8(ascii: "(") || current == UInt8(ascii: "\\") || current == 0x0A || current == 0x0D {
      let isContinued = current == UInt8(ascii: "\\")
      if current != 0x0A, current != 0x0D { at += 1 }
      let breaks = skipSpace()
      if isQuote, breaks || !isContinued { return }
      at = start
      return
    }
    skipWrapper()
  }

  /// `String::from(`, `[]byte(`, `Some(`, `SecretStr(`, `''.join([`: calls that give back what they are given.
  private mutating func skipWrapper() {
    let start = at
    _ = take("''.") || take("\"\".") || take("new ")
    _ = take("[]")
    let nameStart = at
    var lastStart = at
    while at - nameStart < 32,
      ByteSets.word.contains(current) || current == UInt8(ascii: ".") || current == UInt8(ascii: ":")
    {
      at += 1
      if bytes[at - 1] == UInt8(ascii: ".") || bytes[at - 1] == UInt8(ascii: ":") { lastStart = at }
    }
    let name = bytes[min(lastStart, bytes.count)..<min(at, bytes.count)]
    guard at > lastStart, take("("),
      Self.wrappers.contains(Word(name))
    else {
      at = start
      return
    }
    _ = take("[")
    if !isQuote { at = start }
  }

  private static let wrappers: WordSet = [
    "string", "from", "some", "byte", "bytes", "secretstr", "secret", "secretstring", "of", "just", "join", "buffer",
    "str", "ptr", "some", "password", "qstringliteral", "qlatin1string", "qstring", "qbytearrayliteral",
  ]

  /// Skips a YAML anchor or tag, and the mark of a block whose first line is the value.
  private mutating func skipMarks() {
    let start = at
    if current == UInt8(ascii: "&") || (current == UInt8(ascii: "!") && take("!!")) {
      while at - start < 24, ByteSets.word.contains(current) || current == UInt8(ascii: "&") { at += 1 }
      guard current == 0x20 else {
        at = start
        return
      }
      skipBlanks()
    } else if current == UInt8(ascii: "|") || current == UInt8(ascii: ">") {
      at += 1
      _ = take("-") || take("+")
      if !skipSpace() { at = start }
    }
  }

  /// Whether an argument is the name of the next one: `"password", "label": "…"`.
  private func namesAnother(_ value: Range<Int>) -> Bool {
    var behind = value.upperBound + 1
    while behind < bytes.count, bytes[behind] == 0x20 { behind += 1 }
    return behind < bytes.count && (bytes[behind] == UInt8(ascii: ":") || bytes[behind] == UInt8(ascii: "="))
  }

  /// What stands before the closing quote, which has to come on the same line.
  private func quoted(by quote: UInt8) -> Range<Int>? {
    var end = at
    while end < bytes.count, end - at <= 300 {
      let byte = bytes[end]
      if byte == quote { return at..<end }
      if byte == 0x0A || byte == 0x0D { return nil }
      end += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private func bare(until ends: StaticString) -> Range<Int>? {
    let stops = UnsafeBufferPointer(start: ends.utf8Start, count: ends.utf8CodeUnitCount)
    var end = at
    while end < bytes.count, end - at < Self.longestBare, !stops.contains(bytes[end]) { end += 1 }
    return at < end ? at..<end : nil
  }
}
