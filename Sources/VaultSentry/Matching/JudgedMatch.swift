// Which of several rules describes a value best.

import CatalogueImage
import SecretModel

/// A match with its verdict.
struct JudgedMatch {
  let match: Match
  private(set) var verdict: Verdict
  let rule: CompiledRule
  /// How exactly the rule describes the value: compared from the front, the greater one wins.
  private let specificity: [Int]

  init(_ match: Match, _ verdict: Verdict, _ rule: CompiledRule) {
    self.match = match
    self.verdict = verdict
    self.rule = rule
    let proof: Proof = if case .credential(let evidence) = verdict { evidence.proof } else { .pattern }
    let isPattern = if case .pattern = rule.shape { 1 } else { 0 }
    specificity = [
      rule.isNamed ? 0 : 1, proof.rawValue, rule.description.category == "generic" ? 0 : 1,
      rule.near.isEmpty ? 0 : 1,
      // A value that is known by its own letters is known better than one that is known by its place.
      match.secret.contains(match.keyword.lowerBound) ? 1 : 0, isPattern,
      match.keyword.count, rule.description.severity.rawValue, match.secret.count,
    ]
  }

  /// Whether it becomes a finding.
  var isCredential: Bool { if case .credential = verdict { true } else { false } }

  /// The risk of a credential.
  var risk: Risk? { if case .credential(let evidence) = verdict { evidence.risk } else { nil } }

  /// What the value tells of itself: terms that weigh nothing.
  var facts: [RiskTerm] { risk?.terms.filter { $0.points == 0 && $0.term == "fact" } ?? [] }

  /// The same with more terms to its risk.
  func adding(_ terms: [RiskTerm]) -> JudgedMatch {
    guard case .credential(let evidence) = verdict else { return self }
    var judged = self
    judged.verdict = .credential(
      Evidence(
        proof: evidence.proof, entropy: evidence.entropy, risk: Risk(terms: evidence.risk.terms + terms)))
    return judged
  }

  /// Of matches whose secrets overlap, keeps the one that describes its value best.
  ///
  /// A dropped match takes part: what is a placeholder by a specific rule is not reported by a vague one.
  static func withoutOverlaps(_ judged: [JudgedMatch]) -> [JudgedMatch] {
    var kept: [JudgedMatch] = []
    for next in judged.sorted(by: precedes) {
      if let last = kept.last, last.match.secret.overlaps(next.match.secret) {
        if next.isBetter(than: last) { kept[kept.count - 1] = next }
      } else {
        kept.append(next)
      }
    }
    return kept
  }

  private static func precedes(_ left: JudgedMatch, _ right: JudgedMatch) -> Bool {
    let (start, other) = (left.match.secret.lowerBound, right.match.secret.lowerBound)
    return start == other ? left.isBetter(than: right) : start < other
  }

  private func isBetter(than other: JudgedMatch) -> Bool {
    if specificity != other.specificity { return other.specificity.lexicographicallyPrecedes(specificity) }
    // The ids decide, so that the order of hits does not.
    return rule.description.id < other.rule.description.id
  }
}
