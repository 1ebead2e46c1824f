// Where a scan's time went.

/// A part of the pipeline.
public enum ScanStage: String, Sendable, CaseIterable {
  /// Listing directories and reading ignore files; listing the objects of a history.
  case discovery
  /// Reading files and objects, and telling text from the rest.
  case reading
  /// Looking for keywords.
  case prefilter
  /// Running rules where their keywords stand.
  case confirm
  /// Weighing matches and making findings of them.
  case judgement
}

/// What one rule cost.
public struct RuleCost: Sendable, Hashable {
  /// Keywords found, each counted for every rule it belongs to.
  public var hits = 0
  /// Of those, the ones the rule matched at.
  public var confirmed = 0
  /// CPU time of confirming, the first use's compilation included.
  public var nanoseconds: UInt64 = 0

  public init() {}
}

/// CPU time by stage and by rule, summed over all workers.
public struct Diagnostics: Sendable {
  /// CPU nanoseconds.
  public var stages: [ScanStage: UInt64] = [:]
  /// By rule id; rules whose keywords did not occur have none.
  public var rules: [String: RuleCost] = [:]

  public init() {}

  /// The sum of both.
  public func adding(_ other: Diagnostics) -> Diagnostics {
    var sum = self
    sum.stages.merge(other.stages, uniquingKeysWith: +)
    sum.rules.merge(other.rules) { left, right in
      var cost = left
      cost.hits += right.hits
      cost.confirmed += right.confirmed
      cost.nanoseconds += right.nanoseconds
      return cost
    }
    return sum
  }
}
