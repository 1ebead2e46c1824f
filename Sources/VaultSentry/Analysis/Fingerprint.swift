// The name of a leaked value.

import Digests
import SecretModel

/// Names a value of a rule family the same wherever it stands, and gives nothing of the value away.
///
/// `v1` is base32 of SHA-256 over the version, the family and the value, each behind its length as eight bytes, least
/// significant first. White space counts for nothing in a value of several lines, so that neither indentation nor the
/// kind of line breaks does.
enum Fingerprint {
  static func of(_ secret: Secret, family: String) -> String {
    var value = secret.reveal()
    if value.contains(UInt8(ascii: "\n")) { value.removeAll { " \t\r\n".utf8.contains($0) } }
    return "v1:" + SHA256.digest(ofFields: [Array("v1".utf8), Array(family.utf8), value]).base32
  }

  /// Letters of a fingerprint that name it well enough, behind the version.
  static let leastLength = 12
  private static let version = "v1:"
  /// Letters behind the version.
  static let length = 52

  /// Whether a text is a fingerprint, or enough of its beginning.
  static func isBeginning(_ text: some StringProtocol) -> Bool {
    let letters = text.utf8.dropFirst(version.utf8.count)
    return text.hasPrefix(version) && (leastLength...length).contains(letters.count)
      && letters.allSatisfy(isLetter)
  }

  /// Whether a text is a complete fingerprint.
  static func isWhole(_ text: some StringProtocol) -> Bool {
    isBeginning(text) && text.utf8.count == version.utf8.count + length
  }

  /// The part of a fingerprint that every beginning of it has.
  static func key(of fingerprint: String) -> Substring { fingerprint.prefix(version.count + leastLength) }

  /// Whether a value is a fingerprint, or a part of one.
  static func holds(_ value: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Bool {
    guard value.count <= version.utf8.count + length else { return false }
    var start = value.lowerBound
    let least = max(0, start - length)
    while start > least, isLetter(bytes[start - 1]) { start -= 1 }
    if !bytes[start...].starts(with: version.utf8) { start -= version.utf8.count }
    guard start >= 0, bytes[start...].starts(with: version.utf8) else { return false }
    let letters = bytes[(start + version.utf8.count)...].prefix(length + 1).prefix(while: isLetter)
    return letters.count == length && value.upperBound <= letters.endIndex
  }

  /// Whether a byte is a digit of base32 as fingerprints write it.
  static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) || (0x32...0x37).contains(byte) }
}
