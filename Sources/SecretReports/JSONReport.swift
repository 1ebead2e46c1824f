// Our own report format, version 1; `schema/report.schema.json` describes it.

import SecretModel

struct JSONReport {
  private let report: Report
  private let result: ScanResult

  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    report = Report(result, options)
  }

  var document: [UInt8] { JSONText.encode(report, isPretty: true) }

  /// A line for each finding and each rejection, and one of type `summary` at the end.
  var lines: [UInt8] {
    let findings = report.findings.flatMap { JSONText.encode(FindingLine(finding: $0), isPretty: false) }
    let summary = SummaryLine(
      schema_version: report.schema_version, tool: report.tool, scan: report.scan, coverage: report.coverage,
      summary: report.summary, suppression_notes: report.suppression_notes)
    let rejections = (report.rejections ?? []).flatMap {
      JSONText.encode(RejectionLine(rejection: $0), isPretty: false)
    }
    return findings + rejections + JSONText.encode(summary, isPretty: false)
  }
}

// The members' names are those of the report.
// swift-format-ignore: AlwaysUseLowerCamelCase

private struct Report: Encodable {
  let schema_version = 1
  let tool: Tool
  let scan: ScanBlock
  let coverage: CoverageBlock
  let summary: [String: Int]
  let suppression_notes: [NoteBlock]?
  let findings: [FindingBlock]
  /// Only of scans that explain themselves.
  let rejections: [RejectionBlock]?

  init(_ result: ScanResult, _ options: ReportOptions) {
    rejections = result.rejections.isEmpty ? nil : result.rejections.map(RejectionBlock.init)
    tool = Tool(
      name: result.tool.name, version: result.tool.version, catalogue_digest: result.tool.catalogueDigest)
    scan = ScanBlock(result)
    coverage = CoverageBlock(result.coverage)
    summary = Dictionary(
      uniqueKeysWithValues: Severity.allCases.map { level in
        (level.name, result.activeFindings.count { $0.risk.level == level })
      })
    suppression_notes = result.suppressionNotes.isEmpty ? nil : result.suppressionNotes.map(NoteBlock.init)
    findings = result.findings.map { FindingBlock($0, options) }
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct NoteBlock: Encodable {
  let kind: String
  let path: String
  let line_number: Int
  let message: String

  init(_ note: SuppressionNote) {
    kind = note.kind.rawValue
    path = note.path.text
    line_number = note.line
    message = note.message
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct RejectionBlock: Encodable {
  let rule_id: String
  let file_path: String
  let file_path_escaped: Bool?
  let line_number: Int
  let column: Int
  let end_line: Int
  let end_column: Int
  let blob: String?
  /// Without one, the rule found no value.
  let masked_value: String?
  let reason: String
  let explanation: String

  init(_ rejection: Rejection) {
    rule_id = rejection.ruleID
    file_path = rejection.location.path.text
    file_path_escaped = rejection.location.path.isEscaped ? true : nil
    blob = rejection.blob
    line_number = rejection.location.line
    column = rejection.location.column
    end_line = rejection.location.endLine
    end_column = rejection.location.endColumn
    masked_value = rejection.mask
    reason = rejection.reason
    explanation = rejection.explanation
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct FindingLine: Encodable {
  let type = "finding"
  let finding: FindingBlock
}

private struct RejectionLine: Encodable {
  let type = "rejection"
  let rejection: RejectionBlock
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct SummaryLine: Encodable {
  let type = "summary"
  let schema_version: Int
  let tool: Tool
  let scan: ScanBlock
  let coverage: CoverageBlock
  let summary: [String: Int]
  let suppression_notes: [NoteBlock]?
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct Tool: Encodable {
  let name: String
  let version: String
  let catalogue_digest: String
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct ScanBlock: Encodable {
  let scan_id: String
  let status: String
  let targets: [String]
  let working_directory: String
  /// The work tree's root.
  let root: String?
  let branch: String?
  let commit: String?
  let started_at: String
  let completed_at: String
  /// Seconds.
  let duration: Double
  let files_scanned: Int
  let bytes_scanned: Int
  let blobs_scanned: Int
  let commits_scanned: Int
  /// Only for scans of history.
  let trees_read: Int?
  let tags_scanned: Int?
  /// Findings that count.
  let secrets_found: Int
  let secrets_suppressed: Int

  init(_ result: ScanResult) {
    scan_id = result.scanID
    status = result.status.rawValue
    targets = result.targets
    working_directory = result.workingDirectory
    root = result.checkout?.root
    branch = result.checkout?.branch
    commit = result.checkout?.commit
    started_at = result.startedAt.iso8601
    completed_at = result.completedAt.iso8601
    duration = result.completedAt.seconds(since: result.startedAt).thousandths
    files_scanned = result.coverage.filesScanned
    bytes_scanned = result.coverage.bytesScanned
    blobs_scanned = result.coverage.blobsScanned
    commits_scanned = result.coverage.commitsScanned
    let isHistory = result.coverage.treesRead > 0
    trees_read = isHistory ? result.coverage.treesRead : nil
    tags_scanned = isHistory ? result.coverage.tagsScanned : nil
    secrets_found = result.activeFindings.count
    secrets_suppressed = result.findings.count - secrets_found
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct CoverageBlock: Encodable {
  struct Item: Encodable {
    let path: String
    let reason: String
  }

  let seen: Int
  let scanned: Int
  let skipped: [String: Int]
  let incomplete: [Item]

  init(_ coverage: Coverage) {
    seen = coverage.seen
    scanned = coverage.scanned
    skipped = Dictionary(uniqueKeysWithValues: coverage.skipped.map { ($0.key.rawValue, $0.value) })
    incomplete = coverage.incomplete.map { Item(path: $0.path.text, reason: $0.reason) }
  }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
private struct FindingBlock: Encodable {
  struct Term: Encodable {
    let term: String
    let points: Int
    let reason: String
  }

  let fingerprint: String
  let rule_id: String
  let type: String
  let provider: String
  let category: String
  let risk_level: String
  let risk_score: Int
  let risk_terms: [Term]
  let rule_severity: String
  let proof: String
  let entropy_score: Double
  let file_path: String
  /// Only there, and true, if the name on disk is not UTF-8 and `file_path` is percent-escaped.
  let file_path_escaped: Bool?
  let line_number: Int
  let column: Int
  let end_line: Int
  let end_column: Int
  let byte_offset: Int?
  let byte_length: Int?
  let masked_value: String
  let excerpt: String?
  let status: String
  let suppression: SuppressionBlock?
  let triage: TriageBlock?
  let secret: String?
  let history: HistoryBlock?
  let rotate: String
  let references: [String]
  let remediation: [String]

  init(_ finding: Finding, _ options: ReportOptions) {
    fingerprint = finding.fingerprint
    rule_id = finding.rule.id
    type = finding.rule.name
    provider = finding.rule.provider
    category = finding.rule.category
    risk_level = finding.risk.level.name
    risk_score = finding.risk.score
    risk_terms = finding.risk.terms.map { Term(term: $0.term, points: $0.points, reason: $0.reason) }
    rule_severity = finding.rule.severity.name
    proof = finding.proof.name
    entropy_score = finding.entropy.thousandths
    file_path = finding.location.path.text
    file_path_escaped = finding.location.path.isEscaped ? true : nil
    line_number = finding.location.line
    column = finding.location.column
    end_line = finding.location.endLine
    end_column = finding.location.endColumn
    // Reports of other tools may know no bytes.
    byte_offset = finding.location.byteLength > 0 ? finding.location.byteOffset : nil
    byte_length = finding.location.byteLength > 0 ? finding.location.byteLength : nil
    masked_value = finding.secret.mask
    excerpt = finding.excerpt
    status = finding.status.rawValue
    suppression = finding.suppression.map(SuppressionBlock.init)
    triage = finding.triage.map(TriageBlock.init)
    secret =
      options.showsSecrets && finding.secret.count > 0
      ? String(decoding: finding.secret.reveal(), as: UTF8.self) : nil
    history = finding.history.map(HistoryBlock.init)
    rotate = finding.rule.rotate
    references = finding.rule.references
    remediation = finding.rule.steps
  }
}

private struct SuppressionBlock: Encodable {
  let kind: String
  let reason: String
  let until: String?

  init(_ suppression: Suppression) {
    kind = suppression.kind.rawValue
    reason = suppression.reason
    until = suppression.until?.description
  }
}

private struct TriageBlock: Encodable {
  let reason: String
  let by: String
  let date: String

  init(_ triage: Triage) {
    reason = triage.reason
    by = triage.author
    date = triage.date.iso8601
  }
}
