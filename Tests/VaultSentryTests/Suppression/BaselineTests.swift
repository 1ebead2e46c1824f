import Foundation
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct BaselineTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func baseline(of text: String) throws -> Baseline {
    try directory.write("a.txt", text)
    return Baseline(path: "b").adding(try scan(directory).findings, prunes: false)
  }

  /// Scans files with a baseline that was read from its own text.
  private func active(_ files: [String: String], _ baseline: Baseline) throws -> [Finding] {
    let directory = try TemporaryDirectory()
    for (name, text) in files { try directory.write(name, text) }
    let read = try Baseline(baseline.text, path: "b")
    return try scan(directory) { $0.suppression.baseline = read }.activeFindings
  }

  private static let (one, two) = (Sample.token(seed: 1), Sample.token(seed: 2))

  @Test(arguments: [
    ["a.txt": "k = '\(one)'\n"], ["b/c.txt": "k = '\(one)'\n"], ["a.txt": "\n\n\n    k: \"\(one)\"\r\n"],
    ["a.txt": "k = '\(one)'\n", "b.txt": "k = '\(one)'\n"],
  ])
  func `what moves stays known`(files: [String: String]) throws {
    let baseline = try baseline(of: "k = '\(Self.one)'\n")
    #expect(baseline.count == 1)
    #expect(try active(files, baseline).isEmpty)
  }

  @Test func `another value at the same place is new`() throws {
    let baseline = try baseline(of: "k = '\(Self.one)'\n")
    #expect(try active(["a.txt": "k = '\(Self.two)'\n"], baseline).map(\.location.line) == [1])
  }

  @Test(arguments: ["\n", "\r\n", "\n    ", "\n\t"])
  func `a key of several lines stays known with other line breaks and indentation`(lineBreak: String) throws {
    let lines = (0..<12).map { Sample.letters(64, seed: $0) }
    let key = { (lineBreak: String) in
      (["-----BEGIN RSA " + "PRIVATE KEY-----"] + lines + ["-----END RSA " + "PRIVATE KEY-----"]).joined(
        separator: lineBreak)
    }
    let baseline = try baseline(of: key("\n"))
    // That others may read the file is in it, too, if they may.
    #expect(baseline.count >= 1)
    #expect(try active(["k.pem": key(lineBreak)], baseline).isEmpty)
  }

  @Test func `the file is sorted, holds nothing of the values and is no finding itself`() throws {
    let text = (0..<50 as Range<UInt64>).map { "k = '\(Sample.token(seed: $0))'\n" }.joined()
    let baseline = try baseline(of: text)
    let lines = String(decoding: baseline.text, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(lines.first == "# vault-sentry baseline 1")
    let entries = lines.filter { !$0.hasPrefix("#") }
    #expect(entries.count == 50)
    #expect(entries == entries.sorted())
    #expect(entries.allSatisfy { $0.wholeMatch(of: /v1:[a-z2-7]{52} slack-bot-token/) != nil })
    #expect(try active(["x/.baseline": String(decoding: baseline.text, as: UTF8.self)], Baseline(path: "b")).isEmpty)
    // The order of findings does not show.
    let reversed = try scan(directory).findings.reversed()
    #expect(Baseline(path: "b").adding(Array(reversed), prunes: false).text == baseline.text)
  }

  @Test func `an update keeps what was not scanned unless it prunes`() throws {
    let old = try baseline(of: "k = '\(Self.one)'\n")
    try directory.write("a.txt", "k = '\(Self.two)'\n")
    let findings = try scan(directory).findings
    #expect(old.adding(findings, prunes: false).count == 2)
    let pruned = old.adding(findings, prunes: true)
    #expect(pruned.count == 1)
    #expect(findings.allSatisfy(pruned.contains))
    #expect(old.adding([], prunes: false).text == old.text)
  }

  @Test func `versions that git joined, or did not join, are both meant`() throws {
    let one = try baseline(of: "k = '\(Self.one)'\n").text
    let two = try baseline(of: "k = '\(Self.two)'\n").text
    let texts = [one, two].map { String(decoding: $0, as: UTF8.self) }
    let both = try baseline(of: "k = '\(Self.one)'\nk = '\(Self.two)'\n").text
    #expect(try Baseline(one + two + one, path: "b").text == both)
    let conflict = "<<<<<<< HEAD\n\(texts[0])||||||| 1a2b3c4\n=======\n\(texts[1])>>>>>>> topic\n"
    #expect(try Baseline(Array(conflict.utf8), path: "b").text == both)
    let windows = texts[0].replacingOccurrences(of: "\n", with: "\r\n")
    #expect(try Baseline(Array(windows.utf8), path: "b").text == one)
  }

  @Test func `git joins two branches' baselines`() throws {
    let repository = try TestRepository()
    let write = { (seeds: ClosedRange<UInt64>) throws in
      let text = seeds.map { "k = '\(Sample.token(seed: $0))'\n" }.joined()
      try repository.directory.write("baseline", try baseline(of: text).text)
    }
    try repository.directory.write(".gitattributes", "baseline merge=union\n")
    try write(1...3)
    try repository.commit("base")
    try repository.git("checkout", "--quiet", "-b", "side")
    try write(1...6)
    try repository.commit("side")
    try repository.git("checkout", "--quiet", "main")
    try write(2...9)
    try repository.commit("main")
    try repository.git("merge", "--quiet", "--no-edit", "side")
    let merged = try Data(contentsOf: URL(fileURLWithPath: repository.directory.path + "/baseline"))
    #expect(try Baseline(Array(merged), path: "b").count == 8)
  }

  @Test(arguments: [
    ("hello\n", "b: is not a baseline"), ("{}", "b: is not a baseline"),
    ("# vault-sentry baseline 2\n", "b: is not a baseline"),
    ("# vault-sentry baseline 1\nv1:abc\n", "b:2: a line is"),
    ("# vault-sentry baseline 1\n\nsecret\n", "b:3: a line is"),
  ])
  func `another file is no baseline`(text: String, message: String) throws {
    let error = #expect(throws: SettingsError.self) { try Baseline(Array(text.utf8), path: "b") }
    #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error))")
    #expect(try Baseline([], path: "b").count == 0)
  }
}
