// A part of a report.

public import SecretModel

/// Which findings are wanted; an empty list wants all.
public struct ReportFilter: Sendable {
  public var rules: [String] = []
  /// In any case.
  public var providers: [String] = []
  public var statuses: [FindingStatus] = []
  public var severity = Severity.info
  /// Whether a path is wanted.
  public var path: @Sendable (String) -> Bool = { _ in true }

  public init() {}

  public func contains(_ finding: Finding) -> Bool {
    (rules.isEmpty || rules.contains(finding.rule.id))
      && (providers.isEmpty || providers.contains { $0.lowercased() == finding.rule.provider.lowercased() })
      && (statuses.isEmpty || statuses.contains(finding.status)) && finding.risk.level >= severity
      && path(finding.location.path.text)
  }
}

extension ScanResult {
  /// The same scan with the wanted findings only.
  public func reporting(_ filter: ReportFilter) -> ScanResult { replacing(findings: findings.filter(filter.contains)) }
}
