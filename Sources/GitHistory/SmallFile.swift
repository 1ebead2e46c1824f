// Files that are read whole, because they are small: ignore files, references, logs.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

public enum SmallFile {
  /// The contents of a file.
  ///
  /// - Parameters:
  ///   - path: as a C string, from `directory`.
  ///   - directory: an open directory; the working directory unless one is given.
  ///   - followsLink: whether a symbolic link at the path's end is followed.
  ///   - limit: bytes at most.
  /// - Returns: nil if there is no such file, it cannot be read or it is larger than `limit`.
  public static func contents(
    of path: [CChar], in directory: Int32 = AT_FDCWD, followsLink: Bool = true, limit: Int
  ) -> [UInt8]? {
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | (followsLink ? 0 : O_NOFOLLOW)
    let descriptor = openat(directory, path, flags)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { return nil }
    }
  }

  /// The text of a file without its last line breaks; nil as above.
  static func text(_ path: String, limit: Int = 1 << 16) -> String? {
    guard var bytes = contents(of: path.utf8CString.map { $0 }, limit: limit) else { return nil }
    while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
