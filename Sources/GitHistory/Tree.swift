// The entries of a tree object.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// An entry of a tree.
struct TreeEntry {
  enum Kind {
    case file, directory, symbolicLink, submodule
  }

  let kind: Kind
  /// As git stores it.
  let name: UnsafeRawBufferPointer
  let id: ObjectID
  /// Where in the tree's bytes the entry stands.
  let extent: Range<Int>
}

/// Reads the bytes of a tree (`mode name NUL id`, again and again).
enum Tree {
  /// Calls `use` with each entry; the names are there for as long as the bytes are.
  ///
  /// - Returns: false if the bytes end in the middle or hold something else.
  static func entries(of bytes: UnsafeRawBufferPointer, _ use: (TreeEntry) -> Void) -> Bool {
    var at = 0
    while at < bytes.count {
      guard let entry = entry(of: bytes, at: at) else { return false }
      at = entry.extent.upperBound
      use(entry)
    }
    return true
  }

  /// The entry that begins at `start`; nil if the bytes end in its middle or hold something else.
  static func entry(of bytes: UnsafeRawBufferPointer, at start: Int) -> TreeEntry? {
    guard let base = bytes.baseAddress else { return nil }
    var at = start
    var mode: UInt32 = 0
    while at < bytes.count, (0x30...0x37).contains(bytes[at]), mode < 1 << 20 {
      mode = mode << 3 | UInt32(bytes[at] - 0x30)
      at += 1
    }
    guard at < bytes.count, bytes[at] == UInt8(ascii: " ") else { return nil }
    at += 1
    guard let end = memchr(base + at, 0, bytes.count - at) else { return nil }
    let nameEnd = UnsafeRawPointer(end) - base
    guard bytes.count - nameEnd > ObjectID.length else { return nil }
    let id = ObjectID(UnsafeRawBufferPointer(rebasing: bytes[(nameEnd + 1)...]))
    let name = UnsafeRawBufferPointer(rebasing: bytes[at..<nameEnd])
    return TreeEntry(kind: kind(mode), name: name, id: id, extent: start..<nameEnd + 1 + ObjectID.length)
  }

  private static func kind(_ mode: UInt32) -> TreeEntry.Kind {
    switch mode & 0o170000 {
    case 0o040000: .directory
    case 0o120000: .symbolicLink
    case 0o160000: .submodule
    default: .file
    }
  }
}
