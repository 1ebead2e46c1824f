import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// How well the built-in rules judge the labelled set; the run prints precision and recall of each kind.
@Suite struct LabelledSetTests {
  /// What came of the texts of one kind.
  private struct Score {
    var found = 0
    var missed = 0
    var wrong = 0
    var borderline = 0

    var precision: Double { found + wrong == 0 ? 1 : Double(found) / Double(found + wrong) }
    var recall: Double { found + missed == 0 ? 1 : Double(found) / Double(found + missed) }

    mutating func add(_ other: Score) {
      found += other.found
      missed += other.missed
      wrong += other.wrong
      borderline += other.borderline
    }
  }

  @Test func `secrets are told from what only looks so`() throws {
    let cases = try LabelledSet.read()
    let texts = cases.count
    #expect(texts >= 600)
    let directory = try TemporaryDirectory()
    let width = 4
    for (index, example) in cases.enumerated() {
      let number = String(index)
      let name = String(repeating: "0", count: width - number.count) + number
      try directory.write("\(name)/\(example.path)", example.bytes)
    }
    let result = try scan(directory) { $0.discovery.honoursIgnoreFiles = false }
    let byCase = Dictionary(grouping: result.findings) { finding in
      Int(finding.location.path.text.dropFirst(directory.path.count + 1).prefix(width)) ?? -1
    }

    var scores: [String: Score] = [:]
    var mistakes: [String] = []
    for (index, example) in cases.enumerated() {
      let (score, wrong) = judge(example, byCase[index] ?? [])
      scores[example.kind, default: Score()].add(score)
      mistakes += wrong
    }
    var total = Score()
    for score in scores.values { total.add(score) }
    print(mistakes.joined(separator: "\n"))
    for (kind, score) in scores.sorted(by: { $0.key < $1.key }) { print(row(kind, score)) }
    print(row("all of \(texts)", total))
    #expect(total.precision >= 0.95)
    #expect(total.recall >= 0.90)
  }

  private func judge(_ example: LabelledCase, _ findings: [Finding]) -> (Score, [String]) {
    var score = Score()
    var mistakes: [String] = []
    if example.label == .borderline {
      score.borderline = 1
      return (score, [])
    }
    let places = findings.map { finding in
      let start = finding.location.byteOffset
      return (start..<start + finding.location.byteLength, finding.rule.id)
    }
    for secret in example.secrets {
      if places.contains(where: { $0.0.overlaps(secret) }) {
        score.found += 1
      } else {
        score.missed += 1
        mistakes.append("missed \(example.place) (\(example.path)): \(example.why)")
      }
    }
    for (place, rule) in places where !example.secrets.contains(where: { $0.overlaps(place) }) {
      score.wrong += 1
      mistakes.append("wrong \(example.place) (\(example.path)): \(rule) on \(example.why)")
    }
    return (score, mistakes)
  }

  private func row(_ kind: String, _ score: Score) -> String {
    let name = kind + String(repeating: " ", count: max(0, 14 - kind.count))
    let shares = String(format: "precision %.3f recall %.3f", score.precision, score.recall)
    return
      "labelled \(name) \(shares)  found \(score.found) missed \(score.missed) wrong \(score.wrong) borderline \(score.borderline)"
  }
}
