// What a pattern looks like from outside: where its keywords stand, and how far it reaches.
//
// A match is searched for from a keyword's hit, so the compiler has to know how many bytes may lie between a match's
// start and the keyword, and how long a match can be. This reads the documented part of the PCRE2 syntax
// (`patterns/README.md`) into a tree and answers both questions from it. PCRE2 itself does the matching.

import CatalogueImage

/// Why a pattern cannot be used, although PCRE2 may accept it.
struct ShapeError: Error, CustomStringConvertible {
  let description: String
}

/// What a place of a pattern asks of the bytes around it.
struct Assertion {
  /// Most bytes behind the place that it looks at.
  var ahead = 0
  /// What may not stand before the place; not all that may not, perhaps.
  var notBefore = ByteSet()
  var isWordBoundary = false
}

/// A piece of a pattern.
indirect enum PatternNode {
  case set(ByteSet)
  case sequence([PatternNode])
  case alternation([PatternNode])
  case repetition(PatternNode, least: Int, most: Int)
  /// Takes no bytes.
  case assertion(Assertion)

  /// Bytes that `*` and `+` are taken to mean at most.
  static let unbounded = 4096

  /// Fewest and most bytes of a match.
  var length: ClosedRange<Int> {
    switch self {
    case .set: return 1...1
    case .assertion: return 0...0
    case .sequence(let parts):
      return parts.reduce(0...0) { sum, part in
        let next = part.length
        return sum.lowerBound + next.lowerBound...sum.upperBound + next.upperBound
      }
    case .alternation(let parts):
      let lengths = parts.map(\.length)
      return (lengths.map(\.lowerBound).min() ?? 0)...(lengths.map(\.upperBound).max() ?? 0)
    case .repetition(let part, let least, let most):
      let one = part.length
      return one.lowerBound * least...max(one.lowerBound * least, one.upperBound * most)
    }
  }

  /// Most bytes that an assertion in it looks at.
  var ahead: Int {
    switch self {
    case .set: 0
    case .assertion(let assertion): assertion.ahead
    case .sequence(let parts), .alternation(let parts): parts.map(\.ahead).max() ?? 0
    case .repetition(let part, _, _): part.ahead
    }
  }

  /// Every byte that a match may hold.
  var alphabet: ByteSet {
    switch self {
    case .set(let set): return set
    case .assertion: return ByteSet()
    case .sequence(let parts), .alternation(let parts):
      return parts.reduce(ByteSet()) { $0.union($1.alphabet) }
    case .repetition(let part, _, _): return part.alphabet
    }
  }
}

/// A pattern's tree.
struct PatternShape {
  let root: PatternNode
  /// Whether the pattern starts with `(?i)`.
  let ignoresCase: Bool

  init(_ pattern: String) throws(ShapeError) {
    var parser = PatternParser(Array(pattern.utf8))
    root = try parser.parse()
    ignoresCase = parser.ignoresCaseThroughout
  }

  /// Most bytes from a match's start to what it may look at behind its end.
  var span: Int { root.length.upperBound + max(root.ahead, 1) }

  /// Places the keywords: every way to match has to hold one of them.
  func anchors(_ keywords: [String]) throws(ShapeError) -> [KeywordAnchor] {
    let texts = keywords.map { Array((ignoresCase ? $0.lowercased() : $0).utf8) }
    var ranges: [Int: ClosedRange<Int>] = [:]
    var seen = Set<Int>()
    for way in ways(root) {
      let places = texts.indices.flatMap { index in way.places(of: texts[index]).map { (index, $0) } }
      seen.formUnion(places.map(\.0))
      // A match that begins at its keyword is the cheapest to confirm, one at a known distance the next.
      guard let (index, range) = places.min(by: { $0.1.cost < $1.1.cost }) else {
        throw ShapeError(description: "there is a way to match that holds none of the keywords")
      }
      ranges[index] =
        ranges[index].map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
    }
    for index in texts.indices where !seen.contains(index) {
      throw ShapeError(description: "the keyword “\(keywords[index])” is not in the pattern")
    }
    return ranges.sorted { $0.key < $1.key }.map { index, range in
      KeywordAnchor(
        text: ignoresCase ? keywords[index].lowercased() : keywords[index], ignoresCase: ignoresCase, offsets: range)
    }
  }
}

extension ClosedRange<Int> {
  fileprivate var cost: (Int, Int) { (upperBound - lowerBound, upperBound) }
}

// MARK: - Ways to match

/// One way through a pattern: literal bytes with gaps between them.
private struct Way {
  enum Part {
    case byte(UInt8)
    case gap(ClosedRange<Int>)
  }

  var parts: [Part] = []

  /// Where the text stands in it, as bytes from its start.
  func places(of text: [UInt8]) -> [ClosedRange<Int>] {
    var places: [ClosedRange<Int>] = []
    var before = 0...0
    for start in parts.indices {
      let candidate = parts[start...].prefix(text.count)
      let bytes = candidate.compactMap { if case .byte(let byte) = $0 { byte } else { nil } }
      if bytes.count == candidate.count, bytes == text { places.append(before) }
      let taken: ClosedRange<Int> = if case .gap(let range) = parts[start] { range } else { 1...1 }
      before = before.lowerBound + taken.lowerBound...before.upperBound + taken.upperBound
    }
    return places
  }
}

extension PatternShape {
  /// Most ways that are told apart; a part with more becomes a gap.
  private static let wayLimit = 256

  private func ways(_ node: PatternNode) -> [Way] {
    let gap = Way(parts: [.gap(node.length)])
    switch node {
    case .assertion: return [Way()]
    case .set(let set):
      let bytes = literalBytes(set)
      return bytes.isEmpty ? [gap] : bytes.map { Way(parts: [.byte($0)]) }
    case .alternation(let parts):
      let all = parts.flatMap { ways($0) }
      return all.count <= Self.wayLimit ? all : [gap]
    case .sequence(let parts):
      return parts.reduce([Way()]) { product($0, ways($1), gap: $1.length) }
    case .repetition(let part, let least, let most):
      if case .set(let set) = part, literalBytes(set).count != 1 { return [gap] }
      if least == 0 { return most == 1 ? [Way()] + ways(part) : [gap] }
      let one = ways(part)
      let length = part.length
      let rest = (least - 1) * length.lowerBound...max((least - 1) * length.lowerBound, (most - 1) * length.upperBound)
      if least <= 16, one.count == 1 {
        let gap = most > least ? [Way.Part.gap(0...(most - least) * length.upperBound)] : []
        return [Way(parts: (0..<least).flatMap { _ in one[0].parts } + gap)]
      }
      return one.map { Way(parts: $0.parts + [.gap(rest)]) }
    }
  }

  private func product(_ left: [Way], _ right: [Way], gap: ClosedRange<Int>) -> [Way] {
    guard left.count * right.count <= Self.wayLimit else {
      return left.map { Way(parts: $0.parts + [.gap(gap)]) }
    }
    return left.flatMap { first in right.map { Way(parts: first.parts + $0.parts) } }
  }

  /// The few bytes a set stands for, in lower case if letter case does not count; none if they are many.
  private func literalBytes(_ set: ByteSet) -> [UInt8] {
    var bytes = set.members
    if ignoresCase { bytes = Array(Set(bytes.map { $0.lowercased })).sorted() }
    return bytes.count <= 4 ? bytes : []
  }
}

extension UInt8 {
  /// The ASCII letter in lower case.
  var lowercased: UInt8 { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) ? self | 0x20 : self }
}
