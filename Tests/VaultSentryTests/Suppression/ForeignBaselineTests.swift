import Digests
import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct ForeignBaselineTests {
  private let directory: TemporaryDirectory
  private let one = Sample.token(seed: 1)
  private let two = Sample.token(seed: 2)

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("src/a.txt", "k = '\(one)'\n\nl = '\(two)'\n")
    try directory.write("b.txt", "k = '\(one)'\n")
  }

  /// `§1` and `§2` are the values, `%1` and `%2` their digests.
  private func accepted(_ text: String) throws -> (places: [String], unmatched: Int) {
    var text = text
    for (mark, value) in [("1", one), ("2", two)] {
      text = text.replacingOccurrences(of: "§" + mark, with: value)
      text = text.replacingOccurrences(of: "%" + mark, with: sha1(Array(value.utf8)).hexadecimal)
    }
    let foreign = try ForeignBaseline(Array(text.utf8), file: "x")
    let request = ScanRequest(targets: [.path(directory.path)], workingDirectory: directory.path)
    let result = try Scan(request, catalogue: .builtin()).run()
    let (findings, unmatched) = foreign.accepted(of: result, request, top: directory.path)
    let places = findings.map {
      "\($0.location.path.text.dropFirst(directory.path.count + 1)):\($0.location.line)"
    }
    return (places, unmatched)
  }

  @Test(arguments: [
    (#"[{"File":"old.txt","StartLine":7,"Secret":"§2","Commit":"x"}]"#, ["src/a.txt:3"], 0),
    (#"[{"File":"old.txt","StartLine":7,"Secret":"§1"}]"#, ["b.txt:1", "src/a.txt:1"], 0),
    (#"[{"File":"src/a.txt","StartLine":3,"Secret":"REDACTED"}]"#, ["src/a.txt:3"], 0),
    // A value of its own is not mistaken for another one that stands there.
    (#"[{"File":"src/a.txt","StartLine":3,"Secret":"something"}]"#, [], 1), ("[]", [], 0),
    (#"{"version":"1.5.0","results":{"src\\a.txt":[{"hashed_secret":"%2","line_number":9}]}}"#, ["src/a.txt:3"], 0),
    (
      #"{"results":{"src/a.txt":[{"hashed_secret":"0000","line_number":3},{"hashed_secret":"%2"}]}}"#, ["src/a.txt:3"],
      1
    ),
    ("src/a.txt:rule:3\n\n# x\nb.txt:rule:2\n", ["src/a.txt:3"], 1),
    ("\(String(repeating: "0a", count: 20)):src/a.txt:rule:1", ["src/a.txt:1"], 0),
  ])
  func `entries are found by value, or by place where there is none`(text: String, places: [String], unmatched: Int)
    throws
  {
    let found = try accepted(text)
    #expect(found.places == places)
    #expect(found.unmatched == unmatched)
  }

  @Test(arguments: ["{", "{\"a\":1}", "[{\"x\":1}]", "hello", "a:b"])
  func `another file is refused`(text: String) {
    #expect(throws: SettingsError.self) { try ForeignBaseline(Array(text.utf8), file: "x") }
  }
}
