// Names of git objects.

internal import CGit2
import SecretModel

/// The SHA-1 name of an object.
package struct ObjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
  /// Bytes.
  package static let length = 20

  // Big-endian parts, so that their order is that of the bytes.
  private let high: UInt64
  private let middle: UInt64
  private let low: UInt32

  /// Reads the first `length` bytes; there have to be as many.
  init(_ bytes: UnsafeRawBufferPointer) {
    high = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self))
    middle = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    low = UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 16, as: UInt32.self))
  }

  init(_ oid: git_oid) {
    self = withUnsafeBytes(of: oid.id) { ObjectID($0) }
  }

  /// Reads 40 hexadecimal digits; nil for anything else.
  package init?(hex: some Collection<UInt8>) {
    guard hex.count == 2 * Self.length else { return nil }
    var digits = hex.makeIterator()
    var isHex = true
    func next(_ count: Int) -> UInt64 {
      var number: UInt64 = 0
      for _ in 0..<count {
        let digit = digits.next() ?? 0
        // A letter's lower half begins with 1, whatever its case.
        let isLetter = (digit | 0x20) &- 0x61 < 6
        isHex = isHex && (isLetter || digit &- 0x30 < 10)
        number = number << 4 | UInt64((digit & 15) &+ (isLetter ? 9 : 0))
      }
      return number
    }
    (high, middle, low) = (next(16), next(16), UInt32(truncatingIfNeeded: next(8)))
    if !isHex { return nil }
  }

  /// 40 hexadecimal digits.
  package var description: String {
    func digits(_ number: some FixedWidthInteger, _ count: Int) -> String {
      String(number, radix: 16).zeroPadded(to: count)
    }
    return digits(high, 16) + digits(middle, 16) + digits(low, 8)
  }

  /// What reflogs write where there is nothing.
  var isZero: Bool { high == 0 && middle == 0 && low == 0 }

  /// Where it goes in a table. Packs may name objects as they like, so that the names alone could all meet at one place.
  func spread(_ seed: Seed) -> UInt64 {
    let (upper, lower) = (high ^ seed.first).multipliedFullWidth(by: middle ^ seed.second)
    return upper ^ lower ^ UInt64(low) &* seed.odd
  }

  /// Where it goes in a cache.
  var lowestBits: Int { Int(low) }

  /// Drawn for each table; decides where ids are, not their numbers.
  struct Seed: Sendable {
    fileprivate let first = UInt64.random(in: .min ... .max)
    fileprivate let second = UInt64.random(in: .min ... .max)
    fileprivate let odd = UInt64.random(in: .min ... .max) | 1
  }

  var oid: git_oid {
    var result = git_oid()
    withUnsafeMutableBytes(of: &result.id) {
      $0.storeBytes(of: high.bigEndian, toByteOffset: 0, as: UInt64.self)
      $0.storeBytes(of: middle.bigEndian, toByteOffset: 8, as: UInt64.self)
      $0.storeBytes(of: low.bigEndian, toByteOffset: 16, as: UInt32.self)
    }
    return result
  }

  package static func < (left: ObjectID, right: ObjectID) -> Bool {
    if left.high != right.high { return left.high < right.high }
    if left.middle != right.middle { return left.middle < right.middle }
    return left.low < right.low
  }
}
