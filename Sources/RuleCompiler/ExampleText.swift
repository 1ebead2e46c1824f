// Examples' own small language, so that no file holds what looks like a live credential.
//
// « and » mark the expected secret; ‹…› is replaced by what it asks for, drawn from a generator that is seeded with the
// rule's id. `patterns/README.md` lists the forms.

import Digests

/// An example as the pipeline sees it.
public struct ExampleText: Sendable {
  public let bytes: [UInt8]
  /// Byte range of the expected secret.
  public let secret: Range<Int>?

  /// - Parameters:
  ///   - checksum: computes the digits that `‹checksum›` stands for from what precedes them in the secret.
  /// - Throws: what is not understood in the text.
  public init(_ text: String, seed: String, checksum: ([UInt8]) -> [UInt8]?) throws(ExampleTextError) {
    var samples = SampleGenerator(seed: seed)
    let expanded = try samples.expand(text)
    var bytes: [UInt8] = []
    var start: Int?
    var secret: Range<Int>?
    var rest = Substring(expanded)
    while let character = rest.first {
      if rest.hasPrefix(SampleGenerator.checksumMark) {
        rest = rest.dropFirst(SampleGenerator.checksumMark.count)
        bytes += checksum(Array(bytes[(start ?? 0)...])) ?? Array("000000".utf8)
        continue
      }
      rest = rest.dropFirst()
      switch character {
      case "«":
        guard start == nil else { throw ExampleTextError(description: "there are two « in an example") }
        start = bytes.count
      case "»":
        guard let begin = start, secret == nil else {
          throw ExampleTextError(description: "there is a » without its «")
        }
        secret = begin..<bytes.count
      default: bytes += String(character).utf8
      }
    }
    guard (start == nil) == (secret == nil) else { throw ExampleTextError(description: "there is a « without its »") }
    self.bytes = bytes
    self.secret = secret
  }
}

public struct ExampleTextError: Error, CustomStringConvertible {
  public let description: String
}

/// Draws samples; the same for the same seed on every platform.
private struct SampleGenerator {
  /// Stands for `‹checksum›` until the text before it is known.
  static let checksumMark = "\u{1}checksum\u{1}"

  private var random: SplitMix64

  init(seed: String) {
    // FNV-1a
    random = SplitMix64(seed: seed.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
  }

  /// Replaces the samples, innermost first.
  mutating func expand(_ text: String) throws(ExampleTextError) -> String {
    var text = text
    while let close = text.firstIndex(of: "›") {
      guard let open = text[..<close].lastIndex(of: "‹") else {
        throw ExampleTextError(description: "there is a › without its ‹")
      }
      let form = String(text[text.index(after: open)..<close])
      text.replaceSubrange(open...close, with: try sample(form))
    }
    if text.contains("‹") { throw ExampleTextError(description: "there is a ‹ without its ›") }
    return text
  }

  private mutating func sample(_ form: String) throws(ExampleTextError) -> String {
    if form.isEmpty { return "" }
    if form == "checksum" { return Self.checksumMark }
    if form == "uuid" { return uuid() }
    if let payload = form.dropping("jwt:") {
      let header = Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8).base64(urlSafe: true)
      return "\(header).\(Array(payload.utf8).base64(urlSafe: true)).\(draw(Self.urlSafe, 43))"
    }
    if let plain = form.dropping("base64:") { return Array(plain.utf8).base64(urlSafe: false) }
    if let plain = form.dropping("base64url:") { return Array(plain.utf8).base64(urlSafe: true) }
    guard form.hasSuffix("}"), let brace = form.lastIndex(of: "{"),
      let count = Int(form[form.index(after: brace)...].dropLast())
    else { throw ExampleTextError(description: "the sample ‹\(form)› is not understood") }
    return draw(try members(String(form[..<brace])), count)
  }

  private mutating func draw(_ alphabet: [Character], _ count: Int) -> String {
    String((0..<count).map { _ in alphabet[random.next(below: alphabet.count)] })
  }

  private mutating func uuid() -> String {
    let digits = Array(draw(Array("0123456789abcdef"), 30))
    return
      "\(String(digits[0..<8]))-\(String(digits[8..<12]))-4\(String(digits[12..<15]))-a\(String(digits[15..<18]))-\(String(digits[18..<30]))"
  }

  /// The members of `[A-Za-z0-9]`, or a lone character.
  private func members(_ form: String) throws(ExampleTextError) -> [Character] {
    if form.count == 1 { return Array(form) }
    guard form.hasPrefix("["), form.hasSuffix("]") else {
      throw ExampleTextError(description: "the sample class \(form) is not understood")
    }
    let inner = Array(form.dropFirst().dropLast())
    var members: [Character] = []
    var at = 0
    while at < inner.count {
      if inner[at] == "\\", at + 1 < inner.count {
        members.append(inner[at + 1])
        at += 2
      } else if at + 2 < inner.count, inner[at + 1] == "-", let low = inner[at].asciiValue,
        let high = inner[at + 2].asciiValue, low <= high
      {
        members += (low...high).map { Character(UnicodeScalar($0)) }
        at += 3
      } else {
        members.append(inner[at])
        at += 1
      }
    }
    guard !members.isEmpty else { throw ExampleTextError(description: "the sample class \(form) is empty") }
    return members
  }

  private static let urlSafe = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
}

extension String {
  fileprivate func dropping(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
