// Packs that git would never write.

/// Writes a pack and its index entry by entry; names, sums and sizes are whatever the test says (gitformat-pack(5)).
struct PackWriter {
  private var entries: [(name: [UInt8], bytes: [UInt8])] = []

  enum Kind: UInt8 {
    case commit = 1
    case tree, blob, tag
    case offsetDelta = 6
    case nameDelta
  }

  /// A made-up object name.
  static func name(_ number: Int) -> [UInt8] {
    (0..<20).map { $0 < 17 ? 0xAB : UInt8(truncatingIfNeeded: number >> (8 * (19 - $0))) }
  }

  static func hexadecimal(_ name: [UInt8]) -> String {
    name.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  /// Adds an object.
  ///
  /// - Parameters:
  ///   - size: what the entry says its bytes are inflated; their number unless given.
  ///   - base: what stands between the head and the compressed bytes of a difference.
  ///   - isCompressed: whether `bytes` are compressed already.
  mutating func add(
    _ kind: Kind, _ number: Int, _ bytes: [UInt8], size: Int? = nil, base: [UInt8] = [], isCompressed: Bool = false
  ) {
    var size = size ?? bytes.count
    var head = [kind.rawValue << 4 | UInt8(size & 15)]
    size >>= 4
    while size > 0 {
      head[head.count - 1] |= 0x80
      head.append(UInt8(size & 127))
      size >>= 7
    }
    entries.append((Self.name(number), head + base + (isCompressed ? bytes : Self.stored(bytes))))
  }

  /// A difference: what it says of sizes, then its instructions.
  static func delta(from base: Int, to result: Int, _ instructions: [UInt8]) -> [UInt8] {
    varint(base) + varint(result) + instructions
  }

  private static func varint(_ number: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = number
    repeat {
      bytes.append(UInt8(rest & 127) | (rest > 127 ? 0x80 : 0))
      rest >>= 7
    } while rest > 0
    return bytes
  }

  /// A tree of these entries: `100644`, a name, an object.
  static func tree(_ entries: [(mode: String, name: String, object: Int)]) -> [UInt8] {
    var bytes: [UInt8] = []
    for entry in entries {
      bytes += Array("\(entry.mode) \(entry.name)".utf8)
      bytes.append(0)
      bytes += name(entry.object)
    }
    return bytes
  }

  /// A zlib stream (RFC 1950) of stored blocks.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var at = 0
    repeat {
      let count = min(bytes.count - at, 65_535)
      let isLast = at + count == bytes.count
      stream += [isLast ? 1 : 0, UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8 & 255)]
      stream += bytes[at..<at + count]
      at += count
    } while at < bytes.count
    var (low, high) = (UInt32(1), UInt32(0))
    for byte in bytes {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return stream + big(high << 16 | low)
  }

  private static func big(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> (24 - 8 * $0) & 255) } }

  /// The pack and its index, version 2.
  var files: (pack: [UInt8], index: [UInt8]) {
    var pack = Array("PACK".utf8) + Self.big(2) + Self.big(UInt32(entries.count))
    var offsets: [(name: [UInt8], offset: Int)] = []
    for entry in entries {
      offsets.append((entry.name, pack.count))
      pack += entry.bytes
    }
    let trailer = [UInt8](repeating: 0, count: 20)
    offsets.sort { $0.name.lexicographicallyPrecedes($1.name) }
    var index: [UInt8] = [0xFF, 0x74, 0x4F, 0x63] + Self.big(2)
    for front in UInt8.min...UInt8.max { index += Self.big(UInt32(offsets.count { ($0.name.first ?? 0) <= front })) }
    index += offsets.flatMap(\.name)
    index += [UInt8](repeating: 0, count: 4 * offsets.count)
    index += offsets.flatMap { Self.big(UInt32($0.offset)) }
    return (pack + trailer, index + trailer + trailer)
  }
}

extension HostilePlace {
  /// Puts a pack into the repository at `case/`.
  func write(pack writer: PackWriter, at directory: String = ".git") throws {
    let files = writer.files
    let name = "\(directory)/objects/pack/pack-\(String(repeating: "ab", count: 20))"
    try write(name + ".pack", files.pack)
    try write(name + ".idx", files.index)
  }
}
