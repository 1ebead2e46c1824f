// Decisions about findings.

public import SecretModel

/// What becomes of findings: a status, and who says so and why.
public struct TriageDecision: Sendable {
  public let status: FindingStatus
  /// Nil if findings become active again.
  public let triage: Triage?

  public init(status: FindingStatus, triage: Triage?) {
    self.status = status
    self.triage = triage
  }
}

extension ScanResult {
  /// The same report after a decision about some of its findings.
  ///
  /// A decision that is there already, in the same words, stays as it is, with its date.
  public func triaging(_ decision: TriageDecision, where isMeant: (Finding) -> Bool) -> ScanResult {
    replacing(
      findings: findings.map { finding in
        guard isMeant(finding), !finding.has(decision) else { return finding }
        return finding.deciding(decision.status, decision.triage)
      })
  }

  /// The same report with the decisions that another one has about the same values in the same files.
  public func takingDecisions(from other: ScanResult) -> ScanResult {
    var decided: [String: Finding] = [:]
    for finding in other.findings where finding.triage != nil { decided[finding.valueInFile] = finding }
    return replacing(
      findings: findings.map { finding in
        decided[finding.valueInFile].map { finding.keepingDecision(of: $0) } ?? finding
      })
  }

  /// How many findings have another status, or are there for other reasons, than in another version of the report.
  public func decisions(differingFrom other: ScanResult) -> Int {
    zip(findings, other.findings).count { $0.status != $1.status || $0.triage != $1.triage }
  }
}

extension Finding {
  fileprivate func has(_ decision: TriageDecision) -> Bool {
    guard status == decision.status else { return false }
    if status == .active { return true }
    return triage?.reason == decision.triage?.reason && triage?.author == decision.triage?.author
  }

  fileprivate var valueInFile: String { "\(fingerprint)\n\(location.path.text)" }
}
