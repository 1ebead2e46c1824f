// The report for people.

import SecretModel

struct TextReport {
  private let result: ScanResult
  /// What is listed; the rest is a number at the end.
  private let active: [Finding]
  private let style: TextStyle
  private let showsSecrets: Bool
  private let explains: Bool

  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    active = options.listsAll ? result.findings : result.activeFindings
    style = TextStyle(isColoured: options.isColoured)
    showsSecrets = options.showsSecrets
    explains = options.explains
  }

  var bytes: [UInt8] {
    let groups = Severity.descending.map { severity in
      (severity, active.filter { $0.risk.level == severity })
    }
    let findings = groups.filter { !$0.1.isEmpty }.map { group($0.0, $0.1) }.joined()
    return Array((findings + rejections + notes + incomplete + summary).utf8)
  }

  // MARK: - Findings

  private func group(_ severity: Severity, _ findings: [Finding]) -> String {
    let title = style.severity(severity, " \(severity.name.uppercased()) ")
    let rules = findings.grouped(by: \.rule.id).map(ruleBlock).joined(separator: "\n")
    return "\(title) \(counted(findings.count, "finding"))\n\n\(rules)\n"
  }

  private func ruleBlock(_ findings: [Finding]) -> String {
    guard let rule = findings.first?.rule else { return "" }
    let steps = rule.steps.enumerated().map { index, step in
      style.faint("  \(index == 0 ? "To do" : "     ")  \(index + 1). \(step.neutralised)\n")
    }
    return "\(style.strong(rule.name.neutralised))  \(style.faint(rule.id))\n"
      + findings.map(place).joined() + steps.joined()
  }

  private func place(_ finding: Finding) -> String {
    let address = finding.place.neutralised
    let shown = finding.excerpt ?? finding.secret.mask
    var text = "  \(style.address(address))\n"
    text += "         \(shown.trimmed.neutralised)\n"
    if showsSecrets, finding.secret.count > 0 {
      text += "         \(style.strong(String(decoding: finding.secret.reveal(), as: UTF8.self).neutralised))\n"
    }
    if let commit = finding.history?.commit {
      let since = "\(commit.id.prefix(12)) \(commit.date.iso8601.prefix(10)) \(commit.author.neutralised)"
      text += style.faint("  Since  \(since)\n")
    }
    if let life = finding.history?.lifeInWords { text += style.faint("  Life   \(life.neutralised)\n") }
    if !finding.isActive {
      text += style.faint("  Status \(finding.decision.neutralised)\n")
    }
    if explains { return text + terms(of: finding) }
    return text + style.faint("  Why    \(finding.risk.score)/100: \(finding.risk.reasons.neutralised)\n")
  }

  /// The sum that the score is, term by term.
  private func terms(of finding: Finding) -> String {
    let terms = finding.risk.terms.map { term in
      let points = term.points > 0 ? "+\(term.points)" : "\(term.points)"
      return style.faint("         \(points.padded(to: 4)) \(term.term.padded(to: 8)) \(term.reason.neutralised)\n")
    }
    let proof = "proof: \(finding.proof.name), entropy \(finding.entropy.tenths) bits per character"
    return style.faint("  Score  \(finding.risk.score)/100, \(proof)\n") + terms.joined()
  }

  // MARK: - Below the findings

  private var rejections: String {
    guard explains, !result.rejections.isEmpty else { return "" }
    let lines = result.rejections.map { rejection in
      let place = rejection.location
      let address = style.address("\(place.path.text.neutralised):\(place.line):\(place.column)")
      let value = rejection.mask.map { " \($0.neutralised)" } ?? ""
      let object = rejection.blob.map { style.faint("  in \(String($0.prefix(12)).neutralised)") } ?? ""
      return "  \(address)  \(rejection.ruleID)\(value)\(object)\n"
        + style.faint("         \(rejection.reason): \(rejection.explanation.neutralised)\n")
    }
    return style.severity(.info, " NOT REPORTED ") + " \(result.rejections.count.grouped)\n\n\(lines.joined())\n"
  }

  private static let listedIncomplete = 20

  private var notes: String {
    if result.suppressionNotes.isEmpty { return "" }
    let lines = result.suppressionNotes.map { "  \($0.sentence)\n" }.joined()
    return style.severity(.medium, " SUPPRESSIONS TO LOOK AT ") + " \(result.suppressionNotes.count)\n\n\(lines)\n"
  }

  private var incomplete: String {
    let items = result.coverage.incomplete
    guard !items.isEmpty else { return "" }
    let listed = items.prefix(Self.listedIncomplete).map { "  \($0.path.text.neutralised): \($0.reason.neutralised)\n" }
    let more = items.count - listed.count
    return style.severity(.medium, " NOT SCANNED TO THE END ") + " \(items.count)\n\n" + listed.joined()
      + (more > 0 ? "  and \(more.grouped) more\n" : "") + "\n"
  }

  private var summary: String {
    let coverage = result.coverage
    let files = Set(active.map(\.location.path)).count
    let levels = Severity.descending.compactMap { level -> String? in
      let count = active.count { $0.risk.level == level }
      return count > 0 ? "\(count.grouped) \(level.name)" : nil
    }
    let found =
      active.isEmpty
      ? "No credentials found"
      : "\(counted(active.count, "finding")) (\(levels.joined(separator: ", "))) in \(counted(files, "file"))"
    let seconds = result.completedAt.seconds(since: result.startedAt)
    let skipped = coverage.skipped.values.reduce(0, +)
    let cancelled = result.status == .cancelled ? style.severity(.medium, " CANCELLED ") + " " : ""
    guard !result.targets.isEmpty else {
      return style.strong(found) + suppressed + ", reported by \(result.tool.name.neutralised).\n"
    }
    return cancelled + style.strong(found) + suppressed
      + ". Scanned \(counted(coverage.filesScanned, "file"))\(history), \(coverage.bytesScanned.asBytes), in \(seconds.asSeconds)"
      + (skipped > 0 ? "; skipped \(skipped.grouped) (\(coverage.skips))" : "") + ".\n"
  }

  private var suppressed: String {
    let others = active.count == result.findings.count ? [] : result.findings.filter { !$0.isActive }
    if others.isEmpty { return "" }
    var kinds = Suppression.Kind.allCases.compactMap { kind -> String? in
      let count = others.count { $0.suppression?.kind == kind }
      return count > 0 ? "\(count.grouped) \(kind.words)" : nil
    }
    let triaged = others.count { $0.suppression == nil }
    if triaged > 0 { kinds.append("\(triaged.grouped) set aside in the report") }
    return "; \(others.count.grouped) suppressed (\(kinds.joined(separator: ", ")))"
  }

  private var history: String {
    let coverage = result.coverage
    guard coverage.commitsScanned + coverage.blobsScanned > 0 else { return "" }
    return ", \(counted(coverage.blobsScanned, "blob")) of \(counted(coverage.commitsScanned, "commit"))"
  }
}

/// Colours for a terminal, or none.
private struct TextStyle {
  let isColoured: Bool

  func strong(_ text: String) -> String { paint(text, "1") }
  func faint(_ text: String) -> String {
    text.hasSuffix("\n") ? paint(String(text.dropLast()), "2") + "\n" : paint(text, "2")
  }
  func address(_ text: String) -> String { paint(text, "36") }

  func severity(_ severity: Severity, _ text: String) -> String {
    guard isColoured else { return text.trimmed }
    switch severity {
    case .critical: return paint(text, "1;97;41")
    case .high: return paint(text, "1;31;7")
    case .medium: return paint(text, "1;33;7")
    case .low: return paint(text, "1;36;7")
    case .info: return paint(text, "1;7")
    }
  }

  private func paint(_ text: String, _ code: String) -> String { isColoured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

extension String {
  fileprivate var trimmed: String {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    return String(drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
