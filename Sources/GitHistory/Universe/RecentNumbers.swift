// The numbers of objects that were looked up lately.

/// Trees that are read one after the other mostly name the same objects, and asking the store for one misses every cache of
/// the processor.
struct RecentNumbers: Sendable {
  private struct Known: Sendable {
    var id: ObjectID
    var number: UInt32
  }

  /// By the lowest bits of the name; 2 MB.
  private var known: [Known?] = []

  private static let places = 1 << 16

  /// The number of an object of the store; nil if it is not there.
  mutating func number(of id: ObjectID, in store: ObjectStore) -> Int? {
    if known.isEmpty { known = Array(repeating: nil, count: Self.places) }
    let place = id.lowestBits & (Self.places - 1)
    if let here = known[place], here.id == id { return Int(here.number) }
    guard let number = store.number(of: id) else { return nil }
    known[place] = Known(id: id, number: UInt32(number))
    return number
  }
}
