import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct IgnoreFileTests {
  private let directory: TemporaryDirectory
  private let fingerprint: String

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("src/a.txt", "k = '\(Sample.token)'\n")
    try directory.write("tests/b.txt", "x\n  k: '\(Sample.token)'\r\n")
    fingerprint = try #require(try scan(directory).findings.first?.fingerprint)
  }

  /// Paths, from the directory on, of the findings that count with an ignore file in place. `F` is the fingerprint.
  private func active(_ text: String, target: String = "", _ change: (inout ScanRequest) -> Void = { _ in }) throws
    -> ScanResult
  {
    let file = try IgnoreFile(
      Array(text.replacingOccurrences(of: "F", with: fingerprint).utf8), path: "ignore", directory: directory.path)
    return try scan(directory, [directory.path + target]) {
      $0.suppression.ignoreFile = file
      $0.suppression.today = CalendarDate("2026-06-15")
      change(&$0)
    }
  }

  @Test(arguments: [
    ("", ["src/a.txt", "tests/b.txt"]), ("# nothing\n\n  \r\n", ["src/a.txt", "tests/b.txt"]), ("F", []),
    ("\u{FEFF}F  # rotated\r\n", []), ("F rule=slack-bot-token reason=rotated", []),
    ("F rule=other", ["src/a.txt", "tests/b.txt"]), ("F path=tests/**", ["src/a.txt"]),
    ("F path=b.txt until=2026-06-15", ["src/a.txt"]), ("F until=2026-06-14", ["src/a.txt", "tests/b.txt"]),
    ("F path=src/* \n F path=tests/*", []),
  ])
  func `entries count under their conditions`(text: String, paths: [String]) throws {
    let found = try active(text).activeFindings
    #expect(found.map { String($0.location.path.text.dropFirst(directory.path.count + 1)) } == paths)
  }

  @Test func `twelve letters of a fingerprint are enough`() throws {
    #expect(try active(String(fingerprint.prefix(15))).activeFindings.isEmpty)
    #expect(throws: SettingsError.self) { try active(String(fingerprint.prefix(14))) }
  }

  @Test(arguments: ["", "/tests", "/tests/b.txt"])
  func `patterns start at the file, whatever is scanned`(target: String) throws {
    let found = try active("F path=tests/b.txt", target: target).findings.filter { $0.suppression != nil }
    #expect(found.map(\.location.path.text) == [directory.path + "/tests/b.txt"])
  }

  @Test(arguments: [
    ("abc", "1"), ("v1:short", "1"), ("\nF frob", "2"), ("F until=tomorrow", "1"), ("F reason=a\nF foo=bar", "2"),
    ("a.txt:generic:3", "1"),
  ])
  func `a line that is no ignore is an error with its place`(text: String, line: String) throws {
    let error = #expect(throws: SettingsError.self) { try active(text) }
    #expect(error?.description.hasPrefix("ignore:\(line): ") == true)
  }

  @Test func `what ended or hides nothing is told`() throws {
    let text = "F until=2026-01-01\nv1:abcdefghijkl reason=gone\nF path=src/*"
    let notes = { (result: ScanResult) in result.suppressionNotes.map { "\($0.path.text):\($0.line) \($0.kind)" } }
    #expect(notes(try active(text)) == ["ignore:1 expired"])
    let all = try active(text) { $0.suppression.tellsUnused = true }
    #expect(notes(all) == ["ignore:1 expired", "ignore:2 unused"])
  }

  @Test func `reasons are kept`() throws {
    let finding = try #require(try active("F until=2027-01-01 reason=made up for tests").findings.first)
    #expect(
      finding.suppression
        == Suppression(kind: .ignoreFile, reason: "made up for tests", until: CalendarDate("2027-01-01")))
    #expect(try active("F").findings.first?.suppression?.reason == "named in ignore")
  }

  @Test func `fingerprints are no findings`() throws {
    let text = (0..<200).map {
      "slack_token = \"v1:\(Sample.fingerprintLetters($0))\"\npassword: v1:\(Sample.fingerprintLetters($0))\n"
    }
    try directory.write("ignore", text.joined())
    #expect(try scan(directory, [directory.path + "/ignore"]).findings.isEmpty)
  }

  @Test func `the nearest file up to the work tree's root is the project's`() throws {
    let repository = try TestRepository()
    let root = repository.directory.path
    for path in ["a/b/x.txt", "a/c/y.txt", "a/\(IgnoreFile.name)", IgnoreFile.name] {
      try repository.directory.write(path, "")
    }
    let nearest = { (targets: [String], from: String) in
      ProjectPlace(targets: targets.map { .path($0) }, workingDirectory: root + from).nearest(IgnoreFile.name)
    }
    #expect(nearest(["."], "") == root + "/" + IgnoreFile.name)
    #expect(nearest(["."], "/a/b") == root + "/a/" + IgnoreFile.name)
    #expect(nearest(["b/x.txt", root + "/a/c"], "/a") == root + "/a/" + IgnoreFile.name)
    #expect(nearest(["a/b", "."], "") == root + "/" + IgnoreFile.name)
    #expect(nearest(["nowhere"], "") == nil)
    // Outside a repository nothing above the target is read.
    try directory.write(IgnoreFile.name, "")
    #expect(
      ProjectPlace(targets: [.path("src")], workingDirectory: directory.path).nearest(IgnoreFile.name) == nil)
  }
}
