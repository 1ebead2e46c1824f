// Where a hook of a repository belongs, and what is there now.

import GitHistory
import SecretModel

/// The hooks directory of the repository that a directory belongs to.
public struct HookPlace: Sendable {
  /// The directory's path; it need not be there.
  public let directory: String
  /// Whether `core.hooksPath` names it, so that other repositories may use it, too.
  public let isConfigured: Bool

  /// Finds it without starting git.
  ///
  /// - Parameters:
  ///   - workingDirectory: absolute.
  ///   - git: what git's variables say.
  ///   - userConfigurations: absolute paths of git's configuration files outside the repository, the strongest first;
  ///     they need not be there.
  ///   - home: what `~/` stands for in them.
  /// - Throws: if the directory is in no repository, or that cannot be read.
  public init(
    workingDirectory: String, git: GitEnvironment, userConfigurations: [String], home: String?
  ) throws(ScanRequestError) {
    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : "\(workingDirectory)/\(path)" }
    let place = RepositoryPlace(
      start: workingDirectory, directory: git.directory.map(absolute), workTree: git.workTree.map(absolute))
    do throws(GitError) {
      let found = try Repository(place).hooksDirectory(userConfigurations: userConfigurations, home: home)
      directory = found.path
      isConfigured = found.isConfigured
    } catch {
      let path = workingDirectory.neutralised
      throw ScanRequestError(
        description: error.code == .notFound
          ? "\(path): is not in a git repository; change to one, or make one with `git init`"
          : "\(path): the git repository: \(error.description)")
    }
  }

  /// The text of a hook that is there; nil without one, or if it is no file of a few kilobytes.
  public func text(ofHook name: String) -> String? {
    SmallFile.contents(of: "\(directory)/\(name)".utf8CString.map { $0 }, limit: 1 << 20)
      .map { String(decoding: $0, as: UTF8.self) }
  }
}
