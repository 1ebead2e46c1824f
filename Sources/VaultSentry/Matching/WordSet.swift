// Sets of words, asked by the bytes of a text without making a string of them.

import CatalogueImage

/// A word in small letters, as numbers; of longer ones than `longest` their first bytes. Those are in no set.
struct Word: Hashable, Sendable {
  /// Bytes.
  static let longest = 24

  private(set) var count = 0
  fileprivate private(set) var bytes = Bytes()

  /// Up to `longest`, the first one lowest; 0 behind the last.
  fileprivate struct Bytes: Hashable, Sendable {
    var start: UInt64 = 0
    var middle: UInt64 = 0
    var end: UInt64 = 0
  }

  init() {}

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { append(byte) }
  }

  /// Appends a byte; a capital as its small letter.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    let bits = UInt64(byte.lowercasedASCII) &<< UInt64(truncatingIfNeeded: 8 * count)
    switch count {
    case ..<8: bytes.start |= bits
    case ..<16: bytes.middle |= bits
    case ..<24: bytes.end |= bits
    default: break
    }
    count += 1
  }

  fileprivate var hash: UInt64 {
    let (high, low) = (bytes.start ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(
      by: bytes.middle ^ 0xC2B2_AE3D_27D4_EB4F)
    return high ^ low ^ bytes.end
  }
}

/// Some words that a program knows; none is longer than `Word.longest`.
struct WordSet: ExpressibleByArrayLiteral, Sendable {
  /// Each word in the place that its hash names or, if that is taken, one behind it. A power of two, half of which or more
  /// is empty.
  private let slots: [Word]

  init(arrayLiteral words: String...) {
    var slots = [Word](repeating: Word(), count: 4)
    while slots.count < 2 * words.count { slots += slots }
    for text in words {
      let word = Word(text.utf8)
      precondition((1...Word.longest).contains(word.count), "“\(text)” is no word of a set")
      var at = Int(truncatingIfNeeded: word.hash) & (slots.count - 1)
      while slots[at].count > 0 { at = (at + 1) & (slots.count - 1) }
      slots[at] = word
    }
    self.slots = slots
  }

  func contains(_ word: Word) -> Bool {
    guard (1...Word.longest).contains(word.count) else { return false }
    var at = Int(truncatingIfNeeded: word.hash) & (slots.count - 1)
    while slots[at].count > 0 {
      if slots[at] == word { return true }
      at = (at + 1) & (slots.count - 1)
    }
    return false
  }
}
