// When the certificate of a private key ends.

import Digests
import SecretModel

/// Finds the certificate beside a private key that was issued for it, and reads its end.
///
/// Source: RFC 5280 (certificates), RFC 7468 (their textual form), X.690 (DER).
enum CertificateEnd {
  /// Bytes on either side of a key in which its certificate may stand, and of one certificate.
  private static let reach = 20_000
  private static let longest = 8_000
  /// Certificates that are read beside one key.
  private static let most = 8

  /// The day after which no certificate beside the key is valid; nil without one that holds the key's public half.
  static func day(beside key: Range<Int>, in bytes: UnsafeRawBufferPointer) -> CalendarDate? {
    guard bytes[key].starts(with: "-----BEGIN ".utf8), let secret = body(of: key, in: bytes) else { return nil }
    let around = max(0, key.lowerBound - reach)..<min(bytes.count, key.upperBound + reach)
    var ends: [CalendarDate] = []
    for start in bytes.places(of: "-----BEGIN CERTIFICATE-----", in: around).prefix(most) {
      let text = start..<min(bytes.count, start + longest)
      guard let der = body(of: text, in: bytes), let certificate = Certificate(der),
        secret.holds(certificate.publicPart)
      else { continue }
      ends.append(certificate.end)
    }
    return ends.max()
  }

  /// What base64 stands between the first line of a PEM block and its last one; `\n` and quotes of source count as white
  /// space.
  private static func body(of block: Range<Int>, in bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    let mark = Array("-----".utf8)
    let head = bytes[block].dropFirst(mark.count)
    guard let headEnd = head.indices.first(where: { head[$0...].starts(with: mark) }) else { return nil }
    var digits: [UInt8] = []
    var at = headEnd + mark.count
    while at < block.upperBound, bytes[at] != UInt8(ascii: "-") {
      if bytes[at] == UInt8(ascii: "\\") {
        at += 2
        continue
      }
      if bytes[at].isLetter || bytes[at].isDigit || "+/=".utf8.contains(bytes[at]) { digits.append(bytes[at]) }
      at += 1
    }
    return digits.decodingBase64()
  }
}

/// The parts of a certificate that matter here.
private struct Certificate {
  let end: CalendarDate
  /// Bytes of the public key that its private half holds, too: from the modulus of RSA, or from the point of a curve.
  let publicPart: [UInt8]

  init?(_ der: [UInt8]) {
    var outer = DERReader(der[...])
    guard let certificate = outer.next(DERTag.sequence) else { return nil }
    var inner = DERReader(certificate)
    guard let body = inner.next(DERTag.sequence) else { return nil }
    var fields = DERReader(body)
    _ = fields.next(DERTag.version)
    // Serial number, algorithm and issuer stand before the validity, the subject behind it.
    guard fields.next(DERTag.integer) != nil, fields.next(DERTag.sequence) != nil, fields.next(DERTag.sequence) != nil,
      let validity = fields.next(DERTag.sequence), fields.next(DERTag.sequence) != nil,
      let keyInfo = fields.next(DERTag.sequence)
    else { return nil }
    var times = DERReader(validity)
    guard times.nextTime() != nil, let end = times.nextTime() else { return nil }
    var key = DERReader(keyInfo)
    guard key.next(DERTag.sequence) != nil, let bits = key.next(DERTag.bitString), bits.count >= 33 else { return nil }
    self.end = end
    // Behind the lengths and tags of RSA, in the middle of a point of P-256.
    publicPart = Array(bits.dropFirst(16).prefix(32))
  }
}

private enum DERTag {
  static let integer: UInt8 = 0x02
  static let bitString: UInt8 = 0x03
  static let utcTime: UInt8 = 0x17
  static let generalizedTime: UInt8 = 0x18
  static let sequence: UInt8 = 0x30
  static let version: UInt8 = 0xA0
}

/// Reads one element after the other; never past the end of what it was given.
private struct DERReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

  /// The contents of the next element, if it has this tag.
  mutating func next(_ tag: UInt8) -> ArraySlice<UInt8>? {
    guard rest.first == tag, let first = rest.dropFirst().first else { return nil }
    var header = 2
    var length = Int(first)
    if first >= 0x80 {
      // No certificate has more than three bytes of length.
      let count = Int(first & 0x7F)
      guard (1...3).contains(count), rest.count >= 2 + count else { return nil }
      length = rest.dropFirst(2).prefix(count).reduce(0) { $0 << 8 | Int($1) }
      header += count
    }
    guard rest.count >= header + length else { return nil }
    let contents = rest.dropFirst(header).prefix(length)
    rest = rest.dropFirst(header + length)
    return contents
  }

  /// The day of the next element, a point in time: `YYMMDD…` (of 1950 to 2049) or `YYYYMMDD…`.
  mutating func nextTime() -> CalendarDate? {
    var digits: String
    if let time = next(DERTag.utcTime) {
      digits = String(decoding: time, as: UTF8.self)
      digits = (digits >= "5" ? "19" : "20") + digits
    } else if let time = next(DERTag.generalizedTime) {
      digits = String(decoding: time, as: UTF8.self)
    } else {
      return nil
    }
    let text = Array(digits.utf8)
    guard text.count >= 8 else { return nil }
    func part(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }
    return CalendarDate("\(part(0..<4))-\(part(4..<6))-\(part(6..<8))")
  }
}
