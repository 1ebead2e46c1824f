// Which objects a pack holds, and where: its `.idx` file.
//
// The format is git's gitformat-pack(5), versions 1 and 2.

/// An opened pack index.
struct PackIndexFile: Sendable {
  private let file: MappedFile
  private let version: Int
  /// Objects in the pack.
  let count: Int

  private static let fanoutLength = 256 * 4
  /// Hashes of pack and index at the end.
  private static let trailerLength = 2 * ObjectID.length
  private static let signature: UInt32 = 0xFF74_4F63

  /// - Throws: if it is not an index, or shorter than it says.
  init(_ path: String) throws(GitError) {
    file = try MappedFile(path)
    let bytes = file.bytes
    let damaged = GitError(code: .other, description: "\(path): is not a pack index")
    guard bytes.count >= Self.fanoutLength + Self.trailerLength else { throw damaged }
    if bytes.bigEndian(0, as: UInt32.self) == Self.signature {
      version = 2
      guard bytes.bigEndian(4, as: UInt32.self) == 2, bytes.count >= 8 + Self.fanoutLength + Self.trailerLength else {
        throw damaged
      }
    } else {
      version = 1
    }
    let fanout = version == 2 ? 8 : 0
    count = Int(bytes.bigEndian(fanout + 255 * 4, as: UInt32.self))
    let entryLength = version == 2 ? ObjectID.length + 4 + 4 : 4 + ObjectID.length
    guard bytes.count >= fanout + Self.fanoutLength + count * entryLength + Self.trailerLength else { throw damaged }
  }

  /// The name of the object at a position below `count`; the positions are in the order of the names.
  func id(_ position: Int) -> ObjectID {
    let at =
      version == 2
      ? 8 + Self.fanoutLength + position * ObjectID.length
      : Self.fanoutLength + position * (4 + ObjectID.length) + 4
    return ObjectID(UnsafeRawBufferPointer(rebasing: file.bytes[at..<at + ObjectID.length]))
  }

  /// Where in the pack the object at a position below `count` begins, bytes; nil if the index does not say.
  func offset(_ position: Int) -> Int? {
    let bytes = file.bytes
    guard version == 2 else {
      return Int(bytes.bigEndian(Self.fanoutLength + position * (4 + ObjectID.length), as: UInt32.self))
    }
    let offsets = 8 + Self.fanoutLength + count * (ObjectID.length + 4)
    let short = bytes.bigEndian(offsets + position * 4, as: UInt32.self)
    guard short & 1 << 31 != 0 else { return Int(short) }
    let at = offsets + count * 4 + Int(short & ~(1 << 31)) * 8
    guard at + 8 + Self.trailerLength <= bytes.count else { return nil }
    return Int(exactly: bytes.bigEndian(at, as: UInt64.self))
  }
}
