// A page for people: one file that works without network and without script.

import Digests
import SecretModel

struct HTMLReport {
  private let result: ScanResult
  private let options: ReportOptions
  private let active: [Finding]
  private let setAside: [Finding]

  init(_ result: ScanResult, _ options: ReportOptions) {
    self.result = result
    self.options = options
    active = result.worstFirst.filter(\.isActive)
    setAside = result.worstFirst.filter { !$0.isActive }
  }

  var document: [UInt8] {
    let body = [header, overview, filters, findings, aside, steps, notes, incomplete, footer].joined()
    return Array(
      """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="referrer" content="no-referrer">
      <meta name="color-scheme" content="light dark">
      <title>\(title.markupEscaped)</title>
      <style>\(HTMLPage.style)</style>
      </head>
      <body>
      \(body)<script>\(HTMLPage.script)</script>
      </body>
      </html>

      """.utf8)
  }

  /// Nothing is loaded, and nothing runs but the page's own style and script, named by their digests.
  private static var policy: String {
    let digest = { (text: String) in
      var digest = SHA256()
      digest.update(Array(text.utf8))
      return "'sha256-\(digest.finish().base64())'"
    }
    return
      "default-src 'none'; style-src \(digest(HTMLPage.style)); script-src \(digest(HTMLPage.script)); base-uri 'none'; form-action 'none'"
  }

  private var title: String {
    active.isEmpty ? "Vault Sentry: no credentials found" : "Vault Sentry: \(counted(active.count, "finding"))"
  }

  // MARK: - Above the findings

  private var header: String {
    let files = Set(active.map(\.location.path)).count
    let values = Set(active.map(\.fingerprint)).count
    let heading =
      active.isEmpty
      ? "No credentials found"
      : "\(counted(active.count, "finding")) <small>of \(counted(values, "value")) in \(counted(files, "file"))</small>"
    var facts: [(String, String)] = []
    if !result.targets.isEmpty { facts.append(("Scanned", result.targets.map(\.code).joined(separator: " "))) }
    if let branch = result.checkout?.branch { facts.append(("Branch", branch.code)) }
    if let commit = result.checkout?.commit { facts.append(("Commit", String(commit.prefix(12)).code)) }
    if result.startedAt.seconds > 0 { facts.append(("On", result.startedAt.shown)) }
    facts.append(("By", "\(result.tool.name) \(result.tool.version)".markupEscaped))
    if result.status != .completed { facts.append(("State", "<strong>\(result.status.rawValue)</strong>")) }
    let list = facts.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }.joined()
    return """
      <header>
      <p class="brand">Vault Sentry</p>
      <h1>\(heading)</h1>
      <dl class="facts">\(list)</dl>
      </header>
      <main>

      """
  }

  private var overview: String {
    guard !active.isEmpty else { return "" }
    let tiles = Severity.descending.map { level in
      let count = active.count { $0.risk.level == level }
      let inside = "<strong>\(count.grouped)</strong><span>\(level.name)</span>"
      return count > 0
        ? "<a class=\"tile \(level.name)\" href=\"#\(level.name)\" data-level=\"\(level.name)\">\(inside)</a>"
        : "<span class=\"tile none\">\(inside)</span>"
    }
    return "<nav class=\"tiles\" aria-label=\"Findings by severity\">\(tiles.joined())</nav>\n"
      + "<div class=\"charts\">\(HTMLCharts(active).figures)</div>\n"
  }

  /// Shown by the script that serves it.
  private var filters: String {
    guard !active.isEmpty || !setAside.isEmpty else { return "" }
    let all = active + setAside
    let providers = Set(all.map(\.rule.provider)).sorted()
    let levels = Severity.descending.filter { level in all.contains { $0.risk.level == level } }.map(\.name)
    let statuses = Set(all.map(\.status.rawValue)).sorted()
    return """
      <form id="filters" role="search" hidden>
      <label class="search"><span>Search</span><input type="search" name="q" placeholder="path, kind, commit, author …" autocomplete="off" spellcheck="false"></label>
      \(choice("level", "Severity", levels))\(choice("provider", "Provider", providers))\(choice("status", "Status", statuses))\
      <button type="reset">Clear</button>
      <output id="shown" aria-live="polite"></output>
      </form>
      <p class="empty" id="none" hidden>No finding fits. “Clear” shows all again.</p>

      """
  }

  private func choice(_ name: String, _ label: String, _ values: [String]) -> String {
    guard values.count > 1 else { return "<input type=\"hidden\" name=\"\(name)\" value=\"\">" }
    let options = values.map { "<option value=\"\($0.markupEscaped)\">\($0.spoken.markupEscaped)</option>" }.joined()
    return
      "<label><span>\(label)</span><select name=\"\(name)\"><option value=\"\">all</option>\(options)</select></label>\n"
  }

  // MARK: - Findings

  private var findings: String {
    Severity.descending.map { level in
      let group = active.filter { $0.risk.level == level }
      guard !group.isEmpty else { return "" }
      return section(level.name, level.name.capitalized, group)
    }.joined()
  }

  private var aside: String { setAside.isEmpty ? "" : section("aside", "Set aside", setAside) }

  private func section(_ id: String, _ title: String, _ findings: [Finding]) -> String {
    "<section class=\"group\" id=\"\(id)\">\n<h2>\(title) <small>\(findings.count.grouped)</small></h2>\n"
      + findings.map { HTMLFinding($0, showsSecrets: options.showsSecrets).article }.joined() + "</section>\n"
  }

  // MARK: - Below the findings

  private var steps: String {
    let rules = active.grouped(by: \.rule.id).compactMap(\.first?.rule)
    guard !rules.isEmpty else { return "" }
    let blocks = rules.map { rule in
      let references = ([rule.rotate] + rule.references).filter(\.isWebAddress)
      let links = references.map { "<li>\($0.link)</li>" }.joined()
      return """
        <article class="steps" id="do-\(rule.id.markupEscaped)" data-rule="\(rule.id.markupEscaped)">
        <h3>\(rule.name.markupEscaped) <small>\(rule.provider.markupEscaped)</small></h3>
        <ol>\(rule.steps.map { "<li>\($0.neutralised.markupEscaped)</li>" }.joined())</ol>
        \(links.isEmpty ? "" : "<ul class=\"links\">\(links)</ul>")</article>

        """
    }
    return "<section id=\"do\">\n<h2>What to do</h2>\n<div class=\"columns\">\(blocks.joined())</div></section>\n"
  }

  private var notes: String {
    list("Suppressions to look at", result.suppressionNotes.map { $0.sentence.neutralised.markupEscaped })
  }

  private var incomplete: String {
    list(
      "Not scanned to the end",
      result.coverage.incomplete.map { "\($0.path.text.code) \($0.reason.neutralised.markupEscaped)" })
  }

  private func list(_ title: String, _ items: [String]) -> String {
    guard !items.isEmpty else { return "" }
    return "<section class=\"alert\">\n<h2>\(title) <small>\(items.count.grouped)</small></h2>\n<ul>"
      + items.map { "<li>\($0)</li>\n" }.joined() + "</ul></section>\n"
  }

  private var footer: String {
    let coverage = result.coverage
    let history =
      coverage.commitsScanned > 0
      ? ", \(counted(coverage.blobsScanned, "blob")) of \(counted(coverage.commitsScanned, "commit"))" : ""
    let skips = coverage.skips.isEmpty ? "" : " Skipped: \(coverage.skips)."
    let scanned =
      result.targets.isEmpty
      ? ""
      : "Scanned \(counted(coverage.filesScanned, "file"))\(history), \(coverage.bytesScanned.asBytes).\(skips) "
    let masked = options.showsSecrets ? "This page holds secrets." : "Secrets are masked."
    return "</main>\n<footer>\(scanned)\(masked)</footer>\n"
  }
}

/// One finding on the page.
private struct HTMLFinding {
  private let finding: Finding
  private let showsSecrets: Bool

  init(_ finding: Finding, showsSecrets: Bool) {
    self.finding = finding
    self.showsSecrets = showsSecrets
  }

  var article: String {
    let rule = finding.rule
    let level = finding.risk.level.name
    return """
      <article class="finding \(level)" data-level="\(level)" data-rule="\(rule.id.markupEscaped)" data-provider="\(rule.provider.markupEscaped)" data-status="\(finding.status.rawValue)">
      <h3><span class="badge">\(level) \(finding.risk.score)</span> \(rule.name.markupEscaped) <small>\(rule.provider.markupEscaped)</small></h3>
      <p class="place"><code>\(place)</code></p>
      <pre><code>\(excerpt)</code></pre>
      \(secret)\(decision)\(since)<p class="why">\(finding.risk.reasons.markupEscaped)</p>
      <details><summary>Details</summary>
      <dl>\(details.map { "<div><dt>\($0)</dt><dd>\($1)</dd></div>" }.joined())</dl>
      </details>
      </article>

      """
  }

  /// With chances to break the line behind each `/`.
  private var place: String {
    let path = finding.location.path.text.neutralised.markupEscaped
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "/<wbr>")
    return "\(parts)<span class=\"line\">:\(finding.location.line):\(finding.location.column)</span>"
  }

  /// The line around the value, its mask marked.
  private var excerpt: String {
    let mask = finding.secret.mask.neutralised.markupEscaped
    guard let line = finding.excerpt else { return "<mark>\(mask)</mark>" }
    let text = line.neutralised.markupEscaped
    guard !mask.isEmpty, let range = text.firstRange(of: mask) else { return text }
    return text[..<range.lowerBound] + "<mark>\(mask)</mark>" + text[range.upperBound...]
  }

  private var secret: String {
    guard showsSecrets, finding.secret.count > 0 else { return "" }
    let text = String(decoding: finding.secret.reveal(), as: UTF8.self)
    return "<pre class=\"secret\"><code>\(text.neutralised.markupEscaped)</code></pre>\n"
  }

  private var decision: String {
    finding.isActive ? "" : "<p class=\"decision\">\(finding.decision.neutralised.markupEscaped)</p>\n"
  }

  private var since: String {
    guard let history = finding.history else { return "" }
    let commit = history.commit.map { commit in
      let author = commit.author.isEmpty ? "" : " by \(commit.author.neutralised.markupEscaped)"
      let whereabouts = finding.isPresent ? "" : ", <strong>now in history only</strong>"
      return
        "<p class=\"since\">Since \(commit.date.iso8601.prefix(10)) \(String(commit.id.prefix(12)).code)\(author)\(whereabouts)</p>\n"
    }
    let life = history.lifeInWords.map { "<p class=\"since\">\($0.neutralised.markupEscaped.capitalized)</p>\n" }
    return (commit ?? "") + (life ?? "")
  }

  private var details: [(String, String)] {
    let terms = finding.risk.terms.map { term in
      "<li><b>\(term.points > 0 ? "+" : "")\(term.points)</b> \(term.reason.markupEscaped)</li>"
    }
    var rows = [
      ("Score", "<ul class=\"terms\">\(terms.joined())</ul>"),
      ("Proof", finding.proof.name), ("Entropy", "\(finding.entropy.thousandths) bits per character"),
      ("Rule", finding.rule.id.code), ("Fingerprint", finding.fingerprint.code),
    ]
    if let commit = finding.history?.commit { rows.append(("Commit", commit.id.code)) }
    if finding.isActive { rows.append(("To do", "<a href=\"#do-\(finding.rule.id.markupEscaped)\">steps</a>")) }
    return rows
  }
}

extension String {
  fileprivate var code: String { "<code>\(neutralised.markupEscaped)</code>" }

  /// A link that tells the page it leads to nothing of this one.
  fileprivate var link: String {
    "<a href=\"\(markupEscaped)\" rel=\"noreferrer noopener\">\(markupEscaped)</a>"
  }

  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }

  /// Without underscores.
  fileprivate var spoken: String { split(separator: "_").joined(separator: " ") }

  /// Where a text begins first.
  fileprivate func firstRange(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}

extension Timestamp {
  /// Date and time of day in UTC.
  fileprivate var shown: String {
    let text = iso8601
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) UTC"
  }
}
