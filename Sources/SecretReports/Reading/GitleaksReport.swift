// The JSON report of gitleaks (github.com/gitleaks/gitleaks, `report/finding.go`) and of tools that write the same.

import Digests
import JSON
import SecretModel

enum GitleaksReport {
  static func result(of findings: [JSONNode], _ root: JSONNode, bytes: [UInt8]) throws(JSONFault) -> ScanResult {
    let found = try root.map(findings, "") { node throws(JSONFault) in try finding(node) }
    return ScanResult(
      foreign: ToolIdentity(name: "gitleaks", version: "", catalogueDigest: ""), bytes: bytes, findings: found)
  }

  private static func finding(_ node: JSONNode) throws(JSONFault) -> Finding {
    let rule = try node.string("RuleID")
    let (line, column) = (max(1, try node.integer("StartLine", atLeast: 0)), position(node["StartColumn"]))
    let value = try node.string(ifPresent: "Secret") ?? ""
    // `--redact` writes one of these in the value's place.
    let isRedacted = value.isEmpty || value == "REDACTED" || value.hasSuffix("...")
    let path = try node.string("File")
    let identity =
      isRedacted ? try node.string(ifPresent: "Fingerprint") ?? "\(path):\(line):\(column)" : value
    let endLine = max(line, node["EndLine"]?.integer ?? line)
    let finding = Finding(
      fingerprint: Fingerprint.foreign(tool: "gitleaks", rule: rule, identity: identity),
      rule: RuleDescription(
        foreign: rule, name: try node.string(ifPresent: "Description") ?? rule, severity: .high, references: []),
      risk: Risk(terms: [RiskTerm("reported", 70, "gitleaks reports it, without a severity")]), proof: .pattern,
      entropy: min(8, max(0, node["Entropy"]?.number ?? 0)),
      location: Location(
        // Its end column is that of the last character.
        path: ReportedPath(path), line: line, column: column, endLine: endLine,
        endColumn: max(endLine == line ? column + 1 : 1, position(node["EndColumn"]) + 1), byteOffset: 0,
        byteLength: 0),
      secret: isRedacted ? Secret(shownAs: Secret.hidden) : Secret(value.utf8), excerpt: nil, status: .active)
    guard let origin = try origin(node) else { return finding }
    return finding.since(origin)
  }

  private static func position(_ node: JSONNode?) -> Int { max(1, min(node?.integer ?? 1, 1 << 40)) }

  /// The commit that gitleaks found it in. It does not tell whether the value is still there, which therefore counts.
  private static func origin(_ node: JSONNode) throws(JSONFault) -> HistoryOrigin? {
    guard let id = try node.string(ifPresent: "Commit"), !id.isEmpty else { return nil }
    let date = try node.string(ifPresent: "Date").flatMap(Timestamp.init(iso8601:))
    return HistoryOrigin(
      commit: CommitDescription(
        id: id, author: try node.string(ifPresent: "Author") ?? "", email: try node.string(ifPresent: "Email") ?? "",
        date: date ?? Timestamp(seconds: 0, nanoseconds: 0)), blob: "", isAtHead: true, isInFiles: false)
  }
}

// MARK: - What reports of other tools do not tell

enum Fingerprint {
  /// The name of a value that another tool found; the layout is that of our own fingerprints.
  ///
  /// - Parameter identity: the value or, if the report does not tell it, what names it there.
  static func foreign(tool: String, rule: String, identity: String) -> String {
    let fields = ["v1", "\(tool)/\(rule)", identity].map { Array($0.utf8) }
    return "v1:" + SHA256.digest(ofFields: fields).base32
  }
}

extension RuleDescription {
  /// A rule of another tool.
  init(foreign id: String, name: String, severity: Severity, references: [String]) {
    self.init(
      id: id, name: name.isEmpty ? id : name, provider: "Unknown", category: "generic", severity: severity,
      remediation: [], rotate: "where it was issued", references: references)
  }
}

extension ScanResult {
  /// A report of another tool, which tells of findings alone.
  init(
    foreign tool: ToolIdentity, bytes: [UInt8], checkout: CheckoutDescription? = nil, startedAt: Timestamp? = nil,
    completedAt: Timestamp? = nil, status: ScanStatus = .completed, incomplete: [Incomplete] = [], findings: [Finding]
  ) {
    let start = startedAt ?? completedAt ?? Timestamp(seconds: 0, nanoseconds: 0)
    self.init(
      tool: tool, scanID: UUIDText.version5(String(decoding: bytes, as: UTF8.self)), status: status, targets: [],
      workingDirectory: checkout?.root ?? "/", checkout: checkout, startedAt: start,
      completedAt: max(start, completedAt ?? start),
      coverage: Coverage(
        filesScanned: 0, bytesScanned: 0, blobsScanned: 0, commitsScanned: 0, skipped: [:], incomplete: incomplete,
        partlyScanned: 0), findings: findings.sorted())
  }
}
