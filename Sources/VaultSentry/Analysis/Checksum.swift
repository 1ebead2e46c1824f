// Credentials that carry their own checksum.
//
// Sources: the providers' announcements of their formats (GitHub, npm, GitLab, Grafana, Confluent), each recomputed on a
// published sample as far as one exists. Those of Atlassian and Cloudflare are not stated by the providers; see
// `ChecksumKind.provesOnly`.

import CatalogueImage
import Digests

extension ChecksumKind {
  /// Whether the checksum in a secret is right.
  func holds(for secret: [UInt8]) -> Bool {
    if self == .luhn { return Self.luhn(secret) }
    guard let length = digitCount, secret.count > length else { return false }
    guard let digits = digits(after: Array(secret.dropLast(length))) else { return false }
    let given = Array(secret.suffix(length))
    let countsCase = [.crc32Base62, .confluent, .atlassian].contains(self)
    return countsCase ? digits == given : digits == given.map(\.lowercasedASCII)
  }

  /// The checksum's digits for what precedes them in a secret.
  func digits(after secret: [UInt8]) -> [UInt8]? {
    switch self {
    case .crc32Base62: return Self.number(crc32(Self.body(secret)), base: 62, width: 6)
    case .crc32Hex:
      let before = secret.last == UInt8(ascii: "_") ? secret.dropLast() : secret[...]
      return Self.number(crc32(Self.body(Array(before))), base: 16, width: 8)
    case .crc32HexAll: return Self.number(crc32(secret), base: 16, width: 8)
    case .grafana:
      let before = secret.last == UInt8(ascii: "_") ? secret.dropLast() : secret[...]
      return Self.number(crc32(before).byteSwapped, base: 16, width: 8)
    case .confluent:
      let sum = crc32(secret.dropFirst(4))
      let bytes = (0..<4).map { UInt8(truncatingIfNeeded: sum >> UInt32(8 * $0)) }
      return Array(bytes.base64().utf8.prefix(6))
    case .gitlabRoutable: return Self.number(crc32(secret), base: 36, width: 7)
    case .atlassian:
      return Array(String(decoding: Self.number(crc32(secret), base: 16, width: 8), as: UTF8.self).uppercased().utf8)
    case .cloudflare: return Self.number(crc32(secret.suffix(40)), base: 16, width: 8)
    case .luhn: return nil
    }
  }

  /// How many digits at the secret's end are the checksum.
  private var digitCount: Int? {
    switch self {
    case .crc32Base62, .confluent: 6
    case .crc32Hex, .crc32HexAll, .grafana, .atlassian, .cloudflare: 8
    case .gitlabRoutable: 7
    case .luhn: nil
    }
  }

  /// What stands behind the prefix, which ends in the last underscore.
  private static func body(_ secret: [UInt8]) -> ArraySlice<UInt8> {
    secret[((secret.lastIndex(of: UInt8(ascii: "_")) ?? -1) + 1)...]
  }

  /// A number in base 16, 36 or 62 (digits, capitals, small letters; base 36: digits, small letters), zero padded.
  private static func number(_ value: UInt32, base: UInt32, width: Int) -> [UInt8] {
    let small = "abcdefghijklmnopqrstuvwxyz"
    let digits = Array((base == 62 ? "0123456789" + small.uppercased() + small : "0123456789" + small).utf8)
    var value = value
    var text: [UInt8] = []
    while text.count < width {
      text.append(digits[Int(value % base)])
      value /= base
    }
    return text.reversed()
  }

  /// ISO/IEC 7812-1: every second digit from the right counts twice.
  private static func luhn(_ secret: [UInt8]) -> Bool {
    let digits = secret.filter { (0x30...0x39).contains($0) }.map { Int($0) - 0x30 }
    guard digits.count >= 12 else { return false }
    let sum = digits.reversed().enumerated().reduce(0) { sum, digit in
      let value = digit.offset % 2 == 0 ? digit.element : digit.element * 2
      return sum + (value > 9 ? value - 9 : value)
    }
    return sum % 10 == 0
  }
}
