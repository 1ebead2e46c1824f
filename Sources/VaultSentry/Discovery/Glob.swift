// Path patterns as git and its ignore files write them.

/// A glob over paths: `*` and `?` stop at `/`, `**` does not, `[a-z]` is a class, `\` takes the next character as it is.
public struct Glob: Sendable, Hashable {
  private let pattern: [UInt8]
  /// Whether it fits a name in any directory because it holds no `/` itself.
  let isName: Bool
  /// What a text has to begin and end with, where the pattern's ends are plain bytes: most texts differ there.
  private let firstByte: UInt8?
  let lastByte: UInt8?

  public init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) {
    let isAnchored = bytes.first == UInt8(ascii: "/")
    pattern = isAnchored ? Array(bytes.dropFirst()) : bytes
    isName = !bytes.contains(UInt8(ascii: "/"))
    firstByte = pattern.first.flatMap { Self.isPlain($0) ? $0 : nil }
    let isEscaped = pattern.dropLast().last == UInt8(ascii: "\\")
    lastByte = pattern.last.flatMap { Self.isPlain($0) && !isEscaped ? $0 : nil }
  }

  /// Parts of the longest path that it may fit; `Int.max` if there is no longest one.
  var greatestParts: Int {
    let crosses = zip(pattern, pattern.dropFirst()).contains { $0 == UInt8(ascii: "*") && $1 == UInt8(ascii: "*") }
    return isName || crosses ? .max : pattern.count { $0 == UInt8(ascii: "/") } + 1
  }

  private static func isPlain(_ byte: UInt8) -> Bool { !"*?[]\\".utf8.contains(byte) }

  /// Whether it fits a path, given with `/` between its parts.
  public func matches(path: String) -> Bool { matches(path: Array(path.utf8)) }

  func matches(path: [UInt8]) -> Bool { matches(name: path.lastPart, path: path[...]) }

  /// Whether it fits the name of an entry, or the path to it from where the pattern stands.
  func matches(name: ArraySlice<UInt8>, path: ArraySlice<UInt8>) -> Bool {
    (isName ? name : path).withUnsafeBufferPointer { fits($0[...]) }
  }

  /// Whether it fits the name of an entry, or the path to it from where the pattern stands.
  func matches(name: Text, path: Text) -> Bool { fits(isName ? name : path) }

  /// Bytes that somebody else keeps.
  typealias Text = Slice<UnsafeBufferPointer<UInt8>>

  private func fits(_ text: Text) -> Bool {
    if let lastByte, text.last != lastByte { return false }
    if let firstByte, text.first != firstByte { return false }
    // Bounds the work on patterns such as `*a*a*a*a*b`; no real pattern comes near.
    var steps = 100_000
    return pattern.withUnsafeBufferPointer { Self.fits($0[...], text, &steps) }
  }

  private static func fits(_ pattern: Text, _ text: Text, _ steps: inout Int) -> Bool {
    var pattern = pattern
    var text = text
    while let next = pattern.first {
      steps -= 1
      guard steps > 0 else { return false }
      switch next {
      case UInt8(ascii: "*"): return fitsStar(pattern, text, &steps)
      case UInt8(ascii: "?"):
        guard let byte = text.first, byte != UInt8(ascii: "/") else { return false }
        pattern = pattern.dropFirst()
      case UInt8(ascii: "["):
        guard let byte = text.first, byte != UInt8(ascii: "/"), let rest = classRest(pattern, byte) else {
          return false
        }
        pattern = rest
      default:
        if next == UInt8(ascii: "\\"), pattern.count > 1 { pattern = pattern.dropFirst() }
        guard let byte = text.first, byte == pattern.first else { return false }
        pattern = pattern.dropFirst()
      }
      text = text.dropFirst()
    }
    return text.isEmpty
  }

  private static func fitsStar(_ pattern: Text, _ text: Text, _ steps: inout Int) -> Bool {
    let rest = pattern.drop { $0 == UInt8(ascii: "*") }
    let crosses = pattern.count - rest.count >= 2
    if crosses, rest.first == UInt8(ascii: "/") {
      // “**/” is any number of directories, none included.
      if fits(rest.dropFirst(), text, &steps) { return true }
      for at in text.indices where text[at] == UInt8(ascii: "/") {
        if fits(rest.dropFirst(), text[(at + 1)...], &steps) { return true }
      }
      return false
    }
    var text = text
    while true {
      if fits(rest, text, &steps) { return true }
      guard let byte = text.first, crosses || byte != UInt8(ascii: "/") else { return false }
      text = text.dropFirst()
    }
  }

  /// What follows the class that `pattern` begins with; nil if `byte` is not in it.
  private static func classRest(_ pattern: Text, _ byte: UInt8) -> Text? {
    var rest = pattern.dropFirst()
    let isNegated = rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^")
    if isNegated { rest = rest.dropFirst() }
    var isIn = false
    var isFirst = true
    while let low = rest.first, isFirst || low != UInt8(ascii: "]") {
      isFirst = false
      rest = rest.dropFirst()
      var member = low
      if low == UInt8(ascii: "\\"), let escaped = rest.first {
        member = escaped
        rest = rest.dropFirst()
      }
      if rest.first == UInt8(ascii: "-"), let high = rest.dropFirst().first, high != UInt8(ascii: "]") {
        if member <= byte, byte <= high { isIn = true }
        rest = rest.dropFirst(2)
      } else if member == byte {
        isIn = true
      }
    }
    guard rest.first == UInt8(ascii: "]") else { return nil }
    return isIn != isNegated ? rest.dropFirst() : nil
  }
}
