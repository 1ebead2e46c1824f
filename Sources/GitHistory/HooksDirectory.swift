// Where git runs a repository's hooks from.

internal import CGit2

/// The directory that git runs a repository's hooks from.
package struct HooksDirectory: Sendable {
  /// Absolute.
  package let path: String
  /// Whether `core.hooksPath` names it; other repositories may use it, too.
  package let isConfigured: Bool
}

extension Repository {
  /// Follows git-config(1), `core.hooksPath`: the repository's own configuration goes before the user's, and a relative
  /// path starts where hooks run, which is the work tree's root or a bare repository's directory.
  ///
  /// - Parameters:
  ///   - userConfigurations: absolute paths of git's configuration files outside the repository, the strongest first;
  ///     they need not be there.
  ///   - home: what `~/` stands for.
  package func hooksDirectory(userConfigurations: [String], home: String?) throws(GitError) -> HooksDirectory {
    let shared = commonDirectory + "/config"
    let isOwnUsed = try value(of: "extensions.worktreeconfig", in: shared).map { $0 != "false" } ?? false
    let files = (isOwnUsed ? [directory + "/config.worktree"] : []) + [shared] + userConfigurations
    for file in files {
      guard let value = try value(of: "core.hookspath", in: file), !value.isEmpty else { continue }
      return HooksDirectory(path: expanded(value, home: home), isConfigured: true)
    }
    return HooksDirectory(path: commonDirectory + "/hooks", isConfigured: false)
  }

  /// What one configuration file, with those that it includes, says; nil if it is not there or cannot be read.
  private func value(of key: String, in file: String) throws(GitError) -> String? {
    var configuration: OpaquePointer?
    try check(git_config_new(&configuration))
    defer { git_config_free(configuration) }
    guard git_config_add_file_ondisk(configuration, file, GIT_CONFIG_LEVEL_LOCAL, handle, 0) == 0 else { return nil }
    var text = git_buf()
    guard git_config_get_string_buf(&text, configuration, key) == 0 else { return nil }
    defer { git_buf_dispose(&text) }
    return text.ptr.map { String(cString: $0) }
  }

  private func expanded(_ path: String, home: String?) -> String {
    if path.hasPrefix("/") { return path }
    if path.hasPrefix("~/"), let home { return home + path.dropFirst(1) }
    return "\(workTree ?? directory)/\(path)"
  }
}
