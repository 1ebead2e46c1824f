// Which files git tracks, read from the index itself: no library has to be started for it.

/// Some of the names in a git index.
public struct IndexNames: Sendable {
  private let names: Set<[UInt8]>

  /// Whether a path is tracked, from the work tree's root, with `/` between its parts.
  public func contains(_ path: [UInt8]) -> Bool { names.contains(path) }

  /// Reads the names that are wanted.
  ///
  /// Source: gitformat-index(5), versions 2 to 4. A split index has most names in another file, which is not read.
  ///
  /// - Parameters:
  ///   - path: of the index.
  ///   - isWanted: asked with the last part of every name.
  /// - Returns: nil if which files are tracked cannot be told: the index is damaged, split, or of another version.
  public init?(at path: String, where isWanted: (Slice<UnsafeRawBufferPointer>) -> Bool) {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch {
      // A repository without an index tracks nothing.
      guard error.code == .notFound else { return nil }
      names = []
      return
    }
    // SHA-1 nearly everywhere, SHA-256 in what asked for it; the names' recorded lengths tell which.
    for idLength in [20, 32] {
      var reader = IndexReader(file.bytes, idLength: idLength)
      if let names = reader.names(where: isWanted) {
        self.names = names
        return
      }
    }
    return nil
  }
}

/// Goes through the entries of an index.
private struct IndexReader {
  private let bytes: UnsafeRawBufferPointer
  private let idLength: Int
  private var at = 12
  /// In version 4 a name is stored as what it does not share with the one before.
  private var name: [UInt8] = []

  init(_ bytes: UnsafeRawBufferPointer, idLength: Int) {
    self.bytes = bytes
    self.idLength = idLength
  }

  /// The names that are wanted; nil if the bytes are no index of this kind.
  mutating func names(where isWanted: (Slice<UnsafeRawBufferPointer>) -> Bool) -> Set<[UInt8]>? {
    guard bytes.count >= 12 + idLength, bytes.starts(with: "DIRC".utf8) else { return nil }
    let version = bytes.bigEndian(4, as: UInt32.self)
    guard (2...4).contains(version) else { return nil }
    var found = Set<[UInt8]>()
    for _ in 0..<bytes.bigEndian(8, as: UInt32.self) {
      guard readEntry(version) else { return nil }
      name.withUnsafeBytes { all in
        let start = all.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0
        if isWanted(all[start...]) { found.insert(Array(all)) }
      }
    }
    // A checksum ends it.
    return isSplit || at + idLength > bytes.count ? nil : found
  }

  /// Reads one entry: 40 bytes about the file, its object id, flags, name.
  private mutating func readEntry(_ version: UInt32) -> Bool {
    let start = at
    at += 40 + idLength
    guard at + 2 <= bytes.count else { return false }
    let flags = bytes.bigEndian(at, as: UInt16.self)
    at += 2
    if version >= 3, flags & 0x4000 != 0 { at += 2 }
    var shared = 0
    if version == 4 {
      guard let dropped = readNumber(), dropped <= name.count else { return false }
      shared = name.count - dropped
    }
    guard at < bytes.count, let end = bytes[at...].firstIndex(of: 0) else { return false }
    name.removeLast(name.count - shared)
    name += bytes[at..<end]
    // The flags have the name's length in 12 bits, all of them set for a longer one.
    guard min(name.count, 0xFFF) == Int(flags & 0xFFF) else { return false }
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

  /// Whether an extension says that most entries are in another file.
  private var isSplit: Bool {
    var at = at
    while at + 8 + idLength <= bytes.count {
      if bytes[at...].starts(with: "link".utf8) { return true }
      at += 8 + Int(bytes.bigEndian(at + 4, as: UInt32.self))
    }
    return false
  }
}
