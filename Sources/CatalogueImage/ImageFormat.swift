// The compiled catalogue's encoding.
//
// An image is text that a source file can hold as a literal and that is read in place, so that starting costs nothing:
// numbers are words of 24 bits, each written as four base64 digits; strings stand verbatim in a pool and are referred to
// by offset and length. A literal takes one word (`LiteralWord`); the literals' texts stand behind each other in a pool of
// their own. An opening takes, among the lists: where the set of what may not stand before begins, the bytes skipped, the
// number of steps, and for each where its set begins and its least and most bytes. A set takes eleven words of 24 bits, the
// lowest byte values first.

/// Reads and writes words.
enum ImageWord {
  /// Characters of a word.
  static let width = 4
  static let limit = 1 << 24

  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func append(_ value: Int, to text: inout [UInt8]) {
    for shift in [18, 12, 6, 0] { text.append(digits[(value >> shift) & 63]) }
  }

  @inline(__always)
  static func read(_ text: UnsafePointer<UInt8>, at offset: Int) -> Int {
    digit(text[offset]) &<< 18 | digit(text[offset &+ 1]) &<< 12 | digit(text[offset &+ 2]) &<< 6
      | digit(text[offset &+ 3])
  }

  /// Words of a set of bytes.
  static let wordsOfSet = 11

  /// Bits by byte value, the lowest first.
  static func words(of set: ByteSet) -> [Int] {
    (0..<wordsOfSet).map { word in
      (0..<24).reduce(0) { bits, bit in
        UInt8(exactly: 24 * word + bit).map { set.contains($0) } == true ? bits | 1 << bit : bits
      }
    }
  }

  /// The value of a base64 digit; any below 64 for what is none. Without branches, since letters come at random.
  @inline(__always)
  static func digit(_ character: UInt8) -> Int {
    let value = Int(character)
    let base =
      value >= 0x61
      ? 0x61 &- 26 : value >= 0x41 ? 0x41 : value >= 0x30 ? 0x30 &- 52 : value == 0x2b ? 0x2b &- 62 : 0x2f &- 63
    return (value &- base) & 63
  }
}

/// The words an image begins with.
enum ImageHeader: Int, CaseIterable {
  case ruleCount, rules, lists, literalCount, literals, literalRules, literalTexts, pool, digest, digestLength
}

/// A literal in 23 bits: from the lowest on 7 of the even window's offset and 7 of the odd one's, both halved, whether letter
/// case does not count, and the length less one.
enum LiteralWord {
  static func make(_ literal: Literal, _ windows: WindowOffsets) -> Int {
    Int(windows.even >> 1) | Int(windows.odd >> 1) << 7 | (literal.ignoresCase ? 1 : 0) << 14
      | (literal.text.count - 1) << 15
  }

  @inline(__always)
  static func read(_ word: Int) -> PrefilterTables.Entry {
    PrefilterTables.Entry(
      length: word >> 15 + 1, ignoresCase: word >> 14 & 1 == 1,
      windows: WindowOffsets(even: (word & 127) << 1, odd: (word >> 7 & 127) << 1 | 1))
  }
}

/// The words of a rule's record. Strings and lists take two: offset and length or count.
enum RuleField: Int {
  case id = 0
  case name = 2
  case provider = 4
  case category = 6
  case severity = 8
  case pattern = 9
  case secretGroup = 11
  /// Thousandths of a bit.
  case entropyFloor = 12
  /// 0 for none, else the kind's number + 1.
  case checksum = 13
  case decodes = 14
  case near = 16
  case paths = 18
  case family = 20
  case rotate = 22
  case references = 24
  case remediation = 26
  /// 0 pattern, 1 assigned, 2 pattern with a ranged start, 3 and 4 the kinds of named values, 5 lines, 6 and more the
  /// circumstances.
  case kind = 28
  case span = 29
  case distance = 30
  case qualifiers = 31
  case leastLength = 33
  case alphabet = 34
  /// 0 for none, else the kind of value + 1.
  case value = 36
  case companions = 37
  /// 1 if the value alone opens nothing.
  case isIdentifier = 39
  /// Where the opening begins among the lists, + 1; 0 for none.
  case opening = 40
  /// Words of a record.
  case end = 41
}
