import SecretModel
import SecretReports

@testable import VaultSentry

/// Reports that are read, and written again in every form.
final class ReportTarget: FuzzTarget {
  static let name = "reports"
  static let longest = 8_192
  static let words = [
    "\"schema_version\":1", "\"runs\":[", "\"results\":[", "\"ruleId\":", "\"findings\":[", "\"RuleID\":", "\"seen\":",
    "9223372036854775807", "-9223372036854775808", "1e308", "\"points\":", "\"startLine\":", "\"byteOffset\":",
    "\"2026-01-31T23:59:59Z\"", "\"type\":\"finding\"", "\"type\":\"summary\"", "\\ud800",
  ]

  static func seeds() -> [[UInt8]] {
    let catalogue = Catalogue.builtin()
    var scanner = BlobScanner(catalogue.rules, body: .best)
    var reader = ContentReader(sizeLimit: 1 << 20)
    var seeds: [[UInt8]] = []
    for text in SampleTexts.all.prefix(4) {
      var findings: [Finding] = []
      text.withUnsafeBytes { bytes in
        _ = reader.read(bytes, directory: [], name: Array("a.txt".utf8)) { findings += scanner.scan($0).findings }
      }
      let time = Timestamp(seconds: 1_700_000_000, nanoseconds: 0)
      let result = ScanResult(
        tool: ToolIdentity(name: "Vault Sentry", version: "1", catalogueDigest: "0"), scanID: "0", status: .completed,
        targets: ["."], workingDirectory: "/", checkout: nil, startedAt: time, completedAt: time, coverage: Coverage(),
        findings: Array(findings.prefix(2)).sorted(), suppressionNotes: [], diagnostics: nil)
      for format in [ReportFormat.json, .jsonl, .sarif] { seeds.append(format.render(result, ReportOptions())) }
    }
    seeds.append(
      Array(
        "[{\"RuleID\":\"a\",\"File\":\"b\",\"StartLine\":3,\"StartColumn\":2,\"EndColumn\":9,\"Secret\":\"\",\"Entropy\":3.5}]"
          .utf8))
    return seeds
  }

  func run(_ input: UnsafeRawBufferPointer) {
    guard let report = try? ReportReader.read(Array(input), name: "r") else { return }
    var options = ReportOptions()
    options.listsAll = true
    options.explains = true
    for format in ReportFormat.allCases { _ = format.render(report.result, options) }
    let written = ReportFormat.json.render(report.result, options)
    guard let again = try? ReportReader.read(written, name: "w") else {
      return check(false, "what was written is not read")
    }
    check(
      again.result.findings.map(\.fingerprint) == report.result.findings.map(\.fingerprint), "findings were lost")
  }
}
