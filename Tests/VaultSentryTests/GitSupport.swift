// Repositories made for tests, by the `git` program; only tests start it.

import Foundation
import SecretModel
import Testing
import VaultSentry

/// A repository that goes away with the test.
struct TestRepository {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try git("init", "--quiet", "--initial-branch", "main")
  }

  /// Runs git in the repository, the same on every machine: no configuration but the repository's, no other clock.
  ///
  /// - Returns: what it printed.
  @discardableResult
  func git(
    _ arguments: String..., environment: [String: String] = [:], at seconds: Int = 1_600_000_000,
    expecting status: Int32 = 0
  ) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-c", "gc.auto=0", "-c", "protocol.file.allow=always"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: directory.path)
    let date = "\(seconds) +0000"
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": directory.path,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "Ann Author",
      "GIT_AUTHOR_EMAIL": "ann@example.invalid", "GIT_COMMITTER_NAME": "Carl Committer",
      "GIT_COMMITTER_EMAIL": "carl@example.invalid", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
    ].merging(environment) { $1 }
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == status, "git \(arguments.joined(separator: " "))")
    return String(decoding: printed, as: UTF8.self)
  }

  /// Runs a line of shell in the repository, with the same git.
  func shell(_ line: String) throws { try git("-c", "alias.run-line=!\(line)", "run-line") }

  /// Commits everything in the work tree.
  func commit(_ message: String, at seconds: Int = 1_600_000_000) throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "--message", message, at: seconds)
  }

  /// Writes a file with a token in its first line.
  func plant(_ name: String, seed: UInt64) throws { try directory.write(name, "k = \(Sample.token(seed: seed))\n") }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: directory.path + "/" + name) }

  /// Scans it from within, as `vault-sentry scan --staged` or `--history` does.
  func scan(
    _ source: ScanSource, _ target: String = ".", from place: String = "",
    _ change: (inout ScanRequest) -> Void = { _ in }
  ) throws -> ScanResult {
    var request = ScanRequest(
      targets: [.path(target)], workingDirectory: place.isEmpty ? directory.path : directory.path + "/" + place)
    request.source = source
    change(&request)
    return try Scan(request, catalogue: .builtin()).run()
  }
}

extension ScanResult {
  /// Path and line of every finding.
  var places: [String] { findings.map { "\($0.location.path.text):\($0.location.line)" } }
}
