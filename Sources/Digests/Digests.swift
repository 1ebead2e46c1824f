// Digests and checksums, from libraries.

internal import CNettle
internal import CZlib

/// SHA-256 (FIPS 180-4).
public struct SHA256: ~Copyable {
  private var state = sha256_ctx()

  public init() { nettle_sha256_init(&state) }

  public mutating func update(_ bytes: some Collection<UInt8>) {
    if bytes.withContiguousStorageIfAvailable({ nettle_sha256_update(&state, $0.count, $0.baseAddress) }) == nil {
      let copy = Array(bytes)
      nettle_sha256_update(&state, copy.count, copy)
    }
  }

  /// The digest of everything so far: 32 bytes. The state starts anew.
  public mutating func finish() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 32) { buffer, count in
      nettle_sha256_digest(&state, 32, buffer.baseAddress)
      count = 32
    }
  }
}

extension SHA256 {
  /// The digest of several fields, each behind its length as eight bytes, least significant first.
  public static func digest(ofFields fields: [[UInt8]]) -> [UInt8] {
    var digest = SHA256()
    for field in fields {
      digest.update((0..<8).map { UInt8(truncatingIfNeeded: field.count >> (8 * $0)) })
      digest.update(field)
    }
    return digest.finish()
  }
}

/// SHA-1 (FIPS 180-4): 20 bytes. For names that a standard derives with it, not against forgery.
public func sha1(_ bytes: [UInt8]) -> [UInt8] {
  var state = sha1_ctx()
  nettle_sha1_init(&state)
  nettle_sha1_update(&state, bytes.count, bytes)
  return [UInt8](unsafeUninitializedCapacity: 20) { buffer, count in
    nettle_sha1_digest(&state, 20, buffer.baseAddress)
    count = 20
  }
}

/// CRC-32 as in zlib, PNG and gzip.
public func crc32(_ bytes: some Collection<UInt8>) -> UInt32 {
  if let sum = bytes.withContiguousStorageIfAvailable({ UInt32(CZlib.crc32(0, $0.baseAddress, uInt($0.count))) }) {
    return sum
  }
  let copy = Array(bytes)
  return UInt32(CZlib.crc32(0, copy, uInt(copy.count)))
}

extension Sequence<UInt8> {
  /// Lower-case base32 (RFC 4648 alphabet) without padding.
  public var base32: String {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
    var text: [UInt8] = []
    var bits: UInt32 = 0
    var held = 0
    for byte in self {
      bits = bits << 8 | UInt32(byte)
      held += 8
      while held >= 5 {
        held -= 5
        text.append(alphabet[Int(bits >> UInt32(held)) & 31])
      }
    }
    if held > 0 { text.append(alphabet[Int(bits << UInt32(5 - held)) & 31]) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Lower-case hexadecimal.
  public var hexadecimal: String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }
}
