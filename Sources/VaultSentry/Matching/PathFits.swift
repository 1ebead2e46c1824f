// Whether rules that are for some files only are for the file at hand; a keyword that they share may stand in it often.

/// What the rules' globs said of one blob's path; one each scanner.
final class PathFits {
  private var path: [UInt8]?
  private var answers: [Int: Bool] = [:]

  /// Begins with another blob.
  func renew() {
    guard path != nil else { return }
    path = nil
    answers.removeAll(keepingCapacity: true)
  }

  /// Whether a rule takes a blob by its path; all do whose directory is not known.
  @inline(__always)
  func fits(_ rule: borrowing LiveRule, _ origin: Origin) -> Bool {
    rule.paths.isEmpty || !origin.isDirectoryKnown || answer(rule, origin)
  }

  private func answer(_ rule: borrowing LiveRule, _ origin: Origin) -> Bool {
    if let known = answers[rule.index] { return known }
    let path = self.path ?? origin.pathBytes
    self.path = path
    let answer = rule.paths.contains { $0.matches(path: path) }
    answers[rule.index] = answer
    return answer
  }
}
