import Foundation
import SecretModel
import SecretReports
import Testing

#if canImport(FoundationXML)
  import FoundationXML
#endif

/// The forms that services read.
@Suite struct EmitterTests {
  private let commit = CommitDescription(
    id: String(repeating: "cd", count: 20), author: "Ann", email: "ann@x.invalid",
    date: Timestamp(seconds: 86_400, nanoseconds: 0))

  private func old(_ path: String) -> Finding {
    finding(path).since(HistoryOrigin(commit: commit, blob: "ef", isAtHead: false, isInFiles: false))
  }

  private func unread(_ path: String) -> ScanResult {
    result([]) { $0.countUnread(Incomplete(path: ReportedPath(path), reason: "permission <denied>")) }
  }

  private func json(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `CSV has a header and a record for each finding`() {
    let lines = render(.csv, result([finding("a,\"b\"\nc")])).components(separatedBy: "\r\n")
    #expect(lines[0].hasPrefix("risk_level,risk_score,rule_id,type,"))
    #expect(lines[1].contains(",\"a,\"\"b\"\"\nc\",3,8,3,40,tok_****wxyz,"))
    #expect(lines.last == "")
    #expect(!lines[0].contains("secret"))
    #expect(render(.csv, result([finding()])) { $0.showsSecrets = true }.contains(",secret\r\n"))
  }

  @Test(arguments: ["=1+2", "+1", "-1", "@x", "\tx", "\u{FF1D}1"])
  func `CSV cells are no formulas`(path: String) {
    #expect(render(.csv, result([finding(path)])).contains(",'" + path + ","))
  }

  @Test func `JUnit fails for each finding and passes a clean scan`() throws {
    let text = render(.junit, result([finding("a<b>&\"\u{1}.txt")]))
    #expect(text.contains(#"tests="1" failures="1" errors="0" skipped="0" time="0.25""#))
    #expect(text.contains(#"file="sub/a&lt;b&gt;&amp;&quot;"#))
    #expect(!text.unicodeScalars.contains("\u{1}"))
    let clean = render(.junit, result([]))
    #expect(clean.contains(#"tests="1" failures="0""#))
    #expect(clean.contains("no credentials found"))
    let unread = render(.junit, unread("z"))
    #expect(unread.contains(#"errors="1""#))
    #expect(unread.contains("permission &lt;denied&gt;"))
    for document in [text, clean, unread] { #expect(throws: Never.self) { try XMLDocument(xmlString: document) } }
  }

  @Test func `GitLab gets places, levels and commits`() throws {
    let report = try json(render(.gitlab, result([finding(), old("gone.txt"), finding()])))
    #expect(report["version"] as? String == "15.2.1")
    let scan = try #require(report["scan"] as? [String: Any])
    #expect(scan["start_time"] as? String == "1970-01-01T00:00:00")
    #expect(scan["status"] as? String == "success")
    let all = try #require(report["vulnerabilities"] as? [[String: Any]])
    #expect(Set(all.compactMap { $0["id"] as? String }).count == 3, "ids are not unique")
    #expect(all[0]["severity"] as? String == "High")
    let places = try all.map { try #require($0["location"] as? [String: Any]) }
    #expect(places[0]["file"] as? String == "sub/a b/ä.txt")
    let commits = places.map { ($0["commit"] as? [String: Any])?["sha"] as? String }
    #expect(commits == [String(repeating: "ab", count: 20), commit.id, String(repeating: "ab", count: 20)])
    let failed = try #require(try json(render(.gitlab, unread("z")))["scan"] as? [String: Any])
    #expect(failed["status"] as? String == "failure")
  }

  @Test func `code quality lists what has a line in the checkout`() throws {
    let text = render(.codequality, result([finding(), finding(), old("gone.txt")]))
    let issues = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    #expect(issues.count == 2)
    #expect(Set(issues.compactMap { $0["fingerprint"] as? String }).count == 2)
    #expect(issues[0]["severity"] as? String == "critical")
    #expect((issues[0]["location"] as? [String: Any])?["path"] as? String == "sub/a b/ä.txt")
  }

  @Test func `GitHub annotations are one escaped line each`() {
    let text = render(.github, result([finding("a,b:c%\n::error::x"), old("gone.txt")]))
    #expect(
      text == """
        ::error title=Acme token (high),file=sub/a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax,line=3,endLine=3,col=8,endColumn=39::\
        Acme token: tok_****wxyz. Risk 70 (high): a high kind of credential. \
        Replace it (https://acme.invalid/keys), then revoke it.

        """)
    #expect(render(.github, result([])) == "")
    #expect(
      render(.github, unread("z")) == "::warning title=Not scanned to its end,file=sub/z::permission <denied>\n")
  }

  @Test func `Markdown takes nothing for markup`() {
    let text = render(.markdown, result([finding("a|b`<i>.txt"), old("gone.txt")]))
    #expect(text.hasPrefix("# Vault Sentry: 2 findings in 2 files\n"))
    #expect(text.contains("| Acme token (Acme) | `` a\\|b`<i>.txt:3:8 `` | `tok_****wxyz` | 70/100: "))
    #expect(text.contains("since `cdcdcdcdcdcd` (1970-01-02)"))
    #expect(text.contains("1. Create a replacement for the Acme token: https://acme.invalid/keys\n"))
    #expect(render(.markdown, result([])).hasPrefix("# Vault Sentry: no credentials found\n"))
    #expect(render(.markdown, unread("z")).contains("- `z`: permission &lt;denied&gt;\n"))
  }

  @Test(
    arguments: [
      ("out.json", .json), ("a/GL-secret-detection-report.json", .gitlab),
      ("gl-code-quality-report.json", .codequality),
      ("x.sarif", .sarif), ("x.sarif.json", .sarif), ("x.jsonl", .jsonl), ("x.csv", .csv), ("junit.xml", .junit),
      ("x.md", .markdown), ("x.html", .html), ("x.txt", .text), ("x.out", nil), ("", nil),
    ] as [(String, ReportFormat?)])
  func `a file's name says its form`(name: String, format: ReportFormat?) {
    #expect(ReportFormat(fileName: name) == format)
  }
}
