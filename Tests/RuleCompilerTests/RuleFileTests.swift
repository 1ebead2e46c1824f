import RuleCompiler
import Testing

/// Rule files with something wrong in them, and the line that the message has to name.
@Suite struct RuleFileTests {
  private func file(_ rule: String) -> [UInt8] {
    Array(
      """
      provider = "Acme"
      homepage = "https://acme.invalid"
      rotate = "https://acme.invalid/keys"
      references = ["https://acme.invalid/docs"]

      [[rules]]
      \(rule)
      """.utf8)
  }

  private let good = """
    id = "acme-token"
    name = "Acme token"
    severity = "high"
    category = "cloud"
    keywords = ["acme_"]
    pattern = 'acme_[a-z0-9]{20}'
    """

  @Test func `a good rule compiles`() throws {
    let rules = try RuleCompiler.compile(try RuleSource.read(file(good), file: "acme.toml"), .user)
    #expect(rules.map(\.description.id) == ["acme-token"])
    #expect(rules.first?.span == 26)
    #expect(rules.first?.description.rotate == "https://acme.invalid/keys")
  }

  @Test func `the built-in catalogue asks for examples`() throws {
    let sources = try RuleSource.read(file(good), file: "acme.toml")
    let error = #expect(throws: RuleProblems.self) { try RuleCompiler.compile(sources, .builtin) }
    #expect(error?.description.contains("acme.toml:6: acme-token: two [[rules.match]]") == true)
  }

  @Test(arguments: [
    ("severity = \"hgh\"", "8: “hgh” is none of"),
    ("category = \"clod\"", "8: “clod” is none of"),
    ("keyword = [\"x\"]", "8: unknown key “keyword”"),
    ("entropy = 9.5", "8: “entropy” has to be a number"),
    ("keywords = \"acme_\"", "8: “keywords” has to be an array of strings"),
    ("entropy = ", "8:"),
  ])
  func `a wrong value is named with its line`(line: String, message: String) {
    let key = line.prefix { $0 != " " }
    let rest = good.split(separator: "\n").filter { !$0.hasPrefix("\(key) ") && !$0.hasPrefix("id ") }
    let text = file((["id = \"acme-token\"", line] + rest.map(String.init)).joined(separator: "\n"))
    let error = #expect(throws: RuleProblems.self) { try RuleSource.read(text, file: "acme.toml") }
    #expect(error?.description.contains("acme.toml:\(message)") == true, "\(error?.description ?? "")")
  }

  @Test(arguments: [
    ("pattern = 'acme_[a-z'", "character class has no end"),
    ("pattern = 'acme_[a-z]{30000}'", "20000 are the limit"),
    ("checksum = \"md5\"", "is no checksum"),
    ("secret = 2", "no group 2"),
    ("decodes = '('", "“decodes” is not valid"),
  ])
  func `a rule that cannot work is refused`(line: String, message: String) throws {
    let key = line.prefix { $0 != " " }
    let rest = good.split(separator: "\n").filter { !$0.hasPrefix("\(key) ") }
    let sources = try RuleSource.read(file((rest.map(String.init) + [line]).joined(separator: "\n")), file: "acme.toml")
    let error = #expect(throws: RuleProblems.self) { try RuleCompiler.compile(sources, .user) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func `an id is taken once`() throws {
    let sources = try RuleSource.read(file(good + "\n[[rules]]\n" + good), file: "acme.toml")
    let error = #expect(throws: RuleProblems.self) { try RuleCompiler.compile(sources, .user) }
    #expect(error?.description.contains("the id is taken by acme.toml:6") == true)
  }

  @Test func `one name stands for three spellings in the assigned shape`() throws {
    let text = file(
      """
      id = "acme-key"
      name = "Acme key"
      severity = "high"
      category = "cloud"
      [rules.assigned]
      words = ["acme_api"]
      value = '[a-f0-9]{32}'
      """)
    let rules = try RuleCompiler.compile(try RuleSource.read(text, file: "acme.toml"), .user)
    #expect(rules.first?.keywords.map(\.text) == ["acme-api", "acme_api", "acmeapi"])
    #expect(rules.first?.keywords.allSatisfy(\.ignoresCase) == true)
  }
}
