// The corpus to begin with: made by code from fixed numbers, so that no sample lies in the repository.

import RuleCompiler

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The inputs and the words that a target begins with.
struct Seeds {
  private let inputs: [[UInt8]]
  private let words: [String]

  init(of target: any FuzzTarget.Type) {
    inputs = target.seeds()
    words = target.words
  }

  /// Writes each input to a file of its own, `DIRECTORY/seed-NUMBER`, and the words to `DIRECTORY.words`.
  func write(to directory: String) {
    mkdir(directory, 0o700)
    for (number, input) in inputs.enumerated() { Scratch.write(input, to: "\(directory)/seed-\(number)") }
    // libFuzzer's dictionary: a quoted word on each line.
    let lines = words.map { word in
      "\"" + word.utf8.map { Self.isPlain($0) ? String(UnicodeScalar($0)) : "\\x" + Self.hexadecimal($0) }.joined()
        + "\"\n"
    }
    Scratch.write(Array(lines.joined().utf8), to: directory + ".words")
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}

/// The same numbers on every machine.
typealias Dice = SplitMix64

extension Dice {
  /// Letters and digits that look like a secret.
  mutating func letters(_ count: Int) -> String {
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
    return String((0..<count).map { _ in letters.randomElement(using: &self) ?? "a" })
  }

  mutating func digits(_ count: Int) -> String {
    String((0..<count).map { _ in "0123456789".randomElement(using: &self) ?? "0" })
  }
}

/// Files for what reads files only.
enum Scratch {
  /// Made at the first use; whoever starts the process takes it away (`TMPDIR`).
  static let directory: String = {
    var template = Array(((getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp") + "/fuzz-XXXXXX").utf8CString)
    guard mkdtemp(&template) != nil else { fail("no directory for files could be made") }
    return String(decoding: template.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }()

  static func makeDirectories(_ paths: [String]) { for path in paths { mkdir(path, 0o700) } }

  static func write(_ bytes: [UInt8], to path: String) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { fail("\(path): cannot be opened") }
    write(bytes, to: descriptor)
    close(descriptor)
  }

  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { exit(2) }
      rest = rest.dropFirst(count)
    }
  }
}

/// `write(2)`, where a method has the same name.
private func systemWrite(_ descriptor: Int32, _ start: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, start, count)
}
