import Foundation
import Testing

/// `vault-sentry report` as its users run it.
@Suite struct ReportCommandTests {
  private let workspace: CommandDirectory

  /// `out.json` is the report on two files with three places of two tokens.
  init() throws {
    workspace = try CommandDirectory()
    try workspace.write("src/a.env", "A=\(CommandDirectory.token)\nB=\(other)\n")
    try workspace.write("tests/b.txt", "key = \(CommandDirectory.token)\n")
    try #require(try report("scan", ".", "-f", "json", "-o", "out.json").status == 1)
  }

  /// Of the same kind as the workspace's token.
  private let other = "xo" + "xb-" + "582910573864" + "-" + "3840193857261" + "-" + "bZ3kQ9mW2xR7tY5uP1oL8vNc"

  private func report(_ arguments: String..., input: String = "") throws -> CommandRun {
    try workspace.run(arguments, input: input)
  }

  private func findings(_ text: String) throws -> [[String: Any]] {
    let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(root["findings"] as? [[String: Any]])
  }

  private func read(_ name: String) throws -> String {
    try String(contentsOfFile: workspace.path + "/" + name, encoding: .utf8)
  }

  @Test(arguments: ["json", "jsonl", "csv", "junit", "gitlab", "codequality", "github", "markdown", "html"])
  func `a converted report is what the scan would have written`(format: String) throws {
    try workspace.write(".gitignore", "out.json\n")
    let scan = try report("scan", ".", "-f", "json=out.json", "-f", format)
    #expect(try report("report", "convert", "out.json", "-f", format).output == scan.output)
    #expect(!scan.output.contains(other.suffix(20)))
  }

  @Test func `JSON lines and standard input are read`() throws {
    let lines = try report("report", "convert", "out.json", "-f", "jsonl").output
    #expect(try report("report", "convert", "-", input: lines).output == read("out.json"))
  }

  @Test func `SARIF keeps places, fingerprints and masks`() throws {
    _ = try report("report", "convert", "out.json", "-o", "out.sarif")
    let before = try findings(read("out.json"))
    let after = try findings(try report("report", "convert", "out.sarif", "-f", "json").output)
    #expect(before.count == 3)
    for key in [
      "fingerprint", "file_path", "masked_value", "rule_id", "type", "provider", "category", "risk_level", "proof",
      "rule_severity",
    ] {
      #expect(before.map { $0[key] as? String } == after.map { $0[key] as? String }, "\(key)")
    }
    for key in ["line_number", "column", "end_line", "end_column", "byte_offset", "byte_length", "risk_score"] {
      #expect(before.map { $0[key] as? Int } == after.map { $0[key] as? Int }, "\(key)")
    }
  }

  @Test(
    arguments: [
      (["--path", "src/"], 2), (["--path", "*.txt"], 1), (["--path", "nowhere"], 0),
      (["--rule", "slack-bot-token"], 3),
      (["--rule", "x"], 0), (["--provider", "slack"], 3), (["--provider", "x"], 0), (["--status", "active"], 3),
      (["--status", "resolved"], 0), (["--severity", "critical"], 2), (["--path", "src", "--path", "tests"], 3),
    ] as [([String], Int)])
  func `parts of a report can be chosen`(filter: [String], count: Int) throws {
    let converted = try workspace.run(["report", "convert", "out.json"] + filter)
    #expect(try findings(converted.output).count == count)
    let shown = try workspace.run(["report", "show", "out.json"] + filter)
    #expect(shown.status == 0)
    #expect(shown.output.components(separatedBy: "  Why    ").count - 1 == count)
  }

  @Test func `show is the scan's report`() throws {
    let shown = try report("report", "show", "out.json").output
    #expect(shown.contains("src/a.env:1:3\n         A=xoxb-****8vNb\n"))
    #expect(try report("report", "show", "out.json", "--color", "always").output.contains("\u{1B}["))
  }

  @Test func `summary counts`() throws {
    let text = try report("report", "summary", "out.json").output
    #expect(text.hasPrefix("3 findings in 2 files; 2 different values\n"))
    for line in ["  2  critical\n", "  3  slack-bot-token\n", "  2  src/a.env\n", "  3  active\n", "  3  Slack\n"] {
      #expect(text.contains(line), "\(line)")
    }
  }

  @Test func `secrets are written only when asked for`() throws {
    _ = try report("scan", ".", "-f", "json", "--show-secrets", "-o", "open.json")
    let masked = try report("report", "convert", "open.json").output
    #expect(!masked.contains(other))
    #expect(try findings(masked).allSatisfy { $0["secret"] == nil })
    #expect(try report("report", "convert", "open.json", "--show-secrets").output.contains(other))
    #expect(!(try report("report", "show", "open.json").output.contains(other)))
    #expect(try report("report", "validate", "open.json").output.contains("3 secrets written out"))
  }

  @Test func `a report of gitleaks is read, its secrets are masked`() throws {
    try workspace.write(
      "gitleaks.json",
      """
      [{"RuleID": "acme", "Description": "Acme key", "StartLine": 4, "EndLine": 4, "StartColumn": 2, "EndColumn": 33,
        "Match": "k=\(other)", "Secret": "\(other)", "File": "a/b.txt", "Commit": "\(String(repeating: "ab", count: 20))",
        "Entropy": 3.5, "Author": "Ann", "Email": "a@x.invalid", "Date": "2026-01-02T03:04:05Z", "Message": "m",
        "Tags": [], "Fingerprint": "x"},
       {"RuleID": "acme", "StartLine": 1, "File": "c", "Secret": "REDACTED", "Fingerprint": "c:acme:1"}]
      """)
    let run = try report("report", "convert", "gitleaks.json")
    let all = try findings(run.output)
    #expect(!run.output.contains(other))
    #expect(all.map { $0["file_path"] as? String } == ["a/b.txt", "c"])
    #expect(all.map { $0["masked_value"] as? String } == ["****8vNc", "****"])
    #expect(all.map { $0["end_column"] as? Int } == [34, 2])
    #expect((all[0]["history"] as? [String: Any])?["date"] as? String == "2026-01-02T03:04:05Z")
    #expect(Set(all.compactMap { $0["fingerprint"] as? String }).count == 2)
    #expect(try report("report", "show", "gitleaks.json").output.contains("reported by gitleaks.\n"))
  }

  @Test func `SARIF of another tool is read, its texts are not`() throws {
    try workspace.write(
      "other.sarif",
      """
      {"version": "2.1.0", "runs": [{
        "tool": {"driver": {"name": "Other", "version": "3", "rules": [
          {"id": "r1", "shortDescription": {"text": "First"}, "properties": {"security-severity": "9.8"}},
          {"id": "r2", "defaultConfiguration": {"level": "note"}}]}},
        "originalUriBaseIds": {"ROOT": {"uri": "file:///w%20x/"}},
        "results": [
          {"ruleId": "r1", "ruleIndex": 0, "message": {"text": "\(other)"}, "locations": [{"physicalLocation": {
             "artifactLocation": {"uri": "a%20b.txt", "uriBaseId": "ROOT"},
             "region": {"startLine": 3, "startColumn": 5, "snippet": {"text": "\(other)"}}}}],
           "properties": {"masked_value": "\(other)"}},
          {"ruleId": "r2", "message": {"text": "m"}, "locations": [{"physicalLocation": {
             "artifactLocation": {"uri": "file:///w%20x/c"}}}], "suppressions": [{"kind": "inSource"}]},
          {"ruleId": "r1", "kind": "pass", "message": {"text": "m"}}]}]}
      """)
    let run = try report("report", "convert", "other.sarif", "-f", "json")
    let all = try findings(run.output)
    #expect(!run.output.contains(other))
    #expect(all.map { $0["file_path"] as? String } == ["a b.txt", "c"])
    #expect(all.map { $0["risk_level"] as? String } == ["critical", "low"])
    #expect(all.map { $0["status"] as? String } == ["active", "ignored"])
    #expect(all[0]["line_number"] as? Int == 3)
  }

  @Test(
    arguments: [
      ("", "standard input: is empty"), (" \n", "is empty"), ("{\"a\": 1}\n", "1:1: is JSON, but no report"),
      ("[1]", "is JSON, but no report"),
      ("{\"schema_version\": 1,\n \"tool\"", "2:8: ends in the middle of the report"),
      ("{\"schema_version\": 1,\n \"tool\": x}", "2:10: is no JSON"),
      ("{\"schema_version\": 2}", "use a newer vault-sentry"),
      ("{\"schema_version\": 1}", "1:1: lacks"), ("[{\"RuleID\": 5}]", "[0].RuleID has to be a text, but is a number"),
      ("{\"type\": \"finding\", \"finding\": {}}\n", "was not written to its end"), ("\u{FEFF}key = 1", "is no JSON"),
      ("{\"runs\": [{\"results\": 1}]}", "runs[0] lacks “tool”"), (String(repeating: "[", count: 9_000), "is no JSON"),
    ])
  func `what is no report is refused with its place and a way out`(text: String, message: String) throws {
    for command in ["show", "convert", "summary"] {
      let run = try report("report", command, "-", input: text)
      #expect(run.status == 2)
      #expect(run.output == "")
      #expect(run.error.contains(message), "\(run.error)")
    }
    #expect(try report("report", "validate", "-", input: text).status == 1)
  }

  @Test func `a missing report is named`() throws {
    let run = try report("report", "show", "nowhere.json")
    #expect(run.status == 2)
    #expect(run.error == "vault-sentry: nowhere.json: No such file or directory; give the file of a report, or “-”\n")
  }

  @Test(
    arguments: [
      ("\"risk_score\" : 9", "\"risk_score\" : 8", "findings[0].risk_score has to be the sum of risk_terms"),
      ("\"secrets_found\" : 3", "\"secrets_found\" : 4", "scan.secrets_found has to be 3"),
      ("\"critical\" : 2", "\"critical\" : 1", "summary.critical has to be 2"),
      ("\"seen\" : ", "\"seen\" : 5", "coverage does not add up"),
      ("\"line_number\" : 1", "\"line_number\" : \"1\"", "line_number has to be a whole number, but is a text"),
      ("src/a.env", "z", "is out of order"),
    ])
  func `validate finds what does not agree`(text: String, change: String, problem: String) throws {
    #expect(try report("report", "validate", "out.json").output == "out.json: JSON report, 3 findings\n")
    let whole = try read("out.json")
    let range = try #require(whole.range(of: text))
    try workspace.write("bad.json", whole.replacingCharacters(in: range, with: change))
    let run = try report("report", "validate", "bad.json")
    #expect(run.status == 1)
    #expect(run.error.contains(problem), "\(run.error)")
    #expect(run.error.hasPrefix("bad.json:"))
  }

  // MARK: - Two reports

  @Test func `diff tells new, fixed, moved and unchanged`() throws {
    let same = try report("report", "diff", "out.json", "out.json")
    #expect(same.status == 0)
    #expect(same.output == "0 new, 0 fixed, 0 moved, 3 unchanged.\n")
    try workspace.write("src/a.env", "\n\nA=\(CommandDirectory.token)\n")
    try FileManager.default.removeItem(atPath: workspace.path + "/tests/b.txt")
    try workspace.write("lib/c.txt", "key = \(CommandDirectory.token)\nkey = \(third)\n")
    _ = try report("scan", ".", "-f", "json", "-o", "new.json")
    let run = try report("report", "diff", "out.json", "new.json")
    #expect(run.status == 1)
    #expect(
      run.output == """
        NEW 1
          critical  lib/c.txt:2:7  Slack bot token xoxb-****8vNd

        FIXED 1
          critical  src/a.env:2:3  Slack bot token xoxb-****8vNc

        MOVED 1
          critical  tests/b.txt:1:7 -> lib/c.txt:1:7  Slack bot token xoxb-****8vNb

        1 new, 1 fixed, 1 moved, 1 unchanged.

        """)
    #expect(try report("report", "diff", "out.json", "new.json", "--fail-on", "none").status == 0)
    let only = try report("report", "diff", "out.json", "new.json", "-f", "json")
    #expect(only.status == 1)
    #expect(try findings(only.output).map { $0["file_path"] as? String } == ["lib/c.txt"])
    #expect(try report("report", "diff", "new.json", "new.json", "-f", "json").status == 0)
  }

  @Test func `decisions hold in a diff, but what was resolved and is back is new`() throws {
    let path = ["--path", "tests/", "--by", "Ann"]
    try workspace.write("empty/x", "")
    _ = try report("scan", "empty", "-f", "json", "-o", "empty.json")
    for (status, exit, counts) in [
      ("ignored", 0, "0 new, 0 fixed, 0 moved, 3 unchanged.\n"),
      ("resolved", 1, "1 new, 0 fixed, 0 moved, 2 unchanged.\n"),
    ] as [(String, Int32, String)] {
      _ = try workspace.run(
        ["report", "triage", "out.json", "--set", status, "--reason", "r", "-o", "old.json"] + path)
      let run = try report("report", "diff", "old.json", "out.json")
      #expect(run.status == exit, "\(status)")
      #expect(run.output.hasSuffix(counts), "\(run.output)")
    }
    #expect(
      try report("report", "diff", "old.json", "empty.json").output.contains("0 new, 2 fixed, 0 moved, 0 unchanged.\n"))
    _ = try workspace.run(["report", "triage", "out.json", "--set", "ignored", "--reason", "r"] + path)
    #expect(try report("report", "diff", "empty.json", "out.json", "--fail-on", "high").status == 1)
    #expect(try report("report", "convert", "out.json", "--path", "tests/", "-o", "tests.json").status == 0)
    #expect(try report("report", "diff", "empty.json", "tests.json", "--fail-on", "info").status == 0)
  }

  @Test func `merge has each finding once`() throws {
    _ = try report("report", "convert", "out.json", "-o", "out.sarif")
    _ = try report("scan", "src", "-f", "json", "-o", "src.json")
    let merged = try report("report", "merge", "out.json", "src.json", "out.json", "-o", "all.json")
    #expect(merged.status == 0)
    #expect(try findings(read("all.json")).count == 3)
    #expect(try report("report", "validate", "all.json").status == 0)
    #expect(
      try report("report", "merge", "out.json").output
        == read("out.json").replacingScanID(in: report("report", "merge", "out.json").output))
    #expect(try report("report", "merge").status == 2)
    #expect(try report("report", "merge", "out.json", "nowhere").status == 2)
  }

  @Test func `merge keeps the paths of other directories apart, and decisions`() throws {
    try workspace.write("other/src/a.env", "A=\(CommandDirectory.token)\n")
    _ = try workspace.run(["scan", ".", "-f", "json", "-o", "../other.json"], in: "other")
    let merged = try findings(try report("report", "merge", "out.json", "other.json").output)
    #expect(merged.count == 4)
    #expect(merged.allSatisfy { ($0["file_path"] as? String)?.hasPrefix("/") == true })
    _ = try report(
      "report", "triage", "out.json", "--set", "ignored", "--reason", "r", "--by", "Ann", "--all", "-o", "decided.json")
    for order in [["out.json", "decided.json"], ["decided.json", "out.json"]] {
      let all = try findings(try workspace.run(["report", "merge"] + order).output)
      #expect(all.map { $0["status"] as? String } == ["ignored", "ignored", "ignored"])
    }
  }

  // MARK: - Decisions

  @Test func `triage writes who and why, once`() throws {
    let arguments = [
      "report", "triage", "out.json", "--set", "false_positive", "--reason", "made up", "--path", "tests/",
    ]
    let run = try workspace.run(arguments, environment: ["USER": "ann"])
    #expect(run.status == 0)
    #expect(run.error == "1 of 3 findings changed\n")
    let first = try read("out.json")
    let decided = try #require(try findings(first).first { $0["status"] as? String == "false_positive" })
    let triage = try #require(decided["triage"] as? [String: Any])
    #expect(triage["by"] as? String == "ann")
    #expect(triage["reason"] as? String == "made up")
    #expect(triage["date"] as? String != nil)
    #expect(try report("report", "validate", "out.json").status == 0)
    let mode = try FileManager.default.attributesOfItem(atPath: workspace.path + "/out.json")[.posixPermissions]
    #expect(mode as? Int == 0o600)
    Thread.sleep(forTimeInterval: 1.1)
    #expect(try workspace.run(arguments, environment: ["USER": "ann"]).error == "0 of 3 findings changed\n")
    #expect(try read("out.json") == first)
    let shown = try report("report", "show", "out.json").output
    #expect(shown.contains("2 findings (2 critical) in 1 file; 1 suppressed (1 set aside in the report)"))
    #expect(
      try report("report", "show", "out.json", "--status", "false_positive").output.contains(
        "  Status false positive: made up (ann)\n"))
    #expect(try report("report", "triage", "out.json", "--set", "active", "--all").error == "1 of 3 findings changed\n")
    #expect(try findings(read("out.json")).allSatisfy { $0["triage"] == nil && $0["status"] as? String == "active" })
  }

  @Test func `triage goes by a part of the fingerprint, and from report to report`() throws {
    let fingerprint = try #require(try findings(read("out.json"))[1]["fingerprint"] as? String)
    let id = String(fingerprint.dropFirst(3).prefix(12))
    let run = try report(
      "report", "triage", "out.json", "--set", "ignored", "--reason", "r", "--by", "B", "--fingerprint", id, "-o",
      "old.json")
    #expect(run.error == "1 of 3 findings changed\n")
    #expect(try report("report", "triage", "out.json", "--from", "old.json").error == "1 of 3 findings changed\n")
    #expect(try findings(read("out.json")).map { $0["status"] as? String } == ["active", "ignored", "active"])
    #expect(try report("report", "triage", "out.json", "--from", "old.json").error == "0 of 3 findings changed\n")
  }

  @Test func `triage in place loses nothing`() throws {
    _ = try report("scan", ".", "-f", "jsonl", "--show-secrets", "-o", "open.jsonl")
    _ = try report("report", "triage", "open.jsonl", "--set", "ignored", "--reason", "r", "--by", "B", "--all")
    let text = try read("open.jsonl")
    #expect(text.hasPrefix("{\"finding\":"))
    #expect(text.contains(other))
    _ = try report("report", "triage", "open.jsonl", "--set", "active", "--all", "-o", "masked.json")
    #expect(!(try read("masked.json").contains(other)))
  }

  @Test(
    arguments: [
      (["--all"], "give --set STATUS, or --from REPORT"), (["--set", "ignored", "--all"], "--reason TEXT"),
      (["--set", "ignored", "--reason", "r"], "say which findings are meant"),
      (["--set", "maybe", "--reason", "r", "--all"], "--set"),
      (["--set", "ignored", "--reason", "r", "--fingerprint", "v1:abc"], "at least 12 characters"),
      (["--set", "ignored", "--reason", "r", "--by", "B", "--rule", "x"], "no finding fits"),
      (["--set", "ignored", "--reason", "r", "--all"], "--by: who decides is not known"),
    ])
  func `triage says what it lacks`(arguments: [String], message: String) throws {
    let before = try read("out.json")
    let run = try workspace.run(["report", "triage", "out.json"] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(try read("out.json") == before)
  }

  @Test func `triage does not write over another tool's report, nor through a link`() throws {
    _ = try report("report", "convert", "out.json", "-o", "out.sarif")
    let before = try read("out.sarif")
    let arguments = ["--set", "ignored", "--reason", "r", "--by", "B", "--all"]
    #expect(try workspace.run(["report", "triage", "out.sarif"] + arguments).status == 2)
    #expect(try read("out.sarif") == before)
    #expect(try workspace.run(["report", "triage", "out.sarif", "-o", "new.json"] + arguments).status == 0)
    try FileManager.default.createSymbolicLink(
      atPath: workspace.path + "/link.json", withDestinationPath: "out.json")
    let run = try workspace.run(["report", "triage", "link.json"] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains("is a symbolic link"))
  }

  // MARK: - What to do

  @Test func `remediate lists steps for each provider and commands for exactly the paths`() throws {
    try workspace.git(["init", "--quiet"])
    try workspace.write("it's a $x.env", "A=\(third)\n")
    try workspace.git(["add", "."])
    try workspace.git(["commit", "--quiet", "--message", "one"])
    try FileManager.default.removeItem(atPath: workspace.path + "/tests/b.txt")
    try workspace.git(["add", "--all"])
    try workspace.git(["commit", "--quiet", "--message", "two"])
    _ = try report("scan", "--history", ".", "-f", "json", "-o", "out.json")
    let text = try report("report", "remediate", "out.json").output
    #expect(text.hasPrefix("# To do about 3 leaked values of 1 provider\n"))
    #expect(text.contains("\n## Slack\n\n### Slack bot token `xoxb-****8vN"))
    #expect(text.contains("- [ ] Revoke the old token"))
    #expect(text.contains("  - `tests/b.txt:1:7` (in history only)\n"))
    #expect(text.contains("git filter-repo --invert-paths \\\n    --path 'tests/b.txt'\n"))
    #expect(text.contains("    --path 'it'\\''s a $x.env' \\\n    --path 'src/a.env'\n"))
    #expect(!text.contains(other.suffix(20)))
    #expect(try report("report", "remediate", "out.json", "--rule", "x").output.hasPrefix("# Nothing to do\n"))
    #expect(try report("report", "remediate", "out.json", "-o", "todo.md").output == "")
    #expect(try read("todo.md") == text)
  }

  /// Of the same kind, once more.
  private let third = "xo" + "xb-" + "682910573864" + "-" + "4840193857261" + "-" + "cZ3kQ9mW2xR7tY5uP1oL8vNd"
}

extension String {
  /// This report with the id of another.
  fileprivate func replacingScanID(in other: String) -> String {
    let line = { (text: String) in
      text.split(separator: "\n").first { $0.contains("\"scan_id\"") }.map(String.init) ?? ""
    }
    return replacingOccurrences(of: line(self), with: line(other))
  }
}
