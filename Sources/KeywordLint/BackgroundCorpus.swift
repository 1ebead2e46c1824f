// Ordinary source text without a secret in it, to count literals in.

import RuleCompiler

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Text made of what ordinary source is made of: every entry of `Vocabulary` as often as it stands in some MB of it, in
/// an order that a fixed seed gives. It reads like nonsense, and literals are as frequent in it as in what was measured,
/// those of `FrequentLiterals` at least as frequent as elsewhere.
public struct BackgroundCorpus: Sendable {
  /// MB of ordinary source that it stands for; it is shorter itself, since long gaps between words are cut.
  public static let megabytes = 4

  /// ASCII, without capital letters.
  public let text: [UInt8]

  public init() {
    var random = SplitMix64(seed: 20_261_122)
    var words = Deck(Vocabulary.words + "\n" + FrequentLiterals.words, &random)
    var gaps = Deck(Vocabulary.gaps, &random)
    var gapsBeforeSigns = Deck(Vocabulary.gapsBeforeSigns, &random)
    var text: [UInt8] = []
    text.reserveCapacity(Self.megabytes << 20)
    for _ in 0..<words.count {
      let word = words.next()
      // An entry that ends in a sign has what follows the word with it.
      if let last = text.last, isLetter(last) {
        text += isLetter(word[0]) ? gaps.next() : gapsBeforeSigns.next()
      }
      text += word
    }
    self.text = text.map { Digit.drawn($0, &random) }
  }

  /// How often literals stand in a MB of ordinary source, also as parts of words and in any letter case.
  ///
  /// - Parameter literals: three bytes or more each, without capital letters.
  public func perMB(_ literals: Set<String>) -> [String: Double] {
    let literals = literals.map { (name: $0, bytes: Array($0.utf8)) }
    var byStart = [[Int]](repeating: [], count: 1 << 15)
    for (index, literal) in literals.enumerated() {
      byStart[literal.bytes.withUnsafeBufferPointer { start($0, 0) }].append(index)
    }
    var counts = [Int](repeating: 0, count: literals.count)
    text.withUnsafeBufferPointer { text in
      for at in 0..<(text.count - 2) {
        for index in byStart[start(text, at)] {
          let literal = literals[index].bytes
          if literal.count <= text.count - at, memcmp(text.baseAddress! + at, literal, literal.count) == 0 {
            counts[index] += 1
          }
        }
      }
    }
    return Dictionary(
      uniqueKeysWithValues: zip(literals, counts).map { ($0.name, Double($1) / Double(Self.megabytes)) })
  }
}

/// Entries of a table of `Vocabulary`, each as often as it stands in the corpus, in a random order.
private struct Deck {
  private let texts: [[UInt8]]
  /// Indices of `texts`.
  private var order: [UInt16]
  private var dealt = 0

  var count: Int { order.count }

  init(_ table: String, _ random: inout SplitMix64) {
    let entries = table.split(separator: "\n").map { $0.split(separator: "\t", omittingEmptySubsequences: false) }
    texts = entries.map { entry in entry[0].unicodeScalars.flatMap(Self.bytes) }
    order = entries.indices.flatMap { index in
      let perMB = Double(entries[index][1]) ?? 0
      return repeatElement(UInt16(index), count: Int((perMB * Double(BackgroundCorpus.megabytes)).rounded()))
    }
    for index in order.indices.dropFirst() { order.swapAt(index, random.next(below: index + 1)) }
  }

  /// The next one; after the last, the first again.
  mutating func next() -> [UInt8] {
    defer { dealt = dealt + 1 == order.count ? 0 : dealt + 1 }
    return texts[Int(order[dealt])]
  }

  /// What a sign of an entry stands for.
  private static func bytes(_ sign: Unicode.Scalar) -> [UInt8] {
    switch sign {
    case "␠": [UInt8(ascii: " ")]
    case "␤": [UInt8(ascii: "\n")]
    case "␉": [UInt8(ascii: "\t")]
    case "␁": [UInt8](repeating: Digit.hexadecimal, count: 40)
    case "␂": [UInt8](repeating: Digit.base64, count: 48)
    case "0": [Digit.decimal]
    default: [UInt8(sign.value)]
    }
  }
}

/// Stands for a digit that is drawn when the text is there.
private enum Digit {
  static let hexadecimal: UInt8 = 1
  static let base64: UInt8 = 2
  static let decimal: UInt8 = 3

  /// Lower-case, like the whole corpus; a decimal digit is the more frequent the smaller it is, as in what was measured.
  private static let alphabets = [
    "0123456789abcdef", "abcdefghijklmnopqrstuvwxyz0123456789+/", "00000011112223456789",
  ].map { Array($0.utf8) }

  static func drawn(_ byte: UInt8, _ random: inout SplitMix64) -> UInt8 {
    guard (hexadecimal...decimal).contains(byte) else { return byte }
    let alphabet = alphabets[Int(byte) - 1]
    return alphabet[random.next(below: alphabet.count)]
  }
}

private func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }

/// The low five bits of three bytes, as one number.
private func start(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
  Int(text[at] & 31) | Int(text[at + 1] & 31) << 5 | Int(text[at + 2] & 31) << 10
}
