// Values that stand in for a secret.

import CScan
import CatalogueImage

/// Why a value is taken for a stand-in.
public enum PlaceholderReason: String, Sendable, CaseIterable {
  /// `${TOKEN}`, `{{ token }}`, `<token>`, `%TOKEN%`, `$(pass show token)`.
  case template
  /// One character, or a short piece, over and over.
  case repeated
  /// `12345678`, `abcdefgh`, a walk over the keyboard.
  case sequential
  /// It says so: `example`, `changeme`, `your-token-here`.
  case marker
  /// The bare name of a thing, such as `password` in `user:password@host`.
  case fieldName = "field_name"
  /// Stars, dots or `REDACTED` in the place of the value.
  case masked

  /// For people.
  public var explanation: String {
    switch self {
    case .template: "a template fills it in"
    case .repeated: "it repeats one piece"
    case .sequential: "it is a sequence of neighbouring characters"
    case .marker: "it says that it is a placeholder"
    case .fieldName: "it is the name of a field"
    case .masked: "it is masked"
    }
  }
}

extension PlaceholderReason {
  /// Longest value that is looked at; no stand-in is longer, and long values hold all kinds of pieces by chance.
  private static let longest = 200

  /// Tells whether a value is a stand-in.
  static func reason(for value: UnsafeRawBufferPointer) -> PlaceholderReason? {
    guard value.count <= longest else {
      // Providers' documentation writes the word into long samples too.
      return Array(value).holds(Array("EXAMPLE".utf8)) ? .marker : nil
    }
    let text = value.map(\.lowercasedASCII)
    if isTemplate(text) { return .template }
    if isMasked(text) { return .masked }
    if fieldNames.contains(String(decoding: text, as: UTF8.self)) { return .fieldName }
    if holdsMarker(text) { return .marker }
    if isRepeated(text) { return .repeated }
    if isSequential(text) || isInterleaved(text) { return .sequential }
    if let plain = value.decodingBase64(), plain.count >= 8, plain.allSatisfy({ (0x20...0x7E).contains($0) }),
      encodedMarkers.contains(where: { plain.map(\.lowercasedASCII).holds($0) })
    {
      return .marker
    }
    return nil
  }

  private static func isTemplate(_ text: [UInt8]) -> Bool {
    guard let first = text.first, let last = text.last else { return false }
    if text.holds("{0}") { return true }
    for start in text.indices where templateBytes.contains(text[start]) {
      if templateMarks.contains(where: { opensExpression(text[start...], $0.open, $0.close) }) { return true }
    }
    if first == UInt8(ascii: "<"), last == UInt8(ascii: ">") { return true }
    if first == UInt8(ascii: "["), last == UInt8(ascii: "]"), !text.contains(where: { (0x30...0x39).contains($0) }) {
      return true
    }
    if first == UInt8(ascii: "%"), last == UInt8(ascii: "%"), text.count > 2 { return true }
    if first == UInt8(ascii: "$") {
      let name = text.dropFirst()
      return !name.isEmpty && name.allSatisfy { ByteSets.word.contains($0) }
        && !name.contains { (0x30...0x39).contains($0) }
    }
    return text == [UInt8(ascii: "%"), UInt8(ascii: "s")] || text == [UInt8(ascii: "%"), UInt8(ascii: "v")]
  }

  /// Whether an expression stands at the text's start: between its marks is what a name, a path or a call is made of.
  private static func opensExpression(_ text: ArraySlice<UInt8>, _ open: [UInt8], _ close: UInt8) -> Bool {
    guard text.starts(with: open) else { return false }
    let inner = text.dropFirst(open.count).prefix { $0 != close }
    return inner.endIndex < text.endIndex && !inner.isEmpty
      && inner.allSatisfy { ByteSets.word.contains($0) || expressionBytes.contains($0) }
  }

  private static let expressionBytes = ByteSet(" .-:|'\"/,?[]{}()$@!".utf8)

  private static func isMasked(_ text: [UInt8]) -> Bool {
    let stars = text.filter { $0 == UInt8(ascii: "*") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "#") }.count
    // Three dots at the end: the rest was left out.
    return (stars >= 4 && stars * 2 >= text.count) || text.holds(Array("****".utf8))
      || (text.count >= 8 && text.suffix(3).allSatisfy { $0 == UInt8(ascii: ".") })
  }

  /// A long run of one byte, or one piece of up to four bytes all the way. Some formats begin with a few equal bytes.
  private static func isRepeated(_ text: [UInt8]) -> Bool {
    guard text.count >= 4 else { return false }
    var run = 1
    var longestRun = 1
    for index in 1..<text.count {
      run = text[index] == text[index - 1] ? run + 1 : 1
      longestRun = max(longestRun, run)
    }
    if (longestRun >= 8 && longestRun * 3 >= text.count) || (longestRun >= 4 && longestRun * 2 > text.count) {
      return true
    }
    // `aaaabbbbccccdddd`
    let runs = 1 + zip(text, text.dropFirst()).count { $0 != $1 }
    if text.count >= 16, runs * 3 <= text.count { return true }
    return (2...4).contains { period in
      text.count >= 3 * period && (period..<text.count).allSatisfy { text[$0] == text[$0 - period] }
    }
  }

  /// A run of eight or more neighbours (up, down, or along a keyboard row) that is a quarter of the text or more.
  private static func isSequential(_ text: [UInt8]) -> Bool {
    var up = 1
    var down = 1
    var longestRun = 1
    for index in text.indices.dropFirst() {
      up = text[index] == text[index - 1] &+ 1 ? up + 1 : 1
      down = text[index] == text[index - 1] &- 1 ? down + 1 : 1
      longestRun = max(longestRun, up, down)
    }
    return (longestRun >= 8 || (longestRun >= 6 && longestRun * 2 >= text.count)) && longestRun * 4 >= text.count
      || walks.contains { text.holds($0) }
  }

  /// Two sequences that take turns all the way: `a1b2c3d4e5f6`.
  private static func isInterleaved(_ text: [UInt8]) -> Bool {
    guard text.count >= 12 else { return false }
    func isUp(_ first: Int) -> Bool {
      let part = stride(from: first, to: text.count, by: 2).map { text[$0] }
      // `9` is followed by `0`.
      return zip(part, part.dropFirst()).allSatisfy { $1 == $0 &+ 1 || ($0 == 0x39 && $1 == 0x30) }
    }
    return isUp(0) && isUp(1)
  }

  /// Markers that are looked for in what base64 hides: none that it holds by chance.
  private static let encodedMarkers = ["example", "changeme", "placeholder", "redacted", "replaceme"].map {
    Array($0.utf8)
  }

  /// What opens an expression in the template languages, and what closes it.
  private static let templateMarks: [(open: [UInt8], close: UInt8)] = [
    ("${", "}"), ("{{", "}"), ("#{", "}"), ("@{", "}"), ("$(", ")"), ("%(", ")"), ("\\(", ")"), ("<%", ">"),
    ("$[", "]"), ("%{", "}"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)[0]) }
  private static let templateBytes = ByteSet(templateMarks.map(\.open[0]))

  private static func holdsMarker(_ text: [UInt8]) -> Bool {
    text.indices.contains { start in
      markers[Int(text[start])].contains { text[start...].starts(with: $0) }
    }
  }

  /// By their first bytes.
  private static let markers: [[[UInt8]]] = {
    var byFirst = [[[UInt8]]](repeating: [], count: 256)
    for marker in markerTexts.map({ Array($0.utf8) }) { byFirst[Int(marker[0])].append(marker) }
    return byFirst
  }()
  private static let markerTexts = [
    "example", "changeme", "change_me", "change-me", "change_this", "changethis", "placeholder", "xxxxx", "dummy",
    "redacted", "your_", "your-", "yourpass", "yoursecret", "yourtoken", "yourkey", "yourapi", "replace_", "replace-",
    "replaceme",
    "insert_", "insert-", "insertyour", "goes_here", "goes-here", "-here", "_here", "notreal", "not_real", "not-real",
    "deadbeef",
    "enter_", "mypass", "my_pass", "my-pass", "badpass", "yourstrong", "my_secret", "mysecret", "some_secret", "fake_",
    "fake-", "00000000-0000", "lorem", "eyjzdwiioiixmjm0nty3odkwi",
  ]
  private static let walks = ["qwertyui", "asdfghjk", "zxcvbnm,", "1qaz2wsx", "1q2w3e4r"].map { Array($0.utf8) }
  private static let fieldNames: Set<String> = [
    "password", "passwd", "passw0rd", "pass", "pwd", "secret", "user", "username", "token", "apikey", "api_key",
    "key", "credentials", "auth", "login", "none", "null", "nil", "undefined", "true", "false", "host", "port",
    "hostname", "database", "dbname", "access_token", "secret_key", "userpass", "xxx", "xxxx", "foo", "bar", "foobar",
    "test", "string", "empty", "value", "name", "default", "accesskey", "access_key", "apisecret", "api_secret",
    "authtoken", "apptoken", "userid", "passphrase", "api_password", "p4ssw0rd", "p@ssw0rd", "pa$$word", "xyzzy",
  ]
}

extension UnsafeBufferPointer<UInt8> {
  /// Whether `piece` occurs.
  fileprivate func holds(_ piece: Self) -> Bool {
    guard let text = baseAddress, let needle = UnsafeRawPointer(piece.baseAddress) else { return piece.isEmpty }
    return vs_find(text, count, needle.assumingMemoryBound(to: CChar.self), piece.count) != nil
  }
}

extension [UInt8] {
  /// Whether `piece` occurs.
  func holds(_ piece: [UInt8]) -> Bool {
    withUnsafeBufferPointer { text in piece.withUnsafeBufferPointer { text.holds($0) } }
  }

  /// Whether the text occurs.
  func holds(_ text: String) -> Bool {
    var text = text
    return withUnsafeBufferPointer { bytes in text.withUTF8 { bytes.holds($0) } }
  }
}

extension String {
  /// Whether the bytes of a text occur. `contains` looks for characters, which takes ten times as long.
  func holds(_ text: String) -> Bool {
    var (whole, text) = (self, text)
    return whole.withUTF8 { bytes in text.withUTF8 { bytes.holds($0) } }
  }
}
