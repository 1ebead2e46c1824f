// The numbers of objects by their names.

/// Finds the number of an object by a hash of its name, without a look at the name.
///
/// The hash has 64 bits and a seed of its own, so that nobody can make names that share one. Two names that were not made
/// for it do so once in 2^64 pairs.
struct ObjectNumbers: Sendable {
  /// 12 bytes.
  private struct Slot: Sendable {
    let upperHash: UInt32
    let lowerHash: UInt32
    /// Number + 1; 0 for none.
    let next: UInt32

    static let free = Slot(upperHash: 0, lowerHash: 0, next: 0)
  }

  /// In the place that the upper half names or, if that is taken, one behind it. A third of them is free.
  private var slots: [Slot]
  private var count = 0
  private let seed = ObjectID.Seed()

  init(toHold count: Int) {
    slots = [Slot](repeating: .free, count: Self.places(for: count))
  }

  private static func places(for count: Int) -> Int { max(3 << 6, count + count / 2) }

  /// The number of a name; nil if it is not there.
  ///
  /// - Parameter isIt: whether a number is that of the name, for those who leave nothing to chance.
  @inline(__always)
  func number(of id: ObjectID, where isIt: (Int) -> Bool = { _ in true }) -> Int? {
    let (upper, lower) = hash(of: id)
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

  /// Adds a number whose name is not there yet.
  mutating func insert(_ number: Int, _ id: ObjectID) {
    count += 1
    if slots.count < Self.places(for: count) { grow() }
    let (upper, lower) = hash(of: id)
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
  private func hash(of id: ObjectID) -> (upper: UInt32, lower: UInt32) {
    let hash = id.spread(seed)
    return (UInt32(truncatingIfNeeded: hash >> 32), UInt32(truncatingIfNeeded: hash))
  }

  /// The place that the upper half of a hash names: as a part of all places.
  @inline(__always)
  private func place(_ upperHash: UInt32) -> Int { Int((UInt64(upperHash) * UInt64(slots.count)) >> 32) }

  @inline(__always)
  private func following(_ place: Int) -> Int { place + 1 == slots.count ? 0 : place + 1 }
}
