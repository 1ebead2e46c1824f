// Names of files and directories, each once.

/// Byte strings numbered in the order they came.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each name begins in `bytes`, and where the last one ends.
  private var starts: [Int] = [0]
  /// Number + 1; 0 for none. A power of two of them.
  private var slots = [UInt32](repeating: 0, count: 1 << 8)

  var count: Int { starts.count - 1 }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

  /// The number of a name, which is added if it is new.
  mutating func insert(_ name: some Collection<UInt8>) -> Int {
    let slot = slot(of: name)
    if slots[slot] != 0 { return Int(slots[slot]) - 1 }
    bytes += name
    starts.append(bytes.count)
    slots[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  private func slot(of name: some Collection<UInt8>) -> Int {
    // FNV-1a, its high bits brought down.
    var hash = name.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    hash ^= hash >> 32
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != 0, !self[Int(slots[slot]) - 1].elementsEqual(name) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = [UInt32](repeating: 0, count: slots.count * 2)
    for number in 0..<count { slots[slot(of: self[number])] = UInt32(number + 1) }
  }
}
