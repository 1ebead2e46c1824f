// Paths as the system keeps them: bytes, not text.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

extension BidirectionalCollection<UInt8> {
  /// What follows a path's last `/`; all of it without one.
  var lastPart: SubSequence { self[(lastIndex(of: UInt8(ascii: "/")).map { index(after: $0) } ?? startIndex)...] }
}

extension [UInt8] {
  /// The bytes of a C string.
  init(name: UnsafePointer<CChar>) { self.init(UnsafeRawBufferPointer(start: name, count: strlen(name))) }

  /// As a C string.
  var terminated: [CChar] {
    [CChar](unsafeUninitializedCapacity: count + 1) { room, filled in
      for index in indices { room[index] = CChar(bitPattern: self[index]) }
      room[count] = 0
      filled = count + 1
    }
  }

  /// A path's directory, with a final `/` unless it is empty, and its last part.
  var directoryAndName: (directory: [UInt8], name: [UInt8]) {
    let name = lastPart
    return (Array(self[..<name.startIndex]), Array(name))
  }

  /// A path without leading `./`.
  var withoutHere: [UInt8] {
    var path = self[...]
    while path.starts(with: "./".utf8) { path = path.dropFirst(2).drop { $0 == UInt8(ascii: "/") } }
    return Array(path)
  }
}
