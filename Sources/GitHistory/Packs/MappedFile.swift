// Files of a repository as memory.

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file mapped for reading, for as long as this lives.
///
/// Git never changes a pack or an index in place: it writes new files and unlinks the old ones, whose contents stay.
final class MappedFile: @unchecked Sendable {
  // Nobody writes to the memory once it is mapped.
  let bytes: UnsafeRawBufferPointer

  /// - Throws: if it cannot be opened or is no regular file.
  init(_ path: String) throws(GitError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw Self.error(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw Self.error(path) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw GitError(code: .other, description: "\(path): is not a regular file")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      bytes = UnsafeRawBufferPointer(start: nil, count: 0)
      return
    }
    let memory = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0)
    guard memory != MAP_FAILED, let memory else { throw Self.error(path) }
    bytes = UnsafeRawBufferPointer(start: memory, count: size)
  }

  deinit {
    if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
  }

  private static func error(_ path: String) -> GitError {
    let code = errno
    return GitError(
      code: code == ENOENT ? .notFound : .other, description: "\(path): \(String(cString: strerror(code)))")
  }
}

extension UnsafeRawBufferPointer {
  /// The big-endian number at `at`; the caller has checked that it is there.
  func bigEndian<Number: FixedWidthInteger>(_ at: Int, as type: Number.Type) -> Number {
    Number(bigEndian: loadUnaligned(fromByteOffset: at, as: type))
  }
}
