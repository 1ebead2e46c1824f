// Whether rules that are for some files only are for the file at hand; a keyword that they share may stand in it often.

/// What the rules' globs said of one blob's path; one each scanner.
final class PathFits {
  private var path: [UInt8]?
  /// By rule: twice the blob's number, and 1 if the rule takes it.
  private var answers: [UInt]
  private var blob: UInt = 1

  /// - Parameter count: number of rules.
  init(count: Int) { answers = Array(repeating: 0, count: count) }

  /// Begins with another blob.
  func renew() {
    guard path != nil else { return }
    path = nil
    blob += 1
  }

  /// Whether a rule takes a blob by its path; all do whose directory is not known.
  @inline(__always)
  func fits(_ rule: borrowing LiveRule, _ origin: Origin) -> Bool {
    rule.paths.isEmpty || !origin.isDirectoryKnown || answer(rule, origin)
  }

  private func answer(_ rule: borrowing LiveRule, _ origin: Origin) -> Bool {
    let known = answers[rule.index]
    if known >> 1 == blob { return known & 1 == 1 }
    let path = self.path ?? origin.pathBytes
    self.path = path
    let answer = rule.paths.contains { $0.matches(path: path) }
    answers[rule.index] = blob << 1 | (answer ? 1 : 0)
    return answer
  }
}
