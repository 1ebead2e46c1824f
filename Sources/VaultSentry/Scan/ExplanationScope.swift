// How much a scan tells of what it does not report.

/// How much a scan tells of what it does not report.
public enum ExplanationScope: Sendable, Hashable {
  case nothing
  /// Every match that was dropped, with its reason.
  case drops
  /// Also the keywords around which no pattern matched: for a line that somebody asks about.
  case nearMisses
}
