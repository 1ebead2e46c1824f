import KeywordLint
import RuleCompiler
import Testing

@Suite struct KeywordLintTests {
  private static let corpus = BackgroundCorpus()

  /// Per MB, counted in 260 MB of C, Go, Ruby and Python code and documentation, and not for the vocabulary.
  @Test(arguments: [
    ("access", 62.0), ("address", 111), ("auth", 167), ("client", 218), ("credential", 32), ("data", 740),
    ("default", 265), ("encrypt", 29), ("host", 206), ("https://", 90), ("key", 544), ("license", 145), ("name", 1110),
    ("password", 31), ("read", 410), ("secret", 34), ("server", 182), ("session", 40), ("token", 77), ("user", 197),
    ("value", 626), ("write", 267),
  ])
  func `literals are as frequent in the corpus as in ordinary source`(literal: String, perMB: Double) {
    let measured = Self.corpus.perMB([literal])[literal] ?? 0
    #expect(measured > perMB / 3 && measured < perMB * 3, "\(measured)")
  }

  @Test func `starts of tokens do not stand in it`() {
    let starts: Set = ["akia", "ghp_", "github_pat_", "glpat-", "xoxb-", "sk_live_", "-----begin rsa private"]
    let measured = Self.corpus.perMB(starts)
    #expect(measured.count == starts.count)
    #expect(measured.allSatisfy { $0.value == 0 }, "\(measured)")
  }

  @Test func `it is the same each time`() {
    #expect(Self.corpus.text == BackgroundCorpus().text)
    #expect(Self.corpus.text.count > 2_000_000)
  }

  /// A rule's source whose keyword is to be judged.
  private func rule(_ keyword: String, _ more: String = "") throws -> [RuleSource] {
    let text = """
      provider = "Acme"
      homepage = "https://acme.invalid"
      rotate = "https://acme.invalid/keys"

      [[rules]]
      id = "acme-token"
      name = "Acme token"
      severity = "high"
      category = "cloud"
      keywords = ["\(keyword)"]
      pattern = '\(keyword)[a-z0-9]{20}'
      \(more)
      """
    return try RuleSource.read(Array(text.utf8), file: "acme.toml")
  }

  private func check(_ sources: [RuleSource]) throws {
    try KeywordLint.check(sources, try RuleCompiler.compile(sources, .user), in: Self.corpus)
  }

  @Test(arguments: ["key", "function", "return ", "Err", "self_", "https://", "curl", "v2/", "aaaa"])
  func `careless keywords are refused unless justified`(keyword: String) throws {
    let error = #expect(throws: RuleProblems.self) { try check(try rule(keyword)) }
    let message = error?.description ?? ""
    #expect(message.hasPrefix("acme.toml:5: acme-token: the keyword “\(keyword)” stands "), "\(message)")
    #expect(message.contains("times in a MB of ordinary source"))
    try check(try rule(keyword, "frequent = 'a test'"))
  }

  @Test(arguments: ["acme_", "xyz_live_", "AKZ"])
  func `rare keywords pass`(keyword: String) throws {
    try check(try rule(keyword))
  }
}
