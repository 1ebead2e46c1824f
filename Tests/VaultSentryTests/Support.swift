// What the engine's tests share.

import Foundation
import RuleCompiler
import SecretModel
import Testing
import VaultSentry

/// A directory that goes away with the test.
final class TemporaryDirectory {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.resolvingSymlinksInPath().path + "/vault-sentry-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the directories above it.
  func write(_ name: String, _ contents: some Sequence<UInt8>) throws {
    let file = path + "/" + name
    try FileManager.default.createDirectory(
      atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try Data(contents).write(to: URL(fileURLWithPath: file))
  }

  func write(_ name: String, _ contents: String) throws { try write(name, contents.utf8) }
}

/// Credentials made up for tests, put together when they run.
enum Sample {
  /// Of the shape of a Slack bot token.
  static var token: String { token(seed: 7) }

  static func token(seed: UInt64) -> String {
    var random = SplitMix64(seed: seed)
    let digits = { (count: Int) in String((0..<count).map { _ in "0123456789".randomElement(using: &random) ?? "0" }) }
    let first = "xo" + "xb-" + digits(12) + "-" + digits(13) + "-"
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return first + String((0..<24).map { _ in letters.randomElement(using: &random) ?? "a" })
  }

  /// Letters and digits, the same each time.
  static func letters(_ count: Int, seed: UInt64 = 5) -> String {
    var random = SplitMix64(seed: seed)
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return String((0..<count).map { _ in letters.randomElement(using: &random) ?? "a" })
  }

  /// What follows the version in a fingerprint.
  static func fingerprintLetters(_ seed: Int) -> String {
    var random = SplitMix64(seed: UInt64(seed))
    return String((0..<52).map { _ in "abcdefghijklmnopqrstuvwxyz234567".randomElement(using: &random) ?? "a" })
  }
}

/// Scans a directory as the command does.
func scan(_ directory: TemporaryDirectory, _ targets: [String]? = nil, _ change: (inout ScanRequest) -> Void = { _ in })
  throws -> ScanResult
{
  var request = ScanRequest(
    targets: (targets ?? [directory.path]).map { .path($0) }, workingDirectory: directory.path)
  change(&request)
  return try Scan(request, catalogue: .builtin()).run()
}

extension ScanResult {
  /// Paths of the findings below a directory, sorted, each once.
  func paths(in directory: TemporaryDirectory) -> [String] {
    Set(findings.map { String($0.location.path.text.dropFirst(directory.path.count + 1)) }).sorted()
  }
}
