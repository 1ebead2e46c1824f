// Paths of a repository as a scan of the target's directory would report them.

/// Brings paths from a work tree's root to what reports show: the target as it was given, joined with what lies below it.
struct RepositoryPaths: Sendable {
  /// What stands before a path below the target, with a final `/` unless it is empty.
  private let prefix: [UInt8]
  /// The parts that lead from the work tree's root to the target.
  private let descent: [[UInt8]]

  private static let slash = UInt8(ascii: "/")

  /// - Parameters:
  ///   - target: as it was given.
  ///   - resolved: the same, absolute and without links.
  ///   - workTree: absolute and without links; nil for a bare repository, whose paths stay as they are.
  init(target: String, resolved: String, workTree: String?) {
    guard let workTree else {
      (prefix, descent) = ([], [])
      return
    }
    let root = workTree == "/" ? "/" : workTree + "/"
    guard resolved == workTree || resolved.hasPrefix(root) else {
      (prefix, descent) = (Array(root.utf8), [])
      return
    }
    prefix = RootDirectory.reportedPath(target)
    descent = resolved.utf8.dropFirst(root.utf8.count).split(separator: Self.slash).map(Array.init)
  }

  /// The path to report.
  ///
  /// - Parameter path: from the work tree's root, `/` between its parts, with a final one for a directory.
  func reported(_ path: [UInt8]) -> [UInt8] {
    if descent.isEmpty { return prefix + path }
    var rest = path[...]
    var shared = 0
    while shared < descent.count, let end = rest.firstIndex(of: Self.slash), rest[..<end] == descent[shared][...] {
      rest = rest[(end + 1)...]
      shared += 1
    }
    // A target that is the file itself.
    if shared == descent.count - 1, rest == descent[shared][...] { return prefix.dropLast() }
    var front = prefix[...]
    for _ in shared..<descent.count { Self.climb(&front) }
    return Array(front + rest)
  }

  /// Goes to the directory above.
  private static func climb(_ path: inout ArraySlice<UInt8>) {
    let parent = path.dropLast().lastIndex(of: slash).map { path[...$0] } ?? []
    let last = path[parent.endIndex...].dropLast()
    if path.isEmpty || last == Array("..".utf8)[...] {
      path += "../".utf8
    } else if path.count > 1 {
      path = parent
    }
  }
}
