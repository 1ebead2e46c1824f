// What the process was given beside its arguments.

import VaultSentry

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

enum Environment {
  /// A variable's value; nil if it is not set or empty.
  static func variable(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The current directory, absolute.
  static func workingDirectory() throws(CommandFailure) -> String {
    guard let directory = getcwd(nil, 0) else {
      throw .usage("the current directory: \(String(cString: strerror(errno)))")
    }
    defer { free(directory) }
    return String(cString: directory)
  }

  /// What git's variables say.
  static var git: GitEnvironment {
    var git = GitEnvironment()
    git.directory = variable("GIT_DIR")
    git.workTree = variable("GIT_WORK_TREE")
    git.indexFile = variable("GIT_INDEX_FILE")
    git.objectDirectory = variable("GIT_OBJECT_DIRECTORY")
    git.alternateObjectDirectories =
      variable("GIT_ALTERNATE_OBJECT_DIRECTORIES")?.split(separator: ":").map(String.init) ?? []
    return git
  }

  /// Git's configuration files outside of repositories, the strongest first (git-config(1), “FILES”).
  static var gitUserConfigurations: [String] {
    let home = variable("HOME")
    let own = variable("XDG_CONFIG_HOME") ?? home.map { $0 + "/.config" }
    let ofUser =
      variable("GIT_CONFIG_GLOBAL").map { [$0] }
      ?? (home.map { [$0 + "/.gitconfig"] } ?? []) + (own.map { [$0 + "/git/config"] } ?? [])
    let isSystemLeftOut = variable("GIT_CONFIG_NOSYSTEM").map { !["0", "false", "no", "off"].contains($0) } ?? false
    return ofUser + (isSystemLeftOut ? [] : [variable("GIT_CONFIG_SYSTEM") ?? "/etc/gitconfig"])
  }

  /// The running program's path, absolute; nil if it cannot be told.
  static var programPath: String? {
    #if os(Linux)
      let started = "/proc/self/exe"
    #else
      let started = CommandLine.arguments.first ?? ""
    #endif
    guard started.contains("/"), let path = realpath(started, nil) else { return nil }
    defer { free(path) }
    return String(cString: path)
  }

  /// Variables with their values, by name.
  static func variables(beginningWith prefix: String) -> [String: String] {
    var found: [String: String] = [:]
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if text.hasPrefix(prefix), let equals = text.firstIndex(of: "=") {
        found[String(text[..<equals])] = String(text[text.index(after: equals)...])
      }
      next += 1
    }
    return found
  }

  /// The user's own configuration file, by the XDG Base Directory Specification; nil without a home directory.
  static var userConfigurationFile: String? {
    let directory =
      variable("XDG_CONFIG_HOME").flatMap { $0.hasPrefix("/") ? $0 : nil }
      ?? variable("HOME").map { $0 + "/.config" }
    return directory.map { $0 + "/vault-sentry/config.toml" }
  }
}
