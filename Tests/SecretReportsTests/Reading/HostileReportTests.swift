import SecretModel
import SecretReports
import Testing

/// Reports that nobody writes but to see what happens.
@Suite struct HostileReportTests {
  private func report(seen: String, points: String, start: String = "2026-01-01T00:00:00Z", duration: String = "0")
    -> String
  {
    """
    {"schema_version": 1, "tool": {"name": "x", "version": "1", "catalogue_digest": "0"},
     "scan": {"scan_id": "0", "status": "completed", "targets": [], "started_at": "\(start)",
              "completed_at": "2026-01-01T00:00:00Z", "duration": \(duration)},
     "coverage": {"seen": \(seen), "scanned": \(seen), "skipped": {"binary": \(seen), "empty": \(seen)}, "incomplete": []},
     "findings": [{"fingerprint": "v1:a", "rule_id": "a", "type": "A", "provider": "P", "category": "ci",
       "risk_level": "high", "risk_terms": [{"term": "a", "points": \(points), "reason": "r"}, {"term": "b", "points": \(points), "reason": "r"}],
       "proof": "pattern", "entropy_score": 3, "file_path": "a", "line_number": 1, "column": 1, "end_line": 1,
       "end_column": 2, "byte_offset": 0, "byte_length": 1, "masked_value": "****", "status": "active", "rotate": "x",
       "references": [], "remediation": []}]}
    """
  }

  @Test(arguments: ["9223372036854775807", "9007199254740993"])
  func `numbers that no sum can hold are refused`(number: String) {
    for text in [report(seen: number, points: "1"), report(seen: "1", points: number)] {
      let error = #expect(throws: ReportReadError.self) { try ReportReader.read(Array(text.utf8), name: "r.json") }
      #expect(error?.message.contains("a whole number") == true)
    }
  }

  @Test(arguments: ["9007199254740992", "1000000"])
  func `large numbers add up`(number: String) throws {
    let read = try ReportReader.read(Array(report(seen: number, points: number).utf8), name: "r.json")
    #expect(read.result.findings.first?.risk.score == 100)
    #expect(read.result.coverage.seen > 0)
  }

  @Test func `a scan that ended before it began took no time`() throws {
    let text = """
      {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x"}}, "results": [], "invocations": [{
        "startTimeUtc": "2024-11-14T22:13:20Z", "endTimeUtc": "2023-11-14T22:13:20Z", "executionSuccessful": true}]}]}
      """
    let read = try ReportReader.read(Array(text.utf8), name: "r.sarif")
    #expect(read.result.completedAt == read.result.startedAt)
  }

  @Test func `an offset without a length is none`() throws {
    let text = report(seen: "1", points: "1")
      .replacing("\"byte_offset\": 0, \"byte_length\": 1", with: "\"byte_offset\": 71")
    let read = try ReportReader.read(Array(text.utf8), name: "r.json")
    #expect(read.result.findings.map(\.location.byteOffset) == [0])
  }

  @Test func `a scan of a thousand years is read as it was written`() throws {
    let text = report(seen: "1", points: "1", start: "1011-11-14T22:13:20Z", duration: "31954016800")
    let read = try ReportReader.read(Array(text.utf8), name: "r.json")
    let written = ReportFormat.json.render(read.result, ReportOptions())
    let again = try ReportReader.read(written, name: "w.json")
    #expect(again.result.startedAt.seconds == read.result.startedAt.seconds)
    #expect(again.result.completedAt.seconds == read.result.completedAt.seconds)
  }
}
