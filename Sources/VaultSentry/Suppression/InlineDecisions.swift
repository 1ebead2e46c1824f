// What the comments of a blob mean for its findings.

import SecretModel

/// Decides over the findings of one blob by the comments in it, and remembers which comments did what.
struct InlineDecisions {
  private var ignores: InlineIgnores
  private let options: SuppressionOptions
  private var used = Set<Int>()
  /// Positions of comments that would count, but for their day or their form.
  private var failed = Set<Int>()

  init(_ ignores: InlineIgnores, _ options: SuppressionOptions) {
    self.ignores = ignores
    self.options = options
  }

  /// The finding, suppressed if a comment says so. Secrets come in rising order.
  mutating func decide(on finding: Finding, _ secret: Range<Int>) -> Finding {
    var decision: Suppression?
    for ignore in ignores.ignores(for: secret) where ignore.terms.concerns(rule: finding.rule.id) {
      if ignore.terms.problem != nil || ignore.terms.isOver(on: options.today) {
        failed.insert(ignore.position)
        continue
      }
      used.insert(ignore.position)
      decision =
        decision
        ?? Suppression(
          kind: .inline, reason: ignore.terms.reason ?? "the comment “\(ignore.marker)” beside it",
          until: ignore.terms.until)
    }
    return decision.map(finding.suppressed) ?? finding
  }

  /// What is to be told of the comments in the blob's own part.
  func notes(in blob: Blob, _ path: ReportedPath) -> [SuppressionNote] {
    let comments = ignores.own.filter { blob.owned.contains($0.position) }.sorted { $0.position < $1.position }
    var locator = Locator(blob)
    return comments.compactMap { ignore in
      guard let (kind, message) = complaint(about: ignore) else { return nil }
      let place = locator.location(of: ignore.position..<ignore.position + 1, path: path)
      return SuppressionNote(kind: kind, path: path, line: place.line, message: message)
    }
  }

  private func complaint(about ignore: InlineIgnore) -> (SuppressionNote.Kind, String)? {
    if used.contains(ignore.position) { return nil }
    if let problem = ignore.terms.problem, failed.contains(ignore.position) || options.tellsUnused {
      return (.invalid, "\(ignore.marker) does not count: \(problem)")
    }
    if failed.contains(ignore.position) {
      return (.expired, "\(ignore.marker) ended on \(ignore.terms.until?.description ?? "")")
    }
    return options.tellsUnused ? (.unused, "\(ignore.marker) hides nothing") : nil
  }
}
