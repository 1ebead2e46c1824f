import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// One secret in every form a text can have.
@Suite struct ContentTests {
  private let token = Sample.token

  private func utf16(_ text: String, isBig: Bool, mark: Bool) -> [UInt8] {
    ((mark ? [0xFEFF] : []) + Array(text.utf16)).flatMap { unit in
      isBig ? [UInt8(unit >> 8), UInt8(unit & 255)] : [UInt8(unit & 255), UInt8(unit >> 8)]
    }
  }

  private func only(_ contents: [UInt8]) throws -> Finding {
    let directory = try TemporaryDirectory()
    try directory.write("file", contents)
    let findings = try scan(directory).findings
    try #require(findings.count == 1)
    #expect(findings[0].secret.reveal() == Array(token.utf8))
    return findings[0]
  }

  @Test func `UTF-8 columns are in UTF-16 units`() throws {
    let place = try only(Array("first\nä😀 = '\(token)'\n".utf8)).location
    #expect((place.line, place.column) == (2, 8))
    #expect(place.endColumn == 8 + token.count)
    #expect(place.byteOffset == 6 + 2 + 4 + 4)
    #expect(place.byteLength == token.count)
  }

  @Test(arguments: [(false, false), (false, true), (true, false), (true, true)])
  func `UTF-16 is read in both orders, with and without mark`(isBig: Bool, mark: Bool) throws {
    let before = "one\r\nk😀y = \""
    let place = try only(utf16("\(before)\(token)\"\r\n", isBig: isBig, mark: mark)).location
    #expect((place.line, place.column) == (2, 9))
    #expect(place.byteOffset == 2 * (before.utf16.count + (mark ? 1 : 0)))
    #expect(place.byteLength == 2 * token.count)
  }

  @Test(arguments: [[0xEF, 0xBB, 0xBF], []] as [[UInt8]])
  func `a byte order mark takes no column`(mark: [UInt8]) throws {
    let place = try only(mark + Array("k=\(token)".utf8)).location
    #expect((place.line, place.column, place.byteOffset) == (1, 3, 2 + mark.count))
  }

  @Test func `Latin-1 bytes count one column each`() throws {
    let place = try only([0xE9, 0xE8, 0x20] + Array("= \(token)".utf8)).location
    #expect((place.line, place.column) == (1, 6))
  }

  @Test func `line ends of Windows, one very long line, and no last line end`() throws {
    #expect(try only(Array("a\r\nb\r\nk = \(token)\r\n".utf8)).location.line == 3)
    let long = try only(Array((String(repeating: "ab ", count: 400_000) + "k = \(token)").utf8)).location
    #expect((long.line, long.column) == (1, 1_200_005))
  }

  @Test func `a secret is found wherever the pieces of a large file are cut`() throws {
    // Around the end of the first piece of 4 MB, and of what it shares with the next.
    let piece = 4 << 20
    let overlap = 1 << 15
    var starts: [Int] = []
    for edge in [piece, piece + overlap, piece - overlap, 2 * piece] {
      starts += stride(from: edge - token.count - 2, through: edge + 2, by: 7)
    }
    for encoding in [false, true] {
      let directory = try TemporaryDirectory()
      var text = [UInt8](repeating: UInt8(ascii: "\n"), count: 5 * piece)
      let step = encoding ? 2 : 1
      for start in starts where encoding == false || start * 2 < 5 * piece {
        let value = "=" + Sample.token(seed: UInt64(start)) + "\n"
        text.replaceSubrange(start..<start + value.utf8.count, with: value.utf8)
      }
      let stored =
        encoding ? utf16(String(decoding: text[..<(5 * piece / 2)], as: UTF8.self), isBig: false, mark: false) : text
      try directory.write("large", stored)
      let naive = Set(
        starts.filter { encoding == false || $0 * 2 + 200 < 5 * piece }.filter { start in
          let value = "=" + Sample.token(seed: UInt64(start)) + "\n"
          return text[start...].starts(with: value.utf8)
        }.map { ($0 + 1) * step })
      let result = try scan(directory) { $0.sizeLimit = 1 << 30 }
      let found = result.findings.filter { $0.rule.provider == "Slack" }
      #expect(Set(found.map(\.location.byteOffset)) == naive)
      #expect(found.count == naive.count)
      for finding in found {
        let at = finding.location.byteOffset / step
        #expect(finding.location.line == 1 + text[..<at].count { $0 == UInt8(ascii: "\n") })
      }
    }
  }

  @Test func `standard input is scanned`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("input", "k = \(token)\n")
    let descriptor = open(directory.path + "/input", O_RDONLY)
    defer { close(descriptor) }
    var request = ScanRequest(targets: [.standardInput], workingDirectory: directory.path)
    request.standardInput = descriptor
    let result = try Scan(request, catalogue: .builtin()).run()
    #expect(result.findings.map(\.location.path.text) == ["<stdin>"])
    #expect(result.coverage.filesScanned == 1)
  }
}
