// From a match to a verdict.

import CatalogueImage
import Digests
import PCRE
import SecretModel

/// Judges matches by what their rules ask for and by what their surroundings tell.
enum Judge {
  /// Bytes around a match in which a rule's `near` words count.
  static let nearDistance = 200

  static func verdict(
    on match: Match, of live: borrowing LiveRule, in blob: Blob, _ path: PathContext, now: Int64? = nil,
    _ scratch: borrowing MatchScratch
  ) -> Verdict {
    let rule = live.rule
    let secret = UnsafeRawBufferPointer(rebasing: blob.bytes[match.secret])
    if Fingerprint.holds(match.secret, in: blob.bytes) { return .dropped(.fingerprint) }
    let entropy = shannonEntropy(secret)
    if entropy < rule.entropyFloor { return .dropped(.entropy(found: entropy, floor: rule.entropyFloor)) }
    if !rule.near.isEmpty, blob.origin.isDirectoryKnown, !isNear(rule.near, match, blob, path) {
      return .dropped(.notNear)
    }
    if !live.isDecodable(secret, scratch) { return .dropped(.notDecodable) }
    let checksumHolds = rule.checksum.flatMap { kind in
      let holds = kind.holds(for: Array(secret))
      return holds || !kind.provesOnly ? holds : nil
    }
    if checksumHolds != true, let reason = PlaceholderReason.reason(for: secret) {
      return .dropped(.placeholder(reason))
    }
    if checksumHolds != true, let other = LookAlike.of(match, rule, in: blob.bytes, path) {
      return .dropped(.lookAlike(other))
    }

    var valueTerms: [RiskTerm] = []
    if let kind = rule.valueKind {
      switch NamedValueAnalysis(match, kind, blob.bytes, path).verdict {
      case .success(let terms): valueTerms = terms
      case .failure(let reason): return .dropped(.value(reason))
      }
    }
    let proof: Proof =
      rule.isNamed ? .entropy : checksumHolds == true ? .checksum : rule.decodes != nil ? .structure : .pattern
    var terms = riskTerms(rule, proof, checksumHolds, path) + valueTerms
    if !rule.isNamed, let weight = Commonplace.weight(of: match, in: blob.bytes) { terms.append(weight.term) }
    if isForDocumentation(match, blob) {
      terms.append(RiskWeights.documentationHost.term)
    }
    let name = match.name ?? match.range.lowerBound..<match.range.lowerBound
    if let term = EnclosingKeys.term(of: name.lowerBound, named: name, in: blob.bytes, path) { terms.append(term) }
    if let now, let end = CertificateEnd.day(beside: match.secret, in: blob.bytes), end.isBefore(now) {
      terms.append(RiskWeights.certificateExpired.term)
    }
    terms += ValueFacts.terms(of: Array(secret), around: surroundings(of: match, blob), now: now)
    return .credential(Evidence(proof: proof, entropy: entropy, risk: Risk(terms: terms)))
  }

  /// The secret with 300 bytes on either side.
  private static func surroundings(of match: Match, _ blob: Blob) -> UnsafeRawBufferPointer {
    let start = max(0, match.secret.lowerBound - 300)
    let end = min(blob.bytes.count, match.secret.upperBound + 300)
    return UnsafeRawBufferPointer(rebasing: blob.bytes[start..<end])
  }

  private static func isNear(_ words: [String], _ match: Match, _ blob: Blob, _ path: PathContext) -> Bool {
    let start = max(0, match.range.lowerBound - nearDistance)
    let end = min(blob.bytes.count, match.range.upperBound + nearDistance)
    let around = UnsafeRawBufferPointer(rebasing: blob.bytes[start..<end])
    return words.contains { around.containsIgnoringCase($0) || path.lowercased.holds($0) }
  }

  /// Whether a host that RFC 2606, 6761 or 5737 reserve for documentation stands in the match or right behind it.
  private static func isForDocumentation(_ match: Match, _ blob: Blob) -> Bool {
    let end = min(blob.bytes.count, match.range.upperBound + 40)
    let line = blob.bytes[match.range.lowerBound..<end].prefix { $0 != 0x0A && $0 != 0x22 && $0 != 0x27 }
    let around = UnsafeRawBufferPointer(rebasing: line)
    return around.count <= 400 && around.contains(UInt8(ascii: "@"))
      && documentationHosts.contains { around.containsIgnoringCase($0) }
  }

  private static let documentationHosts = [
    "example.com", "example.org", "example.net", ".example", ".invalid", ".test", "192.0.2.", "198.51.100.",
    "203.0.113.",
  ]

  private static func riskTerms(
    _ rule: CompiledRule, _ proof: Proof, _ checksumHolds: Bool?, _ context: PathContext
  ) -> [RiskTerm] {
    var terms = [RiskWeights.base(rule.description.severity)]
    if proof == .checksum { terms.append(RiskWeights.checksum.term) }
    if proof == .structure { terms.append(RiskWeights.structure.term) }
    if checksumHolds == false { terms.append(RiskWeights.wrongChecksum.term) }
    return terms + pathTerms(context)
  }

  /// What a path says about everything in its file.
  static func pathTerms(_ context: PathContext) -> [RiskTerm] {
    var terms: [RiskTerm] = []
    if context.isProduction { terms.append(RiskWeights.production.term) }
    if context.isEnvironment { terms.append(RiskWeights.environment.term) }
    if context.isPipeline { terms.append(RiskWeights.pipeline.term) }
    if context.isTestOrExample { terms.append(RiskWeights.testPath.term) }
    if context.isVendored { terms.append(RiskWeights.vendored.term) }
    return terms
  }
}

extension LiveRule {
  /// Whether the rule's `decodes` is found in the secret, or in one of its dot-separated parts, decoded from base64.
  borrowing fileprivate func isDecodable(_ secret: UnsafeRawBufferPointer, _ scratch: borrowing MatchScratch) -> Bool {
    if rule.decodes == nil { return true }
    let parts = secret.split(separator: UInt8(ascii: ".")).map(Array.init) + [Array(secret)]
    for part in parts {
      guard let plain = part.decodingBase64() else { continue }
      let found = plain.withUnsafeBytes { isFound(in: $0, scratch) }
      if found { return true }
    }
    return false
  }

  borrowing private func isFound(in plain: UnsafeRawBufferPointer, _ scratch: borrowing MatchScratch) -> Bool {
    switch decoded {
    case .some(let pattern): scratch.match(pattern, in: plain, at: 0) == .match
    case .none: true
    }
  }
}
