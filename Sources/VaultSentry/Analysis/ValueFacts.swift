// What a value tells of itself: its account, its algorithm, its end.

import Digests
import SecretModel

/// Reads what credentials of open structure say about themselves.
enum ValueFacts {
  /// The terms that a secret's own contents add to its risk.
  ///
  /// - Parameters:
  ///   - around: the secret with what stands beside it.
  ///   - now: seconds since 1970; nil if nothing may be judged by time.
  static func terms(of secret: [UInt8], around: UnsafeRawBufferPointer, now: Int64?) -> [RiskTerm] {
    if let account = awsAccount(secret) { return [RiskTerm("fact", 0, "it belongs to AWS account \(account)")] }
    if let token = JSONWebToken(secret) { return token.terms(now) }
    if let now, let end = sharedAccessEnd(around), end.isBefore(now) {
      return [RiskWeights.expired.term]
    }
    return []
  }

  /// The account number that an AWS key id holds: 40 bits of its base32 digits, moved by one half byte. Keys that begin
  /// with AKIAI and AKIAJ are older than this form.
  private static func awsAccount(_ secret: [UInt8]) -> String? {
    guard secret.count == 20, secret.starts(with: "AKIA".utf8) || secret.starts(with: "ASIA".utf8),
      secret[4] != UInt8(ascii: "I"), secret[4] != UInt8(ascii: "J")
    else { return nil }
    var bits: UInt64 = 0
    for byte in secret[4..<14] {
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = byte - UInt8(ascii: "A")
      case UInt8(ascii: "2")...UInt8(ascii: "7"): digit = byte - UInt8(ascii: "2") + 26
      default: return nil
      }
      bits = bits << 5 | UInt64(digit)
    }
    // Ten digits are 50 bits; the form counts in the first 48 of them.
    let number = "\((bits >> 2 & 0x7FFF_FFFF_FF80) >> 7)"
    guard number.count <= 12 else { return nil }
    return number.zeroPadded(to: 12)
  }

  /// The day that a shared access signature of Azure ends on: `se=2021-01-31T…`.
  private static func sharedAccessEnd(_ around: UnsafeRawBufferPointer) -> CalendarDate? {
    guard around.containsIgnoringCase("sig="),
      let start = around.indices.first(where: { at in
        around[at...].starts(with: "se=".utf8) && (at == 0 || "?&;\"".utf8.contains(around[at - 1]))
      })
    else { return nil }
    return CalendarDate(String(decoding: around[(start + 3)...].prefix(10), as: UTF8.self))
  }
}

extension CalendarDate {
  /// Whether a point in time falls on a later day; seconds since 1970.
  func isBefore(_ now: Int64) -> Bool { self < CalendarDate(Timestamp(seconds: now, nanoseconds: 0)) }
}

/// The readable parts of a JSON Web Token (RFC 7519).
struct JSONWebToken {
  private let algorithm: String
  /// Seconds since 1970.
  private let expiry: Int64?

  init?(_ text: [UInt8]) {
    guard text.starts(with: "eyJ".utf8) else { return nil }
    let parts = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 3, let header = Array(parts[0]).decodingBase64(),
      let claims = Array(parts[1]).decodingBase64()
    else { return nil }
    algorithm = Self.text(of: "alg", in: header) ?? "unknown"
    expiry = Self.number(of: "exp", in: claims)
  }

  func terms(_ now: Int64?) -> [RiskTerm] {
    let shown = algorithm.utf8.allSatisfy { $0.isLetter || $0.isDigit } ? algorithm : "unknown"
    var terms = [RiskTerm("fact", 0, "it is signed with \(shown)")]
    if let now, let expiry {
      let end = CalendarDate(Timestamp(seconds: expiry, nanoseconds: 0))
      terms.append(expiry < now ? RiskWeights.expired.term : RiskTerm("fact", 0, "it is valid until \(end)"))
    }
    return terms
  }

  /// What stands behind `"key":`.
  private static func value(of key: String, in json: [UInt8]) -> ArraySlice<UInt8>? {
    let name = Array("\"\(key)\"".utf8)
    guard let start = json.indices.first(where: { json[$0...].starts(with: name) }) else { return nil }
    let rest = json[(start + name.count)...].drop { $0 == 0x20 }
    return rest.first == UInt8(ascii: ":") ? rest.dropFirst().drop { $0 == 0x20 } : nil
  }

  private static func text(of key: String, in json: [UInt8]) -> String? {
    guard let value = value(of: key, in: json), value.first == UInt8(ascii: "\"") else { return nil }
    return String(decoding: value.dropFirst().prefix { $0 != UInt8(ascii: "\"") }.prefix(20), as: UTF8.self)
  }

  private static func number(of key: String, in json: [UInt8]) -> Int64? {
    guard let value = value(of: key, in: json) else { return nil }
    // A year of more than four digits is no date.
    return Int64(String(decoding: value.prefix { $0.isDigit }, as: UTF8.self)).flatMap {
      $0 < 253_402_300_800 ? $0 : nil
    }
  }
}
