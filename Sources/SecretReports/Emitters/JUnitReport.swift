// JUnit XML, as CI servers read it: a finding is a failed test, something not scanned is an error.

import SecretModel

struct JUnitReport {
  private let result: ScanResult
  private let root: SourceRoot

  init(_ result: ScanResult) {
    self.result = result
    root = SourceRoot(result)
  }

  var document: [UInt8] {
    var cases = result.findings.map(testCase) + result.coverage.incomplete.map(errorCase)
    // Some services drop a suite without tests, so that a clean run would look like none.
    if cases.isEmpty {
      cases = ["    <testcase classname=\"vault-sentry\" name=\"no credentials found\" time=\"0\"/>\n"]
    }
    let failures = result.findings.count(where: \.isActive)
    let counts =
      "tests=\"\(cases.count)\" failures=\"\(failures)\" errors=\"\(result.coverage.incomplete.count)\""
    let skipped = result.findings.count - failures
    let seconds = result.completedAt.seconds(since: result.startedAt).thousandths
    // XML Schema's dateTime; JUnit's own schema wants it without a zone.
    let started = result.startedAt.iso8601.dropLast()
    return Array(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="vault-sentry" \(counts) time="\(seconds)">
        <testsuite name="vault-sentry" \(counts) skipped="\(skipped)" time="\(seconds)" timestamp="\(started)">
      \(cases.joined())  </testsuite>
      </testsuites>

      """.utf8)
  }

  private func testCase(_ finding: Finding) -> String {
    let place = finding.location
    let path = root.shown(place.path)
    let outcome =
      finding.isActive
      ? """
            <failure type="\(finding.risk.level.name)" message="\(finding.sentence.markupEscaped)">\(details(finding))</failure>

      """
      : "      <skipped message=\"\((finding.suppression?.reason ?? finding.decision).markupEscaped)\"/>\n"
    let name = "\(finding.rule.name) at \(path):\(place.line):\(place.column)"
    return """
          <testcase classname="\(finding.rule.id.markupEscaped)" name="\(name.markupEscaped)" file="\(path.markupEscaped)" line="\(place.line)" time="0">
      \(outcome)    </testcase>

      """
  }

  private func details(_ finding: Finding) -> String {
    var lines = [
      "\(root.shown(finding.location.path)):\(finding.location.line):\(finding.location.column)",
      "fingerprint: \(finding.fingerprint)",
    ]
    if let commit = finding.history?.commit { lines.append("since: \(commit.id) \(commit.date.iso8601)") }
    lines += finding.rule.steps.enumerated().map { "\($0.offset + 1). \($0.element)" }
    return lines.map(\.neutralised.markupEscaped).joined(separator: "\n")
  }

  private func errorCase(_ item: Incomplete) -> String {
    let path = root.shown(item.path).markupEscaped
    return """
          <testcase classname="vault-sentry" name="scan of \(path)" file="\(path)" time="0">
            <error type="incomplete" message="not scanned to its end: \(item.reason.markupEscaped)"/>
          </testcase>

      """
  }
}
