// The places of a hash table whose keys lie elsewhere, under their numbers.

/// Finds numbers by the hashes of what they stand for. A part of each hash lies beside its number, so that what is looked
/// for is hardly ever compared with anything else.
struct NumberSlots: Sendable {
  /// The upper half of the hash and number + 1, 0 for none, in the place that the lower half names or, if that is taken, one
  /// behind it. A third of them is free.
  private var slots = [UInt64](repeating: 0, count: 3 << 6)
  private var count = 0

  private static let hashBits: UInt64 = 0xFFFF_FFFF_0000_0000

  /// The number with this hash for which `isIt`; nil if there is none.
  @inline(__always)
  func number(_ hash: UInt64, where isIt: (Int) -> Bool) -> Int? {
    var at = start(hash)
    while slots[at] != 0 {
      if (slots[at] ^ hash) & Self.hashBits == 0 {
        let number = Int(slots[at] & ~Self.hashBits) - 1
        if isIt(number) { return number }
      }
      at = following(at)
    }
    return nil
  }

  /// The place that a hash names: its lower half as a part of all places.
  @inline(__always)
  private func start(_ hash: UInt64) -> Int { Int(((hash & ~Self.hashBits) * UInt64(slots.count)) >> 32) }

  @inline(__always)
  private func following(_ place: Int) -> Int { place + 1 == slots.count ? 0 : place + 1 }

  /// Adds a number that is not there yet.
  ///
  /// - Parameter hashOf: the hashes of the numbers that are there.
  mutating func insert(_ number: Int, _ hash: UInt64, hashOf: (Int) -> UInt64) {
    grow(toHold: count + 1, hashOf: hashOf)
    place(number, hash)
    count += 1
  }

  /// Makes room for as many numbers.
  private mutating func grow(toHold wanted: Int, hashOf: (Int) -> UInt64) {
    guard slots.count < wanted + wanted / 2 else { return }
    let old = slots
    slots = [UInt64](repeating: 0, count: max(wanted + wanted / 2, old.count * 2))
    for slot in old where slot != 0 {
      let number = Int(slot & ~Self.hashBits) - 1
      place(number, hashOf(number))
    }
  }

  private mutating func place(_ number: Int, _ hash: UInt64) {
    var at = start(hash)
    while slots[at] != 0 { at = following(at) }
    slots[at] = hash & Self.hashBits | UInt64(number + 1)
  }
}
