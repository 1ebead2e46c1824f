// A report for comments, job summaries and wikis (GitHub and GitLab flavours of Markdown).

import SecretModel

struct MarkdownReport {
  private let result: ScanResult
  private let options: ReportOptions

  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    self.options = options
  }

  var document: [UInt8] { Array(([head] + levels + [setAside, steps, incomplete, foot]).joined().utf8) }

  private var head: String {
    let findings = result.activeFindings
    guard !findings.isEmpty else { return "# Vault Sentry: no credentials found\n" }
    let rows = Severity.descending.map { level in
      String(findings.count { $0.risk.level == level })
    }
    let files = Set(findings.map(\.location.path)).count
    return """
      # Vault Sentry: \(counted(findings.count, "finding")) in \(counted(files, "file"))

      | \(Severity.descending.map(\.name).joined(separator: " | ")) |
      |--:|--:|--:|--:|--:|
      | \(rows.joined(separator: " | ")) |

      """
  }

  private var levels: [String] {
    Severity.descending.compactMap { level in
      let findings = result.activeFindings.filter { $0.risk.level == level }
      guard !findings.isEmpty else { return nil }
      let title = level.name.prefix(1).uppercased() + level.name.dropFirst()
      let secret = options.showsSecrets ? ("| Secret ", "|---") : ("", "")
      return "\n## \(title)\n\n| Kind | Place | Value \(secret.0)| Why |\n|---|---|---\(secret.1)|---|\n"
        + findings.map(row).joined()
    }
  }

  private func row(_ finding: Finding) -> String {
    var cells = [
      "\(finding.rule.name.markdownEscaped) (\(finding.rule.provider.markdownEscaped))",
      place(finding) + since(finding),
      finding.secret.mask.markdownTableCode,
    ]
    if options.showsSecrets {
      cells.append(String(decoding: finding.secret.reveal(), as: UTF8.self).markdownTableCode)
    }
    cells.append("\(finding.risk.score)/100: \(finding.risk.reasons.markdownEscaped)")
    return "| \(cells.joined(separator: " | ")) |\n"
  }

  private func since(_ finding: Finding) -> String {
    guard let commit = finding.history?.commit else { return "" }
    return " since \(String(commit.id.prefix(12)).markdownTableCode) (\(commit.date.iso8601.prefix(10)))"
  }

  private func place(_ finding: Finding) -> String { finding.place.markdownTableCode }

  private var setAside: String {
    let findings = result.findings.filter { !$0.isActive }
    guard !findings.isEmpty else { return "" }
    return "\n## Set aside\n\n| Kind | Place | Value | Decision |\n|---|---|---|---|\n"
      + findings.map { finding in
        "| \(finding.rule.name.markdownEscaped) | \(place(finding)) | \(finding.secret.mask.markdownTableCode) | \(finding.decision.markdownEscaped) |\n"
      }.joined()
  }

  private var steps: String {
    let rules = result.worstFirst.filter(\.isActive).grouped(by: \.rule.id).compactMap(\.first?.rule)
    guard !rules.isEmpty else { return "" }
    return "\n## What to do\n"
      + rules.map { rule in
        "\n**\(rule.name.markdownEscaped)** (\(rule.provider.markdownEscaped))\n\n"
          + rule.steps.enumerated().map { "\($0.offset + 1). \($0.element.markdownEscaped)\n" }.joined()
      }.joined()
  }

  private var incomplete: String {
    guard !result.coverage.incomplete.isEmpty else { return "" }
    return "\n## Not scanned to the end\n\n"
      + result.coverage.incomplete.map { "- \($0.path.text.markdownCode): \($0.reason.markdownEscaped)\n" }.joined()
  }

  private var foot: String {
    let coverage = result.coverage
    let skips = coverage.skips.isEmpty ? "" : "; skipped \(coverage.skips)"
    return """

      Scanned \(counted(coverage.scanned, "file")), \(coverage.bytesScanned.asBytes)\(skips). \
      vault-sentry \(result.tool.version.markdownEscaped)

      """
  }
}

extension String {
  /// As text of one line: nothing in it is taken for markup.
  var markdownEscaped: String {
    neutralised.unicodeScalars.reduce(into: "") { text, scalar in
      switch scalar {
      case "&": text += "&amp;"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "!", "@", "$":
        text += "\\"
        text.unicodeScalars.append(scalar)
      default: text.unicodeScalars.append(scalar)
      }
    }
  }

  /// As code inside a table.
  var markdownTableCode: String {
    markdownCode.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }

  /// As code of one line.
  var markdownCode: String {
    let text = neutralised
    var longest = 0
    var run = 0
    for character in text {
      run = character == "`" ? run + 1 : 0
      longest = max(longest, run)
    }
    let fence = String(repeating: "`", count: longest + 1)
    let space = longest > 0 ? " " : ""
    return fence + space + text + space + fence
  }
}
