// Whether the value of a telling name is a secret: evidence from its letters, its form and its file.

import CatalogueImage
import SecretModel

/// Why a value is not what its name promises.
enum ValueReason: String, Error {
  /// Too short or too even for its kind.
  case entropy
  /// Words, an identifier, a sentence.
  case words
  /// The name once more.
  case sameAsName = "same_as_name"
  /// A path, an address, a date, a number, a version.
  case otherKind = "other_kind"
  /// Code, or a reference to where the value is.
  case code
  /// A value without quotes where only quoted ones are literals.
  case bareInCode = "bare_in_code"
}

struct NamedValueAnalysis {
  private let value: [UInt8]
  private let name: String
  private let kind: CompiledRule.ValueKind
  private let form: NamedValue.Form
  private let path: PathContext

  init(_ match: Match, _ kind: CompiledRule.ValueKind, _ bytes: UnsafeRawBufferPointer, _ path: PathContext) {
    value = Array(bytes[match.secret])
    name = String(
      decoding: bytes[match.range.lowerBound..<match.secret.lowerBound].map(\.lowercasedASCII), as: UTF8.self)
    self.kind = kind
    form = match.form
    self.path = path
  }

  /// The terms that the value adds to the risk, or why it is none.
  var verdict: Result<[RiskTerm], ValueReason> {
    if form == .bare, !path.isConfiguration { return .failure(.bareInCode) }
    if form == .spaced, !path.isDotFile { return .failure(.bareInCode) }
    if let reason = notALiteral { return .failure(reason) }
    let terms = kind == .key ? keyTerms : passwordTerms
    return terms.map { form == .compared ? $0 + [RiskTerm("form", -15, "it is compared with, not assigned")] : $0 }
  }

  // MARK: - What no secret looks like

  private var notALiteral: ValueReason? {
    guard value.allSatisfy({ (0x21...0x7E).contains($0) }) else { return .words }
    let lowered = String(decoding: value.map(\.lowercasedASCII), as: UTF8.self)
    if lowered.contains("://") || lowered.hasPrefix("/") || lowered.hasPrefix("./") || lowered.hasPrefix("../") {
      return .otherKind
    }
    if lowered.hasPrefix("~/") || lowered.contains("/*") || lowered.hasSuffix("/") || isPath { return .otherKind }
    if lowered.hasPrefix("urn:") || lowered.hasPrefix("arn:") { return .otherKind }
    if lowered.contains("%s") || lowered.contains("%d") || lowered.hasPrefix("\\$") { return .code }
    if form != .quoted || value[0] == UInt8(ascii: "$") || value[0] == UInt8(ascii: "@") {
      if "$@%&*!{}<>".utf8.contains(value[0]) { return .code }
    }
    if lowered.hasSuffix("()") || lowered.contains("->") || lowered.contains("::") || isReference { return .code }
    let letters = String(decoding: value.filter(\.isLetter).map(\.lowercasedASCII), as: UTF8.self)
    let nameLetters = String(name.filter(\.isLetter))
    if !letters.isEmpty, letters.count == value.count || kind == .key, nameLetters.contains(letters) {
      return .sameAsName
    }
    if Self.literals.contains(lowered) { return .code }
    return nil
  }

  /// `config.password`, `self.token`: names joined by dots.
  private var isReference: Bool {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count >= 2 else { return false }
    return parts.allSatisfy { part in
      guard let first = part.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
      return part.allSatisfy { ByteSets.word.contains($0) } && part.count < 24 && pairCommonness(part) > 9.5
    }
  }

  private var isPath: Bool {
    let parts = value.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    return parts.count >= 2 && parts.count { $0.count >= 3 && pairCommonness($0) > 10.2 } * 2 >= parts.count
  }

  /// Words of languages and of forms.
  private static let literals: Set<String> = [
    "string", "optional", "required", "hidden", "prompt", "input", "text", "varchar", "boolean", "object", "number",
    "any", "void", "self", "this", "function", "return", "char", "bytes", "bearer", "basic", "digest", "plain",
    "sha256",
    "hs256", "rs256", "md5", "sha1", "sha512", "pbkdf2", "scrypt", "bcrypt", "argon2", "yes", "disabled", "enabled",
    "unset", "redacted", "secret",
  ]

  // MARK: - Keys

  private var keyTerms: Result<[RiskTerm], ValueReason> {
    guard value.count >= 10 else { return .failure(.entropy) }
    guard value.allSatisfy({ ByteSets.word.contains($0) || "-+/=.~:!@#$%^&*,".utf8.contains($0) }) else {
      return .failure(.words)
    }
    let digits = value.count { $0.isDigit }
    if digits == value.count || isDate { return .failure(.otherKind) }
    let isMixed = value.contains(where: \.isLowercase) && value.contains(where: \.isUppercase)
    guard digits > 0 || (isMixed && value.count >= 20) else { return .failure(.words) }
    if shannonEntropy(value) < entropyFloor { return .failure(.entropy) }
    let commonness = pairCommonness(value)
    if commonness > (value.count < 16 ? 9.9 : 10.1) { return .failure(.words) }
    let term = RiskTerm("value", 12, "the value looks random, as a key does")
    return .success(value.count >= 16 ? [term] : [RiskTerm("value", 0, "the value may be a key")])
  }

  /// What random text of this length has, less a margin: bits per character.
  private var entropyFloor: Double {
    let isHex = value.allSatisfy { $0.isDigit || ($0.lowercasedASCII &- 0x61 < 6) }
    let most = isHex ? 4.0 : 5.2
    let reachable = min(most, logarithmOfLength)
    return reachable * (isHex ? 0.78 : 0.82)
  }

  private var logarithmOfLength: Double {
    // log2 of 10 to 200 by its integer part and a line between: near enough for a floor.
    let exponent = Int.bitWidth - 1 - value.count.leadingZeroBitCount
    return Double(exponent) + Double(value.count) / Double(1 << exponent) - 1
  }

  private var isDate: Bool {
    value.allSatisfy { $0.isDigit || "-:./TZ+".utf8.contains($0) }
  }

  // MARK: - Passwords

  private var passwordTerms: Result<[RiskTerm], ValueReason> {
    let least = path.isConfiguration ? 5 : 6
    guard value.count >= least, value.count <= 64 else { return .failure(.entropy) }
    let classes = [
      value.contains(where: \.isLowercase), value.contains(where: \.isUppercase), value.contains(where: \.isDigit),
      value.contains { !$0.isLetter && !$0.isDigit },
    ].count { $0 }
    let digits = value.count { $0.isDigit }
    if digits == value.count { return value.count >= 6 ? .success([weak]) : .failure(.otherKind) }
    if isDate { return .failure(.otherKind) }
    let isSnake = value.allSatisfy {
      $0.isLetter || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    if isSnake, pairCommonness(value) > 9.8 {
      // A bare word: a person's choice in a configuration, anything in code.
      let isOneWord = value.allSatisfy(\.isLetter)
      return isOneWord && path.isConfiguration && form != .compared ? .success([weak]) : .failure(.words)
    }
    if classes >= 3, value.count >= 10, pairCommonness(value) < 10 {
      return .success([RiskTerm("value", 12, "the value looks like a strong password")])
    }
    return .success([RiskTerm("value", 0, "the value looks like a password")])
  }

  private var weak: RiskTerm { RiskTerm("value", -15, "the value is a plain word or number") }
}
