// Secrets and what belongs to them: an identifier and its secret become one finding.

import CatalogueImage
import SecretModel

enum Companions {
  /// Bytes between a secret and its identifier.
  static let reach = 400

  /// Joins secrets with the identifiers beside them, and lowers identifiers that stand alone.
  ///
  /// - Parameter judged: in rising order of their secrets.
  static func joining(_ judged: [JudgedMatch]) -> [JudgedMatch] {
    guard judged.contains(where: { !$0.rule.companions.isEmpty || $0.rule.isIdentifier }) else { return judged }
    var taken = Set<Int>()
    var joined = judged
    for (index, secret) in judged.enumerated() where secret.isCredential && !secret.rule.companions.isEmpty {
      guard let other = nearest(to: index, judged) else { continue }
      joined[index] = secret.adding([RiskWeights.pair.term] + judged[other].facts)
      if judged[other].rule.isIdentifier { taken.insert(other) }
    }
    for index in joined.indices where joined[index].rule.isIdentifier {
      guard !taken.contains(index), let risk = joined[index].risk, risk.level > .low else { continue }
      let points = Severity.medium.leastScore - 1 - risk.score
      joined[index] = joined[index].adding([RiskTerm("public", points, "it is an identifier: alone it opens nothing")])
    }
    return joined.enumerated().filter { !taken.contains($0.offset) }.map(\.element)
  }

  /// The companion that stands nearest.
  private static func nearest(to index: Int, _ judged: [JudgedMatch]) -> Int? {
    let secret = judged[index]
    func distance(_ other: JudgedMatch) -> Int {
      max(
        other.match.secret.lowerBound - secret.match.secret.upperBound,
        secret.match.secret.lowerBound - other.match.secret.upperBound)
    }
    let candidates = judged.indices.filter { other in
      judged[other].isCredential && secret.rule.companions.contains(judged[other].rule.description.id)
        && distance(judged[other]) <= reach
    }
    return candidates.min { distance(judged[$0]) < distance(judged[$1]) }
  }
}
