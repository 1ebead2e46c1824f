@testable import VaultSentry

/// What says which findings do not count: baselines, ignore files, other scanners' lists, comments.
final class DecisionTarget: FuzzTarget {
  static let name = "decisions"
  static let words = [
    Baseline.header, "vault-sentry:allow", "vault-sentry:allow-begin", "vault-sentry:allow-end", "-next-line", "rule=",
    "path=", "until=", "reason=", "v1:", "gitleaks:allow", "nosec", "\"RuleID\"", "\"File\"", "\"results\"",
    "pragma: allowlist secret",
  ]

  static func seeds() -> [[UInt8]] {
    let print = "v1:" + String(repeating: "abcdefghijklmnopqrstuvwxyz", count: 2)
    return [
      "\(Baseline.header)\n# x\n\(print) some-rule\n<<<<<<< a\n\(print)\n",
      "\(print.prefix(23)) rule=a,b path=t/** until=2030-01-31 reason=made up\n",
      "[{\"RuleID\":\"a\",\"File\":\"b\",\"StartLine\":3,\"Secret\":\"REDACTED\",\"Commit\":\"\"}]",
      "{\"version\":\"1\",\"results\":{\"a.py\":[{\"hashed_secret\":\"00\",\"line_number\":3}]}}",
      "0123456789abcdef0123456789abcdef01234567:a/b.c:rule:3\na:r:1 # x\n",
      "a = 1 # vault-sentry:allow rule=x until=2030-01-01 reason=\"a b\"\n# vault-sentry:allow-begin reason=y\nz\n# vault-sentry:allow-end\n",
      "// vault-sentry:allow-next-line path=*.c */\nx // gitleaks:allow\n",
    ].map { Array($0.utf8) }
  }

  func run(_ input: UnsafeRawBufferPointer) {
    let text = Array(input)
    if let baseline = try? Baseline(text, path: "b") {
      let again = try? Baseline(baseline.text, path: "b")
      check(again?.text == baseline.text, "a baseline is read as something else than it was written")
    }
    _ = try? IgnoreFile(text, path: "i")
    _ = try? ForeignBaseline(text, file: "f")
    var ignores = InlineIgnores(input, hiding: HiddenRanges([]), honoursOthers: true)
    var at = 0
    while at < input.count {
      for ignore in ignores.ignores(for: at..<min(at + 9, input.count)) {
        check(ignore.position >= 0 && ignore.position < input.count, "a comment is out of bounds")
      }
      at += 7
    }
  }
}
