// A report on one screen.

public import SecretModel

/// How many findings there are, of what, and where most of them stand.
public struct ReportSummary: Sendable {
  private let result: ScanResult

  public init(_ result: ScanResult) { self.result = result }

  /// Lines for people.
  public var text: String {
    let findings = result.findings
    guard !findings.isEmpty else { return "No findings.\n" + scan }
    let files = Set(findings.map(\.location.path)).count
    let values = Set(findings.map(\.fingerprint)).count
    return
      "\(counted(findings.count, "finding")) in \(counted(files, "file")); \(counted(values, "different value"))\n\n"
      + table("Level", Severity.descending.map { level in (level.name, findings.count { $0.risk.level == level }) })
      + table("Status", most { $0.status.rawValue }) + table("Kind", most(\.rule.id))
      + table("Provider", most(\.rule.provider)) + table("File", most { $0.location.path.text }) + scan
  }

  private static let listed = 10

  /// The commonest values of a property: by number, then by name.
  private func most(_ property: (Finding) -> String) -> [(String, Int)] {
    result.findings.grouped(by: property).compactMap { group in group.first.map { (property($0), group.count) } }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
  }

  private func table(_ title: String, _ rows: [(String, Int)]) -> String {
    let rows = rows.filter { $0.1 > 0 }
    let width = rows.prefix(Self.listed).map { String($0.1.grouped).count }.max() ?? 0
    let lines = rows.prefix(Self.listed).map { name, count in
      "  \(String(repeating: " ", count: width - count.grouped.count))\(count.grouped)  \(name.neutralised)\n"
    }
    let more = rows.count - lines.count
    return "\(title)\n" + lines.joined() + (more > 0 ? "  and \(more.grouped) more\n" : "") + "\n"
  }

  private var scan: String {
    let coverage = result.coverage
    let version = result.tool.version.isEmpty ? "" : " \(result.tool.version.neutralised)"
    let date = result.startedAt.seconds > 0 ? ", \(result.startedAt.iso8601)" : ""
    let size = coverage.scanned > 0 ? ", \(counted(coverage.scanned, "file")), \(coverage.bytesScanned.asBytes)" : ""
    let unread =
      coverage.incomplete.isEmpty ? "" : "; \(counted(coverage.incomplete.count, "item")) not scanned to the end"
    return "Scan by \(result.tool.name.neutralised)\(version): \(result.status.rawValue)\(date)\(size)\(unread)\n"
  }
}
