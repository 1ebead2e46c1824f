// What the configuration makes of findings, beside the blob that they stand in.

import PCRE
import SecretModel

/// The configuration's say in one scan.
struct FindingPolicy: Sendable {
  let allowed: [AllowRule]
  /// In rising order of strength.
  let severities: [PathSeverity]
  let today: CalendarDate?
  let paths: ProjectPaths

  /// Nothing is allowed, nothing changed.
  static let none = FindingPolicy(allowed: [], severities: [], today: nil, paths: ProjectPaths(root: nil, targets: []))

  var isEmpty: Bool { allowed.isEmpty && severities.isEmpty }

  /// The risk of a finding at a path. A level that the configuration gives is a term like the others.
  func risk(_ risk: Risk, of rule: RuleDescription, at path: String) -> Risk {
    guard
      let change = severities.last(where: { change in
        (change.rules.isEmpty || change.rules.contains(rule.id)) && change.paths.contains { $0.matches(path: path) }
      }), change.severity != risk.level
    else { return risk }
    // The middle of the band.
    let points = change.severity.leastScore + 10 - risk.score
    return Risk(
      terms: Risk.flattened(risk) + [
        RiskTerm("configuration", points, "\(change.place) makes it \(change.severity.name) at this path")
      ])
  }

  /// What allows a finding, and what would but has ended.
  ///
  /// - Parameters:
  ///   - path: from where patterns start.
  ///   - secret: where the value stands.
  func decision(
    on finding: Finding, at path: String, _ secret: Range<Int>, in bytes: UnsafeRawBufferPointer,
    _ scratch: borrowing MatchScratch
  ) -> (suppression: Suppression?, notes: [SuppressionNote]) {
    var notes: [SuppressionNote] = []
    for rule in allowed where rule.fits(finding, path) {
      if !rule.values.isEmpty {
        let value = UnsafeRawBufferPointer(rebasing: bytes[secret])
        guard rule.values.contains(where: { $0.fits(value, scratch) }) else { continue }
      }
      if !rule.names.isEmpty {
        let name = UnsafeRawBufferPointer(rebasing: bytes[Identifier.range(before: secret.lowerBound, in: bytes)])
        guard !name.isEmpty, rule.names.contains(where: { $0.fits(name, scratch) }) else { continue }
      }
      if let until = rule.until, let today, until < today {
        notes.append(
          SuppressionNote(
            kind: .expired, path: ReportedPath(rule.file), line: rule.line, message: "the [[allow]] ended on \(until)"))
        continue
      }
      return (
        Suppression(kind: .configuration, reason: rule.reason, until: rule.until, place: rule.place), notes
      )
    }
    return (nil, notes)
  }

  /// What is to be told of allowances that hide nothing.
  func unused(in findings: [Finding]) -> [SuppressionNote] {
    let used = Set(findings.compactMap { $0.suppression?.place })
    return allowed.filter { !used.contains($0.place) }.map {
      SuppressionNote(
        kind: .unused, path: ReportedPath($0.file), line: $0.line, message: "the [[allow]] hides nothing")
    }
  }
}

extension AllowRule {
  /// Whether everything fits that does not need the blob.
  fileprivate func fits(_ finding: Finding, _ path: String) -> Bool {
    (rules.isEmpty || rules.contains(finding.rule.id))
      && (fingerprints.isEmpty || fingerprints.contains { finding.fingerprint.hasPrefix($0) })
      && (paths.isEmpty || paths.contains { $0.matches(path: path) })
  }
}

extension Risk {
  /// The terms with the score as their sum: a sum that was clamped has to be, before something is added.
  fileprivate static func flattened(_ risk: Risk) -> [RiskTerm] {
    let sum = risk.terms.reduce(0) { $0 + $1.points }
    return sum == risk.score
      ? risk.terms : risk.terms + [RiskTerm("limit", risk.score - sum, "scores end at 0 and 100")]
  }
}

/// The names that values are given.
enum Identifier {
  /// Most bytes between the name's end and the value, and of the name.
  private static let longest = 100

  /// The name before a value: the word before an operator, with its dots and hyphens; empty if there is none.
  static func range(before value: Int, in bytes: UnsafeRawBufferPointer) -> Range<Int> {
    let least = max(0, value - longest)
    var at = value
    var sawOperator = false
    while at > least {
      let byte = bytes[at - 1]
      if byte == UInt8(ascii: "\n") { return at..<at }
      if isNamePart(byte) {
        let end = at
        let first = max(0, end - longest)
        while at > first, isNamePart(bytes[at - 1]) { at -= 1 }
        if sawOperator { return at..<end }
        // A word such as `Bearer` between operator and value.
        continue
      }
      if ByteSets.operators.contains(byte) { sawOperator = true }
      at -= 1
    }
    return at..<at
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    ByteSets.word.contains(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
  }
}
