// The bytes of a git index (gitformat-index(5), versions 2 to 4).

/// Goes through the entries of an index, in its order.
struct IndexReader {
  /// What an entry is, beside its path.
  struct Entry {
    /// As in trees: the kind of the entry and a file's permissions.
    let mode: UInt32
    /// Where its object's name stands.
    let id: Int
    /// 0, or the side of a conflict: 1 for the common ancestor, 2 for ours, 3 for theirs.
    let stage: Int
    /// Whether `git add --intent-to-add` put it there: the next commit has nothing of it.
    let isOnlyIntended: Bool
  }

  private let bytes: UnsafeRawBufferPointer
  private let idLength: Int
  private let version: UInt32
  private var at = 12
  /// Entries that follow.
  private(set) var left: Int
  /// From the work tree's root. In version 4 a path is stored as what it does not share with the one before.
  private(set) var path: [UInt8] = []

  /// - Parameter idLength: bytes of an object's name.
  /// - Returns: nil if the bytes are too short for the entries that they count, or no index of a known version.
  init?(_ bytes: UnsafeRawBufferPointer, idLength: Int) {
    guard bytes.count >= 12 + idLength, bytes.starts(with: "DIRC".utf8) else { return nil }
    self.bytes = bytes
    self.idLength = idLength
    version = bytes.bigEndian(4, as: UInt32.self)
    left = Int(bytes.bigEndian(8, as: UInt32.self))
    guard (2...4).contains(version), left * (Self.beforeID + idLength + 3) <= bytes.count else { return nil }
  }

  /// Bytes of an entry before its object's name, and where the mode stands in them.
  private static let beforeID = 40
  private static let modeOffset = 24

  /// Reads the next entry; nil behind the last one, and if the bytes hold none: then some are left.
  mutating func next() -> Entry? {
    guard left > 0 else { return nil }
    let start = at
    let flagsAt = start + Self.beforeID + idLength
    guard flagsAt + 2 <= bytes.count else { return nil }
    let flags = bytes.bigEndian(flagsAt, as: UInt16.self)
    var nameAt = flagsAt + 2
    var more: UInt16 = 0
    if version >= 3, flags & 0x4000 != 0 {
      guard nameAt + 2 <= bytes.count else { return nil }
      more = bytes.bigEndian(nameAt, as: UInt16.self)
      nameAt += 2
    }
    at = nameAt
    guard readPath(entryAt: start, length: Int(flags & 0xFFF)) else { return nil }
    left -= 1
    return Entry(
      mode: bytes.bigEndian(start + Self.modeOffset, as: UInt32.self), id: start + Self.beforeID,
      stage: Int(flags >> 12 & 3), isOnlyIntended: more & 0x2000 != 0)
  }

  /// - Parameter length: bytes of the path; 0xFFF for that many and more.
  private mutating func readPath(entryAt start: Int, length: Int) -> Bool {
    var shared = 0
    if version == 4 {
      guard let dropped = readNumber(), dropped <= path.count else { return false }
      shared = path.count - dropped
    }
    guard at < bytes.count, let end = bytes[at...].firstIndex(of: 0) else { return false }
    path.removeLast(path.count - shared)
    path += bytes[at..<end]
    guard min(path.count, 0xFFF) == length else { return false }
    at = version == 4 ? end + 1 : start + ((end - start) / 8 + 1) * 8
    return at <= bytes.count
  }

  /// A number in the encoding of offsets in packs: 7 bits a byte, each further byte one more.
  private mutating func readNumber() -> Int? {
    var value = 0
    for count in 0..<5 {
      guard at < bytes.count else { return nil }
      let byte = bytes[at]
      at += 1
      value = (count == 0 ? 0 : value + 1) << 7 | Int(byte & 0x7F)
      if byte & 0x80 == 0 { return value }
    }
    return nil
  }

  /// What follows the last entry: the extensions' signatures and where their contents are. A checksum ends the index.
  ///
  /// - Returns: nil if they go on behind the end.
  var extensions: [(signature: String, contents: Range<Int>)]? {
    var found: [(signature: String, contents: Range<Int>)] = []
    var at = at
    while at + 8 + idLength <= bytes.count {
      let start = at + 8
      let end = start + Int(bytes.bigEndian(at + 4, as: UInt32.self))
      guard end + idLength <= bytes.count else { return nil }
      found.append((String(decoding: bytes[at..<at + 4], as: UTF8.self), start..<end))
      at = end
    }
    return at + idLength <= bytes.count ? found : nil
  }
}
