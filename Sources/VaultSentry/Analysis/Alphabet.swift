// The alphabets that secrets are written in, and the entropy that random text over them has.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A set of characters that encodings and generators draw from.
public enum Alphabet: String, Sendable, CaseIterable {
  case decimal, hex, base32, base36, base58, base62, base64url, base64, printable

  /// Characters.
  public var size: Int {
    switch self {
    case .decimal: 10
    case .hex: 16
    case .base32: 32
    case .base36: 36
    case .base58: 58
    case .base62: 62
    case .base64url, .base64: 64
    case .printable: 94
    }
  }

  /// Most entropy of a text over it: bits per character.
  public var bits: Double { log2(Double(size)) }

  /// The smallest alphabet that holds every character of a text: hexadecimal digits of one case, RFC 4648 for the base32
  /// and base64 forms (with padding), Bitcoin's base58; nil for an empty text and for one with other than printable
  /// ASCII characters.
  public init?(of text: some Collection<UInt8>) {
    guard !text.isEmpty, let found = Self.allCases.first(where: { $0.holds(text) }) else { return nil }
    self = found
  }

  private func holds(_ text: some Collection<UInt8>) -> Bool {
    switch self {
    case .decimal: text.allSatisfy(\.isDigit)
    case .hex:
      text.allSatisfy { $0.isDigit || $0 &- 0x61 < 6 } || text.allSatisfy { $0.isDigit || $0 &- 0x41 < 6 }
    case .base32: text.allSatisfy { $0.isUppercase || (0x32...0x37).contains($0) || $0 == UInt8(ascii: "=") }
    case .base36: text.allSatisfy { $0.isDigit || $0.isLowercase } || text.allSatisfy { $0.isDigit || $0.isUppercase }
    case .base58: text.allSatisfy { ($0.isLetter || $0.isDigit) && !"0OIl".utf8.contains($0) }
    case .base62: text.allSatisfy { $0.isLetter || $0.isDigit }
    case .base64url: text.allSatisfy { $0.isLetter || $0.isDigit || "-_=".utf8.contains($0) }
    case .base64: text.allSatisfy { $0.isLetter || $0.isDigit || "+/=".utf8.contains($0) }
    case .printable: text.allSatisfy { (0x21...0x7E).contains($0) }
    }
  }

  /// The Shannon entropy that random text over the alphabet has on average: bits per character.
  ///
  /// A text of n characters can hold at most log2(n) bits per character, so short texts never reach `bits`; this is the
  /// exact mean: log2(n) - k/n * sum over j of P(j of n characters are the same one) * j * log2(j), for k characters.
  ///
  /// - Parameter length: characters; 0 gives 0.
  public func expectedEntropy(length: Int) -> Double {
    guard length > 1 else { return 0 }
    let share = 1 / Double(size)
    var probability = exp(Double(length) * log(1 - share))
    var sum = 0.0
    for count in 1...length {
      probability *= Double(length - count + 1) / Double(count) * share / (1 - share)
      sum += probability * Double(count) * log2(Double(count))
    }
    return log2(Double(length)) - Double(size) / Double(length) * sum
  }

  /// The least entropy that is taken for random: bits per character, below the mean by as much as one random text in a
  /// hundred is (for alphabets of 16 characters and more, and texts of 16 characters and more).
  public func entropyFloor(length: Int) -> Double { expectedEntropy(length: length) * 0.86 }
}
