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
  /// It has a known other use.
  case lookAlike(LookAlike)
  /// The value of a telling name is not what the name promises.
  case value(ValueReason)

  /// Stable name, `kind` or `kind:detail`.
  var name: String {
    switch self {
    case .fingerprint: "fingerprint"
    case .entropy: "entropy"
    case .notDecodable: "not_decodable"
    case .notNear: "not_near"
    case .placeholder(let reason): "placeholder:\(reason.rawValue)"
    case .lookAlike(let other): "look_alike:\(other.rawValue)"
    case .value(let reason): "value:\(reason.rawValue)"
    }
  }

  /// For people.
  var explanation: String {
    switch self {
    case .fingerprint: "it is the fingerprint of a finding"
    case .entropy(let found, let floor):
      "its entropy is \(found.hundredths) bits per character; the rule asks for \(floor.hundredths)"
    case .notDecodable: "decoded, it does not hold what the rule asks for"
    case .notNear: "none of the words that the rule asks for stands nearby"
    case .placeholder(let reason): reason.explanation
    case .lookAlike(let other): other.explanation
    case .value(let reason): reason.explanation
    }
  }

  /// Whether the value is known to be no credential, so that no other rule reports it either.
  var concernsValue: Bool { if case .placeholder = self { true } else { false } }
}

extension Double {
  /// With two digits behind the point.
  fileprivate var hundredths: String {
    let rounded = Int((self * 100).rounded())
    let rest = rounded % 100
    return "\(rounded / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
