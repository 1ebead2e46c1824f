// The numbers of objects in packs.

import SecretModel

/// Numbers of the distinct objects of some packs, in the order of their entries, which count through from the first pack on.
///
/// As long as nothing comes twice, an object's number is that of its entry, so that nothing has to be remembered.
struct PackedNumbers: Sendable {
  private let packs: [Pack]
  /// By pack: what its first entry counts as.
  let firstEntries: [Int]
  /// Distinct objects.
  private(set) var count = 0
  /// Entries before the first one whose object came before.
  private var plain = 0
  /// Behind them, by entry: the object's number.
  private var numbers: [UInt32] = []
  /// Behind them, by number: where the object is stored first.
  private var entries: [UInt32] = []

  init(_ packs: [Pack]) {
    self.packs = packs
    var firstEntries: [Int] = []
    var entryCount = 0
    for pack in packs {
      firstEntries.append(entryCount)
      entryCount += pack.count
    }
    self.firstEntries = firstEntries
  }

  /// All entries have objects of their own.
  mutating func appendAllNew() {
    plain = packs.reduce(0) { $0 + $1.count }
    count = plain
  }

  /// The next entry has an object that is new.
  mutating func appendNew() {
    if numbers.isEmpty {
      plain += 1
    } else {
      entries.append(UInt32(plain + numbers.count))
      numbers.append(UInt32(count))
    }
    count += 1
  }

  /// The next entry has an object that came before.
  mutating func append(_ number: Int) { numbers.append(UInt32(number)) }

  /// The number of an entry's object.
  @inline(__always)
  func number(ofEntry entry: Int) -> Int { entry < plain ? entry : Int(numbers[entry - plain]) }

  /// The first entry of an object.
  @inline(__always)
  func entry(_ number: Int) -> Int { number < plain ? number : Int(entries[number - plain]) }

  /// Which entry of which pack it is.
  @inline(__always)
  func place(ofEntry entry: Int) -> (pack: Int, entry: Int) {
    let pack = packs.count == 1 ? 0 : packs.indices.first(from: { firstEntries[$0] > entry }) - 1
    return (pack, entry - firstEntries[pack])
  }

  @inline(__always)
  func id(ofEntry entry: Int) -> ObjectID {
    let (pack, entry) = place(ofEntry: entry)
    return packs[pack].id(entry)
  }

  /// The name of an object.
  @inline(__always)
  func id(_ number: Int) -> ObjectID { id(ofEntry: entry(number)) }
}
