// Known values, once everything is found.

import SecretModel

extension Scan {
  /// Lets the project's files keep findings from counting.
  func suppress(_ tally: inout Tally) {
    let options = request.suppression
    let tellsUnused = options.tellsUnused && !request.source.isPart && !progress.isEnding
    if let file = options.ignoreFile {
      var decisions = IgnoreFileDecisions(file, today: options.today, request.projectPaths(from: file.directory))
      tally.findings = tally.findings.map { finding in
        guard finding.suppression == nil else { return finding }
        return decisions.suppression(of: finding).map(finding.suppressed) ?? finding
      }
      tally.notes += decisions.notes(tellsUnused: tellsUnused)
    }
    if tellsUnused { tally.notes += policy.unused(in: tally.findings) }
    if let baseline = options.baseline {
      tally.findings = tally.findings.map { finding in
        finding.suppression == nil && baseline.contains(finding)
          ? finding.suppressed(by: baseline.suppression) : finding
      }
    }
  }
}

extension ScanRequest {
  /// How patterns in a file of the project see the paths of this scan.
  func projectPaths(from directory: String?) -> ProjectPaths {
    ProjectPaths(
      root: directory,
      targets: targets.compactMap { target in
        guard case .path(let path) = target else { return nil }
        return resolved(path).map { (path, $0) }
      })
  }

  /// What the configuration says about findings, ready to be used.
  var policy: FindingPolicy {
    if settings.allowed.isEmpty, settings.pathSeverities.isEmpty { return .none }
    return FindingPolicy(
      allowed: settings.allowed, severities: settings.pathSeverities, today: suppression.today,
      paths: projectPaths(from: settings.patternRoot))
  }
}
