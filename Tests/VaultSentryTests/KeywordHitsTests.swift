import CScan
import CatalogueImage
import Foundation
import GitHistory
import RuleCompiler
import SecretModel
import Testing

@testable import VaultSentry

@Suite struct KeywordHitsTests {
  /// A pair of texts of which the second is put together from parts of the first and new text.
  private struct Pair {
    var base: [UInt8] = []
    var text: [UInt8] = []
    var parts: [SharedPart] = []

    /// Words of the catalogue are cut at any place by the parts' ends.
    init(_ words: [[UInt8]], _ random: inout SplitMix64) {
      func fill(_ count: Int, _ random: inout SplitMix64) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
          if Bool.random(using: &random), let word = words.randomElement(using: &random) { bytes += word }
          bytes += (0..<Int.random(in: 0...12, using: &random)).map { _ in
            UInt8.random(in: 0x20...0x7E, using: &random)
          }
        }
        return bytes
      }
      base = fill(Int.random(in: 0...3_000, using: &random), &random)
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        if Int.random(in: 0..<3, using: &random) > 0, !base.isEmpty {
          let source = Int.random(in: 0..<base.count, using: &random)
          let count = Int.random(in: 1...base.count - source, using: &random)
          parts.append(SharedPart(start: text.count, source: source, count: count))
          text += base[source..<source + count]
        } else {
          text += fill(Int.random(in: 0...30, using: &random), &random).prefix(Int.random(in: 0...20, using: &random))
        }
      }
    }
  }

  private func padded(_ bytes: [UInt8]) -> [UInt8] { bytes + [UInt8](repeating: 0, count: Prefilter.padding) }

  private func names(_ hits: KeywordHits) -> [String] { hits.hits.map { "\($0.position):\($0.literal)" }.sorted() }

  @Test(arguments: PrefilterBody.allCases.filter(\.isAvailable))
  func `what changed gives the keywords that everything gives`(body: PrefilterBody) throws {
    let image = Catalogue.builtin().rules.image
    let lengths = KeywordLengths(image)
    var prefilter = Prefilter(image, body: body)
    let literals = image.prefilter.face
    let words = stride(from: 0, to: image.literalCount, by: 7).map { index in
      let literal = literals.literals[index]
      return (0..<Int(literal.length)).map { literals.texts[Int(literal.text) + $0] }
    }
    var random = SplitMix64(seed: 3)
    var spared = 0
    for _ in 0..<400 {
      let pair = Pair(words, &random)
      var base = KeywordHits()
      var whole = KeywordHits()
      var changed = KeywordHits()
      padded(pair.base).withUnsafeBytes {
        base.find(in: UnsafeRawBufferPointer(rebasing: $0[..<pair.base.count]), &prefilter)
      }
      padded(pair.text).withUnsafeBytes {
        let bytes = UnsafeRawBufferPointer(rebasing: $0[..<pair.text.count])
        whole.find(in: bytes, &prefilter)
        changed.find(in: bytes, from: base, sharing: pair.parts, lengths, &prefilter)
      }
      #expect(names(changed) == names(whole))
      #expect(changed.hits.map(\.position) == changed.hits.map(\.position).sorted())
      if changed.examined < pair.text.count { spared += 1 }
    }
    #expect(spared > 50)
  }

  /// Histories whose files are changed around planted secrets: every version is scanned as if it stood alone.
  @Test(arguments: 0..<4)
  func `histories give what their versions give one by one`(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let repository = try TestRepository()
    var lines = (0..<60).map { _ in "text \(random.next()) and more of it" }
    var versions: [String] = []
    for step in 0..<30 {
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let at = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0: lines[at] = "k = \(Sample.token(seed: UInt64.random(in: 0..<20, using: &random)))"
        case 1: lines[at] += "x"
        case 2: lines[at] = String(lines[at].dropLast(Int.random(in: 0...9, using: &random)))
        case 3: lines.insert(String(Sample.token(seed: 3).prefix(Int.random(in: 1...40, using: &random))), at: at)
        default: lines[at] = lines[(at + 1) % lines.count] + lines[at].suffix(20)
        }
      }
      versions.append(lines.joined(separator: "\n"))
      try repository.directory.write("f.txt", versions[step])
      try repository.commit("\(step)", at: 1_600_000_000 + step)
    }
    try repository.git("repack", "-a", "-d", "-f", "-q", "--depth=50", "--window=50")
    try repository.git("config", "core.bare", "true")
    let result = try repository.scan(.history, repository.directory.path + "/.git")
    let single = try TemporaryDirectory()
    for (step, text) in versions.enumerated() { try single.write("\(step)/f.txt", text) }
    let expected = Set(try scan(single).findings.map(\.fingerprint))
    #expect(!expected.isEmpty)
    #expect(Set(result.findings.map(\.fingerprint)) == expected)
  }
}
