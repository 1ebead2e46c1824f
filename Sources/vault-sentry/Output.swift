// Where reports and messages go.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum Output {
  /// Writes everything, or throws what the system says.
  static func toStandardOutput(_ bytes: [UInt8]) throws(CommandFailure) {
    guard let code = write(bytes, to: STDOUT_FILENO) else { return }
    // Whoever read it has seen enough (`| head`).
    if code == EPIPE { return }
    throw CommandFailure(status: .fault, message: "standard output: \(String(cString: strerror(code)))")
  }

  static func toStandardError(_ text: String) { _ = write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes a file whole or not at all; never through a symbolic link.
  ///
  /// - Parameters:
  ///   - mode: readable for its owner alone, unless it holds nothing of findings' values.
  ///   - flag: what asked for it, for messages.
  static func toFile(
    _ path: String, _ bytes: [UInt8], mode: mode_t = 0o600, flag: String = "--output"
  ) throws(CommandFailure) {
    var status = stat()
    if lstat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFLNK:
        throw .usage(
          "\(flag) \(path): is a symbolic link, which is not written through; remove it or name another file")
      case S_IFDIR: throw .usage("\(flag) \(path): is a directory; name a file")
      case S_IFREG: break
      default: return try toDevice(path, bytes, flag)
      }
    }
    let temporary = path + ".\(getpid()).tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw .usage("\(flag) \(path): \(String(cString: strerror(errno)))") }
    var failure = write(bytes, to: descriptor)
    if close(descriptor) != 0, failure == nil { failure = errno }
    if failure == nil, rename(temporary, path) != 0 { failure = errno }
    guard let failure else { return }
    unlink(temporary)
    throw CommandFailure(status: .fault, message: "\(flag) \(path): \(String(cString: strerror(failure)))")
  }

  /// Makes the directories that lead to a file, where they are missing.
  static func makeDirectory(of path: String) throws(CommandFailure) {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
    let directory = String(path[..<slash])
    guard !exists(directory) else { return }
    try makeDirectory(of: directory)
    guard mkdir(directory, 0o755) == 0 || errno == EEXIST else {
      throw .usage("\(directory): \(String(cString: strerror(errno)))")
    }
  }

  /// Whether there is anything at a path, a link included.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// `/dev/stdout`, `/dev/null`, a named pipe.
  private static func toDevice(_ path: String, _ bytes: [UInt8], _ flag: String) throws(CommandFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .usage("\(flag) \(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    if let code = write(bytes, to: descriptor), code != EPIPE {
      throw CommandFailure(status: .fault, message: "\(flag) \(path): \(String(cString: strerror(code)))")
    }
  }

  /// Returns the error number of what went wrong.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    bytes.withUnsafeBytes { buffer in
      var rest = UnsafeRawBufferPointer(buffer)
      while !rest.isEmpty {
        #if canImport(Glibc)
          let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
        #else
          let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
        #endif
        if count < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[count...])
      }
      return nil
    }
  }
}
