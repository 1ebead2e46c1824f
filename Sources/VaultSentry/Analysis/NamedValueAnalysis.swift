// Whether the value of a telling name is a secret: evidence from its letters, its form and its file.

import CatalogueImage
import Digests
import SecretModel

/// A class, so that what most values are judged without is made when it is asked for.
final class NamedValueAnalysis {
  private let value: [UInt8]
  private lazy var lowered = String(decoding: value.map(\.lowercasedASCII), as: UTF8.self)
  private let name: String
  private let kind: CompiledRule.ValueKind
  private let form: NamedValue.Form
  private let path: PathContext
  private lazy var traits = ValueTraits(value)
  /// Whether words follow the value: it begins a sentence.
  private let goesOn: Bool
  /// Whether the name and a user, a host or a database are settings in one literal: `"user=app,password=…"`.
  private let isAmongSettings: Bool
  /// Whether the line of the name is a comment.
  private let isComment: Bool

  init(_ match: Match, _ kind: CompiledRule.ValueKind, _ bytes: UnsafeRawBufferPointer, _ path: PathContext) {
    let stored = Array(bytes[match.secret])
    value = match.form == .encoded ? stored.decodingBase64() ?? stored : stored
    let place = match.name ?? match.range.lowerBound..<max(match.range.lowerBound, match.secret.lowerBound)
    name = String(decoding: bytes[place].map(\.lowercasedASCII), as: UTF8.self)
    self.kind = kind
    form = match.form
    self.path = path
    isAmongSettings =
      form == .inline && !path.isConfiguration && Self.isAmongSettings(place.lowerBound, match.secret.upperBound, bytes)
    isComment = Self.isComment(lineOf: place.lowerBound, bytes)
    let behind = bytes[match.secret.upperBound...].prefix(2)
    goesOn = behind.first == 0x20 && behind.last.map(\.isLetter) == true
  }

  /// Whether another setting stands beside a name, in the literal that both are a part of.
  private static func isAmongSettings(_ name: Int, _ end: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let before = bytes[max(0, name - 200)..<name]
    let opening = before.lastIndex { "\"'`\n".utf8.contains($0) } ?? before.startIndex
    let behind = bytes[end..<min(bytes.count, end + 200)].prefix { !"\"'`\n".utf8.contains($0) }
    let isLiteral = opening < before.endIndex && "\"'`".utf8.contains(bytes[opening])
    let around = UnsafeRawBufferPointer(rebasing: bytes[opening..<behind.endIndex])
    return isLiteral && neighbours.contains { around.containsIgnoringCase($0) }
  }

  private static let neighbours = ["user=", "username=", "uid=", "login=", "host=", "server=", "database=", "dbname="]

  /// Whether the line before a place begins as comments do.
  private static func isComment(lineOf place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let before = bytes[max(0, place - 200)..<place]
    let line = before[(before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex)...].drop { $0 <= 0x20 }
    return ["#", "//", "/*", "* ", "--", "<!--", ";"].contains { line.starts(with: $0.utf8) }
  }

  /// The terms that the value adds to the risk, or why it is none.
  var verdict: Result<[RiskTerm], ValueReason> {
    if let reason = misplaced ?? notALiteral { return .failure(reason) }
    let terms = kind == .key && form != .encoded ? keyTerms : passwordTerms
    return terms.map { form == .compared ? $0 + [RiskWeights.compared.term] : $0 }
  }

  /// Whether values of this form are literals in files of this kind.
  private var misplaced: ValueReason? {
    switch form {
    case _ where value.isEmpty: .entropy
    case .bare where goesOn && value.allSatisfy(\.isLetter): .words
    case .bare where !path.isConfiguration && !(path.isUnknownKind && hasDigitsAndLetters): .bareInCode
    case .inline where !(path.isConfiguration || path.isUnknownKind || isAmongSettings) || !hasDigitsAndLetters:
      .bareInCode
    case .member where !path.isConfiguration, .encoded where !path.isConfiguration: .bareInCode
    case .argument where path.isData: .words
    case .spaced
    where !path.isDotFile && !(path.isPlainConfiguration && (hasDigitsAndLetters || characterClasses >= 3)): .bareInCode
    case .prose where !(path.isProse || isComment) || !looksChosen: .words
    default: nil
    }
  }

  private var hasDigitsAndLetters: Bool { value.contains(where: \.isDigit) && value.contains(where: \.isLetter) }

  /// Whether no word of a sentence looks so: letters with digits, several of them or with other signs.
  private var looksChosen: Bool {
    hasDigitsAndLetters
      && (characterClasses >= 3 || (value.count(where: \.isDigit) >= 2 && value.count(where: \.isLetter) >= 4))
  }

  private var characterClasses: Int {
    [
      value.contains(where: \.isLowercase), value.contains(where: \.isUppercase), value.contains(where: \.isDigit),
      value.contains { !$0.isLetter && !$0.isDigit },
    ].count { $0 }
  }

  // MARK: - What no secret looks like

  private var notALiteral: ValueReason? {
    guard value.allSatisfy({ (0x21...0x7E).contains($0) }) else { return isSalt ? nil : .words }
    if isEncrypted { return .encrypted }
    if isPublic { return .publicValue }
    if isLongPath { return .otherKind }
    if isSalt { return nil }
    switch traits.kind {
    case .path, .address, .fileName, .version: return .otherKind
    case .number where !value.allSatisfy(\.isDigit): return .otherKind
    default: break
    }
    if isCode || isQualifiedName { return .code }
    if encodesWords { return .words }
    if form == .argument, isMailAddress { return .otherKind }
    let letters = String(decoding: value.filter(\.isLetter).map(\.lowercasedASCII), as: UTF8.self)
    let nameLetters = String(decoding: name.utf8.filter(\.isLetter), as: UTF8.self)
    if !letters.isEmpty, letters.count == value.count || kind == .key, nameLetters.holds(letters) {
      return .sameAsName
    }
    // The name with a little more: a flag's own name as its value.
    if kind == .key, nameLetters.utf8.count >= 10, letters.holds(nameLetters),
      letters.utf8.count - nameLetters.utf8.count <= 6
    {
      return .sameAsName
    }
    if path.isTranslation, !value.contains(where: \.isDigit) { return .translation }
    return nil
  }

  /// Long, with spaces perhaps, of all kinds of signs: the salts of WordPress.
  private var isSalt: Bool {
    isLiteral && kind == .key && value.count >= 40 && value.allSatisfy { (0x20...0x7E).contains($0) }
      && value.count { $0 == 0x20 } * 12 < value.count && value.count { $0 == UInt8(ascii: "\\") } < 3
      && characterClasses == 4 && traits.commonness < 9.6 && traits.kind == nil
  }

  private var isLiteral: Bool { form == .quoted || form == .argument }

  private var isEncrypted: Bool {
    let marks = [
      "enc[", "enc(", "{cipher}", "$ansible_vault", "vault:v1:", "!vault", "aqicah", "sops:", "{aes}", "-----begin age",
    ]
    return marks.contains { lowered.hasPrefix($0) }
  }

  private var isPublic: Bool {
    [
      "ssh-rsa", "ssh-ed25519", "ecdsa-sha2-", "aaaab3nza", "aaaac3nza", "-----begin cert", "-----begin public",
      "sha256:", "sha512-", "sha384-", "sha1-", "sha256-",
      // Public keys in DER: RSA of 512 to 4,096 bits, P-256, P-384, Ed25519.
      "mfwwdqyjkozi", "migfma0gcsq", "migema0gcsq", "miibijanbgk", "miibojanbgk", "miicijanbgk", "mfkwewyhkoz",
      "mhywebyhkoz", "mcowbqydk2vwayea",
    ]
    .contains { lowered.hasPrefix($0) }
  }

  private var isCode: Bool {
    if holdsConversion || lowered.hasPrefix("\\$") { return true }
    if "$@%&*!{}<>".utf8.contains(value[0]),
      form != .quoted || value[0] == UInt8(ascii: "$") || value[0] == UInt8(ascii: "@")
    {
      return !isHash
    }
    if Self.terminalEscapes.contains(where: lowered.hasPrefix) { return true }
    // An option that the value will be put behind: `'--password=' . $password`.
    if lowered.hasPrefix("--"), lowered.hasSuffix("=") { return true }
    // What stands between two literals that are joined: `'--password='.$settings['password']`.
    if lowered.hasPrefix(".$") { return true }
    if lowered.hasPrefix("^") || lowered.hasPrefix("/^") || lowered.holds("\\x") || lowered.holds("[a-z") {
      return true
    }
    if lowered.hasSuffix("()") || lowered.holds("->") || lowered.holds("::") || isReference { return true }
    if lowered.holds("|"), lowered.utf8.allSatisfy({ $0.isLetter || "|:_".utf8.contains($0) || $0.isDigit }) {
      return true
    }
    return Self.literals.contains(lowered)
  }

  /// How the sequences that colour a terminal are written.
  private static let terminalEscapes = ["\\033[", "\\e[", "\\x1b[", "\\u001b["]

  /// Directories of random names with a file of a usual kind at the end, `v4/66/c9/…/source.png`, or with several that
  /// are no longer than three letters, as stores of many files have them.
  private var isLongPath: Bool {
    let parts = value.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count >= 3, let last = parts.last else { return false }
    if let dot = last.lastIndex(of: UInt8(ascii: ".")) {
      let ending = last[(dot + 1)...]
      if (2...8).contains(ending.count), ending.allSatisfy(\.isLowercase) { return true }
    }
    return parts.count >= 5 && parts.count { (1...3).contains($0.count) } >= 3
      && parts.allSatisfy { !$0.isEmpty && !$0.contains(UInt8(ascii: "+")) && $0.last != UInt8(ascii: "=") }
  }

  /// Names joined as languages join them: `azure-native:web:WebApp`, `myPkg:myMod/childA:MemberA1`.
  private var isQualifiedName: Bool {
    let parts = value.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }
    return parts.count >= 3 && value.contains(UInt8(ascii: ":"))
      && parts.allSatisfy { part in
        (2...24).contains(part.count) && part.first?.isLetter == true && part.count(where: \.isDigit) <= 1
          && part.allSatisfy { ByteSets.word.contains($0) || $0 == UInt8(ascii: "-") }
      }
  }

  /// Whether base64 of nothing but words: `YXBpS2V5U2VjcmV0`.
  private var encodesWords: Bool {
    guard value.count >= 12, value.count % 4 == 0, let plain = value.decodingBase64() else { return false }
    let text = plain.reversed().drop { $0 == 0x0A || $0 == 0x0D }
    return text.allSatisfy { $0.isLetter || "_- .".utf8.contains($0) }
      && WordCount(text.reversed()).share > 0.6
  }

  /// What comes first in calls that log in: `signInWithPassword("ann@corp.net", …)`.
  private var isMailAddress: Bool {
    let parts = value.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    return parts.count == 2 && !parts[0].isEmpty && parts[1].contains(UInt8(ascii: "."))
      && parts[1].allSatisfy { $0.isLetter || $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
      && parts[1].last?.isLetter == true
  }

  /// Whether a conversion of a format, such as `%s`, stands in it as a word.
  private var holdsConversion: Bool {
    value.indices.dropLast().contains { at in
      value[at] == UInt8(ascii: "%") && "sdv".utf8.contains(value[at + 1])
        && (at + 2 == value.count || !(value[at + 2].isLetter || value[at + 2].isDigit))
    }
  }

  /// A password's hash in the form of crypt(3).
  private var isHash: Bool {
    value.count >= 20 && value[0] == UInt8(ascii: "$") && value.count { $0 == UInt8(ascii: "$") } >= 2
  }

  /// `config.password`, `self.token`: names joined by dots; `op://…`, `ssm:/…`: an address in a store.
  private var isReference: Bool {
    for scheme in ["op://", "ssm:", "vault:", "secret:", "secretref:", "keyvault:", "env:", "ref+"]
    where lowered.hasPrefix(scheme) {
      return true
    }
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count >= 2 else { return false }
    return parts.allSatisfy { part in
      guard let first = part.first, first.isLetter || first == UInt8(ascii: "_") else { return false }
      return part.allSatisfy { ByteSets.word.contains($0) } && part.count < 24 && pairCommonness(part) > 9.5
    }
  }

  /// Words of languages, of forms and of other settings.
  private static let literals: Set<String> = [
    "string", "optional", "required", "hidden", "prompt", "input", "text", "varchar", "boolean", "object", "number",
    "any", "void", "self", "this", "function", "return", "char", "bytes", "bearer", "basic", "digest", "plain",
    "sha256", "hs256", "rs256", "md5", "sha1", "sha512", "pbkdf2", "scrypt", "bcrypt", "argon2", "yes", "disabled",
    "enabled", "unset", "redacted", "secret", "compat", "files", "systemd", "sssd", "nullable", "accepted", "rejected",
    "invalid", "missing", "expired", "confirmed", "integer", "bool", "const", "static", "final", "inherit", "auto",
    "always", "never", "manual", "plaintext", "scram-sha-256", "scram-sha-1", "scram-sha-512", "hmac-sha256", "aes-256",
    "aes256", "aes-256-gcm", "aes-256-cbc", "oauth2", "client_credentials", "authorization_code", "refresh_token",
    "sometimes", "ephemeral", "forever", "session", "cookie", "header", "query", "stdin", "keyring", "keychain",
  ]

  // MARK: - Keys

  private var keyTerms: Result<[RiskTerm], ValueReason> {
    if isSalt { return .success([RiskWeights.randomValue.term]) }
    guard value.count >= 10 else { return .failure(.entropy) }
    guard value.allSatisfy({ ByteSets.word.contains($0) || "-+/=.~:!@#$%^&*,".utf8.contains($0) }) || isSalted else {
      return .failure(.words)
    }
    switch traits.kind {
    case .number, .date: return .failure(.otherKind)
    case .uuid: return .success([RiskWeights.uuid.term])
    default: break
    }
    let isMixed = value.contains(where: \.isLowercase) && value.contains(where: \.isUppercase)
    guard value.contains(where: \.isDigit) || (isMixed && value.count >= 20) else { return .failure(.words) }
    guard traits.isRandom else { return .failure(.entropy) }
    if traits.commonness > (value.count < 16 ? 9.9 : 10.1) || traits.wordShare > (form == .member ? 0.5 : 0.62) {
      return .failure(.words)
    }
    return .success([value.count >= 16 ? RiskWeights.randomValue.term : RiskWeights.shortValue.term])
  }

  /// Printable signs of all kinds, longer than any expression: a generated key.
  private var isSalted: Bool { isLiteral && value.count >= 32 && characterClasses == 4 && traits.commonness < 9.6 }

  // MARK: - Passwords

  private var passwordTerms: Result<[RiskTerm], ValueReason> {
    let least = path.isConfiguration ? 5 : 6
    guard value.count >= least, value.count <= 64 || isHash || (value.count <= 128 && traits.isRandom) else {
      return .failure(.entropy)
    }
    if traits.kind == .date { return .failure(.otherKind) }
    if value.allSatisfy(\.isDigit) {
      return value.count >= 6 && form != .prose ? .success([RiskWeights.plainWord.term]) : .failure(.otherKind)
    }
    if Self.translations.contains(lowered) { return .failure(.translation) }
    if traits.kind == .words && isIdentifier || isNameOfSetting { return .failure(.words) }
    let isSnake = value.allSatisfy {
      $0.isLetter || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    if isSnake, traits.commonness > 9.8 || traits.wordShare > 0.8 {
      // A bare word: a person's choice in a configuration, anything in code.
      let isOneWord = value.allSatisfy(\.isLetter) && value.dropFirst().allSatisfy { !$0.isUppercase }
      let isChoice = path.isConfiguration && !path.isProse && form != .compared && form != .member
      return isOneWord && isChoice ? .success([RiskWeights.plainWord.term]) : .failure(.words)
    }
    if saysPassword {
      return path.isConfiguration && !path.isProse ? .success([RiskWeights.plainWord.term]) : .failure(.sameAsName)
    }
    if characterClasses >= 3, value.count >= 10, traits.commonness < 10, !isHash {
      return .success([RiskWeights.strongPassword.term])
    }
    return .success([RiskWeights.password.term])
  }

  /// Whether words joined by signs make an identifier of code, not a pass phrase.
  private var isIdentifier: Bool {
    let parts = value.split {
      $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":")
    }
    return parts.count >= 5
      || (parts.count >= 2 && value.allSatisfy { !$0.isUppercase } && !path.isConfiguration
        && parts.allSatisfy { $0.allSatisfy(\.isLetter) })
  }

  /// Whether words and numbers joined by hyphens, with one that names secrets: `pm-27278-v2-password-registration`.
  private var isNameOfSetting: Bool {
    let parts = value.split(omittingEmptySubsequences: false) { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
    return parts.count >= 4 && value.allSatisfy { !$0.isUppercase }
      && parts.allSatisfy { part in part.allSatisfy { $0.isLetter || $0.isDigit } }
      && parts.contains { Self.nameWords.contains(String(decoding: $0, as: UTF8.self)) }
  }

  /// What names of settings and flags say, and hardly a pass phrase.
  private static let nameWords: Set<String> = ["password", "passwd", "secret", "token", "key", "auth", "login"]

  /// Whether hardly more than the word itself is in it: `password123`, `testPassword1`.
  private var saysPassword: Bool { Self.saysPassword(value.map(\.lowercasedASCII)) }

  /// - Parameter lowered: the value in lower case.
  static func saysPassword(_ lowered: [UInt8]) -> Bool {
    // With its signs, since some stand for letters, and without: `p@ssw0rd`, `pass:word`.
    says(lowered) || says(lowered.filter { $0.isLetter || $0.isDigit })
  }

  private static func says(_ text: [UInt8]) -> Bool {
    var rest = text
    for word in emptyWords { rest.removeAll(word) }
    let saysIt = emptyWords.prefix(8).contains { text.count > 5 && text.holds($0) }
    return saysIt && rest.count { $0.isLetter } <= 1 && rest.count <= 5
  }

  private static let emptyWords = [
    "password", "passwd", "passw0rd", "p@ssw0rd", "p@ssword", "pass", "pwd", "secret", "test", "user", "fake", "some",
    "hashed",
    "new", "old", "wrong", "bad", "invalid", "valid", "the", "my", "super", "token", "demo", "sample", "mock", "foo",
    "bar", "another", "other", "this", "kind", "of", "auth", "not", "is", "used", "for", "testing",
  ]

  /// “Password” as user interfaces of other languages have it.
  private static let translations: Set<String> = [
    "passwort", "kennwort", "contrasena", "contrasenya", "contrasinal", "senha", "wachtwoord", "salasana", "parola",
    "parole", "heslo", "lozinka", "geslo", "haslo", "jelszo", "motdepasse", "passord", "adgangskode", "losenord",
    "sifre", "parool", "slaptazodis", "palavra-passe", "clave", "mot_de_passe", "sandi", "kata_sandi", "matkhau",
  ]
}

extension [UInt8] {
  /// Takes out a word wherever it stands.
  fileprivate mutating func removeAll(_ word: String) {
    let length = word.utf8.count
    while count >= length, let start = (0...count - length).first(where: { self[$0...].starts(with: word.utf8) }) {
      removeSubrange(start..<start + length)
    }
  }
}
