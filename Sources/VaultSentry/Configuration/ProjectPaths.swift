// Paths as the patterns in a project's files mean them.

import SecretModel

/// Brings paths of reports to paths from the project's directory, so that a pattern fits the same files whether the
/// whole project is scanned or a part of it, and never because of what stands above.
struct ProjectPaths: Sendable {
  /// Absolute and without links; nil if paths start at their target.
  private let root: String?
  private let targets: [(prefix: String, resolved: String)]

  /// - Parameters:
  ///   - root: the directory of the project's file, absolute and without links.
  ///   - targets: as given, each with its absolute path without links.
  init(root: String?, targets: [(given: String, resolved: String)]) {
    self.root = root
    self.targets = targets.map {
      (String(decoding: RootDirectory.reportedPath($0.given), as: UTF8.self), $0.resolved)
    }
  }

  /// The path from the project's directory, or from the target if it does not lie in the project.
  func path(_ reported: ReportedPath) -> String {
    for (prefix, resolved) in targets {
      guard let rest = Self.rest(reported.text, behind: prefix) else { continue }
      let absolute = (rest.isEmpty ? resolved : resolved + "/" + rest).normalizedPath
      if let root, let below = Self.rest(absolute, behind: root == "/" ? "/" : root + "/") { return below }
      return rest.isEmpty ? String(absolute.split(separator: "/").last ?? "") : rest
    }
    return reported.text
  }

  /// What follows the prefix; empty for a target that is the file itself.
  private static func rest(_ path: String, behind prefix: String) -> String? {
    if path.hasPrefix(prefix) { return String(path.dropFirst(prefix.count)) }
    return prefix.hasSuffix("/") && path == prefix.dropLast() ? "" : nil
  }
}
