// A name and its value, in whatever language: `dbPassword = "…"`, `"api_key": "…"`, `API_TOKEN=…`, `<secret>…</secret>`.

import CatalogueImage

/// A value whose name says that it is a secret.
struct NamedValue {
  /// The identifier that the word stands in.
  let name: Range<Int>
  let value: Range<Int>
  let form: Form

  /// How a value stands beside its name.
  enum Form {
    case quoted
    /// Only configuration files and shells write values so.
    case bare
    /// Bare, and with nothing but blanks before it: some programs' own files (`password abc` in `.msmtprc`).
    case spaced
    /// The next argument of a call, or the next item of a list.
    case argument
    /// Behind `==` or `!=`.
    case compared
    /// Behind a word of prose: `the root password: …`.
    case prose
    /// In the middle of a line, without blanks around the operator: `user=app password=… host=…`, `?token=…`.
    case inline
    /// One of the values below a name that stands for all of them: a block of `secrets:`, a column of a table.
    case member
    /// A member in base64, of a Kubernetes manifest.
    case encoded
  }

  static let longestName = 60
  static let longestValue = 500
  /// Most values that one name stands for.
  static let mostMembers = 500

  /// What stands around a word that says that a secret follows.
  enum Reading {
    case none
    case one(NamedValue)
    case several([NamedValue])
    /// Whether there are values is not known: too much was looked at already.
    case limit
  }

  /// Reads name, operator and value around a word; nothing if the word is a part of another one, or no value follows.
  ///
  /// - Parameter ahead: what names that stand for many values may still look at.
  static func read(around word: Range<Int>, in bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> Reading {
    // The cheapest questions come first: most words of this kind have no value behind them.
    guard beginsWord(word, bytes), let name = name(around: word, bytes) else { return .none }
    guard !isPlural(word, name, bytes) else { return members(of: name, word, bytes, ahead) }
    if let direct = direct(name, word, bytes, ahead) { return .one(direct) }
    if let paired = NamePair(name, in: bytes)?.value, meansSecret(name, word, bytes) { return .one(paired) }
    return members(of: name, word, bytes, ahead)
  }

  private static func members(
    of name: Range<Int>, _ word: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> Reading {
    if ahead.isSpent { return .limit }
    if NamePair.isKind(name, in: bytes) { return several(NamedMembers.manifest(at: name, in: bytes, ahead)) }
    let values = NamedMembers.values(of: name, in: bytes, ahead).filter { (4...longestValue).contains($0.value.count) }
    return !values.isEmpty && meansSecret(name, word, bytes) ? .several(values) : .none
  }

  private static func several(_ values: [NamedValue]) -> Reading { values.isEmpty ? .none : .several(values) }

  /// A value right behind its name.
  private static func direct(
    _ name: Range<Int>, _ word: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> NamedValue? {
    var reader = ValueReader(bytes, at: name.upperBound, ahead)
    let isQuotedName = reader.closesName()
    if isQuotedName, NamePair.stands(name, in: bytes) { return nil }
    if let fallback = reader.fallback(of: name) {
      return meansSecret(name, word, bytes) ? NamedValue(name: name, value: fallback, form: .quoted) : nil
    }
    guard let relation = reader.relation(behindQuote: isQuotedName) else { return nil }
    guard let (read, isQuoted) = reader.value(for: relation) else { return nil }
    var value = read
    guard value.count >= 4, value.count <= longestValue, !isFallback(value, bytes) else { return nil }
    let isElement = name.lowerBound > 0 && bytes[name.lowerBound - 1] == UInt8(ascii: "<")
    var form = Form.quoted
    switch relation {
    case .comparison: form = .compared
    case .option: form = isQuoted ? .quoted : .bare
    case .blanks: form = isQuoted ? .quoted : isIntroduced(name, bytes) ? .bare : .spaced
    case .assignment: form = isQuoted ? .quoted : .bare
    case .argument: form = .argument
    }
    if !isQuoted, !isElement, relation != .option, !beginsEntry(name, bytes) {
      guard relation == .assignment else { return nil }
      if value.lowerBound == name.upperBound + 1, bytes[name.upperBound] == UInt8(ascii: "=") {
        form = .inline
        // An escape of the string that the line is a part of.
        if let escape = bytes[value].firstIndex(of: UInt8(ascii: "\\")) { value = value.lowerBound..<escape }
        if value.count < 4 { return nil }
      } else {
        guard endsPhrase(name, bytes) else { return nil }
        form = .prose
      }
    }
    // “If we pass "…"”: a verb, unless it begins the line as the name of a setting does.
    if relation == .blanks, isQuoted, name.count == 4, !beginsEntry(name, bytes) { return nil }
    if relation == .blanks, isQuoted, bytes[value.lowerBound - 1] == UInt8(ascii: "`") {
      // “pass `--all`” is no password.
      guard name.count > 4, !bytes[value].contains(UInt8(ascii: "=")) else { return nil }
      form = .prose
    }
    guard meansSecret(name, word, bytes) else { return nil }
    return NamedValue(name: name, value: value, form: form)
  }

  /// Whether a quoted value is `${NAME:-default}` and no more: its own name leads to the default.
  private static func isFallback(_ value: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes[value].starts(with: "${".utf8) && bytes[value.upperBound - 1] == UInt8(ascii: "}")
      && bytes[value].contains(UInt8(ascii: ":"))
  }
}

extension UInt8 {
  var isLowercase: Bool { self &- 0x61 < 26 }
  var isUppercase: Bool { self &- 0x41 < 26 }
  var isLetter: Bool { isLowercase || isUppercase }
  var isDigit: Bool { self &- 0x30 < 10 }
}
