// Names of files and directories, each once.

/// Byte strings numbered in the order they came.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each name begins in `bytes`, and where the last one ends.
  private var starts: [Int] = [0]
  private var slots = NumberSlots()

  var count: Int { starts.count - 1 }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

  /// The number of a name, which is added if it is new.
  mutating func insert(_ name: some Collection<UInt8>) -> Int {
    let hash = Self.hash(of: name)
    if let known = slots.number(hash, where: { self[$0].elementsEqual(name) }) { return known }
    bytes += name
    starts.append(bytes.count)
    slots.insert(count - 1, hash) { [bytes, starts] in Self.hash(of: bytes[starts[$0]..<starts[$0 + 1]]) }
    return count - 1
  }

  /// FNV-1a, its halves mixed.
  private static func hash(of name: some Collection<UInt8>) -> UInt64 {
    let hash = name.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return hash ^ hash >> 32
  }
}
