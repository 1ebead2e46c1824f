// A pack and its index, written as the bytes of an input say: well formed as a whole, so that what is read gets to what
// the objects say, and hostile in its parts.

/// A pack with its index.
///
/// An input is a list of entries: `kind`, for differences the number of the base, two bytes of length (big-endian), the
/// object. What follows the mark `end` changes bytes: two bytes of place, the new byte.
///
/// The object of entry N has the name that is made of the byte N + 1 alone, so that objects can name each other, and each
/// other's names can come out of the fuzzer.
struct SamplePack {
  private(set) var pack: [UInt8] = Array("PACK".utf8) + [0, 0, 0, 2]
  private(set) var index: [UInt8] = []
  private(set) var count = 0
  /// Ends the entries. Changes at odd places concern the index, the others the pack.
  static let end: UInt8 = 0xFF

  /// Flags in the byte of the kind.
  private static let lies: UInt8 = 0x08
  private static let isRaw: UInt8 = 0x10
  private static let mostEntries = 200

  init(_ input: some Collection<UInt8>) {
    var rest = input[...]
    var offsets: [Int] = []
    pack += [0, 0, 0, 0]
    while let kind = rest.popFirst(), kind != Self.end, offsets.count < Self.mostEntries {
      let base = kind & 7 >= 6 ? rest.popFirst() ?? 0 : 0
      let length = Int(rest.popFirst() ?? 0) << 8 | Int(rest.popFirst() ?? 0)
      let object = Array(rest.prefix(length))
      rest = rest.dropFirst(length)
      offsets.append(pack.count)
      appendHead(kind, size: object.count + (kind & Self.lies != 0 ? 1 : 0))
      switch kind & 7 {
      case 6: appendDistance(from: offsets[offsets.count - 1], to: offsets[Int(base) % offsets.count])
      case 7: pack += SamplePack.name(Int(base))
      default: break
      }
      pack += kind & Self.isRaw != 0 ? object : Zlib.stored(object)
    }
    count = offsets.count
    pack[11] = UInt8(count)
    pack += [UInt8](repeating: 0, count: 20)
    makeIndex(offsets)
    change(Array(rest))
  }

  /// The name of the object of an entry.
  static func name(_ entry: Int) -> [UInt8] { [UInt8](repeating: UInt8(truncatingIfNeeded: entry + 1), count: 20) }

  private mutating func appendHead(_ kind: UInt8, size: Int) {
    var rest = size >> 4
    pack.append((kind & 7) << 4 | UInt8(size & 15) | (rest > 0 ? 0x80 : 0))
    while rest > 0 {
      pack.append(UInt8(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0))
      rest >>= 7
    }
  }

  /// gitformat-pack(5): each group of seven bits that goes on counts one more.
  private mutating func appendDistance(from entry: Int, to base: Int) {
    var distance = entry - base
    var bytes = [UInt8(distance & 0x7F)]
    while distance > 0x7F {
      distance = (distance >> 7) - 1
      bytes.insert(UInt8(distance & 0x7F) | 0x80, at: 0)
    }
    pack += bytes
  }

  /// gitformat-pack(5), version 2.
  private mutating func makeIndex(_ offsets: [Int]) {
    index = [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]
    for first in 0..<256 { index += Self.bigEndian(min(count, first)) }
    for entry in 0..<count { index += Self.name(entry) }
    index += [UInt8](repeating: 0, count: 4 * count)
    for offset in offsets { index += Self.bigEndian(offset) }
    index += [UInt8](repeating: 0, count: 40)
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) }
  }

  private mutating func change(_ changes: [UInt8]) {
    for start in stride(from: 0, to: changes.count - 2, by: 3) {
      let place = Int(changes[start]) << 8 | Int(changes[start + 1])
      if place & 1 == 1 {
        index[(place >> 1) % index.count] = changes[start + 2]
      } else {
        pack[(place >> 1) % pack.count] = changes[start + 2]
      }
    }
  }
}

/// An entry of an input for `SamplePack`.
func packEntry(_ kind: UInt8, base: UInt8? = nil, _ object: [UInt8]) -> [UInt8] {
  [kind] + (base.map { [$0] } ?? []) + [UInt8(object.count >> 8), UInt8(object.count & 255)] + object
}

/// zlib data that a fuzzer can see through.
enum Zlib {
  /// The bytes as they are (RFC 1950, RFC 1951 3.2.4).
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var rest = bytes[...]
    repeat {
      let part = rest.prefix(0xFFFF)
      rest = rest.dropFirst(part.count)
      let length = UInt16(part.count)
      result += [
        rest.isEmpty ? 1 : 0, UInt8(length & 255), UInt8(length >> 8), ~UInt8(length & 255), ~UInt8(length >> 8),
      ]
      result += part
    } while !rest.isEmpty
    var (low, high) = (1, 0)
    for byte in bytes {
      low = (low + Int(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return result + [UInt8(high >> 8), UInt8(high & 255), UInt8(low >> 8), UInt8(low & 255)]
  }
}

/// A repository on disk that inputs are put into.
enum SampleRepository {
  /// Its directory, with nothing but references; made at the first use.
  static let bare: String = {
    let path = Scratch.directory + "/bare.git"
    make(path)
    for (name, entry) in [("heads/main", 0), ("tags/t", 1), ("notes/n", 2)] {
      let hexadecimal = SamplePack.name(entry).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
      Scratch.write(Array("\(hexadecimal)\n".utf8), to: "\(path)/refs/\(name)")
    }
    return path
  }()

  /// The directory of a work tree whose first commit is to come.
  static let unborn: String = {
    let path = Scratch.directory + "/unborn"
    Scratch.makeDirectories([path])
    make(path + "/.git")
    return path
  }()

  private static func make(_ path: String) {
    Scratch.makeDirectories(
      ["", "/objects", "/objects/pack", "/refs", "/refs/heads", "/refs/tags", "/refs/notes"].map { path + $0 })
    Scratch.write(Array("ref: refs/heads/main\n".utf8), to: path + "/HEAD")
    Scratch.write(
      Array("[core]\n\trepositoryformatversion = 0\n\tbare = \(path == Scratch.directory + "/bare.git")\n".utf8),
      to: path + "/config")
  }

  /// Puts a pack in, in the place of the one before.
  static func put(_ pack: SamplePack) {
    let path = bare + "/objects/pack/pack-" + String(repeating: "0", count: 40)
    Scratch.write(pack.pack, to: path + ".pack")
    Scratch.write(pack.index, to: path + ".idx")
  }
}
