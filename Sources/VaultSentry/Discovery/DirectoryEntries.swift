// What is in a directory. There may be millions of entries, so that they are listed in parts.

import CScan
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Entries of a directory, in the order of the names' bytes.
struct DirectoryEntries {
  enum Kind {
    case file, directory, symbolicLink, special
    /// Gone since it was listed.
    case vanished
  }

  struct Entry {
    /// Where the name begins.
    let start: Int
    /// Bytes of the name.
    fileprivate let length: Int
    let kind: Kind
  }

  /// The names, as C strings one behind the other.
  private(set) var names: [UInt8] = []
  private(set) var entries: [Entry] = []
  /// What follows them in the directory.
  private(set) var rest = Rest.nothing

  enum Rest {
    case nothing
    /// More entries, which the next list of the same descriptor begins with.
    case more
    /// Nobody knows: what went wrong, in words.
    case unknown(String)
  }

  /// Lists what was not listed yet of an open directory, or a good part of it.
  init(of descriptor: Int32) {
    rest = list(descriptor)
    names.withUnsafeBytes { names in
      entries.sort { one, other in
        guard let start = names.baseAddress else { return false }
        let order = memcmp(start + one.start, start + other.start, min(one.length, other.length))
        return order != 0 ? order < 0 : one.length < other.length
      }
    }
  }

  /// Calls `body` with an entry's name.
  func withName<Result>(of entry: Entry, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    names.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[entry.start..<entry.start + entry.length])) }
  }

  /// Whether an entry has this name.
  func isNamed(_ entry: Entry, _ name: [UInt8]) -> Bool {
    entry.length == name.count && withName(of: entry) { $0.elementsEqual(name) }
  }

  /// Whether the directory has a file of this name, as far as it was listed.
  func mayHold(_ name: [UInt8]) -> Bool {
    if case .more = rest { return true }
    return entries.contains { $0.kind == .file && isNamed($0, name) }
  }

  private mutating func add(_ name: UnsafePointer<CChar>, _ type: UInt8, in descriptor: Int32) {
    let bytes = UnsafeRawBufferPointer(start: name, count: strlen(name))
    if bytes.elementsEqual(".".utf8) || bytes.elementsEqual("..".utf8) { return }
    entries.append(Entry(start: names.count, length: bytes.count, kind: Self.kind(type, descriptor, name)))
    names.append(contentsOf: bytes)
    names.append(0)
  }

  /// The kind of an entry, by a stat where the directory does not tell.
  private static func kind(_ type: UInt8, _ descriptor: Int32, _ name: UnsafePointer<CChar>) -> Kind {
    switch Int(type) {
    case Int(DT_REG): return .file
    case Int(DT_DIR): return .directory
    case Int(DT_LNK): return .symbolicLink
    case Int(DT_UNKNOWN):
      var status = stat()
      guard fstatat(descriptor, name, &status, AT_SYMLINK_NOFOLLOW) == 0 else { return .vanished }
      switch status.st_mode & S_IFMT {
      case S_IFREG: return .file
      case S_IFDIR: return .directory
      case S_IFLNK: return .symbolicLink
      default: return .special
      }
    default: return .special
    }
  }
}

// MARK: - System calls

extension DirectoryEntries {
  #if os(Linux)
    /// Bytes of names, with their zeros, that a part has at least if more follows.
    private static let part = 1 << 18
    /// Bytes that one call of the system fills at most.
    private static let room = 1 << 15
    /// Where getdents64(2) has an entry's length, its type and its name.
    private static let (lengthOffset, typeOffset, nameOffset) = (16, 18, 19)

    private mutating func list(_ descriptor: Int32) -> Rest {
      withUnsafeTemporaryAllocation(byteCount: Self.room, alignment: 8) { buffer in
        while let start = buffer.baseAddress, names.count < Self.part {
          let count = vs_read_entries(descriptor, start, buffer.count)
          // A directory that was removed while it was open has no more entries.
          if count <= 0 { return count == 0 || errno == ENOENT ? .nothing : .unknown(systemMessage(errno)) }
          var at = 0
          while at < count {
            let type = start.load(fromByteOffset: at + Self.typeOffset, as: UInt8.self)
            add((start + at + Self.nameOffset).assumingMemoryBound(to: CChar.self), type, in: descriptor)
            at += Int(start.load(fromByteOffset: at + Self.lengthOffset, as: UInt16.self))
          }
        }
        return .more
      }
    }
  #else
    private mutating func list(_ descriptor: Int32) -> Rest {
      // A stream has read further than it tells, so that the next one could not go on: all at once.
      let copy = dup(descriptor)
      guard copy >= 0, let stream = fdopendir(copy) else {
        if copy >= 0 { close(copy) }
        return .unknown(systemMessage(errno))
      }
      defer { closedir(stream) }
      while true {
        errno = 0
        guard let entry = readdir(stream) else { return errno == 0 ? .nothing : .unknown(systemMessage(errno)) }
        withUnsafeBytes(of: &entry.pointee.d_name) { name in
          if let start = name.baseAddress {
            add(start.assumingMemoryBound(to: CChar.self), entry.pointee.d_type, in: descriptor)
          }
        }
      }
    }
  #endif
}
