// What the analysis makes of a match.

import SecretModel

/// The judgement on a match.
enum Verdict {
  case credential(Evidence)
  case dropped(DropReason)
}

/// What speaks for a match, and how much.
struct Evidence {
  let proof: Proof
  /// Bits per character.
  let entropy: Double
  let risk: Risk
}

/// Why a match is not reported.
enum DropReason {
  /// It is the fingerprint of a finding, as baselines, ignore files and reports hold them.
  case fingerprint
  case entropy(found: Double, floor: Double)
  case notDecodable
  case notNear
  case placeholder(PlaceholderReason)
  /// The value of a telling name is not what the name promises.
  case value(ValueReason)

  /// Whether the value is known to be no credential, so that no other rule reports it either.
  var concernsValue: Bool { if case .placeholder = self { true } else { false } }
}
