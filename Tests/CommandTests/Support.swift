// What the tests of the program share.

import Foundation
import Testing

/// What a run of the program gave.
struct CommandRun {
  let status: Int32
  let output: String
  let error: String
}

/// A directory to run the program in; it goes away with the test.
final class CommandDirectory {
  let path: String

  /// The program lies beside the tests.
  static let program: String = {
    let tests = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
    let candidates = [
      tests.deletingLastPathComponent(), Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
    ]
    let found = candidates.map { $0.appendingPathComponent("vault-sentry").path }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    return found ?? "vault-sentry"
  }()

  /// What a sanitizer in the program is told, if the tests run under one (`.ci/sanitize.sh`).
  static let sanitizerOptions = ProcessInfo.processInfo.environment.filter { $0.key.hasSuffix("SAN_OPTIONS") }

  /// Of the shape of a Slack bot token.
  static let token = "xo" + "xb-" + "482910573864" + "-" + "2840193857261" + "-" + "aZ3kQ9mW2xR7tY5uP1oL8vNb"
  /// Another one.
  static let otherToken = "xo" + "xb-" + "593021684975" + "-" + "3951204968372" + "-" + "bY4jR8nX3wS6uZ4vQ2pM7tKc"

  init() throws {
    path =
      FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/vault-sentry-command-"
      + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func run(
    _ arguments: [String], in subdirectory: String = "", input: String = "", environment: [String: String] = [:]
  ) throws -> CommandRun {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path + "/" + subdirectory)
    process.environment = ["PATH": "/usr/bin:/bin", "HOME": path + "/home"].merging(Self.sanitizerOptions) { $1 }
      .merging(environment) { $1 }
    let (output, error, stdin) = (Pipe(), Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    process.standardInput = stdin
    try process.run()
    try stdin.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try stdin.fileHandleForWriting.close()
    let outputData = output.fileHandleForReading.readDataToEndOfFile()
    let errorData = error.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return CommandRun(
      status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self),
      error: String(decoding: errorData, as: UTF8.self))
  }

  /// Writes a file, with the directories above it.
  func write(_ name: String, _ text: String) throws {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
  }

  func read(_ name: String) throws -> String { try String(contentsOfFile: path + "/" + name, encoding: .utf8) }

  /// Runs git, for tests alone, and requires it to succeed.
  func git(_ arguments: [String]) throws { try #require(try gitStatus(arguments) == 0) }

  /// Runs git and returns its exit status.
  func gitStatus(_ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git"] + arguments
    process.currentDirectoryURL = URL(fileURLWithPath: path)
    let date = "1600000000 +0000"
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": path,
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_EDITOR": "true", "GIT_AUTHOR_NAME": "A",
      "GIT_AUTHOR_EMAIL": "a@b",
      "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}
