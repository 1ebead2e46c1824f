// libgit2: started when it is first needed, and one way from its return codes to an error.

internal import CGit2
internal import LazyGit2

/// Why git data cannot be read.
package struct GitError: Error, CustomStringConvertible {
  /// What the caller may tell apart.
  package enum Code: Sendable {
    /// There is no such repository, reference or object.
    case notFound
    /// Whoever asked for the work wants it no more.
    case ended
    case other
  }

  package let code: Code
  /// In words, for people.
  package let description: String

  /// Throws if it is over.
  package static func end(if isOver: Bool) throws(GitError) {
    if isOver { throw GitError(code: .ended, description: "it was ended") }
  }
}

/// The state of libgit2 in this process.
package enum GitLibrary {
  /// Starts it, once, which takes several milliseconds; it is never stopped, since handles of other threads may be open until the process ends.
  static func start() throws(GitError) {
    if let failure { throw failure }
  }

  private static let failure: GitError? = {
    do throws(GitError) {
      if let reason = vs_git2_load() {
        throw GitError(code: .other, description: "libgit2 cannot be loaded: \(String(cString: reason))")
      }
      try check(git_libgit2_init())
      try check(vs_git2_accept_any_owner())
      try check(vs_git2_trust_hashes())
      try check(vs_git2_keep_no_objects())
      try check(vs_git2_accept_extensions())
      let levels = [
        GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
      ]
      for level in levels { try check(vs_git2_ignore_configuration(Int32(level.rawValue))) }
      return nil
    } catch {
      return error
    }
  }()
}

/// Throws what a return code of libgit2 means. Its message is the thread's last one, so this follows the call at once.
@discardableResult
func check(_ status: Int32) throws(GitError) -> Int32 {
  guard status < 0 else { return status }
  let message = git_error_last().flatMap { error in error.pointee.message.map { String(cString: $0) } }
  throw GitError(
    code: status == GIT_ENOTFOUND.rawValue ? .notFound : .other,
    description: message ?? "libgit2 returned \(status)")
}
