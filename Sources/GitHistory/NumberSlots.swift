// The places of a hash table whose keys lie elsewhere, under their numbers.

/// Finds numbers by the hashes of what they stand for. Each hash lies beside its number as a whole, so that what is looked
/// for is hardly ever compared with anything else.
struct NumberSlots: Sendable {
  /// 12 bytes.
  private struct Slot: Sendable {
    let upperHash: UInt32
    let lowerHash: UInt32
    /// Number + 1; 0 for none.
    let next: UInt32

    static let free = Slot(upperHash: 0, lowerHash: 0, next: 0)
  }

  /// In the place that the hash's upper half names or, if that is taken, one behind it. A third of them is free.
  private var slots: [Slot]
  private var count = 0

  init(toHold count: Int = 0) { slots = [Slot](repeating: .free, count: Self.places(for: count)) }

  private static func places(for count: Int) -> Int { max(3 << 6, count + count / 2) }

  /// The number with this hash for which `isIt`; nil if there is none.
  @inline(__always)
  func number(_ hash: UInt64, where isIt: (Int) -> Bool = { _ in true }) -> Int? {
    let (upper, lower) = Self.halves(hash)
    var at = place(upper)
    while slots[at].next != 0 {
      if slots[at].upperHash == upper, slots[at].lowerHash == lower {
        let number = Int(slots[at].next) - 1
        if isIt(number) { return number }
      }
      at = following(at)
    }
    return nil
  }

  /// Adds a number that is not there yet.
  mutating func insert(_ number: Int, _ hash: UInt64) {
    count += 1
    if slots.count < Self.places(for: count) { grow() }
    let (upper, lower) = Self.halves(hash)
    enter(Slot(upperHash: upper, lowerHash: lower, next: UInt32(number + 1)))
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: .free, count: old.count * 2)
    for slot in old where slot.next != 0 { enter(slot) }
  }

  private mutating func enter(_ slot: Slot) {
    var at = place(slot.upperHash)
    while slots[at].next != 0 { at = following(at) }
    slots[at] = slot
  }

  @inline(__always)
  private static func halves(_ hash: UInt64) -> (upper: UInt32, lower: UInt32) {
    (UInt32(truncatingIfNeeded: hash >> 32), UInt32(truncatingIfNeeded: hash))
  }

  /// The place that the upper half of a hash names: as a part of all places.
  @inline(__always)
  private func place(_ upperHash: UInt32) -> Int { Int((UInt64(upperHash) * UInt64(slots.count)) >> 32) }

  @inline(__always)
  private func following(_ place: Int) -> Int { place + 1 == slots.count ? 0 : place + 1 }
}
