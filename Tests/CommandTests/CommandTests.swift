import Foundation
import Testing

/// The built program as its users run it.
@Suite struct CommandTests {
  private let place: CommandDirectory
  private var directory: String { place.path }

  init() throws { place = try CommandDirectory() }

  private func run(_ arguments: [String], input: String = "", environment: [String: String] = [:]) throws -> CommandRun
  {
    try place.run(arguments, input: input, environment: environment)
  }

  private func write(_ name: String, _ text: String) throws { try place.write(name, text) }

  private let token = CommandDirectory.token

  @Test func `a clean directory returns 0`() throws {
    try write("a.txt", "nothing here\n")
    let run = try run(["scan"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("No credentials found."))
    #expect(run.error == "")
  }

  @Test func `findings return 1 and never show the secret`() throws {
    try write("config/a.txt", "key = \(token)\n")
    let run = try run(["scan", "."])
    #expect(run.status == 1)
    #expect(run.output.contains("config/a.txt:1:7"))
    #expect(!run.output.contains(token.suffix(20)))
    #expect(try self.run(["scan", "--show-secrets"]).output.contains(token))
  }

  @Test func `diagnostics name stages and rules, on standard error, and change nothing else`() throws {
    try write("a.txt", String(repeating: "key = \(token)\n", count: 3))
    let plain = try run(["scan", "a.txt", "-f", "csv"])
    let measured = try run(["scan", "a.txt", "-f", "csv", "--diagnostics"])
    #expect(measured.output == plain.output)
    for stage in ["discovery", "reading", "prefilter", "confirm", "judgement"] {
      #expect(measured.error.contains("\n  \(stage)"))
    }
    let line = measured.error.split(separator: "\n").first { $0.hasSuffix("  slack-bot-token") }
    let columns = try #require(line).split(separator: " ")
    #expect(columns[1...2] == ["3", "3"], "hits and confirmed")
    #expect(!measured.error.contains(token.suffix(20)))
  }

  @Test(
    arguments: [
      (["--severity", "critical", "--exit-code"], 0), (["--exit-code", "--severity", "high"], 1),
      (["--exit-code", "--severity", "low"], 1), (["--fail-on", "none"], 0), (["--fail-on", "medium"], 1),
      (["--fail-on", "critical"], 0), ([], 1),
    ] as [([String], Int32)])
  func `the gate is where it was set`(arguments: [String], status: Int32) throws {
    // High: a critical kind, but below tests.
    try write("tests/a.txt", "key = \(token)\n")
    let level = try run(["scan", "-f", "json"]).output.contains(#""risk_level" : "high""#)
    try #require(level)
    #expect(try run(["scan"] + arguments).status == status)
  }

  @Test func `reports go to files, whole, readable for their owner alone`() throws {
    try write("src/a.txt", "key = \(token)\n")
    let run = try run(["scan", "src", "-f", "json", "-o", "out.json", "-f", "sarif=out.sarif", "-f", "jsonl=out.jsonl"])
    #expect(run.output == "")
    for name in ["out.json", "out.sarif", "out.jsonl"] {
      let path = directory + "/" + name
      let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
      #expect(mode == 0o600)
      let text = try String(contentsOfFile: path, encoding: .utf8)
      #expect(text.contains("src/a.txt"))
      #expect(!text.contains(token.suffix(20)))
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == [
        "out.json", "out.jsonl", "out.sarif", "src",
      ])
  }

  @Test func `a symbolic link is not written through`() throws {
    try write("a.txt", "x\n")
    try write("victim", "kept\n")
    try FileManager.default.createSymbolicLink(atPath: directory + "/out.json", withDestinationPath: "victim")
    let run = try run(["scan", "a.txt", "-o", "out.json"])
    #expect(run.status == 2)
    #expect(run.error.contains("--output out.json: is a symbolic link"))
    #expect(try String(contentsOfFile: directory + "/victim", encoding: .utf8) == "kept\n")
  }

  @Test(arguments: [
    (["scan", "nowhere"], "nowhere: no such file or directory"), (["scan", "--severity", "hgh"], "--severity"),
    (["scan", "--frmat", "json"], "--frmat"), (["scan", "-f", "xml"], "there is no such format"),
    (["scan", "-f", "json", "-f", "sarif"], "Only one format can go to standard output"),
    (["scan", "--max-file-size", "big"], "--max-file-size big"), (["scan", "--jobs", "0"], "--jobs 0"),
    (["scan", "--rules", "nowhere.toml"], "nowhere.toml"), (["scan", "--enable", "no-such-rule"], "no-such-rule"),
    (["scan", "--exit-code", "--fail-on", "low"], "exclude each other"), (["frobnicate"], "frobnicate"),
    (["scan", "-o", "."], "is a directory"),
  ])
  func `wrong use returns 2 with one clear message`(arguments: [String], message: String) throws {
    try write("a.txt", "x\n")
    let run = try run(arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(run.output == "")
  }

  @Test func `help and version return 0 on standard output`() throws {
    for arguments in [["--help"], ["scan", "--help"], ["--version"], ["help", "scan"]] {
      let run = try run(arguments)
      #expect(run.status == 0)
      #expect(!run.output.isEmpty)
      #expect(run.error == "")
    }
  }

  @Test func `standard input is a target`() throws {
    let run = try run(["scan", "-", "-f", "json"], input: "key = \(token)\n")
    #expect(run.status == 1)
    #expect(run.output.contains(#""file_path" : "<stdin>""#))
    #expect(try self.run(["scan", "-"], input: "").status == 0)
  }

  @Test func `what git ignores for one user alone is scanned`() throws {
    try place.git(["init", "--quiet"])
    try place.write("secret.txt", "key = \(token)\n")
    try place.write("home/.config/git/ignore", "secret.txt\n")
    try place.write("home/.gitconfig", "[core]\n\texcludesFile = ~/.config/git/ignore\n")
    try place.git(["config", "core.excludesFile", place.path + "/home/.config/git/ignore"])
    #expect(try place.run(["scan", "."]).output.contains("secret.txt:1:7"))
  }

  @Test func `what concerns the whole target is told of it by name`() throws {
    try place.git(["init", "--quiet"])
    try write(".git/objects/aa/" + String(repeating: "b", count: 38), "no object")
    let run = try run(["scan", "--history", "-f", "json"])
    #expect(run.status == 3)
    #expect(run.error.hasPrefix("vault-sentry: not scanned to the end: .: the object "))
    #expect(run.output.contains(#""path" : ".""#))
  }

  @Test func `what cannot be read returns 3`() throws {
    try write("a.txt", "key = \(token)\n")
    // A directory where a file is expected cannot be read by anyone, root included.
    try write("b.txt", "x\n")
    let memory = try run(["scan", "a.txt", "/proc/self/mem"])
    #expect(memory.status == 3)
    #expect(memory.output.contains("/proc/self/mem"))
    #expect(try run(["scan", "b.txt", "/proc/self/mem", "--allow-incomplete"]).status == 0)
    #expect(try run(["scan", "a.txt", "/proc/self/mem", "--allow-incomplete"]).status == 1)
  }

  @Test func `colours follow the environment and the flag`() throws {
    try write("a.txt", "key = \(token)\n")
    #expect(!(try run(["scan"]).output.contains("\u{1B}")))
    #expect(try run(["scan", "--color", "always"]).output.contains("\u{1B}["))
    #expect(try run(["scan"], environment: ["CLICOLOR_FORCE": "1"]).output.contains("\u{1B}["))
    #expect(!(try run(["scan"], environment: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]).output.contains("\u{1B}")))
  }

  @Test func `progress goes to standard error alone`() throws {
    try write("a.txt", "x\n")
    let run = try run(["scan", "--progress", "always"])
    #expect(run.error.contains("files"))
    #expect(!run.output.contains("\u{1B}"))
  }

  private func git(_ arguments: String...) throws { try place.git(arguments) }

  @Test func `nothing staged is said and returns 0`() throws {
    try git("init", "--quiet")
    let run = try run(["scan", "--staged"])
    #expect(run.status == 0)
    #expect(run.error == "Nothing is staged.\n")
  }

  @Test func `git's variables reach a staged scan`() throws {
    try git("init", "--quiet")
    try write("a.txt", "key = \(token)\n")
    try git("add", "a.txt")
    try FileManager.default.moveItem(atPath: directory + "/.git/index", toPath: directory + "/.git/other")
    #expect(try run(["scan", "--staged"]).status == 0)
    #expect(try run(["scan", "--staged"], environment: ["GIT_INDEX_FILE": ".git/other"]).status == 1)
    #expect(
      try run(["scan", "--staged"], environment: ["GIT_INDEX_FILE": ".git/other", "GIT_DIR": ".git"]).output.contains(
        "a.txt:1:7"))
    #expect(try run(["scan", "--staged"], environment: ["GIT_DIR": "nowhere"]).status == 2)
  }

  @Test(arguments: [["--staged"], ["--history"]])
  func `git scans want a repository, and one`(flag: [String]) throws {
    let lonely = try run(["scan"] + flag)
    #expect(lonely.status == 2)
    #expect(lonely.error.contains("is not in a git repository"))
    #expect(try run(["scan", ".", "."] + flag).status == 2)
    #expect(try run(["scan", "-"] + flag).status == 2)
    #expect(try run(["scan", "--staged", "--history"]).error.contains("exclude each other"))
  }

  @Test func `nothing that a repository's configuration names is run`() throws {
    try git("init", "--quiet")
    try write("old.txt", "key = \(token)\n")
    try git("add", ".")
    try git("commit", "--quiet", "--message", "one")
    try git("mv", "old.txt", "new.txt")
    let trap = directory + "/.git/trap"
    try write(".git/trap", "#!/bin/sh\necho run >>'\(directory)/.git/trapped'\n")
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: trap)
    for hook in ["pre-commit", "post-index-change", "reference-transaction", "post-checkout"] {
      try FileManager.default.createDirectory(atPath: directory + "/.git/traps", withIntermediateDirectories: true)
      try FileManager.default.copyItem(atPath: trap, toPath: directory + "/.git/traps/" + hook)
    }
    try write(".gitattributes", "* filter=x diff=x merge=x\n")
    for key in [
      "core.fsmonitor", "core.pager", "core.sshCommand", "core.alternateRefsCommand", "diff.external", "diff.x.command",
      "diff.x.textconv", "filter.x.clean", "filter.x.smudge", "filter.x.process", "credential.helper", "gpg.program",
    ] {
      try git("config", "--file", directory + "/.git/config", key, trap)
    }
    try git("config", "--file", directory + "/.git/config", "core.hooksPath", directory + "/.git/traps")
    let staged = try run(["scan", "--staged"], environment: ["PATH": ""])
    #expect(staged.status == 1)
    #expect(staged.output.contains("new.txt:1:7"))
    let history = try run(["scan", "--history", "."], environment: ["PATH": ""])
    #expect(history.status == 1)
    #expect(history.output.contains("old.txt:1:7"))
    #expect(history.output.contains("  Since  "))
    #expect(history.output.contains("2020-09-13 A\n"))
    #expect(!FileManager.default.fileExists(atPath: directory + "/.git/trapped"))
  }

  @Test func `SARIF leaves out what only older commits have`() throws {
    try git("init", "--quiet")
    try write("old.txt", "key = \(token)\n")
    try git("add", ".")
    try git("commit", "--quiet", "--message", "one")
    try git("mv", "old.txt", "new.txt")
    try git("commit", "--quiet", "--message", "two")
    let text = try run(["scan", "--history"]).output
    #expect(text.contains("old.txt:1:7"))
    #expect(text.contains("new.txt:1:7"))
    let sarif = try run(["scan", "--history", "-f", "sarif"]).output
    #expect(sarif.contains("new.txt"))
    #expect(!sarif.contains("old.txt"))
  }

  @Test func `rules can be listed, shown and tested`() throws {
    #expect(try run(["config", "rules", "list", "slack"]).output.contains("slack-"))
    #expect(try run(["config", "rules", "show", "no-such-rule"]).status == 2)
    let listed = try JSONSerialization.jsonObject(
      with: Data(run(["config", "rules", "list", "slack-bot", "--format", "json"]).output.utf8))
    let rules = try #require(listed as? [[String: Any]])
    #expect(rules.contains { $0["id"] as? String == "slack-bot-token" && $0["severity"] as? String == "critical" })
    let shown = try JSONSerialization.jsonObject(
      with: Data(run(["config", "rules", "show", "slack-bot-token", "-f", "json"]).output.utf8))
    #expect(((shown as? [String: Any])?["remediation"] as? [String])?.count == 4)
    let page = try run(["config", "rules", "list", "--format", "markdown"]).output
    #expect(page.contains("`slack-bot-token`"))
    #expect(page.split(separator: "\n").count { $0.hasSuffix("` |") } >= 1_200)
    try write("own.toml", "provider = 1\n")
    #expect(try run(["config", "rules", "test", "own.toml"]).status == 2)
  }

  @Test func `a signal ends the scan with a report of its own status`() throws {
    try FileManager.default.createDirectory(atPath: directory + "/many", withIntermediateDirectories: true)
    for index in 0..<3_000 { try write("many/\(index)", String(repeating: "some text \(index)\n", count: 3_000)) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandDirectory.program)
    process.arguments = ["scan", directory + "/many", "--jobs", "1", "-f", "json", "--progress", "always"]
    let (output, error) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = error
    try process.run()
    // The first progress says that the scan is under way.
    _ = try error.fileHandleForReading.read(upToCount: 1)
    process.terminate()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 143)
    #expect(text.contains(#""status" : "cancelled""#))
  }
}
