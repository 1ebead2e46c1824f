// A tree or repository that somebody made to harm, and what a scan of it has to come to.

import Foundation
import Testing

/// What a scan comes to, by all four ways in which it says so.
struct Outcome: Sendable, Hashable {
  var status: Int32 = 0
  var findings = 0
  /// Files and blobs.
  var scanned = 0
  /// By the names of JSON reports.
  var skipped: [String: Int] = [:]
  /// A part of each reason, in the order of the report.
  var incomplete: [String] = []
}

/// One row of the table in SECURITY.md.
struct HostileCase: Sendable, CustomTestStringConvertible {
  enum Kind: String, CaseIterable, Sendable {
    case tree = "Trees"
    case repository = "Repositories"
  }

  let kind: Kind
  let name: String
  /// Nil where it depends on who is first; then it has to add up.
  let outcome: Outcome?
  /// Beside the targets and the reports.
  let arguments: [String]
  /// Goes before the program in a line of shell.
  let prelude: String
  /// Makes the directory that is scanned.
  let build: @Sendable (HostilePlace) throws -> Void
  /// Changes it while the scan runs.
  let change: (@Sendable (HostilePlace) -> Void)?

  init(
    _ kind: Kind, _ name: String, _ outcome: Outcome?, _ arguments: [String] = ["."], prelude: String = "",
    build: @escaping @Sendable (HostilePlace) throws -> Void, change: (@Sendable (HostilePlace) -> Void)? = nil
  ) {
    self.kind = kind
    self.name = name
    self.outcome = outcome
    self.arguments = arguments
    self.prelude = prelude
    self.build = build
    self.change = change
  }

  var testDescription: String { name }

  static let all = trees + repositories
}

/// Where a case is built: `case/` is scanned, `out/` takes the reports.
struct HostilePlace: Sendable {
  let path: String
  static let line = "key = \(CommandDirectory.token)\n"

  func write(_ name: String, _ text: String = line) throws { try write(name, Array(text.utf8)) }

  func write(_ name: String, _ bytes: [UInt8]) throws { try write(Array(name.utf8), bytes) }

  /// Writes a file whose name may be no text, with the directories above it.
  func write(_ name: [UInt8], _ bytes: [UInt8]) throws {
    let whole = Array((path + "/case/").utf8) + name
    for slash in whole.indices.dropFirst() where whole[slash] == UInt8(ascii: "/") {
      _ = mkdir(whole[..<slash].map { CChar(bitPattern: $0) } + [0], 0o755)
    }
    let descriptor = open(whole.map { CChar(bitPattern: $0) } + [0], O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    defer { close(descriptor) }
    try bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        guard count > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        rest = rest.dropFirst(count)
      }
    }
  }

  func read(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path + "/case/" + name)))
  }

  /// Runs lines of shell in `case/`, with a git that is the same on every machine, and wants them to succeed.
  @discardableResult
  func shell(_ lines: String) throws -> String {
    let date = "1600000000 +0000"
    let run = try Shell.run(
      "set -e\n" + lines, in: path + "/case",
      environment: [
        "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b",
        "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date,
        "LINE": Self.line,
      ])
    guard run.status == 0 else { throw Shell.Failure(description: run.error) }
    return run.output
  }
}

/// Lines of shell.
enum Shell {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// - Parameter directory: absolute.
  static func run(
    _ lines: String, in directory: String, environment: [String: String] = [:]
  ) throws -> CommandRun {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", lines]
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    process.environment = ["PATH": path + ":/usr/sbin:/sbin", "HOME": directory, "PROGRAM": CommandDirectory.program]
      .merging(CommandDirectory.sanitizerOptions) { $1 }.merging(environment) { $1 }
    // Files, not pipes: what fills a pipe that nobody reads yet waits for ever.
    let files = ["output", "error"].map { FileManager.default.temporaryDirectory.path + "/\($0)-" + UUID().uuidString }
    defer { for file in files { unlink(file) } }
    for file in files { try Data().write(to: URL(fileURLWithPath: file)) }
    process.standardOutput = FileHandle(forWritingAtPath: files[0])
    process.standardError = FileHandle(forWritingAtPath: files[1])
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let texts = try files.map { String(decoding: try Data(contentsOf: URL(fileURLWithPath: $0)), as: UTF8.self) }
    let status =
      process.terminationReason == .uncaughtSignal ? 128 + process.terminationStatus : process.terminationStatus
    return CommandRun(status: status, output: texts[0], error: texts[1])
  }
}
