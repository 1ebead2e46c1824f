import Foundation
import Testing

/// The table in SECURITY.md is the list of cases that `HostileCaseTests` runs.
///
/// `WRITE_SECURITY_TABLE=1 swift test --filter SecurityTableTests` writes it anew.
@Suite struct SecurityTableTests {
  private static let begin = "<!-- hostile cases: begin -->\n"
  private static let end = "<!-- hostile cases: end -->\n"

  @Test func `SECURITY.md has every case with its outcome`() throws {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../../SECURITY.md"
    )
    .standardized.path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let begin = try #require(text.range(of: Self.begin))
    let end = try #require(text.range(of: Self.end))
    let written = text[begin.upperBound..<end.lowerBound]
    if ProcessInfo.processInfo.environment["WRITE_SECURITY_TABLE"] != nil {
      let whole = text[..<begin.upperBound] + Self.table + text[end.lowerBound...]
      try Data(whole.utf8).write(to: URL(fileURLWithPath: path))
    } else {
      #expect(written == Self.table)
    }
  }

  private static var table: String {
    HostileCase.Kind.allCases.map { kind in
      "\n### \(kind.rawValue)\n\n| case | exit | findings | scanned | skipped | not scanned to the end |\n|---|--:|--:|--:|---|---|\n"
        + HostileCase.all.filter { $0.kind == kind }.map(row).joined()
    }.joined() + "\n"
  }

  private static func row(_ hostile: HostileCase) -> String {
    guard let outcome = hostile.outcome else {
      return "| \(hostile.name) | | | | | depends on who is first; it adds up each time |\n"
    }
    let skipped = outcome.skipped.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    let counts = Dictionary(outcome.incomplete.map { ($0, 1) }, uniquingKeysWith: +).sorted { $0.key < $1.key }
    let incomplete = counts.map { $0.value == 1 ? "“\($0.key)”" : "\($0.value) × “\($0.key)”" }.joined(separator: ", ")
    let cells = [
      hostile.name, "\(outcome.status)", "\(outcome.findings)", "\(outcome.scanned)", skipped, incomplete,
    ]
    return "| \(cells.joined(separator: " | ")) |\n"
  }
}
