// Where a scan's time went, as a table.

public import SecretModel

extension Diagnostics {
  /// Rules listed at most.
  private static let listed = 20

  /// The stages with their CPU time, and the rules that cost the most.
  public func rendered() -> String {
    let total = max(1, stages.values.reduce(0, +))
    var text = "CPU time by stage\n"
    for stage in ScanStage.allCases {
      let spent = stages[stage] ?? 0
      let share = "\((spent * 1000 / total + 5) / 10) %"
      text +=
        "  \(stage.rawValue.padded(to: 12))\(Self.milliseconds(spent).padded(front: 12)) ms\(share.padded(front: 7))\n"
    }
    let costly = rules.sorted { ($1.value.nanoseconds, $0.key) < ($0.value.nanoseconds, $1.key) }
    guard !costly.isEmpty else { return text }
    text += "\nRules by CPU time of confirming (\(min(Self.listed, costly.count)) of \(costly.count))\n"
    text += "\("ms".padded(front: 10))\("hits".padded(front: 10))\("confirmed".padded(front: 11))  rule\n"
    for (rule, cost) in costly.prefix(Self.listed) {
      text += Self.milliseconds(cost.nanoseconds).padded(front: 10) + "\(cost.hits)".padded(front: 10)
      text += "\(cost.confirmed)".padded(front: 11) + "  \(rule)\n"
    }
    return text
  }

  /// With three decimals.
  private static func milliseconds(_ nanoseconds: UInt64) -> String {
    let microseconds = (nanoseconds + 500) / 1000
    let fraction = "\(microseconds % 1000)"
    return "\(microseconds / 1000)." + fraction.zeroPadded(to: 3)
  }
}

extension String {
  fileprivate func padded(front width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
