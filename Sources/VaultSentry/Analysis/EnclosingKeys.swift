// The path of keys that a value stands under: `database.production.password`.

import CatalogueImage
import SecretModel

/// What the keys around a value say about what it is for.
enum EnclosingKeys {
  /// Bytes before a value that are looked at, and of one line.
  private static let reach = 8_000
  private static let longestLine = 400

  /// The term that the nearest telling key adds to a risk; nil if none tells anything.
  ///
  /// - Parameters:
  ///   - place: where the value's own name begins, or the value.
  ///   - name: the value's own name; empty without one.
  static func term(of place: Int, named name: Range<Int>, in bytes: UnsafeRawBufferPointer, _ path: PathContext)
    -> RiskTerm?
  {
    guard path.isConfiguration || path.isUnknownKind, place <= bytes.count else { return nil }
    for key in [name] + keys(around: place, in: bytes, hasSections: path.hasSections) {
      let words = NamedValue.words(bytes[key])
      // What the path says already is not said twice.
      if words.contains(where: productionWords.contains) {
        return path.isProduction ? nil : RiskWeights.productionKey.term
      }
      if words.contains(where: testWords.contains) { return path.isTestOrExample ? nil : RiskWeights.testKey.term }
    }
    return nil
  }

  private static let productionWords: WordSet = ["production", "prod", "prd"]
  private static let testWords: WordSet = [
    "test", "tests", "testing", "development", "dev", "devel", "example", "examples", "sample", "demo", "dummy", "mock",
    "fixture", "fixtures",
  ]

  /// The keys that enclose a place, the nearest first.
  static func keys(around place: Int, in bytes: UnsafeRawBufferPointer, hasSections: Bool) -> [Range<Int>] {
    let least = max(0, place - reach)
    var line = lineStart(place, least, bytes)
    var keys = flowKeys(line..<place, bytes)
    var depth = indentation(line, place, bytes)
    while line > least {
      let end = line - 1
      line = lineStart(end, least, bytes)
      guard end - line <= longestLine else { continue }
      let indented = indentation(line, end, bytes)
      guard indented < end - line else { continue }
      let text = line + indented..<end
      if hasSections, let section = section(text, bytes) { return keys + [section] }
      if indented < depth, let key = openingKey(text, bytes) {
        keys.append(key)
        depth = indented
      }
      if depth == 0, !hasSections { break }
    }
    return keys
  }

  private static func lineStart(_ at: Int, _ least: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var start = at
    while start > least, bytes[start - 1] != 0x0A { start -= 1 }
    return start
  }

  /// Blanks at the start of a line; the hyphen of a list's item counts as one.
  private static func indentation(_ line: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer) -> Int {
    var at = line
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x09 || isItem(at, end, bytes) { at += 1 }
    return at - line
  }

  private static func isItem(_ at: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes[at] == UInt8(ascii: "-") && at + 1 < end && bytes[at + 1] == 0x20
  }

  // MARK: - Forms

  /// `[production]`, `[profile "prod"]`, `[[servers.prod]]`.
  private static func section(_ line: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    let text = trimmed(line, bytes)
    guard text.count > 2, bytes[text.lowerBound] == UInt8(ascii: "["), bytes[text.upperBound - 1] == UInt8(ascii: "]"),
      bytes[text].allSatisfy({ ByteSets.word.contains($0) || sectionBytes.contains($0) })
    else { return nil }
    return text
  }

  private static let sectionBytes = ByteSet("[].-: \"'/@".utf8)

  /// `production:`, `"production": {`, `production {`, `production = {`, `<production>`: nothing but the key, and what
  /// opens its block.
  private static func openingKey(_ line: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var start = line.lowerBound
    while start < line.upperBound, keyOpeners.contains(bytes[start]) { start += 1 }
    var end = start
    while end < line.upperBound, ByteSets.word.contains(bytes[end]) || keyBytes.contains(bytes[end]) { end += 1 }
    let rest = trimmed(end..<line.upperBound, bytes)
    guard end > start, !rest.isEmpty, bytes[rest].allSatisfy({ blockBytes.contains($0) || ByteSets.word.contains($0) })
    else { return nil }
    // Words behind the key are its anchor or alias, or the name of a block: `default: &default`, `database "prod" {`.
    let hasWords = bytes[rest].contains { ByteSets.word.contains($0) }
    guard hasWords else { return start..<end }
    if bytes[rest].contains(UInt8(ascii: "&")) { return start..<end }
    return bytes[rest.upperBound - 1] == UInt8(ascii: "{") ? start..<rest.upperBound : nil
  }

  private static let keyOpeners = ByteSet("\"'<:".utf8)
  private static let keyBytes = ByteSet("-.".utf8)
  private static let blockBytes = ByteSet("\"' :={[(>&|-".utf8)

  /// The keys of braces that are open at the end of a piece of a line: `{"prod": {"password": …`.
  private static func flowKeys(_ line: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
    var keys: [Range<Int>] = []
    var closed = 0
    var at = line.upperBound
    while at > line.lowerBound {
      at -= 1
      switch bytes[at] {
      case UInt8(ascii: "}"), UInt8(ascii: "]"): closed += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        if closed > 0 {
          closed -= 1
        } else if let key = key(before: at, line.lowerBound, bytes) {
          keys.append(key)
        }
      default: break
      }
    }
    return keys
  }

  private static func key(before brace: Int, _ least: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var end = brace
    while end > least, blockBytes.contains(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > least, ByteSets.word.contains(bytes[start - 1]) || keyBytes.contains(bytes[start - 1]) { start -= 1 }
    return start < end && end < brace ? start..<end : nil
  }

  private static func trimmed(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start] <= 0x20 { start += 1 }
    while end > start, bytes[end - 1] <= 0x20 { end -= 1 }
    return start..<end
  }
}
