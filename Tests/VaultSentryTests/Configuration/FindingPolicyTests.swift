import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// What the configuration makes of findings and rules.
@Suite struct FindingPolicyTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try directory.write("src/a.txt", "api_token = '\(Sample.token)'\n")
    try directory.write("tests/b.txt", "test_token: Bearer \(Sample.token(seed: 8))\n")
  }

  private func scan(_ toml: String, target: String = "", _ change: (inout ScanRequest) -> Void = { _ in }) throws
    -> ScanResult
  {
    try directory.write(".vault-sentry.toml", toml)
    let target = ScanTarget.path(directory.path + target)
    var sources = SettingsSources(
      place: ProjectPlace(targets: [.path(directory.path)], workingDirectory: directory.path),
      workingDirectory: directory.path)
    sources.environment = [:]
    let settings = try Settings(sources)
    var request = ScanRequest(targets: [target], workingDirectory: directory.path)
    request.settings = settings
    request.suppression.today = CalendarDate("2026-06-15")
    change(&request)
    return try Scan(request, catalogue: .builtin().applying(settings)).run()
  }

  private func active(_ result: ScanResult) -> [String] {
    result.activeFindings.map { String($0.location.path.text.dropFirst(directory.path.count + 1)) }
  }

  @Test(arguments: [
    ("path = 'tests/**'", ["src/a.txt"]), ("path = ['*.md', 'b.txt']", ["src/a.txt"]),
    ("path = 'a.txt'", ["tests/b.txt"]),
    ("path = '/tmp/**'", ["src/a.txt", "tests/b.txt"]), ("name = '^test_'", ["src/a.txt"]),
    ("name = '(?i)^API'", ["tests/b.txt"]), ("name = '^Bearer'", ["src/a.txt", "tests/b.txt"]),
    ("value = '^xo+xb-'", []), ("value = 'no such'", ["src/a.txt", "tests/b.txt"]),
    ("value = '^x'\npath = 'src/*'", ["tests/b.txt"]),
    ("value = '^x'\nname = 'api'\npath = 'tests/*'", ["src/a.txt", "tests/b.txt"]),
    ("rule = 'slack-bot-token'\npath = '**'", []),
    ("rule = 'named-password'\npath = '**'", ["src/a.txt", "tests/b.txt"]),
    ("until = '2026-06-15'\npath = '**'", []), ("until = '2026-06-14'\npath = '**'", ["src/a.txt", "tests/b.txt"]),
    // Backtracks without end; reaching the limit allows nothing.
    ("value = '^(([a-zA-Z0-9-])+)+!$'", ["src/a.txt", "tests/b.txt"]),
  ])
  func `everything that an entry names has to fit`(entry: String, left: [String]) throws {
    let result = try scan("[[allow]]\n\(entry)\nreason = 'made up'\n")
    #expect(active(result) == left)
    for finding in result.findings where finding.suppression != nil {
      #expect(finding.suppression?.kind == .configuration)
      #expect(finding.suppression?.reason == "made up")
      #expect(finding.suppression?.place?.hasSuffix(".vault-sentry.toml:1") == true)
    }
  }

  @Test func `values are allowed by their fingerprints`() throws {
    let fingerprint = try #require(try scan("").findings.first?.fingerprint)
    #expect(active(try scan("[[allow]]\nfingerprint = '\(fingerprint.prefix(20))'\nreason = 'x'\n")) == ["tests/b.txt"])
  }

  @Test(arguments: ["", "/tests", "/tests/b.txt"])
  func `patterns start at the project's file, whatever is scanned`(target: String) throws {
    let result = try scan("[[allow]]\npath = 'tests/b.txt'\nreason = 'x'\n", target: target)
    #expect(result.findings.filter { $0.suppression != nil }.count == 1)
  }

  @Test func `allowances that ended or hide nothing are told`() throws {
    let toml = "[[allow]]\npath = '**'\nreason = 'x'\nuntil = '2026-01-01'\n[[allow]]\npath = 'no/*'\nreason = 'x'\n"
    let notes = { (result: ScanResult) in result.suppressionNotes.map { "\($0.line) \($0.kind)" } }
    #expect(notes(try scan(toml)) == ["1 expired"])
    #expect(Set(notes(try scan(toml) { $0.suppression.tellsUnused = true })) == ["1 expired", "1 unused", "5 unused"])
  }

  @Test func `a path has its own level, with a term that says so`() throws {
    let toml = """
      [[path-severity]]
      path = "**"
      severity = "medium"
      [[path-severity]]
      path = "tests/**"
      severity = "info"
      rule = "slack-bot-token"
      """
    let result = try scan(toml)
    #expect(result.findings.map(\.risk.level) == [.medium, .info])
    for finding in result.findings {
      #expect(finding.risk.terms.reduce(0) { $0 + $1.points } == finding.risk.score)
      #expect(finding.risk.terms.last?.term == "configuration")
    }
  }

  @Test func `a rule has another severity, or is not used`() throws {
    #expect(try scan("[rule.slack-bot-token]\nseverity = 'low'\n").findings.map(\.rule.severity) == [.low, .low])
    for off in [
      "[rule.slack-bot-token]\nenabled = false\n", "disable = ['slack-bot-token']\n", "enable = ['named-password']\n",
    ] {
      #expect(!(try scan(off).findings.contains { $0.rule.id == "slack-bot-token" }))
    }
    #expect(
      try scan("enable = ['slack-bot-token']\n[rule.slack-bot-token]\nseverity = 'info'\n").findings.map(
        \.rule.severity) == [.info, .info])
  }

  @Test(arguments: [
    "[rule.slack-bot-tokn]\nseverity = 'low'", "disable = ['slack-bot-tokn']", "enable = ['slack-bot-tokn']",
    "[[allow]]\nrule = 'slack-bot-tokn'\npath = 'x'\nreason = 'x'",
    "[[path-severity]]\nrule = 'slack-bot-tokn'\npath = 'x'\nseverity = 'low'",
  ])
  func `a rule that is not there is an error`(toml: String) throws {
    let error = #expect(throws: CatalogueError.self) { try scan(toml) }
    #expect(error?.description.hasPrefix(".vault-sentry.toml:1: ") == true)
    #expect(error?.description.contains("did you mean “slack-bot-token”?") == true)
  }

  @Test func `rules of one's own stand in the file`() throws {
    try directory.write("src/c.txt", "acme_" + "k3j4h5g6f7d8s9a0q1w2\n")
    let toml = """
      [[rules]]
      id = "acme-token"
      name = "Acme token"
      severity = "high"
      category = "devtools"
      keywords = ["acme_"]
      pattern = 'acme_[a-z0-9]{20}\\b'
      [[rules.match]]
      text = "x = «acme_‹›k3j4h5g6f7d8s9a0q1w2»"
      [[rules.no_match]]
      text = "x = acme_‹›k3j4h5g6f7d8s9a0q1w2"
      why = "it is found, so that the check fails"
      """
    #expect(try scan(toml).findings.contains { $0.rule.id == "acme-token" && $0.rule.provider == "Custom" })
    let settings = try Settings(
      SettingsSources(
        place: ProjectPlace(targets: [.path(directory.path)], workingDirectory: directory.path),
        workingDirectory: directory.path))
    let failures = try settings.ruleExampleFailures()
    #expect(failures.count == 1)
    #expect(failures.first?.hasPrefix(".vault-sentry.toml:10: acme-token: the no_match example") == true)
  }

  @Test(arguments: [
    ("a.b-c = '", "a.b-c"), ("\"key\": \"", "key"), ("x(key=", "key"), ("<secret>", "secret"),
    ("Authorization: Bearer ", "Authorization"),
    ("", ""), ("word ", ""), ("a = 1\n", ""), ("k: >\n  ", ""),
  ])
  func `a value's name stands before its operator`(before: String, name: String) {
    let bytes = Array((before + "VALUE").utf8)
    bytes.withUnsafeBytes { bytes in
      let range = Identifier.range(before: before.utf8.count, in: bytes)
      #expect(String(decoding: bytes[range], as: UTF8.self) == name)
    }
  }
}
