import Foundation
import Testing

/// Comments and ignore files as users meet them.
@Suite struct SuppressionCommandTests {
  private let place: CommandDirectory
  private let token = CommandDirectory.token

  init() throws { place = try CommandDirectory() }

  private func fingerprint() throws -> String {
    let report = try place.run(["scan", "--no-inline-ignores", "--no-project-config", "-f", "json"]).output
    let match = try #require(report.firstMatch(of: /"fingerprint" : "(v1:[a-z2-7]{52})"/))
    return String(match.1)
  }

  @Test func `a comment keeps a finding from failing the run, and the report counts it`() throws {
    try place.write("a.txt", "key = \(token)  # vault-sentry:allow reason=made up\n")
    let run = try place.run(["scan"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("No credentials found; 1 suppressed (1 by comments). Scanned"))
    #expect(try place.run(["scan", "--no-inline-ignores"]).status == 1)
    #expect(try place.run(["scan", "--exit-code", "--severity", "low"]).status == 0)
    #expect(try place.run(["scan", "-"], input: "key = \(token)  # gitleaks:allow\n").status == 0)
    #expect(
      try place.run(["scan", "-", "--no-foreign-ignores"], input: "key = \(token)  # gitleaks:allow\n").status == 1)
  }

  @Test func `JSON and SARIF say why`() throws {
    try place.write("a.txt", "key = \(token)  # vault-sentry:allow until=2999-01-31 reason=made up\n")
    try place.write("b.txt", "key = \(CommandDirectory.otherToken)\n")
    let json = try place.run(["scan", "-f", "json"]).output
    for part in [
      #""kind" : "inline""#, #""reason" : "made up""#, #""until" : "2999-01-31""#, #""status" : "ignored""#,
      #""secrets_found" : 1"#, #""secrets_suppressed" : 1"#, #""critical" : 1"#,
    ] { #expect(json.contains(part), "\(part)") }
    let sarif = try place.run(["scan", "-f", "sarif"]).output
    #expect(sarif.contains(#""kind" : "inSource""#))
    #expect(sarif.contains(#""justification" : "made up (until 2999-01-31)""#))
    // All results tell of suppressions, or none does.
    #expect(sarif.contains(#""suppressions" : [\n\n"#.replacingOccurrences(of: "\\n", with: "\n")))
    let junit = try place.run(["scan", "-f", "junit"]).output
    #expect(junit.contains(#"<skipped message="made up"/>"#))
  }

  @Test func `the ignore file names known values`() throws {
    try place.write("src/a.txt", "key = \(token)\n")
    let fingerprint = try fingerprint()
    try place.write(".vault-sentry-ignore", "\(fingerprint)  reason=made up\n")
    #expect(try place.run(["scan"]).status == 0)
    #expect(try place.run(["scan", "--no-project-config"]).status == 1)
    #expect(try place.run(["scan", "."], in: "src").status == 1)
    try place.git(["init", "--quiet"])
    #expect(try place.run(["scan", "."], in: "src").status == 0)
    try place.git(["add", "src"])
    #expect(try place.run(["scan", "--staged"]).status == 0)
    try place.write(".vault-sentry-ignore", "\(fingerprint)  until=2020-01-01\n")
    let expired = try place.run(["scan"])
    #expect(expired.status == 1)
    #expect(
      expired.output.contains("  .vault-sentry-ignore:1: the ignore of \(fingerprint.prefix(19)) ended on 2020-01-01\n")
    )
    let json = try place.run(["scan", "-f", "json"])
    #expect(json.error.contains("vault-sentry: .vault-sentry-ignore:1: the ignore of"))
    #expect(json.output.contains(#""kind" : "expired""#))
  }

  @Test func `a wrong ignore file is an error with its place`() throws {
    try place.write(".vault-sentry-ignore", "# known\nsrc/a.txt\n")
    let run = try place.run(["scan"])
    #expect(run.status == 2)
    #expect(run.error.hasPrefix("vault-sentry: .vault-sentry-ignore:2: a line begins with a finding's fingerprint"))
    try place.write("elsewhere", "")
    try FileManager.default.removeItem(atPath: place.path + "/.vault-sentry-ignore")
    try FileManager.default.createSymbolicLink(
      atPath: place.path + "/.vault-sentry-ignore", withDestinationPath: "elsewhere")
    #expect(try place.run(["scan"]).error.contains("is a symbolic link, which is not followed"))
  }

  @Test func `ignores that hide nothing are told when asked, and can fail the run`() throws {
    try place.write("a.txt", "x\n# vault-sentry:allow\n")
    #expect(try place.run(["scan"]).output.hasPrefix("No credentials found. "))
    let told = try place.run(["scan", "--report-unused-ignores"])
    #expect(told.status == 0)
    #expect(told.output.contains("  a.txt:2: vault-sentry:allow hides nothing\n"))
    #expect(try place.run(["scan", "--fail-on-unused-ignores"]).status == 1)
  }

  @Test func `a baseline hides what was there and nothing else`() throws {
    try place.write("src/a.txt", "key = \(token)\n")
    #expect(try place.run(["scan", "--baseline", "known"]).error.contains("--update-baseline writes it"))
    let written = try place.run(["scan", "--baseline", "known", "--update-baseline"])
    #expect(written.status == 0)
    #expect(written.error == "known: 1 known, 0 before\n")
    #expect(written.output.hasPrefix("No credentials found; 1 suppressed (1 by the baseline). Scanned"))
    #expect(!(try place.read("known").contains(token.suffix(10))))
    try place.write("src/b.txt", "other = \(CommandDirectory.otherToken)\n")
    let run = try place.run(["scan", "--baseline", "known"])
    #expect(run.status == 1)
    #expect(run.output.contains("src/b.txt:1:9"))
    #expect(!run.output.contains("src/a.txt"))
    // A part of the tree adds; the whole without the first file takes it out only when asked.
    try FileManager.default.removeItem(atPath: place.path + "/src/a.txt")
    #expect(try place.run(["scan", "src", "--baseline", "known", "--update-baseline"]).error.contains("2 known"))
    #expect(try place.run(["scan", "--baseline", "known", "--prune-baseline"]).error == "known: 1 known, 2 before\n")
    #expect(try place.run(["scan", "--baseline", "known"]).status == 0)
  }

  @Test(arguments: [
    (["--update-baseline"], "want to know the file"),
    (["--baseline", "other", "--update-baseline"], "is not a baseline"),
    (["--baseline", "link", "--update-baseline"], "is a symbolic link"), (["--baseline", "."], "is not a file"),
    (["--baseline", "known", "--prune-baseline", "--staged"], "a change is a part"),
  ])
  func `no other file is taken for a baseline or written over`(arguments: [String], message: String) throws {
    try place.write("other", "precious\n")
    try place.write("known", "# vault-sentry baseline 1\n")
    try FileManager.default.createSymbolicLink(atPath: place.path + "/link", withDestinationPath: "known")
    let run = try place.run(["scan"] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(try place.read("other") == "precious\n")
  }

  @Test func `a scan that is not complete takes nothing out`() throws {
    try place.write("known", "# vault-sentry baseline 1\nv1:\(String(repeating: "a", count: 52)) x\n")
    let before = try place.read("known")
    let run = try place.run(["scan", "known", "/proc/self/mem", "--baseline", "known", "--prune-baseline"])
    #expect(run.status == 3)
    #expect(try place.read("known") == before)
  }
}
