// Which identifiers say that their value is a secret.

import CatalogueImage

extension NamedValue {
  /// Whether the name is the first thing of its line, behind marks and words that introduce a setting: a bare value
  /// elsewhere is a sentence's next word.
  static func beginsEntry(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    if standsInFlow(name, bytes) { return true }
    guard let words = wordsBefore(qualified(name, bytes), bytes) else { return false }
    return words.allSatisfy { introducers.contains(Word(bytes[$0])) || bytes[$0].contains(UInt8(ascii: "=")) }
  }

  /// Whether the name is a key inside the braces of one line: `db: { user: app, password: … }`.
  private static func standsInFlow(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = name.lowerBound
    while at > 0, bytes[at - 1] == 0x20 { at -= 1 }
    guard at > 0, bytes[at - 1] == UInt8(ascii: ",") || bytes[at - 1] == UInt8(ascii: "{") else { return false }
    while at > 0, name.lowerBound - at < 200, bytes[at - 1] != 0x0A {
      if bytes[at - 1] == UInt8(ascii: "{") { return at > 1 && bytes[at - 2] == 0x20 }
      at -= 1
    }
    return false
  }

  /// The name with the modules that it belongs to: `mysql::server::root_password`.
  private static func qualified(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int> {
    var start = name.lowerBound
    while start > 2, bytes[start - 1] == UInt8(ascii: ":"), bytes[start - 2] == UInt8(ascii: ":") {
      start -= 2
      while start > 0, name.upperBound - start < 200, ByteSets.word.contains(bytes[start - 1]) { start -= 1 }
    }
    return start..<name.upperBound
  }

  /// Whether a word such as Dockerfile's `ENV`, or fish's `set -gx`, introduces the name.
  static func isIntroduced(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    wordsBefore(name, bytes)?.first.map { variableIntroducers.contains(Word(bytes[$0])) } ?? false
  }

  private static let variableIntroducers: WordSet = ["env", "setenv", "setx", "gx", "xg", "ux", "xu", "lx", "lgx"]

  /// Whether up to three words of prose lead to the name: `root password: …`, `Login: alice Password: …`.
  static func endsPhrase(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard let words = wordsBefore(name, bytes) else { return false }
    return words.allSatisfy { word in
      if bytes[word].elementsEqual("/".utf8) { return true }
      let letters = bytes[word].last == UInt8(ascii: ":") ? bytes[word].dropLast() : bytes[word]
      return letters.allSatisfy { $0.isLetter || $0.isDigit }
    }
  }

  /// The words of the line before a name, the last one first; nil for more than three.
  private static func wordsBefore(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> [Range<Int>]? {
    var words: [Range<Int>] = []
    var at = name.lowerBound
    while at > 0, bytes[at - 1] != 0x0A, name.lowerBound - at < 80 {
      if separators.contains(bytes[at - 1]) {
        at -= 1
        continue
      }
      let end = at
      while at > 0, bytes[at - 1] != 0x0A, end - at < 80, !separators.contains(bytes[at - 1]) { at -= 1 }
      if words.count == 3 { return nil }
      words.append(at..<end)
    }
    return words
  }

  private static let separators = ByteSet(" \t\"'`-<>#$:{,;&?*|".utf8)

  private static let introducers: WordSet = [
    "export", "env", "arg", "set", "setx", "local", "declare", "readonly", "const", "let", "var", "val", "environment",
    "//", "!", "rem", "public", "private", "static", "final", "x", "e", "e_environment", "add", "global", "echo",
    "printf", "setenv", "gx", "xg", "ux", "xu", "lx", "lgx", "setting", "+",
  ]

  /// Whether the word begins where a word of an identifier begins: not inside `monkey` or `keyboard`.
  static func beginsWord(_ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard word.lowerBound > 0 else { return true }
    let before = bytes[word.lowerBound - 1]
    guard before.isLetter else { return true }
    if before.isLowercase, bytes[word.lowerBound].isUppercase { return true }
    var start = word.lowerBound
    while start > 0, bytes[start - 1].isLetter, word.lowerBound - start <= 8 { start -= 1 }
    return isJoinedPrefix(start..<word.lowerBound, bytes)
      || capitals(before: word.lowerBound, bytes).map { isJoinedPrefix($0, bytes) } ?? false
  }

  private static func isJoinedPrefix(_ prefix: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    joinedPrefixes.contains(Word(bytes[prefix]))
  }

  /// The capitals right before a word in small letters, if small letters stand before them: `DB` in `$wgDBpassword`.
  private static func capitals(before word: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    guard bytes[word].isLowercase else { return nil }
    var start = word
    while start > 0, bytes[start - 1].isUppercase, word - start <= 8 { start -= 1 }
    return start < word && start > 0 && bytes[start - 1].isLowercase ? start..<word : nil
  }

  /// The identifier, if the word, or its plural, ends as a word in it.
  static func name(around word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var start = word.lowerBound
    while start > 0, word.lowerBound - start < longestName, isNameByte(bytes[start - 1]) { start -= 1 }
    var end = word.upperBound
    while end < bytes.count, end - word.upperBound < longestName, isNameByte(bytes[end]),
      bytes[end] != UInt8(ascii: ".")
    {
      end += 1
    }
    if word.upperBound < end, continuesWord(word, bytes), !isPlural(word, start..<end, bytes) { return nil }
    return start..<end
  }

  /// Whether letters of the same case go on behind the word: `passwordless`, `PASSWORDFILE`.
  private static func continuesWord(_ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let next = bytes[word.upperBound]
    return next.isLowercase || (next.isUppercase && bytes[word.upperBound - 1].isUppercase)
  }

  /// Whether a key of a block of secrets says that its value is something about one.
  static func namesOtherThing(_ key: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    words(bytes[key]).last.map { otherThings.contains($0) || publicParts.contains($0) } ?? true
  }

  /// What stands beside secrets.
  private static let publicParts: WordSet = [
    "kid", "sub", "iss", "aud", "user", "username", "login", "email", "host", "hostname", "port", "domain", "region",
    "shape", "ref", "default", "resolved", "integrity", "commit", "branch", "tag", "repository", "project", "account",
    "tenant", "namespace", "fingerprint", "checksum", "sha", "subject", "value_from", "example",
  ]

  /// Whether the name is that of several secrets.
  static func isPlural(_ word: Range<Int>, _ name: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    name.upperBound == word.upperBound + 1 && bytes[word.upperBound].lowercasedASCII == UInt8(ascii: "s")
  }

  /// Whether no other word of the identifier says that its value is another thing.
  static func meansSecret(_ name: Range<Int>, _ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    words(bytes[word.upperBound..<name.upperBound]).allSatisfy { !otherThings.contains($0) }
      && words(bytes[name.lowerBound..<word.lowerBound]).allSatisfy { !otherSorts.contains($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    ByteSets.word.contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
  }

  /// The words of an identifier's part.
  static func words(_ part: Slice<UnsafeRawBufferPointer>) -> [Word] {
    var words: [Word] = []
    var word = Word()
    var previousIsLower = false
    func close() {
      if word.count > 0 { words.append(word) }
      word = Word()
    }
    for byte in part {
      if !byte.isLetter || byte.isUppercase && previousIsLower { close() }
      if byte.isLetter { word.append(byte) }
      previousIsLower = byte.isLowercase
    }
    close()
    return words
  }

  /// What people write before the word without a mark between.
  private static let joinedPrefixes: WordSet = [
    "db", "my", "app", "api", "user", "admin", "root", "sql", "ftp", "smtp", "mail", "ssh", "aws", "auth", "client",
    "jwt", "redis", "mysql", "pg", "proxy", "login", "account", "master", "access", "bot", "oauth", "cookie", "session",
    "sftp", "ldap", "git", "web", "rpc", "service", "server", "consumer", "new", "old", "require", "store", "keystore",
    "key", "bind", "imap", "pop", "wifi", "enc", "dec", "remote", "local", "k",
  ]
  /// Behind the word: the value is about the secret, or names it.
  private static let otherThings: WordSet = [
    "file", "path", "dir", "url", "uri", "endpoint", "name", "id", "ids", "type", "hash", "hashed", "digest", "length",
    "len", "size", "count", "field", "fields", "label", "prompt", "policy", "regex", "pattern", "format", "expiry",
    "expires", "expiration", "expired", "ttl", "timeout", "reset", "hint", "placeholder", "input", "error", "errors",
    "message", "msg", "valid", "validator", "validation", "required", "enabled", "disabled", "manager", "provider",
    "class", "func", "function", "method", "store", "ref", "env", "var", "variable", "column", "header", "param",
    "parameter", "arn", "version", "status", "strength", "title", "text", "description", "help", "confirmation",
    "algorithm", "alg", "encoding", "encoder", "prefix", "suffix", "index", "source", "location", "key", "owner",
    "scope", "scopes", "audience", "issuer", "address", "symbol", "bucket", "group", "mode", "change", "changed",
    "updated", "created", "at", "date", "time", "min", "max", "limit", "rule", "rules", "template", "command", "cmd",
    "fieldname", "selector", "element", "button", "link", "page", "view", "form", "handler", "callback", "request",
    "response", "service", "client", "factory", "builder", "config", "option", "options", "state", "exists", "missing",
    "mismatch", "incorrect", "invalid", "wrong", "not", "is", "for", "from", "with", "or", "and", "filter", "through",
    "str", "fail", "phrase", "list", "array", "map", "set", "getter", "util", "utils", "helper", "test", "tests",
    "kind", "labels", "json", "holder", "encryption", "hasher", "lifetime", "spec", "action", "event", "role",
    "permission", "data", "info", "schema", "model", "again", "repeat", "confirm", "expire", "length", "chars",
    "pos", "offset", "line", "node", "stream", "iterator", "usage", "verified", "protected", "uuid", "bits",
    "certificate", "cert", "alias", "guid", "interface", "provider", "entropy", "score", "cost", "rounds", "salt",
    "iterations", "caption",
    "tooltip", "image", "icon", "toggle", "checker", "generator", "grant", "flow", "screen", "dialog", "window",
  ]
  /// Before the word: it is a token, a key or a secret of another sort, or none.
  private static let otherSorts: WordSet = [
    "no", "is", "has", "use", "show", "hide", "forgot", "forget", "reset", "invalid", "wrong", "hash", "hashed",
    "encrypted", "public", "pub", "csrf", "xsrf", "next", "page", "continuation", "pagination", "max", "min", "num",
    "count", "total", "stop", "pad", "eos", "bos", "unk", "mask", "cls", "sep", "lex", "parse", "special", "start",
    "end", "cancellation", "cancel", "empty", "missing", "without", "if", "require", "requires", "required", "validate",
    "verify", "check", "get", "find", "delete", "remove", "create", "update", "generate", "encrypt", "decrypt",
    "syntax", "unexpected", "expected", "foreign", "primary", "sort", "partition", "cache", "index", "lookup", "prompt",
    "ask", "read", "enter", "checksum", "incorrect", "confirm", "retype", "repeat", "asset", "sync", "resume",
    "nsswitch", "cursor", "upload", "dispatch", "react", "injection", "di", "existing", "change", "request", "action",
    "lifecycle", "idempotency", "authenticity", "forgery", "verification",
  ]
}
