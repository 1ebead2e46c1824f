import CScan
import CatalogueImage
import RuleCompiler
import Testing

@testable import VaultSentry

/// Every body of the prefilter against a naive search.
@Suite struct PrefilterTests {
  /// Small, so that literals meet often.
  private static let words: [(String, Bool)] = [
    ("abc", false), ("ab_", true), ("xoxb", false), ("x-1", false), ("AKIA", false), ("token", true), ("secret", true),
    ("password=", true), ("api_key", true), ("api-key", true), ("-----begin", true), ("ABCABCABC", false),
    ("aaaaaaaaaaaa", false), ("zzz", true), ("://", false), ("a-very-long-literal-over-many-bytes", true),
    ("a-literal-that-is-longer-than-the-sixty-four-bytes-of-a-vector-register", true),
  ]

  private static let literals = words.map { Literal(text: Array($0.0.utf8), ignoresCase: $0.1) }

  private static let tables = PrefilterTables(literals)

  private static var bodies: [PrefilterBody] { PrefilterBody.allCases.filter(\.isAvailable) }

  private static func naive(_ text: [UInt8], _ literals: [Literal] = literals) -> [[Int]] {
    let lower = text.map(\.lowercasedASCII)
    return literals.enumerated().flatMap { index, literal in
      let source = literal.ignoresCase ? lower : text
      return text.indices.filter { source[$0...].starts(with: literal.text) }.map { [$0, index] }
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func filtered(
    _ text: [UInt8], _ body: PrefilterBody, _ tables: PrefilterTables = tables, alignment: Int = 0,
    capacity: Int = 1 << 16
  ) -> [[Int]] {
    var face = tables.face
    // What stands behind the text must not count, so the padding is full of literals.
    let padding = Array(String(repeating: "abctoken", count: Int(vs_padding) / 8).utf8)
    let memory = [UInt8](repeating: 0, count: alignment) + text + padding
    let scratch = UnsafeMutablePointer<vs_scratch>.allocate(capacity: 1)
    defer { scratch.deallocate() }
    var room = [vs_hit](repeating: vs_hit(), count: capacity)
    var hits: [[Int]] = []
    memory.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      var from = 0
      while from < text.count {
        let found = vs_prefilter(&face, body.code, base + alignment, text.count, &from, scratch, &room, room.count)
        if found > room.count {
          room = [vs_hit](repeating: vs_hit(), count: found)
        } else {
          hits += room[..<found].map { [Int($0.position), Int($0.literal)] }
        }
      }
    }
    return hits.sorted { $0.lexicographicallyPrecedes($1) }
  }

  /// Text of pieces of literals, of their neighbours and of any bytes.
  private static func text(_ length: Int, _ random: inout SplitMix64) -> [UInt8] {
    var text: [UInt8] = []
    while text.count < length {
      let word = words[Int.random(in: 0..<words.count, using: &random)].0
      switch Int.random(in: 0..<5, using: &random) {
      case 0: text += word.utf8
      case 1: text += word.uppercased().utf8
      case 2: text += word.utf8.prefix(Int.random(in: 0...word.utf8.count, using: &random))
      case 3: text.append(UInt8.random(in: 0...255, using: &random))
      default: text += word.utf8.map { $0 ^ (Int.random(in: 0..<6, using: &random) == 0 ? 0x20 : 0) }
      }
    }
    return Array(text.prefix(length))
  }

  @Test(arguments: bodies)
  func `random text gives what a naive search gives`(body: PrefilterBody) {
    var random = SplitMix64(seed: 1)
    for round in 0..<120 {
      let text = Self.text(Int.random(in: 0...700, using: &random), &random)
      #expect(Self.filtered(text, body, alignment: round % 64) == Self.naive(text), "round \(round)")
    }
  }

  @Test(arguments: bodies)
  func `literals across blocks are found`(body: PrefilterBody) {
    var random = SplitMix64(seed: 2)
    for shift in [0, 1, 2, 3, 17, 34] {
      var text = [UInt8](repeating: UInt8(ascii: "."), count: 2 * Int(vs_block) + 100)
      for (word, _) in Self.words {
        let at = Int(vs_block) * Int.random(in: 1...2, using: &random) - shift
        text.replaceSubrange(at..<at + word.utf8.count, with: word.utf8)
        #expect(Self.filtered(text, body) == Self.naive(text))
      }
    }
  }

  @Test(arguments: bodies)
  func `short literals before any byte and at the end are found`(body: PrefilterBody) {
    for next in 0...255 {
      let text = Array("abc".utf8) + [UInt8(next)]
      #expect(Self.filtered(text, body) == Self.naive(text))
    }
    for (word, _) in Self.words {
      for alignment in 0..<40 {
        let text = [UInt8](repeating: 0x20, count: alignment) + Array(word.utf8)
        #expect(Self.filtered(text, body).contains([alignment, Self.words.firstIndex { $0.0 == word } ?? -1]))
        let cut = Array(text.dropLast())
        #expect(Self.filtered(cut, body) == Self.naive(cut))
      }
    }
  }

  @Test(arguments: bodies)
  func `a block with more hits than there is room for is done again`(body: PrefilterBody) {
    let text = Array(String(repeating: "abcab_xoxbtoken", count: 400).utf8)
    #expect(Self.filtered(text, body, capacity: 7) == Self.naive(text))
  }

  @Test(arguments: bodies)
  func `literals that share their bytes are told apart`(body: PrefilterBody) {
    // All in one bucket, or nearly so, and more of them at each place than wait for their comparison.
    let literals = (0..<300).map { Literal(text: Array("secret\($0)".utf8), ignoresCase: $0 % 2 == 0) }
    let tables = PrefilterTables(literals)
    var random = SplitMix64(seed: 3)
    let text = (0..<2000).flatMap { _ in
      let name = "secret\(Int.random(in: 0..<3000, using: &random))"
      return Array((Bool.random(using: &random) ? name : name.uppercased()).utf8)
    }
    #expect(Self.filtered(text, body, tables) == Self.naive(text, literals))
  }

  @Test func `the best body is available`() {
    #expect(PrefilterBody.best.isAvailable)
    #expect(PrefilterBody.portable.isAvailable)
  }
}
