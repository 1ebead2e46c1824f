// What looked like a credential and was not reported, with the reason.

/// A place that a rule looked at and did not report.
public struct Rejection: Sendable, Hashable {
  public let ruleID: String
  public private(set) var location: Location
  /// What the rule took for a value; nil if it found none.
  public let value: Secret?
  /// Stable name of the reason, `kind` or `kind:detail`.
  public let reason: String
  /// The reason in words.
  public let explanation: String
  /// Id of the git object that the place is in; nil for files and for what is staged.
  public let blob: String?

  public init(
    ruleID: String, location: Location, value: Secret?, reason: String, explanation: String, blob: String? = nil
  ) {
    self.ruleID = ruleID
    self.location = location
    self.value = value
    self.reason = reason
    self.explanation = explanation
    self.blob = blob
  }

  /// What may be shown of the value; nil if no value was found.
  public var mask: String? { value?.mask }

  /// The same rejection, in an object of git history.
  public func inObject(_ id: String) -> Rejection {
    Rejection(
      ruleID: ruleID, location: location, value: value, reason: reason, explanation: explanation, blob: id)
  }

  /// The same rejection at another path.
  public func moved(to path: String) -> Rejection {
    var rejection = self
    rejection.location = location.moved(to: path)
    return rejection
  }
}

extension Rejection: Comparable {
  /// By path, position and rule.
  public static func < (left: Rejection, right: Rejection) -> Bool {
    if left.location.path != right.location.path { return left.location.path < right.location.path }
    let places = (left.location, right.location)
    if (places.0.line, places.0.column) != (places.1.line, places.1.column) {
      return (places.0.line, places.0.column) < (places.1.line, places.1.column)
    }
    return (left.ruleID, left.reason, left.blob ?? "", left.mask ?? "")
      < (right.ruleID, right.reason, right.blob ?? "", right.mask ?? "")
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
