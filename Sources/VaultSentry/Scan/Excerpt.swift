// The line around a secret, fit to be shown.

import SecretModel

enum Excerpt {
  /// Bytes shown before and behind the secret.
  private static let before = 60
  private static let behind = 24
  /// A word of this length with letters and digits may be another credential, known or not.
  private static let longestWord = 16

  /// What surrounds a secret on its first line.
  ///
  /// - Parameters:
  ///   - mask: stands in the secret's place.
  ///   - hidden: every match of the blob; none of them is shown.
  static func around(
    _ secret: Range<Int>, showing mask: String, hiding hidden: HiddenRanges, in bytes: UnsafeRawBufferPointer
  ) -> String {
    var start = secret.lowerBound
    while start > 0, secret.lowerBound - start < before, !isLineBreak(bytes[start - 1]) { start -= 1 }
    let isOneLine = !bytes[secret].contains(where: isLineBreak)
    var end = secret.upperBound
    if isOneLine {
      while end < bytes.count, end - secret.upperBound < behind, !isLineBreak(bytes[end]) { end += 1 }
    }
    return text(start..<secret.lowerBound, hidden, bytes) + mask + text(secret.upperBound..<end, hidden, bytes)
  }

  /// A text without what may be a credential.
  static func masked(_ text: String) -> String {
    Array(text.utf8).withUnsafeBytes { Self.text(0..<$0.count, HiddenRanges([]), $0) }
  }

  private static func isLineBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

  /// The text of a range without what has to be hidden.
  private static func text(_ range: Range<Int>, _ hidden: HiddenRanges, _ bytes: UnsafeRawBufferPointer) -> String {
    var shown: [UInt8] = []
    var at = range.lowerBound
    while at < range.upperBound {
      let secret = hidden.first(endingBehind: at)
      if let secret, secret.contains(at) {
        shown += Secret.hidden.utf8
        at = secret.upperBound
        continue
      }
      var wordEnd = at
      let limit = min(range.upperBound, secret?.lowerBound ?? .max)
      while wordEnd < limit, isWordByte(bytes[wordEnd]) { wordEnd += 1 }
      shown += isSuspicious(at..<wordEnd, bytes) ? Array(Secret.hidden.utf8) : Array(bytes[at..<wordEnd])
      if wordEnd == at {
        shown.append(bytes[at])
        wordEnd += 1
      }
      at = wordEnd
    }
    return String(decoding: shown, as: UTF8.self)
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    ByteSets.word.contains(byte) || ByteSets.joiners.contains(byte)
  }

  /// Whether the word that a range is part of looks like more than a name.
  private static func isSuspicious(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard !range.isEmpty else { return false }
    var (start, end) = (range.lowerBound, range.upperBound)
    while start > 0, range.lowerBound - start < longestWord, isWordByte(bytes[start - 1]) { start -= 1 }
    while end < bytes.count, end - range.upperBound < longestWord, isWordByte(bytes[end]) { end += 1 }
    return end - start >= longestWord && bytes[start..<end].contains { (0x30...0x39).contains($0) }
  }
}

/// What is never shown of a blob.
struct HiddenRanges {
  /// In rising order, none touching another.
  private var ranges: [Range<Int>] = []

  init(_ secrets: [Range<Int>]) {
    for secret in secrets.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = ranges.last, secret.lowerBound <= last.upperBound {
        ranges[ranges.count - 1] = last.lowerBound..<max(last.upperBound, secret.upperBound)
      } else {
        ranges.append(secret)
      }
    }
  }

  /// The first range that ends behind a position.
  func first(endingBehind position: Int) -> Range<Int>? {
    let place = (0..<ranges.count).first(from: { ranges[$0].upperBound > position })
    return place < ranges.count ? ranges[place] : nil
  }
}
