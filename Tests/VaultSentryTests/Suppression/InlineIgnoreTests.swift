import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// Comments beside values. `§` stands for a token in every text.
@Suite struct InlineIgnoreTests {
  private func scan(_ text: String, _ change: (inout SuppressionOptions) -> Void = { _ in }) throws -> ScanResult {
    let directory = try TemporaryDirectory()
    try directory.write("a.txt", text.replacingOccurrences(of: "§", with: Sample.token))
    return try VaultSentryTests.scan(directory) {
      $0.suppression.today = CalendarDate("2026-06-15")
      change(&$0.suppression)
    }
  }

  @Test(arguments: [
    ("k = '§'  # vault-sentry:allow", true), ("k = '§'", false),
    ("k = '§'  // vault-sentry:allow reason=made up", true), ("/* vault-sentry:allow */ k = '§'", true),
    ("<k>§</k><!-- vault-sentry:allow -->", true), ("<k>§</k><!--vault-sentry:allow-->", true),
    (#"{"k": "§", "comment": "vault-sentry:allow"}"#, true), ("k = '§'  # vault-sentry:allowed", false),
    ("k = '§'  # vault-sentry:allow-something", false), ("# vault-sentry:allow\nk = '§'", false),
    ("k = '§'\n# vault-sentry:allow", false), ("# vault-sentry:allow-next-line\nk = '§'", true),
    ("# vault-sentry:allow-next-line\r\nk = '§'\r\n", true), ("# vault-sentry:allow-nextline reason=x\nk = '§'", true),
    ("# vault-sentry:allow-next-line\n\nk = '§'", false), ("# vault-sentry:allow-next-line", false),
    ("# vault-sentry:allow-begin\n\nx\nk = '§'\ny\n# vault-sentry:allow-end", true),
    ("# vault-sentry:allow-begin\nx\n# vault-sentry:allow-end\nk = '§'", false),
    ("k = '§'\n# vault-sentry:allow-begin\nx\n# vault-sentry:allow-end", false),
    ("# vault-sentry:allow-begin\nk = '§'", false), ("k = '§'\n# vault-sentry:allow-end", false),
    (
      "# vault-sentry:allow-begin\n# vault-sentry:allow-begin\n# vault-sentry:allow-end\nk = '§'\n# vault-sentry:allow-end",
      true
    ),
    ("k = '§'  # vault-sentry:allow rule=slack-bot-token", true),
    ("k = '§'  # vault-sentry:allow rule=other,slack-bot-token until=2026-06-15", true),
    ("k = '§'  # vault-sentry:allow rule=other", false), ("k = '§'  # vault-sentry:allow until=2026-06-15", true),
    ("k = '§'  # vault-sentry:allow until=2026-06-14", false), ("k = '§'  # vault-sentry:allow until=soon", false),
    ("k = '§'  # vault-sentry:allow until=2026-02-30", false), ("k = '§'  # gitleaks:allow", true),
    ("k = '§'  # betterleaks:allow", true), ("k = '§'  # trufflehog:ignore", true),
    ("k = '§'  # pragma: allowlist secret", true), ("# pragma: allowlist nextline secret\nk = '§'", true),
    ("# pragma: allowlist secret\nk = '§'", false), ("k = '§'  # nosec", true), ("k = '§'  #nosec B105", true),
    ("k = '§'  // nosec", true), ("nosec = '§'", false), ("k = '§'  # nosecret", false), ("k = '§'  nosec", false),
    ("k = 'x'  # nosec\nk = '§'", false),
  ])
  func `a comment is for its own lines alone`(text: String, isSuppressed: Bool) throws {
    let result = try scan(text)
    #expect(result.findings.count == (text.contains("§") ? 1 : 0))
    #expect(result.findings.contains { $0.suppression?.kind == .inline } == isSuppressed)
    #expect(result.activeFindings.isEmpty == (isSuppressed || !text.contains("§")))
  }

  @Test func `comments can be made to count for nothing`() throws {
    let (own, foreign) = ("k = '§'  # vault-sentry:allow", "k = '§'  # gitleaks:allow")
    #expect(try scan(own) { $0.honoursInline = false }.activeFindings.count == 1)
    #expect(try scan(foreign) { $0.honoursInline = false }.activeFindings.count == 1)
    #expect(try scan(own) { $0.honoursOtherScanners = false }.activeFindings.isEmpty)
    #expect(try scan(foreign) { $0.honoursOtherScanners = false }.activeFindings.count == 1)
  }

  @Test(arguments: [
    ("k = '§'  # vault-sentry:allow until=2027-01-31 reason=Test server", "Test server"),
    ("k = '§'  /* vault-sentry:allow reason=Test server */ x", "Test server"),
    ("k = '§'  # vault-sentry:allow reason=\"Test \" until=2027-01-31", "Test "),
    ("/* vault-sentry:allow */ k = '§'", "the comment “vault-sentry:allow” beside it"),
    ("k = '§'  # nosec", "the comment “nosec” beside it"),
    ("# vault-sentry:allow reason=it is § or k1k2k3k4k5k6k7k8k9k0 k = '§'", "it is **** or **** k = '****'"),
  ])
  func `the reason is kept, without the value`(text: String, reason: String) throws {
    let finding = try #require(try scan(text).findings.first)
    #expect(finding.suppression?.reason == reason)
    #expect(finding.status == .ignored)
  }

  @Test(arguments: [
    ("x\nk = '§'  # vault-sentry:allow until=2026-06-14", "2 expired", "2 expired"),
    ("k = '§'  # vault-sentry:allow until=soon", "1 invalid", "1 invalid"),
    ("# vault-sentry:allow-begin\nk = '§'", "1 invalid", "1 invalid"),
    ("k = '§'  # vault-sentry:allow", "", ""), ("nothing\n# vault-sentry:allow", "", "2 unused"),
    ("k = '§'  # vault-sentry:allow rule=other", "", "1 unused"), ("# nosec\n# gitleaks:allow", "", ""),
    ("# vault-sentry:allow-begin", "", "1 invalid"),
  ])
  func `what does not count is told`(text: String, notes: String, withUnused: String) throws {
    let told = { (result: ScanResult) in
      result.suppressionNotes.map { "\($0.line) \($0.kind)" }.joined(separator: ", ")
    }
    #expect(told(try scan(text)) == notes)
    #expect(told(try scan(text) { $0.tellsUnused = true }) == withUnused)
  }

  @Test func `a key of several lines is known by its last line's comment or the one before it`() throws {
    let body = (0..<12).map { Sample.letters(64, seed: $0) }.joined(separator: "\n")
    let key = "-----BEGIN RSA " + "PRIVATE KEY-----\n\(body)\n-----END RSA " + "PRIVATE KEY-----"
    try #require(try !scan(key).activeFindings.isEmpty)
    #expect(try scan(key + " # vault-sentry:allow").activeFindings.isEmpty)
    #expect(try scan("# vault-sentry:allow-next-line\n" + key).activeFindings.isEmpty)
  }

  @Test func `staged files and history know comments, too`() throws {
    let repository = try TestRepository()
    try repository.directory.write("a.txt", "k = '\(Sample.token)'  # vault-sentry:allow\n")
    try repository.git("add", ".")
    #expect(try repository.scan(.staged).findings.map { $0.suppression?.kind } == [.inline])
    try repository.commit("one")
    try repository.remove("a.txt")
    try repository.commit("two")
    let history = try repository.scan(.history, repository.directory.path) { $0.suppression.tellsUnused = true }
    #expect(history.findings.map { $0.suppression?.kind } == [.inline])
    #expect(history.suppressionNotes.isEmpty)
  }

  @Test func `many comments and findings on one line take no long time`() throws {
    let text = String(repeating: "k='§' /* vault-sentry:allow rule=x */ ", count: 3_000)
    #expect(try scan(text).activeFindings.count == 3_000)
  }
}
