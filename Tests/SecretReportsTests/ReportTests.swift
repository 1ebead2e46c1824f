import SecretModel
import SecretReports
import Testing

/// Small reports, compared whole.
@Suite struct ReportTests {
  @Test func `text is for people`() {
    #expect(
      render(.text, result([finding()])) == """
        HIGH 1 finding

        Acme token  acme-token
          a b/ä.txt:3:8
                 key = 'tok_****wxyz'
          Why    70/100: a high kind of credential
          To do  1. Create a replacement for the Acme token: https://acme.invalid/keys
                 2. Put the new value where the old one is used, from a secret store and not from the source.
                 3. Check that everything works with it.
                 4. Revoke the old value. Taking it out of the source is not enough: whoever has a copy has the credential.

        1 finding (1 high) in 1 file. Scanned 1 file, 1.2 MB, in 250 ms; skipped 2 (2 binary).

        """)
  }

  @Test func `references that are not listed stay counted`() throws {
    let commit = { (id: String) in
      CommitDescription(
        id: String(repeating: id, count: 20), author: "Ann", email: "ann@x.invalid",
        date: Timestamp(seconds: 86_400, nanoseconds: 0))
    }
    var life = SecretLife()
    life.introduced = commit("cd")
    life.introducedPath = ReportedPath("old.txt")
    life.references = (100..<250).map { "refs/heads/\($0)" }
    life.daysExposed = 3
    let origin = HistoryOrigin(commit: commit("ab"), blob: "cd", isAtHead: false, isInFiles: false, life: life)
    let written = render(.json, result([finding().since(origin)]))
    let read = try ReportReader.read(Array(written.utf8), name: "report.json").result
    #expect(render(.json, read) == written)
    #expect(render(.text, read).contains("exposed for 3 days, first at old.txt; kept by refs/heads/100 and 149 more\n"))
  }

  @Test func `history tells who and when`() {
    let commit = CommitDescription(
      id: String(repeating: "ab", count: 20), author: "Ann\u{1B}", email: "ann@x.invalid",
      date: Timestamp(seconds: 86_400, nanoseconds: 0))
    let origin = { HistoryOrigin(commit: commit, blob: "cd", isAtHead: $0, isInFiles: false) }
    let old = result([finding().since(origin(false))]) {
      $0.countScannedBlob(bytes: 1)
      $0.countObjects(commits: 2, trees: 0, tags: 0)
    }
    #expect(render(.text, old).contains("\n  Since  abababababab 1970-01-02 Ann\\u{1B}\n  Why "))
    #expect(render(.text, old).contains("Scanned 1 file, 1 blob of 2 commits, "))
    for line in [
      #""author" : "Ann\u001b""#, #""author_email" : "ann@x.invalid""#, #""date" : "1970-01-02T00:00:00Z""#,
      #""at_head" : false"#, #""blob" : "cd""#, #""blobs_scanned" : 1"#, #""commits_scanned" : 2"#,
    ] { #expect(render(.json, old).contains(line), "\(line)") }
    #expect(!render(.sarif, old).contains("acme-token"))
    #expect(render(.sarif, result([finding().since(origin(true))])).contains("acme-token"))
  }

  @Test func `a clean scan is one line`() {
    #expect(
      render(.text, result([])) == "No credentials found. Scanned 1 file, 1.2 MB, in 250 ms; skipped 2 (2 binary).\n")
  }

  @Test func `what was not scanned is listed`() {
    let text = render(
      .text, result([]) { $0.countUnread(Incomplete(path: ReportedPath("x"), reason: "permission denied")) })
    #expect(text.hasPrefix("NOT SCANNED TO THE END 1\n\n  x: permission denied\n\nNo credentials found."))
  }

  @Test func `names cannot steer the terminal`() {
    let text = render(.text, result([finding("a\u{1B}[2J\n\u{202E}b", excerpt: "\u{1B}]0;x\u{07}")]))
    #expect(text.contains(#"a\u{1B}[2J\u{A}\u{202E}b:3:8"#))
    #expect(text.contains(#"\u{1B}]0;x\u{7}"#))
    #expect(!text.unicodeScalars.contains("\u{1B}"))
    #expect(render(.text, result([finding()])) { $0.isColoured = true }.contains("\u{1B}["))
  }

  @Test(arguments: ReportFormat.allCases)
  func `no report holds the secret unless asked`(format: ReportFormat) {
    #expect(!render(format, result([finding()])).contains("0123456789"))
    if [.text, .json, .jsonl, .csv, .markdown, .html].contains(format) {
      #expect(render(format, result([finding()])) { $0.showsSecrets = true }.contains("0123456789abcdefghijklmnwxyz"))
    }
  }

  @Test func `JSON says where and how bad`() {
    let text = render(.json, result([finding()]))
    for line in [
      #""file_path" : "a b/ä.txt""#, #""line_number" : 3"#, #""column" : 8"#, #""risk_level" : "high""#,
      #""masked_value" : "tok_****wxyz""#, #""entropy_score" : 3.142"#, #""schema_version" : 1"#, #""branch" : "main""#,
      #""duration" : 0.25"#, #""started_at" : "1970-01-01T00:00:00Z""#, #""high" : 1"#,
    ] { #expect(text.contains(line), "\(line)") }
    #expect(!text.contains("\"secret\""))
  }

  @Test func `JSON lines end in a summary`() {
    let lines = render(.jsonl, result([finding(), finding("b")])).split(separator: "\n")
    #expect(lines.count == 3)
    #expect(lines[0].contains(#""type":"finding""#))
    #expect(lines[2].contains(#""type":"summary""#))
  }

  @Test func `SARIF paths are relative to the checkout and encoded`() {
    let text = render(
      .sarif,
      result([finding(), finding("../other/x"), finding("/elsewhere/y")]) {
        $0.countUnread(Incomplete(path: ReportedPath("z"), reason: "permission denied"))
      })
    for part in [
      #""uri" : "sub/a%20b/%C3%A4.txt""#, #""uri" : "other/x""#, #""uri" : "file:///elsewhere/y""#,
      #""uri" : "file:///work%20dir/project/""#, #""executionSuccessful" : false"#, #""security-severity" : "8.0""#,
      #""columnKind" : "utf16CodeUnits""#, #""vaultSentry/v1" : "v1:abc""#, "sub/z: permission denied",
    ] {
      #expect(text.contains(part) || part == "sub/z: permission denied", "\(part)")
    }
    #expect(text.contains("Not scanned to its end: z: permission denied"))
  }

  @Test(arguments: ReportFormat.allCases)
  func `the same result gives the same bytes`(format: ReportFormat) {
    #expect(render(format, result([finding(), finding("b")])) == render(format, result([finding(), finding("b")])))
  }
}
