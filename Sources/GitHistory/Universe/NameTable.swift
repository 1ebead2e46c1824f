// Names of files and directories, each once.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Byte strings numbered in the order they came.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  /// Where each name begins in `bytes`, and where the last one ends.
  private var starts: [Int] = [0]
  private var slots = NumberSlots()
  /// Drawn for each table, since whoever writes a tree chooses its names; decides where names are, not their numbers.
  private let seed = UInt64.random(in: .min ... .max) | 1

  var count: Int { starts.count - 1 }

  subscript(number: Int) -> ArraySlice<UInt8> { bytes[starts[number]..<starts[number + 1]] }

  /// The number of a name, which is added if it is new.
  mutating func insert(_ name: UnsafeRawBufferPointer) -> Int {
    let hash = Self.hash(of: name, seed)
    if let known = slots.number(hash, where: { holds(name, at: $0) }) { return known }
    bytes += name
    starts.append(bytes.count)
    slots.insert(count - 1, hash)
    return count - 1
  }

  private func holds(_ name: UnsafeRawBufferPointer, at number: Int) -> Bool {
    let start = starts[number]
    guard starts[number + 1] - start == name.count, let first = name.baseAddress else { return name.isEmpty }
    return bytes.withUnsafeBytes { known in
      known.baseAddress.map { memcmp($0 + start, first, name.count) == 0 } ?? false
    }
  }

  private static func hash(of name: UnsafeRawBufferPointer, _ seed: UInt64) -> UInt64 {
    var hash = seed ^ UInt64(name.count)
    func mix(_ word: UInt64) {
      let (high, low) = (hash ^ word).multipliedFullWidth(by: 0x9E37_79B9_7F4A_7C15)
      hash = high ^ low ^ seed
    }
    var at = 0
    while at + 8 <= name.count {
      mix(name.loadUnaligned(fromByteOffset: at, as: UInt64.self))
      at += 8
    }
    mix(name[at...].reduce(0) { $0 << 8 | UInt64($1) })
    return hash
  }
}
