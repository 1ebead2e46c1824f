// Where the paths of a report lead to, as services want them: from the root of the repository.

import SecretModel

/// The directory that report paths are made relative to: the work tree's root or, without one, the working directory.
struct SourceRoot {
  /// Absolute, without a final `/`.
  let root: String
  private let workingDirectory: String

  init(_ result: ScanResult) {
    root = result.checkout?.root ?? result.workingDirectory
    workingDirectory = result.workingDirectory
  }

  /// The path below the root; nil if it is not below.
  func relative(_ path: ReportedPath) -> String? {
    let absolute = absolute(path)
    let prefix = root == "/" ? "/" : root + "/"
    return absolute.hasPrefix(prefix) ? String(absolute.dropFirst(prefix.count)) : nil
  }

  /// The path below the root, or the whole path if it is not below.
  func shown(_ path: ReportedPath) -> String { relative(path) ?? absolute(path) }

  /// The whole path without `.` and `..`.
  func absolute(_ path: ReportedPath) -> String {
    (path.text.hasPrefix("/") ? path.text : workingDirectory + "/" + path.text).normalizedPath
  }
}

extension String {
  /// All but RFC 3986's unreserved characters and `/` as `%XX`.
  var percentEncodedPath: String { .percentEncoding(utf8, where: Self.unreservedBytes.contains) }

  private static let unreservedBytes = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
}
