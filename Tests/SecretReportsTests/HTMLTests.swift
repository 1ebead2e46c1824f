import Digests
import Foundation
import SecretModel
import SecretReports
import Testing

/// The page; `.ci/check-page.py` opens it in a browser.
@Suite struct HTMLTests {
  /// What stands between two texts, the first time.
  private func part(_ text: String, _ start: String, _ end: String) -> String {
    text.components(separatedBy: start).dropFirst().first?.components(separatedBy: end).first ?? ""
  }

  @Test func `the policy names the page's style and script and nothing else`() {
    let page = render(.html, result([finding()]))
    let policy = part(page, "Content-Security-Policy\" content=\"", "\">")
    for (directive, content) in [
      ("style-src", part(page, "<style>", "</style>")), ("script-src", part(page, "<script>", "</script>")),
    ] {
      var digest = SHA256()
      digest.update(Array(content.utf8))
      #expect(content.count > 1000)
      #expect(policy.contains("\(directive) 'sha256-\(digest.finish().base64())'"))
    }
    #expect(policy.hasPrefix("default-src 'none'; "))
    #expect(!policy.contains("unsafe"))
    for loader in ["src=", "@import", "url(", " style=", "onclick", "<link", "<iframe", "<img"] {
      #expect(!page.contains(loader), "\(loader)")
    }
  }

  @Test func `nothing of a finding is markup`() {
    let page = render(.html, result([finding("a/<script>\"'&.txt", excerpt: "</code><b> tok_****wxyz \u{1B}")]))
    #expect(page.contains("a/<wbr>&lt;script&gt;&quot;&#39;&amp;.txt<span class=\"line\">:3:8</span>"))
    #expect(page.contains("&lt;/code&gt;&lt;b&gt; <mark>tok_****wxyz</mark> \\u{1B}"))
    #expect(page.components(separatedBy: "<script>").count == 2)
  }

  @Test func `history gives a chart over time and a line for each finding`() {
    let day = { (seconds: Int64) in
      CommitDescription(
        id: String(repeating: "ab", count: 20), author: "Ann <b>", email: "",
        date: Timestamp(seconds: seconds, nanoseconds: 0))
    }
    let old = [0, 86_400, 100 * 86_400].map { seconds in
      finding("\(seconds)").since(
        HistoryOrigin(commit: day(seconds + 1), blob: "cd", isAtHead: false, isInFiles: false))
    }
    let page = render(.html, result(old))
    #expect(page.contains("aria-label=\"1970-01: 2, 1970-04: 1\""))
    #expect(page.contains("<title>1970-01: 2</title>"))
    #expect(
      page.contains("Since 1970-01-01 <code>abababababab</code> by Ann &lt;b&gt;, <strong>now in history only</strong>")
    )
    #expect(!render(.html, result([finding()])).contains("By time of introduction"))
  }

  @Test func `a clean scan says so, and what was not read`() {
    let page = render(
      .html, result([]) { $0.countUnread(Incomplete(path: ReportedPath("<x>"), reason: "permission denied")) })
    #expect(page.contains("<h1>No credentials found</h1>"))
    #expect(page.contains("<li><code>&lt;x&gt;</code> permission denied</li>"))
    #expect(!page.contains("id=\"filters\""))
  }

  @Test func `what was set aside is apart`() {
    let triage = Triage(reason: "<made up>", author: "Ann", date: Timestamp(seconds: 0, nanoseconds: 0))
    let page = render(.html, result([finding(), finding("b").deciding(.falsePositive, triage)]))
    #expect(page.contains("<h1>1 finding <small>of 1 value in 1 file</small></h1>"))
    #expect(part(page, "id=\"aside\"", "</section>").contains("false positive: &lt;made up&gt; (Ann)"))
  }
}
