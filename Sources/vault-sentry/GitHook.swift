// The git hooks that `vault-sentry config install-hook` writes.

import ArgumentParser

enum GitHook: String, EnumerableFlag {
  case preCommit = "pre-commit"
  case commitMsg = "commit-msg"
  case prePush = "pre-push"

  static func name(for hook: GitHook) -> NameSpecification { .customLong(hook.rawValue) }

  static func help(for hook: GitHook) -> ArgumentHelp? {
    switch hook {
    case .preCommit: "Before a commit, scan what it would add."
    case .commitMsg: "Before a commit, scan its message."
    case .prePush: "Before a push, scan what its commits add."
    }
  }

  /// What git was asked to do when it ran the hook.
  private var action: String { self == .prePush ? "git push" : "git commit" }

  /// The arguments of the program, as a shell reads them.
  private var arguments: String {
    switch self {
    case .preCommit: "scan --staged"
    case .commitMsg: "scan -"
    // Git names the remote and lists on standard input what is pushed.
    case .prePush: #"scan --pre-push --remote "$1""#
    }
  }

  /// What the program reads.
  private var input: String {
    switch self {
    case .preCommit, .prePush: ""
    // Below the scissors stands the whole change, if git was asked to show it (`git commit --verbose`).
    case .commitMsg: #"sed '/^. -* >8 -*$/,$d' "$1" | "#
    }
  }

  /// The line that does the same in a hook of somebody else.
  var line: String { "\(input)vault-sentry \(arguments) || exit $?" }

  /// Whether a hook's text is one that was written here, of whatever version.
  static func isOwn(_ text: String) -> Bool { text.hasPrefix(opening) }

  private static let opening = "#!/bin/sh\n# Installed by `vault-sentry config install-hook`"

  /// The whole hook.
  ///
  /// - Parameter program: an absolute path of the program, for a time when it is not on the PATH (programs with windows
  ///   often start git with a short one); nil if it is not known.
  func script(program: String?) -> String {
    """
    \(Self.opening), which also brings it up to date.
    # `\(action) --no-verify` goes past it; removing this file ends it.
    program=vault-sentry
    command -v "$program" >/dev/null 2>&1 || program=\(Self.quoted(program ?? "vault-sentry"))
    command -v "$program" >/dev/null 2>&1 || {
      echo "\(rawValue): vault-sentry is not found, so nothing was scanned; install it or put it on the PATH." >&2
      echo "To go on without it this once: \(action) --no-verify" >&2
      exit 1
    }
    \(input.isEmpty ? "exec " : input)"$program" \(arguments)

    """
  }

  /// As one word of a shell.
  private static func quoted(_ text: String) -> String {
    "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#) + "'"
  }
}
