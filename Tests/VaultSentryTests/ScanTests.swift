import SecretModel
import Testing

@testable import VaultSentry

@Suite struct ScanTests {
  @Test func `any number of jobs and every body find the same`() throws {
    let directory = try TemporaryDirectory()
    for index in 0..<200 {
      let noise = String(repeating: "lorem ipsum token api_key \(index)\n", count: index)
      try directory.write(
        "d\(index % 7)/e\(index % 3)/f\(index).txt", noise + "k = \(Sample.token(seed: UInt64(index % 50)))\n")
    }
    let reference = try scan(directory).findings.map { "\($0.location) \($0.rule.id) \($0.fingerprint)" }
    #expect(reference.count == 200)
    for jobs in [2, 3, 8] {
      #expect(
        try scan(directory) { $0.jobs = jobs }.findings.map { "\($0.location) \($0.rule.id) \($0.fingerprint)" }
          == reference)
    }
    for body in PrefilterBody.allCases where body.isAvailable {
      #expect(
        try scan(directory) { $0.prefilterBody = body }.findings.map {
          "\($0.location) \($0.rule.id) \($0.fingerprint)"
        } == reference)
    }
  }

  @Test func `a fingerprint follows the value`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a", "k = \(Sample.token)\n")
    try directory.write("b", "\n\n  other: '\(Sample.token)'\n")
    try directory.write("c", "k = \(Sample.token(seed: 8))\n")
    let prints = try scan(directory).findings.map(\.fingerprint)
    #expect(prints.count == 3)
    #expect(prints[0] == prints[1])
    #expect(prints[0] != prints[2])
    #expect(prints[0].hasPrefix("v1:"))
  }

  @Test func `an excerpt holds neither its own secret nor its neighbour`() throws {
    let directory = try TemporaryDirectory()
    let (first, second) = (Sample.token(seed: 1), Sample.token(seed: 2))
    try directory.write("a", "a=\(first) b=\(second) unknown=Zx81Qw77Rt65Yu54Io\n")
    let findings = try scan(directory).findings
    #expect(findings.count == 2)
    for excerpt in findings.compactMap(\.excerpt) {
      #expect(!excerpt.contains(first.suffix(20)))
      #expect(!excerpt.contains(second.suffix(20)))
      #expect(!excerpt.contains("Zx81Qw77"))
      #expect(excerpt.contains("****"))
    }
  }

  @Test func `paths lower the risk of tests and say why`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("src/a.txt", "k = \(Sample.token)\n")
    try directory.write("tests/a.txt", "k = \(Sample.token)\n")
    let risks = try scan(directory).findings.map(\.risk)
    #expect(risks[0].score == risks[1].score + 20)
    #expect(risks[1].terms.contains { $0.term == "path" && $0.points == -20 })
  }

  @Test func `a cancelled scan says so`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a", "k = \(Sample.token)\n")
    let progress = ScanProgress()
    progress.cancel()
    let request = ScanRequest(targets: [.path(directory.path)], workingDirectory: directory.path)
    let result = try Scan(request, catalogue: .builtin(), progress: progress).run()
    #expect(result.status == .cancelled)
  }

  @Test func `rules can be chosen and added`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("a", "k = \(Sample.token)\nacme_0123abcd4567\n")
    try directory.write(
      "rules/own.toml",
      """
      provider = "Acme"
      homepage = "https://acme.invalid"
      rotate = "https://acme.invalid"
      [[rules]]
      id = "acme-token"
      name = "Acme token"
      severity = "critical"
      category = "cloud"
      keywords = ["acme_"]
      pattern = 'acme_[a-z0-9]{12}'
      """)
    let request = ScanRequest(targets: [.path(directory.path + "/a")], workingDirectory: directory.path)
    let more = try Catalogue.builtin().adding(rulesAt: [directory.path + "/rules"])
    #expect(more.count == Catalogue.builtin().count + 1)
    let found = try Scan(request, catalogue: more).run().findings
    #expect(found.map(\.rule.provider) == ["Slack", "Acme"])
    let one = try more.selecting(enabled: ["acme-token"], disabled: [])
    #expect(try Scan(request, catalogue: one).run().findings.map(\.rule.id) == ["acme-token"])
    #expect(throws: CatalogueError.self) { try more.selecting(enabled: [], disabled: ["no-such-rule"]) }
  }

  @Test func `a rule that reads the lines of some files can be switched off`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".htpasswd", "ann:Kq83hfLz02mQ.\n")
    let request = ScanRequest(targets: [.path(directory.path)], workingDirectory: directory.path)
    func rules(disabled: [String]) throws -> [String] {
      let catalogue = try Catalogue.builtin().selecting(enabled: [], disabled: disabled)
      return try Scan(request, catalogue: catalogue).run().findings.map(\.rule.id)
    }
    #expect(try rules(disabled: []) == ["htpasswd-des-hash"])
    #expect(try rules(disabled: ["htpasswd-des-hash"]) == [])
  }
}
