// What changed between two reports.

public import SecretModel

/// The findings of a newer report beside those of an older one.
public struct ReportDifference: Sendable {
  /// Not in the older report, or called resolved there.
  public let new: [Finding]
  /// Not in the newer report.
  public let fixed: [Finding]
  /// The same value of the same kind in another file.
  public let moved: [(from: Finding, to: Finding)]
  /// The same value in the same file, wherever it stands there.
  public let unchanged: [Finding]
  private let isWhole: Bool

  public init(from old: ScanResult, to new: ScanResult) {
    var places: [String: [String: [Finding]]] = [:]
    for finding in old.findings {
      places[finding.fingerprint, default: [:]][finding.location.path.text, default: []].append(finding)
    }
    var (added, same): ([Finding], [Finding]) = ([], [])
    var leftOver: [Finding] = []
    for finding in new.findings {
      let path = finding.location.path.text
      guard var known = places[finding.fingerprint]?[path], !known.isEmpty else {
        leftOver.append(finding)
        continue
      }
      let before = known.removeFirst()
      places[finding.fingerprint]?[path] = known
      let decided = finding.keepingDecision(of: before)
      if before.status == .resolved, finding.isActive { added.append(finding) } else { same.append(decided) }
    }
    var gone = places.mapValues { $0.values.flatMap { $0 }.sorted() }
    var moves: [(from: Finding, to: Finding)] = []
    for finding in leftOver {
      if let before = gone[finding.fingerprint]?.first, before.status != .resolved {
        gone[finding.fingerprint]?.removeFirst()
        moves.append((before, finding.keepingDecision(of: before)))
      } else {
        added.append(finding)
      }
    }
    self.new = added.sorted()
    // What was called resolved is no news.
    fixed = gone.values.flatMap { $0 }.filter { $0.status != .resolved }.sorted()
    moved = moves
    unchanged = same
    isWhole = new.status == .completed
  }

  /// Whether something new counts at a level or above.
  public func hasNew(atLeast level: Severity) -> Bool { new.contains { $0.isActive && $0.risk.level >= level } }

  /// Lines for people: what is new, fixed and moved, and how many of each there are.
  public var text: String {
    let counts =
      "\(self.new.count.grouped) new, \(fixed.count.grouped) fixed, \(moved.count.grouped) moved, \(unchanged.count.grouped) unchanged"
    let doubt = isWhole ? "" : " (the newer scan is not complete: what is fixed may only not have been read)"
    return section("NEW", self.new.map { line($0, $0.place) }) + section("FIXED", fixed.map { line($0, $0.place) })
      + section("MOVED", moved.map { line($0.to, "\($0.from.place) -> \($0.to.place)") }) + "\(counts)\(doubt).\n"
  }

  private func section(_ title: String, _ lines: [String]) -> String {
    lines.isEmpty ? "" : "\(title) \(lines.count.grouped)\n\(lines.joined())\n"
  }

  private func line(_ finding: Finding, _ place: String) -> String {
    let level = finding.risk.level.name
    let decision = finding.isActive ? "" : " [\(finding.decision)]"
    return "  \(level)\(String(repeating: " ", count: 8 - level.count))  "
      + "\(place)  \(finding.rule.name) \(finding.secret.mask)\(decision)".neutralised + "\n"
  }
}

extension Finding {
  /// Path, line and column.
  var place: String { "\(location.path.text):\(location.line):\(location.column)" }

  /// The finding with what was decided about an older one; a decision of its own comes first.
  func keepingDecision(of old: Finding) -> Finding {
    guard isActive, triage == nil, old.status != .resolved, let triage = old.triage else { return self }
    return deciding(old.status, triage)
  }
}
