import Foundation
import Testing

/// `vault-sentry config` and the configuration of scans, as users meet them.
@Suite struct ConfigCommandTests {
  private let place: CommandDirectory
  private let token = CommandDirectory.token

  init() throws {
    place = try CommandDirectory()
    try place.write("src/a.txt", "key = \(token)\n")
  }

  private func scan(_ arguments: String..., environment: [String: String] = [:]) throws -> CommandRun {
    try place.run(["scan"] + arguments, environment: environment)
  }

  @Test func `option, environment, project and user count in this order`() throws {
    #expect(try scan().status == 1)
    try place.write("home/.config/vault-sentry/config.toml", "fail-on = \"none\"\n")
    #expect(try scan().status == 0)
    try place.write(".vault-sentry.toml", "fail-on = \"low\"\n")
    #expect(try scan().status == 1)
    #expect(try scan("--no-project-config").status == 0)
    #expect(try scan(environment: ["VAULT_SENTRY_NO_PROJECT_CONFIG": "1"]).status == 0)
    #expect(try scan(environment: ["VAULT_SENTRY_FAIL_ON": "none"]).status == 0)
    #expect(try scan("--fail-on", "high", environment: ["VAULT_SENTRY_FAIL_ON": "none"]).status == 1)
    try place.write("other.toml", "fail-on = \"none\"\njobs = 2\n")
    #expect(try scan("--config", "other.toml").status == 0)
    #expect(try scan(environment: ["VAULT_SENTRY_CONFIG": "other.toml"]).status == 0)
  }

  @Test(
    arguments: [
      ("exclude = [\"src\"]", 0), ("include = [\"*.md\"]", 0), ("disable = [\"slack-bot-token\"]", 0),
      ("enable = [\"named-password\"]", 0), ("severity = \"critical\"\n[rule.slack-bot-token]\nseverity = \"low\"", 0),
      ("[[allow]]\npath = \"src/**\"\nreason = \"x\"", 0),
      ("[[path-severity]]\npath = \"src/**\"\nseverity = \"low\"", 0),
      ("baseline = \"known\"", 0), ("no-inline-ignores = true", 1),
      ("profile = \"ci\"\n[profiles.ci]\nfail-on = \"none\"", 0),
    ] as [(String, Int32)])
  func `a project's file has its say`(text: String, status: Int32) throws {
    try #require(place.run(["scan", "--baseline", "known", "--update-baseline"]).status == 0)
    try place.write(".vault-sentry.toml", text + "\n")
    let run = try scan()
    #expect(run.status == status, "\(run.error)")
    // Standard input and staged files are the project's, too.
    try place.git(["init", "--quiet"])
    try place.git(["add", "src"])
    if !text.contains("path"), !text.contains("clude") {
      #expect(try place.run(["scan", "-"], input: "key = \(token)\n").status == status)
    }
    #expect(try scan("--staged").status == status)
  }

  @Test func `a wrong file ends the scan with all that is wrong`() throws {
    try place.write(".vault-sentry.toml", "fail-no = \"high\"\nshow-secrets = true\n")
    let run = try scan()
    #expect(run.status == 2)
    #expect(run.error.contains(".vault-sentry.toml:1:1: there is no key “fail-no”; did you mean “fail-on”?"))
    #expect(run.error.contains(".vault-sentry.toml:2:1: “show-secrets” cannot be set here"))
    #expect(run.output == "")
    #expect(try scan("--config", "nowhere.toml").error == "vault-sentry: nowhere.toml: no such file or directory\n")
    #expect(try scan("--no-project-config", "--config", "x").error.contains("exclude each other"))
    #expect(try scan("--no-project-config", "--profile", "x").status == 2)
    let hint = try scan("--no-project-config", environment: ["VAULT_SENTRY_FAILON": "low"])
    #expect(hint.error == "vault-sentry: VAULT_SENTRY_FAILON is not read; did you mean “VAULT_SENTRY_FAIL_ON”?\n")
  }

  @Test func `a file is made, changed and looked at`() throws {
    #expect(try place.run(["config", "init"]).output == ".vault-sentry.toml\n")
    let template = try place.read(".vault-sentry.toml")
    #expect(template.contains("#fail-on = \"high\""))
    let again = try place.run(["config", "init"])
    #expect(again.status == 2)
    #expect(again.error.contains("exists already"))
    #expect(try place.run(["config", "validate"]).output == ".vault-sentry.toml: nothing is wrong\n")

    #expect(try place.run(["config", "set", "--key", "fail-on", "--value", "critical"]).status == 0)
    #expect(try place.run(["config", "set", "--key", "exclude", "--value", "a,b", "--value", "c"]).status == 0)
    #expect(try place.run(["config", "set", "--key", "rule.slack-bot-token.severity", "--value", "low"]).status == 0)
    let text = try place.read(".vault-sentry.toml")
    for line in template.split(separator: "\n") { #expect(text.contains(line)) }
    #expect(try place.run(["config", "get", "exclude"]).output == "a,b\nc\n")
    #expect(try place.run(["config", "get", "fail-on"]).output == "critical\n")
    #expect(try place.run(["config", "get", "severity"]).output == "low\n")
    #expect(try place.run(["config", "get", "rule.slack-bot-token.severity"]).output == "low\n")
    let list = try place.run(["config", "list", "--origin"], environment: ["VAULT_SENTRY_JOBS": "2"]).output
    #expect(list.contains(/fail-on = "critical" +\# \.vault-sentry\.toml:\d+\n/))
    #expect(list.contains(/jobs = 2 +\# environment: VAULT_SENTRY_JOBS\n/))
    #expect(list.contains(/severity = "low" +\# built in\n/))

    #expect(try place.run(["config", "unset", "--key", "exclude"]).status == 0)
    #expect(try place.run(["config", "get", "exclude"]).output == "")
    #expect(try place.run(["config", "set", "--user", "--key", "jobs", "--value", "2"]).status == 0)
    #expect(try place.read("home/.config/vault-sentry/config.toml") == "jobs = 2\n")
    let paths = try place.run(["config", "path"]).output
    #expect(
      paths
        == "user     \(place.path)/home/.config/vault-sentry/config.toml\nproject  \(place.path)/.vault-sentry.toml\nignore   \(place.path)/.vault-sentry-ignore  (does not exist)\n"
    )
  }

  @Test(arguments: [
    (["set", "--key", "fail-no", "--value", "x"], "there is no key “fail-no”; did you mean “fail-on”?"),
    (["set", "--key", "fail-on", "--value", "hgh"], "did you mean “high”?"),
    (["set", "--key", "jobs", "--value", "2"], "a project cannot set “jobs”; --user sets it"),
    (["set", "--key", "show-secrets", "--value", "true"], "cannot be set in a file"),
    (["set", "--key", "no-ignore", "--value", "maybe"], "give true or false"),
    (["set", "--key", "severity", "--value", "low", "--value", "high"], "takes one value"),
    (["set", "--key", "max-file-size", "--value", "1GB"], "100MB at most"),
    (["set", "--key", "rule.x.severity", "--value", "none"], "“none” is none of"),
    (["set", "--key", "severity", "--value", "low", "--file", "broken.toml"], "broken.toml:1:"),
    (["unset", "--key", "severity"], "there is no such file"),
    (["unset", "--key", "x", "--file", "empty.toml"], "there is no key"),
    (["unset", "--key", "severity", "--file", "empty.toml"], "does not set “severity”"),
    (["get", "x"], "there is no key “x”"),
    (["validate", "nowhere.toml"], "no such file"), (["validate", "broken.toml"], "broken.toml:1:"),
    (
      ["validate", "strange.toml"],
      "strange.toml:1: [rule.slack-bot-tokn]: there is no rule “slack-bot-tokn”; did you mean “slack-bot-token”?"
    ),
    (["set", "--key", "a", "--value", "b", "--user", "--file", "x"], "exclude each other"),
  ])
  func `wrong use changes nothing and says what to do`(arguments: [String], message: String) throws {
    try place.write("broken.toml", "x = [\n")
    try place.write("empty.toml", "")
    try place.write("strange.toml", "[rule.slack-bot-tokn]\nseverity = \"low\"\n")
    let run = try place.run(["config"] + arguments)
    #expect(run.status == 2)
    #expect(run.error.contains(message), "\(run.error)")
    #expect(!FileManager.default.fileExists(atPath: place.path + "/.vault-sentry.toml"))
    #expect(try place.read("broken.toml") == "x = [\n")
  }

  @Test func `other scanners' baselines are taken over`() throws {
    try place.write("b.txt", "x\nother = \(CommandDirectory.otherToken)\n")
    try place.write(
      "gitleaks.json",
      #"[{"RuleID":"s","File":"moved.txt","StartLine":9,"Secret":"\#(token)","Commit":""},{"File":"gone","StartLine":1,"Secret":"REDACTED"}]"#
    )
    try place.write(".gitleaksignore", "# known\nb.txt:slack:2\n\(String(repeating: "a", count: 40)):b.txt:slack:3\n")
    let run = try place.run(["config", "import-baseline", "gitleaks.json", "--baseline", "known"])
    #expect(run.status == 0)
    #expect(
      run.error
        == "gitleaks.json: gitleaks' report, 2 entries, 1 taken over, 1 without a finding here\nknown: 1 known, 0 before\n"
    )
    #expect(try scan("--baseline", "known").output.contains("b.txt:2:9"))
    #expect(
      try place.run(["config", "import-baseline", ".gitleaksignore", "--baseline", "known"]).error.contains(
        "known: 2 known, 1 before"))
    #expect(try scan("src", "b.txt", "--baseline", "known").status == 0)
    try place.write("wrong.json", "{\"a\": 1}")
    #expect(
      try place.run(["config", "import-baseline", "wrong.json", "--baseline", "known"]).error.contains(
        "wrong.json: is neither"))
    #expect(try place.run(["config", "import-baseline", "src/a.txt", "--baseline", "known"]).status == 2)
  }
}
