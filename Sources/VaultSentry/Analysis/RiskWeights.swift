// What each circumstance adds to a risk score, and why it adds that much.

import SecretModel

/// One row of the table of weights.
struct RiskWeight: Sendable {
  let term: RiskTerm
  /// Why it has this many points.
  let rationale: String

  init(_ name: String, _ points: Int, _ reason: String, _ rationale: String) {
    term = RiskTerm(name, points, reason)
    self.rationale = rationale
  }
}

/// The table of weights.
///
/// A score is the clamped sum of its terms. The base puts a finding in the middle of its rule's band, 10 points from
/// either edge; so a circumstance of 10 points or more moves it into another band by itself, and smaller ones only
/// together.
enum RiskWeights {
  /// Points above the least score of the rule's band.
  static let base = 10

  static func base(_ severity: Severity) -> RiskTerm {
    RiskTerm("base", severity.leastScore + base, "a \(severity.name) kind of credential")
  }

  // MARK: Proof

  static let checksum = RiskWeight(
    "proof", 8, "its checksum is right", "no accident and no sample by hand; near the next band, not in it")
  static let structure = RiskWeight(
    "proof", 4, "it decodes to what it should hold", "a shape can be copied, a checksum less easily")
  static let wrongChecksum = RiskWeight(
    "proof", -35, "its checksum is wrong: it was probably made up", "two bands down: no issuer made this value")

  // MARK: Context

  static let production = RiskWeight("context", 4, "the path says production", "what runs for others is worth more")
  static let environment = RiskWeight(
    "context", 4, "the file configures a running system", "a value in use, not one in passing")
  static let pipeline = RiskWeight(
    "context", 4, "the file configures a pipeline", "pipelines may publish and deploy")
  static let pair = RiskWeight(
    "pair", 6, "its other half stands beside it", "whoever finds both halves can use them at once")
  static let testPath = RiskWeight(
    "path", -20, "the path belongs to tests, examples or documentation",
    "one band down: often invented, yet real ones are pasted there")
  static let vendored = RiskWeight(
    "path", -10, "the path belongs to code of others", "somebody else's to rotate, and known to everybody")
  static let productionKey = RiskWeight(
    "context", 4, "a key around it says production", "as much as a path that says so")
  static let testKey = RiskWeight(
    "context", -10, "a key around it says that it is for tests or development",
    "half of what a path weighs: such sections stand beside those in use, and people copy between them")
  static let documentationHost = RiskWeight(
    "host", -20, "its host is reserved for documentation", "RFC 2606: nothing answers there")

  // MARK: Hygiene

  static let holdsCredential = RiskWeight(
    "content", 20, "there are credentials in it", "one band up: a file for credentials may as well be empty")

  // MARK: Values of telling names

  static let randomValue = RiskWeight(
    "value", 12, "the value looks random, as a key does", "name and randomness together: into the next band")
  static let strongPassword = RiskWeight(
    "value", 12, "the value looks like a strong password", "nobody invents such a value for a sample")
  static let shortValue = RiskWeight("value", 0, "the value may be a key", "short: as good as its name")
  static let uuid = RiskWeight("value", 0, "the value is a UUID", "some services' keys are, most UUIDs are not")
  static let password = RiskWeight("value", 0, "the value looks like a password", "as good as its name")
  static let plainWord = RiskWeight(
    "value", -15, "the value is a plain word or number", "a default or a stand-in as often as a secret")
  static let defaultPassword = RiskWeight(
    "value", -25, "the password is the user's name, or what programs are delivered with",
    "whoever looks for such a door tries it first, found here or not")
  static let compared = RiskWeight("form", -15, "it is compared with, not assigned", "tests and samples compare")

  // MARK: Time

  static let certificateExpired = RiskWeight(
    "time", -25, "its certificate has expired", "as an expired token: nothing trusts the key by that certificate")
  static let expired = RiskWeight(
    "time", -25, "it has expired", "no use by itself; it shows where its successor will be written")
}
