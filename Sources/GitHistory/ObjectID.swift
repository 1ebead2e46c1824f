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
    let id = hex.withContiguousStorageIfAvailable { Self.id($0) } ?? Array(hex).withUnsafeBufferPointer(Self.id)
    guard let id else { return nil }
    self = id
  }

  private static func id(_ hex: UnsafeBufferPointer<UInt8>) -> ObjectID? {
    let bytes = UnsafeRawBufferPointer(hex)
    guard let one = eightDigits(bytes, 0), let two = eightDigits(bytes, 8), let three = eightDigits(bytes, 16),
      let four = eightDigits(bytes, 24), let five = eightDigits(bytes, 32)
    else { return nil }
    return ObjectID(high: one << 32 | two, middle: three << 32 | four, low: UInt32(five))
  }

  private init(high: UInt64, middle: UInt64, low: UInt32) { (self.high, self.middle, self.low) = (high, middle, low) }

  /// What eight hexadecimal digits mean, all of them at once; nil if one of them is none.
  private static func eightDigits(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> UInt64? {
    let each: UInt64 = 0x0101_0101_0101_0101
    let text = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self))
    // Letters have the bit 64, and a lower half that begins with 1.
    let letters = text >> 6 & each
    var digits = (text & (each &* 15)) &+ letters &* 9
    // Written in small letters again they have to be what they were.
    let aboveNine = (digits &+ each &* 6) >> 4 & each
    guard digits & (each &* 0xF0) == 0, digits &+ each &* 0x30 &+ aboveNine &* 0x27 == text | letters << 5 else {
      return nil
    }
    digits = (digits | digits >> 4) & 0x00FF_00FF_00FF_00FF
    digits = (digits | digits >> 8) & 0x0000_FFFF_0000_FFFF
    return (digits | digits >> 16) & 0xFFFF_FFFF
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
