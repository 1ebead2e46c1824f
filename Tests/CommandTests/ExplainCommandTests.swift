import Foundation
import Testing

/// `scan --explain` as users meet it.
@Suite struct ExplainCommandTests {
  private let place: CommandDirectory
  private let token = CommandDirectory.token

  init() throws { place = try CommandDirectory() }

  @Test func `findings list their terms and drops their reasons`() throws {
    try place.write("a.ini", "key = \(token)\npassword = changeme\n")
    let output = try place.run(["scan", "--explain"]).output
    #expect(output.contains("NOT REPORTED"))
    #expect(output.contains("placeholder:marker: it says that it is a placeholder"))
    #expect(output.firstMatch(of: /Score  [0-9]+\/100, proof: pattern, entropy [0-9.]+ bits per character/) != nil)
    #expect(output.firstMatch(of: /\+[0-9]+ +base +a [a-z]+ kind of credential/) != nil)
    #expect(!output.contains(token.suffix(12)))
    #expect(!(try place.run(["scan"]).output.contains("NOT REPORTED")))
  }

  @Test func `a line is explained with the rules that nearly matched`() throws {
    try place.write("a.ini", "key = \(token)\nprivate_key_path = server\n")
    let output = try place.run(["scan", "--explain", "a.ini:2"]).output
    #expect(output.contains("a.ini:2:1  named-key"))
    #expect(output.contains("no_match: a keyword of the rule stands here"))
    #expect(!output.contains("a.ini:1:"))
    #expect(try place.run(["scan", "--explain", "a.ini:1"]).status == 1)
  }

  @Test func `a report in JSON holds what was not reported`() throws {
    try place.write("a.ini", "key = \(token)\npassword = changeme\n")
    func rejections(_ arguments: [String]) throws -> [[String: Any]]? {
      let output = try place.run(["scan", "-f", "json"] + arguments).output
      let report = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
      return report?["rejections"] as? [[String: Any]]
    }
    let drop = try #require(try rejections(["--explain"])?.first { $0["line_number"] as? Int == 2 })
    #expect(drop["rule_id"] as? String == "named-password")
    #expect(drop["reason"] as? String == "placeholder:marker")
    #expect(drop["file_path"] as? String == "a.ini")
    #expect(drop["column"] as? Int == 12)
    #expect(try rejections([]) == nil)
  }

  @Test func `JSON lines hold what was not reported, and are read again`() throws {
    try place.write("a.ini", "key = \(token)\npassword = changeme\n")
    let output = try place.run(["scan", "--explain", "-f", "jsonl", "-f", "json=a.json"]).output
    let lines = try output.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
    #expect(Set(lines.compactMap { $0["type"] as? String }) == ["finding", "rejection", "summary"])
    #expect(lines.last?["type"] as? String == "summary")
    try place.write("a.jsonl", output)
    func converted(_ name: String) throws -> String { try place.run(["report", "convert", name]).output }
    #expect(try converted("a.jsonl").contains("placeholder:marker"))
    #expect(try converted("a.jsonl").utf8.count == converted("a.json").utf8.count)
    #expect(try place.read("a.json") == converted("a.json"))
  }

  @Test func `SARIF holds what was not reported beside the results`() throws {
    try place.write("a.ini", "key = \(token)\npassword = changeme\n")
    func run(_ arguments: [String]) throws -> [String: Any] {
      let output = try place.run(["scan", "-f", "sarif"] + arguments).output
      let log = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
      return try #require((log?["runs"] as? [[String: Any]])?.first)
    }
    let explained = try run(["--explain"])
    let rejections = (explained["properties"] as? [String: Any])?["rejections"] as? [[String: Any]]
    let drop = try #require(
      rejections?.first { ($0["properties"] as? [String: Any])?["reason"] as? String == "placeholder:marker" })
    #expect(drop["ruleId"] as? String == "named-password")
    #expect((explained["results"] as? [Any])?.count == 1)
    #expect(try run([])["properties"] == nil)
  }

  @Test(arguments: ["--staged", "--history", "--base=HEAD"])
  func `git's contents are explained`(part: String) throws {
    try place.git(["init", "--quiet"])
    try place.write("old.ini", "password = changeme\n")
    try place.git(["add", "old.ini"])
    try place.git(["commit", "--quiet", "--message", "one"])
    try place.write("new.ini", "db_password = changeme\nkey = \(token)\n")
    try place.git(["add", "new.ini"])
    if part != "--staged" {
      try place.git(["commit", "--quiet", "--message", "two"])
      try place.git(["rm", "--quiet", "new.ini"])
      try place.git(["commit", "--quiet", "--message", "three"])
    }
    let output = try place.run(["scan", part == "--base=HEAD" ? "--base=HEAD~2" : part, "--explain"]).output
    let told = output.split(separator: "\n").filter { $0.contains("named-password") }
    #expect(told.contains { $0.contains("new.ini:1:15") && $0.contains("  in ") == (part != "--staged") })
    // What the change does not touch is told of the whole history alone.
    #expect(told.contains { $0.contains("old.ini:1:12") } == (part == "--history"))
    #expect(!output.contains("changeme"))
    #expect(!output.contains(token.suffix(12)))
    let line = try place.run(["scan", part, "--explain", "old.ini:1"])
    #expect(line.status == 2)
    #expect(line.error.contains("a line is explained as it stands in the file"))
  }

  @Test func `a line goes alone`() throws {
    try place.write("a.ini", "a = b\n")
    let run = try place.run(["scan", "--explain", "a.ini:1", "a.ini"])
    #expect(run.status == 2)
    #expect(run.error.contains("a line is explained by itself"))
  }
}
