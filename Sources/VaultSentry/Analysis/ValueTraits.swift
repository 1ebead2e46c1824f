// What a value looks like: random, or one of the things that are not secrets.

import CatalogueImage

/// What can be told of a text by its characters alone.
public struct ValueTraits: Sendable {
  /// A kind of value that names of secrets are given, too.
  public enum Kind: String, Sendable {
    case number, date, version, uuid, path, address
    case fileName = "file_name"
    /// Words of an identifier, of a key of translations, of a sentence.
    case words
  }

  /// Characters of the text; bytes.
  public let length: Int
  /// Shannon entropy, bits per character.
  public let entropy: Double
  /// The smallest alphabet that holds the text; nil if none does.
  public let alphabet: Alphabet?
  /// How much of the letters and digits belongs to words: 0 to 1. Random text lies below 0.4, identifiers above 0.6.
  public let wordShare: Double
  /// How common its byte pairs are; see `pairCommonness`.
  public let commonness: Double
  /// What it is instead of a random value, if that is plain.
  public let kind: Kind?

  public init(_ text: some Collection<UInt8>) {
    let text = Array(text)
    length = text.count
    entropy = shannonEntropy(text)
    alphabet = Alphabet(of: text)
    let words = WordCount(text)
    wordShare = words.share
    commonness = pairCommonness(text)
    kind = Self.kind(of: text, words, commonness)
  }

  /// Whether the entropy is that of random text of the alphabet and length.
  public var isRandom: Bool {
    guard let alphabet else { return false }
    return entropy >= alphabet.entropyFloor(length: length)
  }

  // MARK: - Detectors

  private static func kind(of text: [UInt8], _ words: WordCount, _ commonness: Double) -> Kind? {
    let lowered = text.map(\.lowercasedASCII)
    if isNumber(lowered) { return .number }
    if isDate(text) { return .date }
    if isVersion(text) { return .version }
    if isUUID(lowered) { return .uuid }
    if isAddress(lowered) { return .address }
    if isPath(lowered) { return .path }
    if isFileName(lowered) { return .fileName }
    if words.share >= 0.75, commonness > 9.2, words.parts >= 2 || commonness > 10.4 { return .words }
    return nil
  }

  private static func isNumber(_ text: [UInt8]) -> Bool {
    if text.starts(with: "0x".utf8), text.count <= 10 {
      return text.dropFirst(2).allSatisfy { $0.isDigit || $0 &- 0x61 < 6 }
    }
    return !text.isEmpty && text.allSatisfy { $0.isDigit || "+-.,_".utf8.contains($0) }
  }

  /// Digits and the signs of ISO 8601.
  private static func isDate(_ text: [UInt8]) -> Bool {
    text.count >= 8 && text.count(where: \.isDigit) * 2 > text.count
      && text.contains { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }
      && text.allSatisfy { $0.isDigit || "-:./TZ+ ".utf8.contains($0) }
  }

  /// `1.20.3`, `v2.0.0-rc1`.
  private static func isVersion(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    if rest.first == UInt8(ascii: "v") { rest = rest.dropFirst() }
    let parts = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count >= 3 && parts.dropLast().allSatisfy { (1...4).contains($0.count) && $0.allSatisfy(\.isDigit) }
  }

  /// RFC 9562's text form.
  private static func isUUID(_ text: [UInt8]) -> Bool {
    let parts = text.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return parts.map(\.count) == [8, 4, 4, 4, 12] && parts.joined().allSatisfy { $0.isDigit || $0 &- 0x61 < 6 }
  }

  private static func isAddress(_ text: [UInt8]) -> Bool {
    text.holds("://") || text.starts(with: "urn:".utf8) || text.starts(with: "arn:".utf8)
      || text.starts(with: "www.".utf8)
  }

  private static func isPath(_ text: [UInt8]) -> Bool {
    if ["/", "./", "../", "~/", "c:\\", "classpath:", "file:"].contains(where: { text.starts(with: $0.utf8) }) {
      // Standard base64 may begin with a slash.
      return text.first != UInt8(ascii: "/") || WordCount(text).share > 0.5
        || text.allSatisfy { $0.isLetter || "/._-".utf8.contains($0) }
    }
    if text.holds("/*") || text.last == UInt8(ascii: "/") { return true }
    let parts = text.split { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
    return parts.count >= 2 && parts.count { $0.count >= 3 && pairCommonness($0) > 10.2 } * 2 >= parts.count
  }

  /// Ends as names of files do.
  private static func isFileName(_ text: [UInt8]) -> Bool {
    guard let dot = text.lastIndex(of: UInt8(ascii: ".")), text.count - dot <= 6 else { return false }
    return endings.contains(String(decoding: text[(dot + 1)...], as: UTF8.self))
  }

  private static let endings: Set<String> = [
    "png", "jpg", "jpeg", "gif", "svg", "ico", "html", "css", "js", "ts", "json", "xml", "yml", "yaml", "txt", "md",
    "pem", "key", "crt", "cer", "der", "p12", "pfx", "jks", "gz", "zip", "tar", "py", "rb", "go", "java", "php", "pdf",
    "csv", "log", "conf", "cfg", "ini", "properties", "keystore", "pub", "map", "woff", "woff2", "ttf", "mp4", "webp",
  ]
}

/// How much of a text is made of words.
struct WordCount {
  /// Of its letters and digits, those in words: 0 to 1.
  let share: Double
  /// Parts that words and signs divide it into.
  let parts: Int

  init(_ text: some Collection<UInt8>) {
    var inWords = 0
    var total = 0
    var parts = 0
    var chunk: [UInt8] = []
    func close() {
      guard !chunk.isEmpty else { return }
      parts += 1
      if Self.isWord(chunk) { inWords += chunk.count }
      chunk.removeAll(keepingCapacity: true)
    }
    var previous: UInt8 = 0
    for byte in text {
      let goesOn = byte.isLetter && previous.isLetter && !(byte.isUppercase && previous.isLowercase)
      if !goesOn { close() }
      if byte.isLetter { chunk.append(byte.lowercasedASCII) }
      if byte.isLetter || byte.isDigit { total += 1 }
      previous = byte
    }
    close()
    share = total > 0 ? Double(inWords) / Double(total) : 0
    self.parts = parts
  }

  /// Three letters or more that follow each other as in words, with a vowel among them.
  private static func isWord(_ chunk: [UInt8]) -> Bool {
    guard chunk.count >= 3, chunk.contains(where: { "aeiouy".utf8.contains($0) }) else { return false }
    return pairCommonness(chunk) > (chunk.count >= 6 ? 9.9 : 10.3)
  }
}
