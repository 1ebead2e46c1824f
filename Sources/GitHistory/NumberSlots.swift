// The places of a hash table whose keys lie elsewhere, under their numbers.

/// Finds numbers by the hashes of what they stand for. A part of each hash lies beside its number, so that what is looked
/// for is hardly ever compared with anything else.
struct NumberSlots: Sendable {
  /// The upper half of the hash and number + 1, 0 for none, in the place that the lower half names or, if that is taken, one
  /// behind it. A power of two of them, half of them free.
  private var slots = [UInt64](repeating: 0, count: 1 << 8)
  private var count = 0

  private static let hashBits: UInt64 = 0xFFFF_FFFF_0000_0000

  /// The number with this hash for which `isIt`; nil if there is none.
  @inline(__always)
  func number(_ hash: UInt64, where isIt: (Int) -> Bool) -> Int? {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at] != 0 {
      if (slots[at] ^ hash) & Self.hashBits == 0 {
        let number = Int(slots[at] & ~Self.hashBits) - 1
        if isIt(number) { return number }
      }
      at = (at + 1) & mask
    }
    return nil
  }

  /// Adds a number that is not there yet.
  ///
  /// - Parameter hashOf: the hashes of the numbers that are there.
  mutating func insert(_ number: Int, _ hash: UInt64, hashOf: (Int) -> UInt64) {
    grow(toHold: count + 1, hashOf: hashOf)
    place(number, hash)
    count += 1
  }

  /// Makes room for as many numbers.
  mutating func grow(toHold wanted: Int, hashOf: (Int) -> UInt64) {
    var length = slots.count
    while length < wanted * 2 { length *= 2 }
    guard length > slots.count else { return }
    let old = slots
    slots = [UInt64](repeating: 0, count: length)
    for slot in old where slot != 0 {
      let number = Int(slot & ~Self.hashBits) - 1
      place(number, hashOf(number))
    }
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    let mask = slots.count - 1
    var at = Int(truncatingIfNeeded: hash) & mask
    while slots[at] != 0 { at = (at + 1) & mask }
    slots[at] = hash & Self.hashBits | UInt64(number + 1)
  }
}
