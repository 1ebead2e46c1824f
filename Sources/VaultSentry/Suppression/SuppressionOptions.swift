// Which suppressions a scan honours.

public import SecretModel

/// What may keep findings from counting.
public struct SuppressionOptions: Sendable {
  /// Whether comments beside values count.
  public var honoursInline = true
  /// Whether other scanners' comments count, if comments do.
  public var honoursOtherScanners = true
  /// Whether ignores that hide nothing are told of; files without findings have to be looked through for that.
  public var tellsUnused = false
  /// What “until” is compared with; nil lets no ignore end.
  public var today: CalendarDate?
  public var ignoreFile: IgnoreFile?
  public var baseline: Baseline?

  public init() {}

  /// Nothing keeps a finding from counting: what rules' examples are scanned with.
  static var none: SuppressionOptions {
    var options = SuppressionOptions()
    options.honoursInline = false
    return options
  }
}
