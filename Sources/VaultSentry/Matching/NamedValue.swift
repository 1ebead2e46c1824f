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
    /// Behind `==` or `!=`.
    case compared
  }

  private static let longestName = 60
  private static let longestValue = 200

  /// Reads name, operator and value around a word; nil if the word is a part of another one, or no value follows.
  init?(_ word: Range<Int>, in bytes: UnsafeRawBufferPointer) {
    // The cheapest questions come first: most words of this kind have no value behind them.
    guard Self.beginsWord(word, bytes), let name = Self.name(around: word, bytes) else { return nil }
    var reader = Reader(bytes: bytes, at: name.upperBound)
    guard let relation = reader.relation(behindQuote: reader.closesName(name)) else { return nil }
    guard let (value, isQuoted) = reader.value(mayBeBare: relation != .comparison) else { return nil }
    guard value.count >= 4, value.count <= Self.longestValue else { return nil }
    let isElement = name.lowerBound > 0 && bytes[name.lowerBound - 1] == UInt8(ascii: "<")
    guard isQuoted || isElement || Self.beginsEntry(name, bytes), Self.meansSecret(name, word, bytes) else {
      return nil
    }
    self.name = name
    self.value = value
    form = relation == .comparison ? .compared : isQuoted ? .quoted : relation == .blanks ? .spaced : .bare
  }

  // MARK: - Names

  /// Whether the name is the first thing of its line, behind marks and words that introduce a setting: a bare value
  /// elsewhere is a sentence's next word.
  private static func beginsEntry(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var start = name.lowerBound
    while start > 0, bytes[start - 1] != 0x0A, name.lowerBound - start < 80 { start -= 1 }
    let before = String(decoding: bytes[start..<name.lowerBound], as: UTF8.self)
    let words = before.split(whereSeparator: { " \t\"'`-<>#$:{,;&?*|".contains($0) })
    return words.count <= 3 && words.allSatisfy { introducers.contains($0.lowercased()) || $0.contains("=") }
  }

  private static let introducers: Set<String> = [
    "export", "env", "arg", "set", "setx", "local", "declare", "readonly", "const", "let", "var", "val", "environment",
    "//", "!", "rem", "public", "private", "static", "final", "x", "e", "e_environment", "add", "global",
  ]

  /// Whether the word begins where a word of an identifier begins: not inside `monkey` or `keyboard`.
  private static func beginsWord(_ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard word.lowerBound > 0 else { return true }
    let before = bytes[word.lowerBound - 1]
    guard before.isLetter else { return true }
    if before.isLowercase, bytes[word.lowerBound].isUppercase { return true }
    var start = word.lowerBound
    while start > 0, bytes[start - 1].isLetter, word.lowerBound - start <= 8 { start -= 1 }
    let prefix = String(decoding: bytes[start..<word.lowerBound].map(\.lowercasedASCII), as: UTF8.self)
    return joinedPrefixes.contains(prefix)
  }

  /// The identifier, if the word ends as a word in it.
  private static func name(around word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var start = word.lowerBound
    while start > 0, word.lowerBound - start < longestName, isNameByte(bytes[start - 1]) { start -= 1 }
    var end = word.upperBound
    while end < bytes.count, end - word.upperBound < longestName, isNameByte(bytes[end]),
      bytes[end] != UInt8(ascii: ".")
    {
      end += 1
    }
    if word.upperBound < end, bytes[word.upperBound].isLowercase { return nil }
    return start..<end
  }

  /// Whether no other word of the identifier says that its value is another thing.
  private static func meansSecret(_ name: Range<Int>, _ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    words(bytes[word.upperBound..<name.upperBound]).allSatisfy { !otherThings.contains($0) }
      && words(bytes[name.lowerBound..<word.lowerBound]).allSatisfy { !otherSorts.contains($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    ByteSets.word.contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// The words of an identifier's part, in lower case.
  private static func words(_ part: Slice<UnsafeRawBufferPointer>) -> [String] {
    var words: [[UInt8]] = [[]]
    var previousIsLower = false
    for byte in part {
      if !byte.isLetter {
        words.append([])
      } else {
        if byte.isUppercase, previousIsLower { words.append([]) }
        words[words.count - 1].append(byte.lowercasedASCII)
      }
      previousIsLower = byte.isLowercase
    }
    return words.filter { !$0.isEmpty }.map { String(decoding: $0, as: UTF8.self) }
  }

  /// What people write before the word without a mark between.
  private static let joinedPrefixes: Set<String> = [
    "db", "my", "app", "api", "user", "admin", "root", "sql", "ftp", "smtp", "mail", "ssh", "aws", "auth", "client",
    "jwt",
    "redis", "mysql", "pg", "proxy", "login", "account", "master", "access", "bot", "oauth", "cookie", "session",
    "sftp",
    "ldap", "git", "web", "rpc", "service", "server", "consumer", "new", "old",
  ]
  /// Behind the word: the value is about the secret, or names it.
  private static let otherThings: Set<String> = [
    "file", "path", "dir", "url", "uri", "endpoint", "name", "id", "ids", "type", "hash", "hashed", "digest", "length",
    "len",
    "size", "count", "field", "fields", "label", "prompt", "policy", "regex", "pattern", "format", "expiry", "expires",
    "expiration", "expired", "ttl", "timeout", "reset", "hint", "placeholder", "input", "error", "errors", "message",
    "msg",
    "valid", "validator", "validation", "required", "enabled", "disabled", "manager", "provider", "class", "func",
    "function",
    "method", "store", "ref", "env", "var", "variable", "column", "header", "param", "parameter", "arn", "version",
    "status",
    "strength", "title", "text", "description", "help", "confirmation", "algorithm", "alg", "encoding", "encoder",
    "prefix",
    "suffix", "index", "source", "location", "key", "owner", "scope", "scopes", "audience", "issuer", "address",
    "symbol",
    "bucket", "group", "mode", "change", "changed", "updated", "created", "at", "date", "time", "min", "max", "limit",
    "rule",
    "rules", "template", "command", "cmd", "fieldname", "selector", "element", "button", "link", "page", "view", "form",
    "handler", "callback", "request", "response", "service", "client", "factory", "builder", "config", "option",
    "options",
    "state", "exists", "missing", "mismatch", "incorrect", "invalid", "wrong", "not", "is", "for", "from", "with", "or",
    "and", "filter", "through", "str", "fail", "phrase", "list", "array", "map", "set", "getter", "util", "utils",
    "helper", "test",
    "tests", "kind", "labels",
    "json",
  ]
  /// Before the word: it is a token, a key or a secret of another sort, or none.
  private static let otherSorts: Set<String> = [
    "no", "is", "has", "use", "show", "hide", "forgot", "forget", "reset", "invalid", "wrong", "hash", "hashed",
    "encrypted",
    "public", "pub", "csrf", "xsrf", "next", "page", "continuation", "pagination", "max", "min", "num", "count",
    "total",
    "stop", "pad", "eos", "bos", "unk", "mask", "cls", "sep", "lex", "parse", "special", "start", "end", "cancellation",
    "cancel", "empty", "missing", "without", "if", "require", "requires", "required", "validate", "verify", "check",
    "get",
    "find", "delete", "remove", "create", "update", "generate", "encrypt", "decrypt", "syntax", "unexpected",
    "expected",
    "foreign", "primary", "sort", "partition", "cache", "index", "lookup", "prompt", "ask", "read", "enter", "checksum",
  ]
}

/// What a name and a value have to do with each other.
private enum Relation {
  case assignment, comparison, blanks
}

/// Reads on behind a name.
private struct Reader {
  let bytes: UnsafeRawBufferPointer
  var at: Int

  private var current: UInt8 { at < bytes.count ? bytes[at] : 0 }

  private mutating func take(_ text: String) -> Bool {
    guard bytes[min(at, bytes.count)...].starts(with: text.utf8) else { return false }
    at += text.utf8.count
    return true
  }

  private mutating func skipBlanks() {
    var left = 40
    while left > 0, current == 0x20 || current == 0x09 {
      at += 1
      left -= 1
    }
  }

  /// Skips what closes a quoted or bracketed name; tells whether it was quoted.
  mutating func closesName(_ name: Range<Int>) -> Bool {
    var isQuoted = false
    for quote in [#"\""#, "\"", "'", "`"] where take(quote) {
      isQuoted = true
      break
    }
    _ = take("]")
    return isQuoted
  }

  /// Reads the operator.
  mutating func relation(behindQuote isQuoted: Bool) -> Relation? {
    skipBlanks()
    for mark in ["===", "!==", "==", "!="] where take(mark) { return finish(.comparison) }
    for mark in [":=", "=>", "?=", "+=", "||=", "??=", "=", "||", "??", "<-"] where take(mark) {
      return finish(.assignment)
    }
    if take(":") {
      skipBlanks()
      skipTypeAnnotation()
      return finish(.assignment)
    }
    if isQuoted, take(",") { return finish(.assignment) }
    if take("(") {
      // A call such as setPassword("…"): only a literal counts.
      return [UInt8(ascii: "\""), UInt8(ascii: "'")].contains(current) ? .assignment : nil
    }
    if !isQuoted, take(">") { return .assignment }
    let isBlank = at > 0 && (bytes[at - 1] == 0x20 || bytes[at - 1] == 0x09)
    return isBlank && !isQuoted && current > 0x20 ? .blanks : nil
  }

  private mutating func finish(_ relation: Relation) -> Relation {
    skipBlanks()
    return relation
  }

  /// `: String = `, `: &str = `, `: string | null = `.
  private mutating func skipTypeAnnotation() {
    let start = at
    var left = 30
    while left > 0, ByteSets.word.contains(current) || " &?|<>.[]*".utf8.contains(current) {
      at += 1
      left -= 1
    }
    guard at > start, current == UInt8(ascii: "="), at + 1 < bytes.count, bytes[at + 1] != UInt8(ascii: "=") else {
      at = start
      return
    }
    at += 1
  }

  /// Reads the value: a literal on this line, or a bare word.
  mutating func value(mayBeBare: Bool) -> (Range<Int>, isQuoted: Bool)? {
    for prefix in ["new String(", "String(", "b", "r", "u", "@", "L"] {
      let start = at
      if take(prefix), current == UInt8(ascii: "\"") || current == UInt8(ascii: "'") { break }
      at = start
    }
    if take("<![CDATA[") { return bare(until: "]<\r\n").map { ($0, true) } }
    if take(#"\""#) { return quoted(by: UInt8(ascii: "\\")).map { ($0, true) } }
    for quote in [UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`")] where current == quote {
      at += 1
      if current == quote { return nil }
      return quoted(by: quote).map { ($0, true) }
    }
    return mayBeBare ? bare(until: " \t\r\n,;\"'`<>()[]{}&|").map { ($0, false) } : nil
  }

  /// What stands before the closing quote, which has to come on the same line.
  private func quoted(by quote: UInt8) -> Range<Int>? {
    var end = at
    while end < bytes.count, end - at <= 300 {
      let byte = bytes[end]
      if byte == quote { return at..<end }
      if byte == 0x0A || byte == 0x0D { return nil }
      end += byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private func bare(until ends: String) -> Range<Int>? {
    var end = at
    while end < bytes.count, end - at <= 300, !ends.utf8.contains(bytes[end]) { end += 1 }
    // A call or an element access goes on: no literal.
    if end < bytes.count, [UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{")].contains(bytes[end]) { return nil }
    return at < end ? at..<end : nil
  }
}

extension UInt8 {
  var isLowercase: Bool { self &- 0x61 < 26 }
  var isUppercase: Bool { self &- 0x41 < 26 }
  var isLetter: Bool { isLowercase || isUppercase }
  var isDigit: Bool { self &- 0x30 < 10 }
}
