import SecretModel
import Testing

@Suite struct SeverityTests {
  @Test(arguments: [
    (0, Severity.info), (19, .info), (20, .low), (39, .low), (40, .medium), (59, .medium), (60, .high), (79, .high),
    (80, .critical), (100, .critical),
  ])
  func `bands begin where the design says`(score: Int, level: Severity) {
    #expect(Severity(score: score) == level)
  }

  @Test func `a score is the clamped sum of its terms`() {
    #expect(Risk(terms: [RiskTerm("base", 90, "a"), RiskTerm("proof", 30, "b")]).score == 100)
    #expect(Risk(terms: [RiskTerm("base", 10, "a"), RiskTerm("path", -30, "b")]).score == 0)
    #expect(Risk(terms: [RiskTerm("base", 70, "a"), RiskTerm("path", -20, "b")]).level == .medium)
  }

  @Test func `seen is scanned and skipped and unread`() {
    var coverage = Coverage()
    coverage.countScanned(bytes: 10)
    coverage.countScanned(bytes: 5)
    coverage.countSkipped(.binary)
    coverage.countUnread(Incomplete(path: ReportedPath("a"), reason: "permission denied"))
    coverage.countPartlyScanned(Incomplete(path: ReportedPath("b"), reason: "limit"))
    #expect(coverage.seen == 4)
    #expect(coverage.bytesScanned == 15)
  }

  @Test func `names that are not UTF-8 are escaped and flagged`() {
    let path = ReportedPath(bytes: [0x61, 0xFF, 0x25, 0x62])
    #expect(path.text == "a%FF%25b")
    #expect(path.isEscaped)
    #expect(!ReportedPath(bytes: Array("grün.txt".utf8)).isEscaped)
  }
}
