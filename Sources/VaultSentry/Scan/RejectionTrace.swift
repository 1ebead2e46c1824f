// Collects what a blob's matches came to, for scans that explain themselves.

import CatalogueImage
import SecretModel

/// What became of the matches that are no findings.
struct RejectionTrace {
  private struct Entry {
    let place: Range<Int>
    let ruleID: String
    /// Bytes of a prefix that all values of the kind share; nil without a value.
    let publicPrefix: Int?
    let reason: RejectionReason
  }

  let scope: ExplanationScope
  private var entries: [Entry] = []

  init(_ scope: ExplanationScope) { self.scope = scope }

  /// A keyword without a match of its rule.
  mutating func addUnmatched(_ keyword: Range<Int>, ruleID: String) {
    guard scope == .nearMisses else { return }
    entries.append(Entry(place: keyword, ruleID: ruleID, publicPrefix: nil, reason: .noMatch))
  }

  /// A match that was judged to be none.
  mutating func add(_ match: Match, _ reason: DropReason, of rule: CompiledRule) {
    guard scope != .nothing else { return }
    add(match, .dropped(reason), rule)
  }

  /// Credentials that another rule, or the finding of their secret, stands for.
  mutating func addReplaced(_ judged: [JudgedMatch], by kept: [JudgedMatch]) {
    guard scope != .nothing else { return }
    for lost in judged where lost.isCredential {
      let winner = kept.first { $0.match.secret.overlaps(lost.match.secret) }
      guard winner?.match.rule != lost.match.rule || winner?.match.secret != lost.match.secret else { continue }
      add(lost.match, .replaced(by: winner?.rule.description.id), lost.rule)
    }
  }

  private mutating func add(_ match: Match, _ reason: RejectionReason, _ rule: CompiledRule) {
    let prefix = match.keyword.lowerBound == match.secret.lowerBound ? match.keyword.count : 0
    entries.append(Entry(place: match.secret, ruleID: rule.description.id, publicPrefix: prefix, reason: reason))
  }

  /// The rejections of a blob, located.
  func rejections(in blob: Blob, _ path: ReportedPath) -> [Rejection] {
    var locator = Locator(blob)
    var known = Set<Rejection>()
    return entries.filter { blob.owned.contains($0.place.lowerBound) }.sorted {
      $0.place.lowerBound < $1.place.lowerBound
    }
    .map { entry in
      Rejection(
        ruleID: entry.ruleID, location: locator.location(of: entry.place, path: path),
        value: entry.publicPrefix.map { Secret(blob.bytes[entry.place], publicPrefix: $0) },
        reason: entry.reason.name, explanation: entry.reason.explanation)
    }
    .filter { known.insert($0).inserted }
  }
}

/// Why a place is not a finding.
enum RejectionReason {
  case noMatch
  case dropped(DropReason)
  /// Another rule describes the value better; nil for an identifier that went into its secret's finding.
  case replaced(by: String?)

  /// Stable name.
  var name: String {
    switch self {
    case .noMatch: "no_match"
    case .dropped(let reason): reason.name
    case .replaced(let winner): winner == nil ? "joined" : "replaced"
    }
  }

  /// For people.
  var explanation: String {
    switch self {
    case .noMatch: "a keyword of the rule stands here, its pattern does not match around it"
    case .dropped(let reason): reason.explanation
    case .replaced(let winner?): "the rule \(winner) describes the value better"
    case .replaced(nil): "it belongs to a secret beside it and is a part of that finding"
    }
  }
}
