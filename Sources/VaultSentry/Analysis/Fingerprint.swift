// The name of a leaked value.

import Digests
import SecretModel

/// Names a value of a rule family the same wherever it stands, and gives nothing of the value away.
///
/// `v1` is base32 of SHA-256 over the version, the family and the value, each behind its length as eight bytes, least
/// significant first.
enum Fingerprint {
  static func of(_ secret: Secret, family: String) -> String {
    var digest = SHA256()
    for field in [Array("v1".utf8), Array(family.utf8), secret.reveal()] {
      digest.update((0..<8).map { UInt8(truncatingIfNeeded: field.count >> (8 * $0)) })
      digest.update(field)
    }
    return "v1:" + digest.finish().base32
  }
}
