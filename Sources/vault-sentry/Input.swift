// Files that a command reads whole.

import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum Input {
  /// Larger reports are refused rather than held in memory.
  private static let limit = 1 << 30

  /// All bytes of a file, or of standard input for “-”.
  static func read(_ path: String) throws(CommandFailure) -> [UInt8] {
    guard path != "-" else { return try read(STDIN_FILENO, name: "standard input") }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      throw .usage("\(path.neutralised): \(String(cString: strerror(errno))); give the file of a report, or “-”")
    }
    defer { close(descriptor) }
    return try read(descriptor, name: path.neutralised)
  }

  private static func read(_ descriptor: Int32, name: String) throws(CommandFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 18)
    while true {
      #if canImport(Glibc)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
      #else
        let count = Darwin.read(descriptor, &chunk, chunk.count)
      #endif
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .usage("\(name): \(String(cString: strerror(errno)))")
      }
      bytes += chunk.prefix(count)
      guard bytes.count <= limit else { throw .usage("\(name): is larger than 1 GB; split it") }
    }
  }
}
