// What looked like a credential and was not reported, with the reason.

/// A place that a rule looked at and did not report.
public struct Rejection: Sendable, Hashable {
  public let ruleID: String
  public let location: Location
  /// What may be shown of the value; nil if no value was found.
  public let mask: String?
  /// Stable name of the reason, `kind` or `kind:detail`.
  public let reason: String
  /// The reason in words.
  public let explanation: String

  public init(ruleID: String, location: Location, mask: String?, reason: String, explanation: String) {
    self.ruleID = ruleID
    self.location = location
    self.mask = mask
    self.reason = reason
    self.explanation = explanation
  }
}

extension Rejection: Comparable {
  /// By path, position and rule.
  public static func < (left: Rejection, right: Rejection) -> Bool {
    if left.location.path != right.location.path { return left.location.path < right.location.path }
    return (left.location.byteOffset, left.ruleID, left.reason) < (
      right.location.byteOffset, right.ruleID, right.reason
    )
  }
}

extension ScanResult {
  /// The same scan for one line of its files: the findings and rejections that touch it.
  ///
  /// - Parameter line: 1-based.
  public func about(line: Int) -> ScanResult {
    func touches(_ place: Location) -> Bool { (place.line...max(place.line, place.endLine)).contains(line) }
    var result = replacing(findings: findings.filter { touches($0.location) })
    result.rejections = rejections.filter { touches($0.location) }
    return result
  }
}
