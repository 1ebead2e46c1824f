// What makes two findings of a history one.

import SecretModel

/// A rule's value at a path.
struct FindingKey: Hashable {
  let rule: String
  let fingerprint: String
  let path: ReportedPath

  init(_ finding: Finding) {
    rule = finding.rule.id
    fingerprint = finding.fingerprint
    path = finding.location.path
  }
}
