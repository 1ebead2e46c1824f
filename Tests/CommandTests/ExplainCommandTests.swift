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

  @Test func `a line goes alone`() throws {
    try place.write("a.ini", "a = b\n")
    let run = try place.run(["scan", "--explain", "a.ini:1", "a.ini"])
    #expect(run.status == 2)
    #expect(run.error.contains("a line is explained by itself"))
  }
}
