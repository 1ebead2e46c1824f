// Reads the documented part of the PCRE2 syntax into a tree.

import CatalogueImage

struct PatternParser {
  private let text: [UInt8]
  private var at = 0
  private var depth = 0
  /// Whether letters match in either case here.
  private var ignoresCase = false
  /// Whether `.` takes a line's end here.
  private var dotTakesLines = false
  private(set) var ignoresCaseThroughout = false

  init(_ text: [UInt8]) { self.text = text }

  mutating func parse() throws(ShapeError) -> PatternNode {
    ignoresCaseThroughout = text.starts(with: Array("(?i)".utf8)) || text.starts(with: Array("(?im)".utf8))
    let node = try alternation()
    guard at == text.count else { throw ShapeError(description: "a “)” too many in the pattern") }
    return node
  }

  private mutating func alternation() throws(ShapeError) -> PatternNode {
    depth += 1
    defer { depth -= 1 }
    guard depth < 50 else { throw ShapeError(description: "groups are nested more than 50 deep") }
    var branches = [try sequence()]
    while take("|") { branches.append(try sequence()) }
    return branches.count == 1 ? branches[0] : .alternation(branches)
  }

  private mutating func sequence() throws(ShapeError) -> PatternNode {
    var parts: [PatternNode] = []
    while let next = peek, next != UInt8(ascii: "|"), next != UInt8(ascii: ")") {
      let atom = try self.atom()
      parts.append(try quantified(atom))
    }
    return parts.count == 1 ? parts[0] : .sequence(parts)
  }

  private mutating func quantified(_ atom: PatternNode) throws(ShapeError) -> PatternNode {
    var least = 1
    var most = 1
    if take("*") {
      (least, most) = (0, PatternNode.unbounded)
    } else if take("+") {
      (least, most) = (1, PatternNode.unbounded)
    } else if take("?") {
      (least, most) = (0, 1)
    } else if let counts = try braces() {
      (least, most) = counts
    } else {
      return atom
    }
    if !take("?") { _ = take("+") }
    return .repetition(atom, least: least, most: most)
  }

  /// `{n}`, `{n,}` or `{n,m}`; anything else is literal text.
  private mutating func braces() throws(ShapeError) -> (Int, Int)? {
    let start = at
    guard take("{"), let least = number() else {
      at = start
      return nil
    }
    var most = least
    if take(",") { most = number() ?? PatternNode.unbounded }
    guard take("}") else {
      at = start
      return nil
    }
    guard least <= most, most <= 65_535 else { throw ShapeError(description: "a repetition's bounds are not in order") }
    return (least, most)
  }

  private mutating func number() -> Int? {
    var value: Int?
    while let next = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(next), (value ?? 0) < 100_000 {
      value = (value ?? 0) * 10 + Int(next - UInt8(ascii: "0"))
      at += 1
    }
    return value
  }

  private mutating func atom() throws(ShapeError) -> PatternNode {
    let byte = text[at]
    at += 1
    switch byte {
    case UInt8(ascii: "("): return try group()
    case UInt8(ascii: "["): return .set(try characterClass())
    case UInt8(ascii: "."): return .set(dotTakesLines ? ByteSet(0...255) : Self.anyByte)
    case UInt8(ascii: "^"), UInt8(ascii: "$"): return .assertion(Assertion(ahead: 1))
    case UInt8(ascii: "\\"): return try escape()
    default: return .set(cased(ByteSet([byte])))
    }
  }

  // MARK: Groups

  private mutating func group() throws(ShapeError) -> PatternNode {
    guard peek != UInt8(ascii: "*") else { throw ShapeError(description: "rules may not use (*…)") }
    guard take("?") else { return try groupBody() }
    if take(":") || take(">") { return try groupBody() }
    if take("=") || take("!") {
      let body = try groupBody()
      return .assertion(Assertion(ahead: body.length.upperBound + body.ahead))
    }
    if take("<!") {
      if case .set(let set) = try groupBody() { return .assertion(Assertion(notBefore: set)) }
      return .assertion(Assertion())
    }
    if take("<=") {
      _ = try groupBody()
      return .assertion(Assertion())
    }
    if take("P<") || take("<") {
      while let next = peek, next != UInt8(ascii: ">") { at += 1 }
      guard take(">") else { throw ShapeError(description: "a group's name has no end") }
      return try groupBody()
    }
    return try options()
  }

  /// `(?i)`, `(?m:...)` and the like.
  private mutating func options() throws(ShapeError) -> PatternNode {
    var isOn = true
    let outer = (ignoresCase, dotTakesLines)
    while let next = peek {
      at += 1
      switch next {
      case UInt8(ascii: "i"): ignoresCase = isOn
      case UInt8(ascii: "s"): dotTakesLines = isOn
      case UInt8(ascii: "m"): break
      case UInt8(ascii: "-"): isOn = false
      case UInt8(ascii: ")"): return .sequence([])
      case UInt8(ascii: ":"):
        let body = try groupBody()
        (ignoresCase, dotTakesLines) = outer
        return body
      default:
        throw ShapeError(
          description: "the pattern uses a group that rules may not use (back reference, recursion, condition, (?x))")
      }
    }
    throw ShapeError(description: "a group has no end")
  }

  private mutating func groupBody() throws(ShapeError) -> PatternNode {
    let outer = (ignoresCase, dotTakesLines)
    let body = try alternation()
    (ignoresCase, dotTakesLines) = outer
    guard take(")") else { throw ShapeError(description: "a group has no end") }
    return body
  }

  // MARK: Escapes and classes

  private mutating func escape() throws(ShapeError) -> PatternNode {
    guard let next = peek else { throw ShapeError(description: "the pattern ends in a backslash") }
    switch next {
    case UInt8(ascii: "b"), UInt8(ascii: "B"), UInt8(ascii: "A"), UInt8(ascii: "z"), UInt8(ascii: "Z"):
      at += 1
      return .assertion(Assertion(ahead: 1, isWordBoundary: next == UInt8(ascii: "b")))
    default:
      return .set(cased(try escapedSet()))
    }
  }

  /// What stands behind a backslash, in a class or outside.
  private mutating func escapedSet() throws(ShapeError) -> ByteSet {
    guard let next = peek else { throw ShapeError(description: "the pattern ends in a backslash") }
    at += 1
    switch next {
    case UInt8(ascii: "d"): return Self.digits
    case UInt8(ascii: "D"): return Self.digits.complement
    case UInt8(ascii: "w"): return Self.wordBytes
    case UInt8(ascii: "W"): return Self.wordBytes.complement
    case UInt8(ascii: "s"): return Self.spaces
    case UInt8(ascii: "S"): return Self.spaces.complement
    // A byte stands for the character of its number; A0 is the no-break space.
    case UInt8(ascii: "h"): return ByteSet([0x09, 0x20, 0xA0])
    case UInt8(ascii: "N"): return Self.anyByte
    case UInt8(ascii: "n"): return ByteSet([0x0A])
    case UInt8(ascii: "r"): return ByteSet([0x0D])
    case UInt8(ascii: "t"): return ByteSet([0x09])
    case UInt8(ascii: "f"): return ByteSet([0x0C])
    case UInt8(ascii: "e"): return ByteSet([0x1B])
    case UInt8(ascii: "x"): return ByteSet([try hexadecimalByte()])
    case UInt8(ascii: "0"):
      guard !Self.digits.contains(peek ?? 0) else { throw ShapeError(description: "rules may not use octal numbers") }
      return ByteSet([0])
    default:
      let isLetterOrDigit = Self.wordBytes.contains(next) && next != UInt8(ascii: "_")
      guard !isLetterOrDigit else {
        throw ShapeError(description: "rules may not use \\\(Character(UnicodeScalar(next)))")
      }
      return ByteSet([next])
    }
  }

  private mutating func hexadecimalByte() throws(ShapeError) -> UInt8 {
    let braced = take("{")
    var digits = ""
    while digits.count < 2, let next = peek, let scalar = Optional(Character(UnicodeScalar(next))), scalar.isHexDigit {
      digits.append(scalar)
      at += 1
    }
    guard let value = UInt8(digits, radix: 16), !braced || take("}") else {
      throw ShapeError(description: "\\x is followed by no byte")
    }
    return value
  }

  private mutating func characterClass() throws(ShapeError) -> ByteSet {
    let isNegated = take("^")
    var members: [UInt8] = []
    var isFirst = true
    while true {
      guard let next = peek else { throw ShapeError(description: "a character class has no end") }
      if next == UInt8(ascii: "]"), !isFirst {
        at += 1
        break
      }
      isFirst = false
      if let named = try posixClass() {
        members += named.members
        continue
      }
      let low = try classMember()
      guard low.members.count == 1, peek == UInt8(ascii: "-"), at + 1 < text.count, text[at + 1] != UInt8(ascii: "]")
      else {
        members += low.members
        continue
      }
      at += 1
      let high = try classMember()
      guard high.members.count == 1, low.members[0] <= high.members[0] else {
        throw ShapeError(description: "a range in a character class is not in order")
      }
      members += Array(low.members[0]...high.members[0])
    }
    let set = cased(ByteSet(members))
    return isNegated ? set.complement : set
  }

  private mutating func classMember() throws(ShapeError) -> ByteSet {
    guard let next = peek else { throw ShapeError(description: "a character class has no end") }
    guard next < 0x80 else { throw ShapeError(description: "a character class may hold ASCII characters only") }
    at += 1
    guard next == UInt8(ascii: "\\") else { return ByteSet([next]) }
    if take("b") { return ByteSet([8]) }
    return try escapedSet()
  }

  private mutating func posixClass() throws(ShapeError) -> ByteSet? {
    for (name, set) in Self.posixClasses where take(name) { return set }
    return nil
  }

  private func cased(_ set: ByteSet) -> ByteSet {
    guard ignoresCase else { return set }
    return ByteSet(
      set.members.flatMap { byte in
        Self.letters.contains(byte) ? [byte | 0x20, byte & ~0x20] : [byte]
      })
  }

  // MARK: Reading

  private var peek: UInt8? { at < text.count ? text[at] : nil }

  private mutating func take(_ expected: String) -> Bool {
    guard text[at...].starts(with: expected.utf8) else { return false }
    at += expected.utf8.count
    return true
  }

  private static let digits = ByteSet(UInt8(ascii: "0")...UInt8(ascii: "9"))
  private static let letters = ByteSet(
    Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + Array(UInt8(ascii: "A")...UInt8(ascii: "Z")))
  static let wordBytes = letters.union(digits).union(ByteSet([UInt8(ascii: "_")]))
  private static let spaces = ByteSet([0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20])
  private static let posixClasses: [(name: String, set: ByteSet)] = [
    ("[:alnum:]", letters.union(digits)), ("[:alpha:]", letters), ("[:digit:]", digits),
    ("[:xdigit:]", ByteSet(Array("0123456789abcdefABCDEF".utf8))), ("[:space:]", spaces),
    ("[:word:]", wordBytes), ("[:lower:]", ByteSet(UInt8(ascii: "a")...UInt8(ascii: "z"))),
    ("[:upper:]", ByteSet(UInt8(ascii: "A")...UInt8(ascii: "Z"))), ("[:print:]", ByteSet(0x20...0x7E)),
    ("[:graph:]", ByteSet(0x21...0x7E)),
    ("[:punct:]", ByteSet((0x21...0x7E).filter { !letters.contains($0) && !digits.contains($0) })),
  ]
  private static let anyByte = ByteSet((0...255).filter { $0 != 0x0A })
}
