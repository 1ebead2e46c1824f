// The labelled set: texts as they stand in files, each with what is a secret in it and why.

import Foundation
import RuleCompiler

/// A text of a file, with the secrets that are in it.
struct LabelledCase {
  enum Label {
    /// Every marked place is a secret, nothing else is.
    case secrets
    /// Nothing is.
    case none
    /// People disagree: counted, and held against nobody.
    case borderline
  }

  /// The kind of file or language.
  let kind: String
  let path: String
  let label: Label
  let why: String
  let bytes: [UInt8]
  /// Byte ranges of the marked places.
  let secrets: [Range<Int>]
  /// File and line of the labelled set.
  let place: String
}

struct LabelledSetError: Error, CustomStringConvertible {
  let description: String
}

/// Reads `Tests/Labelled/*.cases`.
///
/// A line `# KIND PATH` says what stands below; `+`, `-` and `?` open a label with its why; `>` begins a text and `.`
/// continues it. In a text, « and » mark a secret and ‹…› is a sample, as in rule examples, with short names for the
/// common ones: `‹pw›` a strong password, `‹pwx›` one without signs that mean something to a shell or to XML, `‹hex32›`,
/// `‹HEX32›`, `‹key32›`, `‹alnum12›`, `‹urlsafe43›`, `‹salt64›` and `‹b44›` (base64 with its padding).
enum LabelledSet {
  static func read() throws -> [LabelledCase] {
    let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Labelled")
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".cases") }
    return try files.sorted().flatMap { file in
      try cases(of: String(contentsOf: directory.appendingPathComponent(file), encoding: .utf8), file)
    }
  }

  private static func cases(of text: String, _ file: String) throws -> [LabelledCase] {
    var cases: [LabelledCase] = []
    var (kind, path, why) = ("", "", "")
    var label = LabelledCase.Label.none
    var (lines, start) = ([String](), 0)
    func finish() throws {
      guard !lines.isEmpty else { return }
      let (bytes, secrets) = try expand(lines.joined(separator: "\n") + "\n", "\(file):\(start)")
      cases.append(
        LabelledCase(
          kind: kind, path: path, label: label, why: why, bytes: bytes, secrets: secrets, place: "\(file):\(start)"))
      if secrets.isEmpty == (label == .secrets) {
        throw LabelledSetError(description: "\(file):\(start): the label does not fit the marks")
      }
      lines = []
    }
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      let rest = String(line.dropFirst(2))
      if line.first != "." { try finish() }
      switch line.first {
      case "#":
        let words = rest.split(separator: " ", maxSplits: 1).map(String.init)
        (kind, path) = (words[0], words[1])
      case "+": (label, why) = (.secrets, rest)
      case "-": (label, why) = (.none, rest)
      case "?": (label, why) = (.borderline, rest)
      case ">": (lines, start) = ([rest], index + 1)
      case ".": lines.append(rest)
      case nil: break
      default: throw LabelledSetError(description: "\(file):\(index + 1): \(line)")
      }
    }
    try finish()
    return cases
  }

  /// Draws the samples and takes out the marks.
  private static func expand(_ text: String, _ place: String) throws -> ([UInt8], [Range<Int>]) {
    let marked = text.replacing("«", with: "\u{2}").replacing("»", with: "\u{3}")
    let full = marked.replacing(/‹([A-Za-z]+)([0-9]*)›/) { match in
      sample(String(match.1), Int(match.2) ?? 0) ?? String(match.0)
    }
    let drawn: [UInt8]
    do {
      drawn = try ExampleText(full, seed: text) { _ in nil }.bytes
    } catch {
      throw LabelledSetError(description: "\(place): \(error)")
    }
    var (bytes, secrets, start) = ([UInt8](), [Range<Int>](), 0)
    for byte in drawn {
      switch byte {
      case 2: start = bytes.count
      case 3: secrets.append(start..<bytes.count)
      default: bytes.append(byte)
      }
    }
    return (bytes, secrets)
  }

  private static func sample(_ name: String, _ count: Int) -> String? {
    switch name {
    case "pw": "‹[A-Z]{1}›‹[a-z]{4}›‹[!#%*+]{1}›‹[0-9]{3}›‹[A-Za-z]{3}›"
    case "pwx": "‹[A-Z]{1}›‹[a-z]{5}›‹[0-9]{3}›‹[!_-]{1}›‹[A-Za-z]{2}›"
    case "hex": "‹[a-f0-9]{\(count)}›"
    case "HEX": "‹[A-F0-9]{\(count)}›"
    case "key", "alnum": "‹[A-Za-z0-9]{\(count)}›"
    case "urlsafe": "‹[A-Za-z0-9_-]{\(count)}›"
    case "salt": "‹[A-Za-z0-9!@#^&*()=+_{},.?-]{\(count)}›"
    case "b" where [24, 28, 44, 88].contains(count): "‹[A-Za-z0-9+/]{\(count - 1)}›="
    case "b": "‹[A-Za-z0-9+/]{\(count)}›"
    default: nil
    }
  }
}
