import Foundation
import Testing

/// A planted value is looked for in every byte that any command writes.
@Suite struct LeakTests {
  private let place: CommandDirectory
  private let token = CommandDirectory.token

  init() throws { place = try CommandDirectory() }

  /// The value, and what else would give it away: each in plain, base64 at the three offsets, hexadecimal, reversed.
  private var forms: [String] {
    let secret = String(token.dropFirst(5))
    let bytes = Array(secret.utf8)
    let base64 = (0..<3).map { offset in
      // Without what depends on the bytes around it.
      String(Data(bytes.dropFirst(offset).prefix(30)).base64EncodedString().dropFirst(2).prefix(36))
    }
    let digits = bytes.map { String(format: "%02x", $0) }.joined()
    return [secret, String(secret.suffix(16)), String(secret.reversed()), digits, digits.uppercased()] + base64
  }

  private func check(_ text: String, _ what: String) {
    for form in forms { #expect(!text.contains(form), "in \(what)") }
  }

  @Test func `the search finds what is there`() {
    let secret = Data(("x" + token).utf8)
    let texts = [
      token, secret.base64EncodedString(), String(token.reversed()),
      secret.map { String(format: "%02x", $0) }.joined(),
    ]
    for text in texts { #expect(forms.contains { text.contains($0) }) }
  }

  @Test func `no command writes the value, whatever happens`() throws {
    try place.git(["init", "--quiet"])
    let encoded = Data("password = \(token)".utf8).base64EncodedString()
    try place.write("src/a.env", "SLACK_TOKEN=\(token)\nB64=\(encoded)\npassword: '\(token)'\n")
    try place.write("src/b.txt", "x = \(token) # vault-sentry:allow reason=\(token)\nhttps://u:\(token)@h.example/p\n")
    try place.write("src/\(token).txt", "plain\n")
    try FileManager.default.removeItem(atPath: place.path + "/src/\(token).txt")
    try place.write(".vault-sentry-ignore", "not a fingerprint \(token)\n")
    try place.git(["add", "src"])
    try place.git(["commit", "--quiet", "--message", "with \(token) in its text"])
    try FileManager.default.removeItem(atPath: place.path + "/.vault-sentry-ignore")
    let formats = [
      "text", "json", "jsonl", "sarif", "csv", "junit", "gitlab", "html", "markdown", "codequality", "github",
    ]
    var commands = formats.map { ["scan", "src", "-f", $0] }
    commands += [
      ["scan", "src", "--explain", "--severity", "info"], ["scan", "--explain", "src/a.env:1"],
      ["scan", "src", "--diagnostics", "--progress", "always"], ["scan", "--staged"], ["scan", "--history"],
      ["scan", "--history", "-f", "json"], ["scan", "--range", "HEAD"],
      ["scan", "--since", "2020-01-01", "-f", "sarif"],
      ["scan", "src", "--baseline", "base", "--update-baseline"], ["scan", "src", "--baseline", "base"],
      ["scan", "src", "--baseline", "src/a.env"], ["scan", "src", "--rules", "src/a.env"],
      ["scan", "src", "--config", "src/a.env"], ["scan", "-", "--no-inline-ignores"],
      ["scan", "src", "-o", "out.json"], ["scan", "src", "-f", "sarif=out.sarif", "-f", "html=out.html"],
      ["scan", "src", "-o", "/dev/full"], ["scan", "src", "nowhere"],
      ["config", "validate", "--config", "src/a.env"], ["config", "rules", "test", "src/a.env"],
      ["config", "import-baseline", "src/a.env", "--baseline", "other"],
      ["report", "show", "out.json"], ["report", "show", "src/a.env"], ["report", "validate", "src/a.env"],
      ["report", "summary", "out.json"], ["report", "diff", "out.json", "out.sarif"],
      ["report", "remediate", "out.json"],
      ["report", "merge", "out.json", "out.sarif", "-o", "all.json"], ["report", "convert", "out.sarif", "-f", "csv"],
      ["report", "triage", "out.json", "--set", "ignored", "--reason", "known"],
    ]
    for command in commands {
      let run = try place.run(command, input: "key = \(token)\n")
      #expect(run.status < 4 || command.contains("/dev/full"), "\(command) \(run.error)")
      check(run.output, "the output of \(command.joined(separator: " "))")
      check(run.error, "the messages of \(command.joined(separator: " "))")
    }
    for name in ["base", "out.json", "out.sarif", "out.html", "all.json"] { check(try place.read(name), name) }
    let written = try FileManager.default.contentsOfDirectory(atPath: place.path).sorted()
    #expect(
      written.filter { !["base", "out.json", "out.sarif", "out.html", "all.json", "src", ".git"].contains($0) } == [])
  }

  @Test func `reports that hold values do not pass them on`() throws {
    try place.write("src/a.txt", "key = \(token)\n")
    _ = try place.run(["scan", "src", "--show-secrets", "-o", "shown.json"])
    #expect(try place.read("shown.json").contains(token))
    for command in [["show"], ["summary"], ["convert", "-f", "sarif"], ["convert", "-f", "json"], ["remediate"]] {
      let run = try place.run(["report", command[0], "shown.json"] + command.dropFirst())
      check(run.output + run.error, command.joined(separator: " "))
    }
    try place.write(
      "leaks.json",
      #"[{"RuleID":"x","Description":"d","StartLine":1,"EndLine":1,"StartColumn":1,"EndColumn":9,"Match":"key = \#(token)","Secret":"\#(token)","File":"a.txt","Fingerprint":"a.txt:x:1"}]"#
    )
    for format in ["text", "json", "sarif", "csv", "html"] {
      let run = try place.run(["report", "convert", "leaks.json", "-f", format])
      #expect(run.status == 0, "\(run.error)")
      check(run.output + run.error, "a report of another scanner as \(format)")
    }
  }
}
