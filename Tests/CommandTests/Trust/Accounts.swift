// The four ways in which a scan tells what it came to.

import Foundation
import Testing

/// Exit status, JSON, SARIF and text of one scan.
struct Accounts {
  let status: Int32
  let text: String
  let json: [String: Any]
  let sarif: [String: Any]

  init(_ run: CommandRun, reports: String) throws {
    status = run.status
    text = run.output
    json = try Self.object(reports + "/report.json")
    sarif = try Self.object(reports + "/report.sarif")
  }

  private static func object(_ path: String) throws -> [String: Any] {
    let value = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path)))
    return try #require(value as? [String: Any])
  }

  private var coverage: [String: Any] { json["coverage"] as? [String: Any] ?? [:] }
  private var scan: [String: Any] { json["scan"] as? [String: Any] ?? [:] }
  private var findings: [[String: Any]] { json["findings"] as? [[String: Any]] ?? [] }
  private var reasons: [String] {
    (coverage["incomplete"] as? [[String: Any]] ?? []).compactMap { $0["reason"] as? String }
  }

  var outcome: Outcome {
    Outcome(
      status: status, findings: findings.count, scanned: coverage["scanned"] as? Int ?? -1,
      skipped: coverage["skipped"] as? [String: Int] ?? [:], incomplete: reasons)
  }

  /// Checks that seen is scanned and skipped by reason, and that all four say the same.
  func checkAgreement() throws {
    let outcome = outcome
    let partly = reasons.count { $0.hasPrefix("a match limit was reached") }
    let seen = outcome.scanned + outcome.skipped.values.reduce(0, +) + outcome.incomplete.count - partly
    #expect(coverage["seen"] as? Int == seen)

    #expect(scan["status"] as? String == (outcome.incomplete.isEmpty ? "completed" : "incomplete"))
    let isGated = findings.contains { ["critical", "high"].contains($0["risk_level"] as? String) }
    #expect(status == (outcome.incomplete.isEmpty ? isGated ? 1 : 0 : 3))

    let runs = try #require(sarif["runs"] as? [[String: Any]])
    let invocation = try #require((runs.first?["invocations"] as? [[String: Any]])?.first)
    #expect(invocation["executionSuccessful"] as? Bool == outcome.incomplete.isEmpty)
    #expect(invocation["exitCode"] as? Int == Int(status))
    let notifications = invocation["toolExecutionNotifications"] as? [[String: Any]] ?? []
    let told = notifications.compactMap { ($0["message"] as? [String: Any])?["text"] as? String }
    #expect(told.count == outcome.incomplete.count)
    for (message, reason) in zip(told, reasons) { #expect(message.contains(reason)) }

    let files = scan["files_scanned"] as? Int ?? -1
    let blobs = scan["blobs_scanned"] as? Int ?? -1
    #expect(files + blobs == outcome.scanned)
    #expect(text.contains("Scanned \(grouped(files)) file"), "\(text.suffix(300))")
    if blobs > 0 { #expect(text.contains("\(grouped(blobs)) blob")) }
    let skipped = outcome.skipped.values.reduce(0, +)
    #expect(text.contains("; skipped \(grouped(skipped)) (") == (skipped > 0))
    #expect(text.contains("NOT SCANNED TO THE END \(outcome.incomplete.count)\n") == !outcome.incomplete.isEmpty)
    for reason in reasons.prefix(20) { #expect(text.contains(reason)) }
    let shown = findings.isEmpty ? "No credentials found" : "\(grouped(findings.count)) finding"
    #expect(text.contains(shown))
    #expect(!text.unicodeScalars.contains { $0.value < 32 && $0 != "\n" }, "nothing steers a terminal")
  }

  private func grouped(_ number: Int) -> String {
    var digits = Array(String(number))
    for at in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: at) }
    return String(digits)
  }
}
