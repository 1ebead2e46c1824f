import CScan
import CatalogueImage

@testable import VaultSentry

/// Every body of the prefilter against a naive search, for the built-in literals and for literals of the input's own.
final class PrefilterTarget: FuzzTarget {
  static let name = "prefilter"

  static func seeds() -> [[UInt8]] {
    var dice = Dice(seed: 1)
    let words = [
      "abc", "ab_", "xoxb", "x-1", "akia", "token", "secret", "password=", "-----begin", "aaaaaaaaaaaa", "://",
    ]
    return (0..<24).map { round in
      var text: [UInt8] = []
      while text.count < 40 << (round % 6) {
        let word = words.randomElement(using: &dice) ?? ""
        text += Bool.random(using: &dice) ? Array(word.utf8) : Array(word.uppercased().utf8.dropLast())
      }
      if round % 2 == 0 { return [0] + text }
      return [1] + Array(words.shuffled(using: &dice).prefix(5).joined(separator: "\n").utf8) + [0] + text
    }
  }

  private let builtin = Needles(Catalogue.builtin().rules.image)

  func run(_ input: UnsafeRawBufferPointer) {
    guard let first = input.first else { return }
    let rest = UnsafeRawBufferPointer(rebasing: input.dropFirst())
    guard first & 1 == 1, let end = rest.firstIndex(of: 0) else { return compare(rest, builtin) }
    let words = rest[..<end].split(separator: UInt8(ascii: "\n")).filter { Literal.lengths.contains($0.count) }
    if words.isEmpty { return }
    let own = Needles(
      words.map { word in
        // The high bit of its first byte tells whether letter case counts.
        let ignoresCase = word.first.map { $0 & 1 == 1 } ?? false
        return Literal(text: word.map { ignoresCase ? $0.lowercasedASCII : $0 }, ignoresCase: ignoresCase)
      })
    compare(UnsafeRawBufferPointer(rebasing: rest[(end + 1)...]), own)
  }

  private func compare(_ text: UnsafeRawBufferPointer, _ needles: Needles) {
    let expected = needles.naive(text)
    for body in PrefilterBody.allCases where body.isAvailable {
      check(needles.filtered(text, body) == expected, "\(body) does not find what a naive search finds")
    }
  }
}

/// Literals, and two ways to look for them.
private final class Needles {
  private struct Place: Comparable {
    let position: Int
    let literal: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.position, left.literal) < (right.position, right.literal)
    }
  }

  private let literals: [Literal]
  /// Numbers of literals by their first byte in lower case.
  private var byFirst = [[Int]](repeating: [], count: 256)
  private let face: () -> vs_tables
  private let scratch = UnsafeMutablePointer<vs_scratch>.allocate(capacity: 1)

  init(_ image: CatalogueImage) {
    let known = image.prefilter.face
    literals = (0..<image.literalCount).map { index in
      let literal = known.literals[index]
      let text = UnsafeBufferPointer(start: known.texts + Int(literal.text), count: Int(literal.length))
      return Literal(text: Array(text), ignoresCase: literal.ignores_case == 1)
    }
    face = { image.prefilter.face }
    group()
  }

  init(_ literals: [Literal]) {
    self.literals = literals
    let tables = PrefilterTables(literals)
    face = { tables.face }
    group()
  }

  deinit {
    scratch.deallocate()
  }

  private func group() {
    for (number, literal) in literals.enumerated() { byFirst[Int(literal.text[0].lowercasedASCII)].append(number) }
  }

  func naive(_ text: UnsafeRawBufferPointer) -> [[Int]] {
    var found: [Place] = []
    let bytes = Array(text)
    let lower = bytes.map(\.lowercasedASCII)
    for (position, byte) in lower.enumerated() {
      for number in byFirst[Int(byte)] {
        let literal = literals[number]
        if (literal.ignoresCase ? lower : bytes)[position...].starts(with: literal.text) {
          found.append(Place(position: position, literal: number))
        }
      }
    }
    return found.sorted().map { [$0.position, $0.literal] }
  }

  /// The memory ends with the padding, and what stands in it must not count.
  func filtered(_ text: UnsafeRawBufferPointer, _ body: PrefilterBody) -> [[Int]] {
    let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: text.count + Int(vs_padding))
    defer { memory.deallocate() }
    let padding = (0..<Int(vs_padding)).map { literals[0].text[$0 % literals[0].text.count] }
    for (at, byte) in (Array(text) + padding).enumerated() { memory[at] = byte }
    var tables = face()
    var room = [vs_hit](repeating: vs_hit(), count: 64)
    var found: [Place] = []
    var from = 0
    while from < text.count {
      let count = vs_prefilter(
        &tables, body.code, memory, text.count, &from, scratch, &room, room.count)
      if count > room.count {
        room = [vs_hit](repeating: vs_hit(), count: count)
      } else {
        found += room[..<count].map { Place(position: Int($0.position), literal: Int($0.literal)) }
      }
    }
    return found.sorted().map { [$0.position, $0.literal] }
  }
}
