// Comma-separated values (RFC 4180) that are safe to open in a spreadsheet.

import SecretModel

struct CSVReport {
  private let result: ScanResult
  private let options: ReportOptions

  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    self.options = options
  }

  var document: [UInt8] {
    let header = Self.columns + (options.showsSecrets ? ["secret"] : [])
    return Array(([header] + result.findings.map(cells)).map(Self.record).joined().utf8)
  }

  private static let columns = [
    "risk_level", "risk_score", "rule_id", "type", "provider", "category", "file_path", "line_number", "column",
    "end_line", "end_column", "masked_value", "proof", "entropy_score", "status", "decision", "reasons", "fingerprint",
    "commit",
    "author", "author_email", "date",
  ]

  private func cells(_ finding: Finding) -> [String] {
    let place = finding.location
    let commit = finding.history?.commit
    let cells = [
      finding.risk.level.name, String(finding.risk.score), finding.rule.id, finding.rule.name, finding.rule.provider,
      finding.rule.category, place.path.text, String(place.line), String(place.column), String(place.endLine),
      String(place.endColumn), finding.secret.mask, finding.proof.name, String(finding.entropy.thousandths),
      finding.status.rawValue, finding.isActive ? "" : finding.decision, finding.risk.reasons, finding.fingerprint,
      commit?.id ?? "", commit?.author ?? "",
      commit?.email ?? "", commit?.date.iso8601 ?? "",
    ]
    return cells + (options.showsSecrets ? [String(decoding: finding.secret.reveal(), as: UTF8.self)] : [])
  }

  private static func record(_ cells: [String]) -> String {
    cells.map(field).joined(separator: ",") + "\r\n"
  }

  /// Spreadsheets run a cell that starts with one of these as a formula (OWASP, "CSV Injection"); an apostrophe in
  /// front makes it text.
  private static let formulaStarts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]

  private static func field(_ text: String) -> String {
    let safe = text.unicodeScalars.first.map(formulaStarts.contains) == true ? "'" + text : text
    guard safe.unicodeScalars.contains(where: { $0 == "," || $0 == "\"" || $0 == "\r" || $0 == "\n" }) else {
      return safe
    }
    return "\"" + safe.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
