// Where the files of the scanned project are that say how it is to be scanned.

import GitHistory
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The directories in which a scan looks for files such as `.vault-sentry-ignore`.
///
/// The first is the deepest directory that holds all targets; from there it goes up to the root of the git work tree.
/// Without one it is that directory alone, so that nobody's file in a shared directory above is read.
public struct ProjectPlace: Sendable {
  /// Absolute and without links, nearest first; empty if a target leads nowhere.
  public let directories: [String]

  /// - Parameters:
  ///   - targets: as given.
  ///   - workingDirectory: absolute; where relative targets start, and the place of standard input.
  public init(targets: [ScanTarget], workingDirectory: String) {
    var common: [Substring]?
    for target in targets {
      let path = if case .path(let path) = target { path.isEmpty ? "." : path } else { "." }
      guard let resolved = Self.targetDirectory(path.hasPrefix("/") ? path : workingDirectory + "/" + path) else {
        continue
      }
      let parts = resolved.split(separator: "/")
      common = common.map { $0.prefix($0.sharedCount(with: parts)) }.map(Array.init) ?? parts
    }
    guard let common else {
      directories = []
      return
    }
    let start = "/" + common.joined(separator: "/")
    let top = Checkout.containing(start)?.root
    let topCount = top.map { $0.split(separator: "/").count } ?? common.count
    directories = (min(topCount, common.count)...common.count).reversed().map {
      "/" + common.prefix($0).joined(separator: "/")
    }
  }

  /// The root of the work tree, or the place where the search begins without one; nil if there is no place.
  public var top: String? { directories.last }

  /// The path of the nearest file of a name. A link counts: it is refused when read.
  public func nearest(_ name: String) -> String? {
    directories.lazy.map { $0 == "/" ? "/" + name : $0 + "/" + name }.first { path in
      var status = stat()
      return lstat(path, &status) == 0
    }
  }

  /// The directory that a file lies in, by its absolute path.
  public static func directory(of path: String) -> String {
    let parent = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
    return parent.isEmpty ? "/" : String(parent)
  }

  /// A path as messages show it: from the working directory on, if it lies below.
  public static func shown(_ path: String, from workingDirectory: String) -> String {
    let prefix = workingDirectory == "/" ? "/" : workingDirectory + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// The directory of a target, which may be a file.
  private static func targetDirectory(_ path: String) -> String? {
    guard let pointer = realpath(path, nil) else { return nil }
    defer { free(pointer) }
    let resolved = String(cString: pointer)
    var status = stat()
    guard stat(resolved, &status) == 0 else { return nil }
    if status.st_mode & S_IFMT == S_IFDIR { return resolved }
    return directory(of: resolved)
  }
}

extension [Substring] {
  fileprivate func sharedCount(with other: [Substring]) -> Int { zip(self, other).prefix { $0 == $1 }.count }
}

/// What is wrong with a file that says how to scan, or with what it asks for.
public struct SettingsError: Error, Sendable, CustomStringConvertible {
  /// The file, if the reason does not name one.
  let path: String?
  let reason: String

  public init(_ reason: String) {
    path = nil
    self.reason = reason
  }

  init(_ path: String, _ reason: String) {
    self.path = path
    self.reason = reason
  }

  public var description: String { path.map { "\($0.neutralised): \(reason)" } ?? reason }
}

/// Reads the files that a project or a user wrote for the scanner.
public enum SettingsFile {
  /// Bytes; no such file comes near.
  private static let limit = 8 << 20

  /// The contents of a regular file.
  ///
  /// - Parameter followsLinks: false for files of the scanned project, which might lead anywhere.
  public static func contents(of path: String, followsLinks: Bool) throws(SettingsError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | (followsLinks ? 0 : O_NOFOLLOW))
    guard descriptor >= 0 else {
      if errno == ELOOP { throw SettingsError(path, "is a symbolic link, which is not followed") }
      throw SettingsError(path, systemMessage(errno))
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw SettingsError(path, "is not a file")
    }
    guard Int(status.st_size) <= limit else {
      throw SettingsError(path, "is larger than \(limit >> 20) MB")
    }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      if count < 0 { throw SettingsError(path, systemMessage(errno)) }
      if count == 0 { break }
      bytes += chunk[..<count]
    }
    return bytes
  }
}
