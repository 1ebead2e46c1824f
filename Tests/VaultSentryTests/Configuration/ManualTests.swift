import Foundation
import Testing

@testable import VaultSentry

@Suite struct ManualTests {
  @Test func `the manual tells of every key, with what is built in`() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let manual = try String(contentsOf: root.appendingPathComponent("man/vault-sentry-config.5"), encoding: .utf8)
    let lines = manual.split(separator: "\n").map(String.init)
    for key in SettingKey.all {
      let line = try #require(
        lines.first { $0.hasPrefix(".It Ic \(key.name)") && ($0 + " ").contains("Ic \(key.name) ") }, "\(key.name)")
      #expect(line.contains("(own)") == key.isPersonal, "\(line)")
      #expect(line.contains("(adds up)") == key.addsUp, "\(line)")
      if !["none", "no limit", "one for each processor"].contains(key.builtin) {
        #expect(line.contains("No = \(key.builtin)") || line.contains("No = Qq \(key.builtin)"), "\(line)")
      }
    }
    for name in SettingsDocument.structures { #expect(manual.contains("Ic \(name) "), "\(name)") }
  }
}
