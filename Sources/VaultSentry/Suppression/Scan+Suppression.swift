// Known values, once everything is found.

import SecretModel

extension Scan {
  /// Lets the project's files keep findings from counting.
  func suppress(_ tally: inout Tally) {
    let options = request.suppression
    if let file = options.ignoreFile {
      var decisions = IgnoreFileDecisions(file, today: options.today, projectPaths(from: file.directory))
      tally.findings = tally.findings.map { finding in
        guard finding.suppression == nil else { return finding }
        return decisions.suppression(of: finding).map(finding.suppressed) ?? finding
      }
      // What is staged is a small part; most entries are for the rest.
      let isWhole = request.source != .staged && !progress.isCancelled
      tally.notes += decisions.notes(tellsUnused: options.tellsUnused && isWhole)
    }
    if let baseline = options.baseline {
      tally.findings = tally.findings.map { finding in
        finding.suppression == nil && baseline.contains(finding)
          ? finding.suppressed(by: baseline.suppression) : finding
      }
    }
  }

  /// How patterns in a file of the project see the paths of this scan.
  func projectPaths(from directory: String?) -> ProjectPaths {
    ProjectPaths(
      root: directory,
      targets: request.targets.compactMap { target in
        guard case .path(let path) = target else { return nil }
        return resolved(path).map { (path, $0) }
      })
  }
}
