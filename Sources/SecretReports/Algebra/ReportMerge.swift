// Many reports as one.

public import SecretModel

extension ScanResult {
  /// One report of several, each finding once: findings are the same if value, kind and place are.
  ///
  /// - Parameter reports: at least one; the first of several same findings stays, unless another has been decided about.
  public init?(merging reports: [ScanResult]) {
    guard let first = reports.first else { return nil }
    // Paths of different directories must not be taken for each other.
    let isOneDirectory = Set(reports.map(\.workingDirectory)).count == 1
    var best: [Place: Finding] = [:]
    var rejections = Set<Rejection>()
    for report in reports {
      let root = SourceRoot(report)
      for finding in report.findings {
        let finding = isOneDirectory ? finding : finding.moved(to: root.absolute(finding.location.path))
        let place = Place(finding)
        best[place] = best[place].map { $0.merged(with: finding) } ?? finding
      }
      rejections.formUnion(
        report.rejections.map { isOneDirectory ? $0 : $0.moved(to: root.absolute($0.location.path)) })
    }
    var coverage = Coverage()
    for report in reports { coverage.add(report.coverage) }
    coverage.sort()
    let starts = reports.map(\.startedAt).filter { $0.seconds > 0 }
    let ends = reports.map(\.completedAt)
    self.init(
      tool: ToolIdentity(merging: reports.map(\.tool)),
      scanID: UUIDText.version5(reports.map(\.scanID).joined(separator: "\n")),
      status: Self.worst(reports.map(\.status)), targets: reports.flatMap(\.targets).withoutRepetitions,
      workingDirectory: isOneDirectory ? first.workingDirectory : "/",
      checkout: Set(reports.map(\.checkout)).count == 1 ? first.checkout : nil,
      startedAt: starts.min() ?? first.startedAt, completedAt: ends.max() ?? first.completedAt, coverage: coverage,
      findings: best.values.sorted(),
      suppressionNotes: Set(reports.flatMap(\.suppressionNotes)).sorted())
    self.rejections = rejections.sorted()
  }

  private struct Place: Hashable {
    let fingerprint: String
    let rule: String
    let location: Location

    init(_ finding: Finding) {
      fingerprint = finding.fingerprint
      rule = finding.rule.id
      location = finding.location
    }
  }

  private static func worst(_ statuses: [ScanStatus]) -> ScanStatus {
    [ScanStatus.failed, .cancelled, .incomplete].first(where: statuses.contains) ?? .completed
  }
}

extension Finding {
  /// What two reports say of one finding: the later decision, or none if only one of them suppresses it.
  fileprivate func merged(with other: Finding) -> Finding {
    let decided = [self, other].filter { $0.triage != nil }
    let none = Timestamp(seconds: 0, nanoseconds: 0)
    let latest = decided.max { ($0.triage?.date ?? none) < ($1.triage?.date ?? none) }
    let chosen = latest ?? (isActive ? self : other)
    guard chosen.history == nil, let history = history ?? other.history else { return chosen }
    return chosen.since(history)
  }
}

extension ToolIdentity {
  fileprivate init(merging tools: [ToolIdentity]) {
    let names = Set(tools.map(\.name)).sorted()
    let (versions, digests) = (Set(tools.map(\.version)), Set(tools.map(\.catalogueDigest)))
    self.init(
      name: names.joined(separator: ", "), version: versions.count == 1 ? versions.first ?? "" : "",
      catalogueDigest: digests.count == 1 ? digests.first ?? "" : "")
  }
}

extension [String] {
  fileprivate var withoutRepetitions: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
