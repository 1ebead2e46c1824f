import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// Layers, their precedence, and what is wrong with them.
@Suite struct SettingsTests {
  private let repository: TestRepository
  private var root: String { repository.directory.path }

  init() throws { repository = try TestRepository() }

  private func write(_ name: String, _ text: String) throws { try repository.directory.write(name, text) }

  private func load(_ change: (inout SettingsSources) -> Void = { _ in }) throws(SettingsProblems) -> Settings {
    var sources = SettingsSources(
      place: ProjectPlace(targets: [.path(".")], workingDirectory: root), workingDirectory: root)
    sources.userFile = root + "/home/config.toml"
    change(&sources)
    return try Settings(sources)
  }

  /// What is wrong, as a user reads it.
  private func problems(_ change: (inout SettingsSources) -> Void = { _ in }) -> String {
    do throws(SettingsProblems) {
      _ = try load(change)
      return ""
    } catch {
      return error.description
    }
  }

  @Test func `the stronger layer counts`() throws {
    let origin = { (settings: Settings) in settings.entries.first { $0.text.hasPrefix("severity = ") } }
    #expect(try origin(load())?.origin == "built in")
    try write("home/config.toml", "severity = \"info\"\njobs = 3\n")
    #expect(try load().text("severity") == "info")
    try write(".vault-sentry.toml", "\nseverity = \"medium\"\n")
    #expect(try load().text("severity") == "medium")
    #expect(try load().number("jobs") == 3)
    #expect(try origin(load())?.origin == ".vault-sentry.toml:2")
    #expect(try load { $0.readsProject = false }.text("severity") == "info")
    let environment = try load { $0.environment = ["VAULT_SENTRY_SEVERITY": "critical", "OTHER": "x"] }
    #expect(environment.text("severity") == "critical")
    #expect(origin(environment)?.origin == "environment: VAULT_SENTRY_SEVERITY")
    try write("other.toml", "severity = \"high\"\n")
    #expect(try load { $0.file = root + "/other.toml" }.text("severity") == "high")
  }

  @Test func `profiles are stronger than the values of all files of their layer`() throws {
    try write("base.toml", "severity = \"low\"\n[profiles.ci]\nseverity = \"critical\"\nexclude = [\"p\"]\n")
    try write(".vault-sentry.toml", "extends = \"base.toml\"\nseverity = \"medium\"\nexclude = [\"a\"]\n")
    #expect(try load().text("severity") == "medium")
    let settings = try load { $0.profile = "ci" }
    #expect(settings.text("severity") == "critical")
    #expect(settings.list("exclude") == ["a", "p"])
    #expect(try load { $0.environment = ["VAULT_SENTRY_PROFILE": "ci"] }.text("severity") == "critical")
    #expect(problems { $0.profile = "ic" }.contains("there is no [profiles.ic]"))
    try write(".vault-sentry.toml", "extends = \"base.toml\"\nprofile = \"ci\"\n")
    #expect(try load().text("severity") == "critical")
  }

  @Test func `lists of what is left out add up, others replace`() throws {
    try write("home/config.toml", "exclude = [\"u\"]\ninclude = [\"u\"]\ndisable = [\"named-password\"]\n")
    try write("sub/base.toml", "exclude = [\"b\"]\ninclude = [\"b\"]\n")
    try write(".vault-sentry.toml", "extends = [\"sub/base.toml\"]\nexclude = [\"p\", \"u\"]\ninclude = [\"p\"]\n")
    let settings = try load { $0.environment = ["VAULT_SENTRY_EXCLUDE": "e, f"] }
    #expect(settings.list("exclude") == ["u", "b", "p", "e", "f"])
    #expect(settings.list("include") == ["p"])
    #expect(settings.list("disable") == ["named-password"])
  }

  @Test func `paths start at the file that names them`() throws {
    try write("sub/base.toml", "baseline = \"known\"\nrule-files = [\"rules\", \"../more.toml\"]\n")
    try write(".vault-sentry.toml", "extends = \"sub/base.toml\"\n")
    #expect(try load().text("baseline") == "sub/known")
    #expect(try load().list("rule-files") == ["sub/rules", "more.toml"])
  }

  @Test(arguments: [
    ("severty = \"low\"", "1:1: there is no key “severty”; did you mean “severity”?"),
    ("a = 1\n  frobnicate = 2", "2:3: there is no key “frobnicate”"),
    (
      "severity = \"hgh\"", "1:12: “severity”: “hgh” is none of info, low, medium, high, critical; did you mean “high”?"
    ),
    ("no-ignore = \"yes\"", "1:13: “no-ignore”: give true or false"),
    ("exclude = \"x\"", "1:11: “exclude”: give a list of texts"), ("exclude = [1]", "1:11: “exclude”: give"),
    ("max-file-size = 5", "1:17: “max-file-size”: give a size"),
    ("max-file-size = \"101MB\"", "1:17: “max-file-size”: a project may ask for 100MB at most"),
    ("jobs = 4", "1:1: a project cannot set “jobs”; set it in your own file, by VAULT_SENTRY_JOBS or by --jobs"),
    ("allow-incomplete = true", "1:1: a project cannot set “allow-incomplete”"),
    ("show-secrets = true", "1:1: “show-secrets” cannot be set here: secrets are only shown when --show-secrets asks"),
    ("output = \"x\"", "1:1: “output” cannot be set here"), ("x = [", "1:"),
    ("severity = \"low\"\nseverity = \"low\"", "2:"),
    ("[rule.x]\nseverity = \"none\"", "2:12: “none” is none of"),
    ("[rule.x]\nseverty = \"low\"", "2:1: there is no key"),
    ("[rule.x]\nenabled = 1", "2:11: “enabled”: give true or false"),
    ("rule = 1", "1:8: “rule” is written [rule.NAME]"),
    ("[[allow]]\nreason = \"x\"", "1:1: say what is allowed"), ("[[allow]]\npath = \"x\"", "1:1: say why, in “reason”"),
    ("[[allow]]\nvalue = '('\nreason = \"x\"", "2:9: “value” is no regular expression"),
    ("[[allow]]\nfingerprint = \"abc\"\nreason = \"x\"", "2:15: a fingerprint begins with v1:"),
    ("[[allow]]\npath = \"x\"\nreason = \"x\"\nuntil = \"soon\"", "4:9: “until”: give a day"),
    ("[allow]\npath = \"x\"", "1:1: “allow” is a list of tables: [[allow]]"),
    ("[[path-severity]]\nseverity = \"low\"", "1:1: “path” is missing"),
    ("[[path-severity]]\npath = \"x\"\nseverity = \"lo\"", "3:12: “lo” is none of"),
    ("[[rules]]\nid = \"x\"", "1:1: “name” is missing"), ("[profiles.ci]\nsevrity = \"low\"", "2:1: there is no key"),
    ("[profiles.ci]\njobs = 2", "2:1: a project cannot set “jobs”"),
    ("extends = \"no.toml\"", "1:11: “extends”: no.toml: no such"),
    ("extends = \"../x.toml\"", "1:11: “extends”: ../x.toml: leads out of the project"),
    ("extends = \"https://x/y\"", "1:11: “extends”: https://x/y: only local files are read"),
    (
      "extends = \".vault-sentry.toml\"",
      "1:11: “extends” goes round in a circle: .vault-sentry.toml → .vault-sentry.toml"
    ),
    ("baseline = \"/etc/passwd\"", "1:12: “baseline”: /etc/passwd: leads out of the project"),
    ("rule-files = [\"../rules\"]", "1:14: “rule-files”: ../rules: leads out of the project"),
    ("extends = \"link/x.toml\"", "1:11: “extends”: link/x.toml: leads out of the project"),
  ])
  func `what is wrong is told with its place`(text: String, message: String) throws {
    try FileManager.default.createSymbolicLink(atPath: root + "/link", withDestinationPath: "/etc")
    try write(".vault-sentry.toml", text + "\n")
    #expect(
      problems().split(separator: "\n").contains { $0.hasPrefix(".vault-sentry.toml:" + message) }, "\(problems())")
  }

  @Test func `all problems are told at once, of all files`() throws {
    try write("home/config.toml", "x = 1\n")
    try write("base.toml", "y = 1\n")
    try write(".vault-sentry.toml", "extends = \"base.toml\"\nz = 1\nw = 1\n")
    let text = problems { $0.environment = ["VAULT_SENTRY_JOBS": "many"] }
    #expect(
      text.split(separator: "\n").map { $0.prefix { $0 != " " } } == [
        ".vault-sentry.toml:2:1:", ".vault-sentry.toml:3:1:", "VAULT_SENTRY_JOBS:", "base.toml:1:1:",
        "home/config.toml:1:1:",
      ])
  }

  @Test func `a circle of files and a project's link are refused`() throws {
    try write(".vault-sentry.toml", "extends = \"a.toml\"\n")
    try write("a.toml", "extends = \"b.toml\"\n")
    try write("b.toml", "extends = \"a.toml\"\n")
    #expect(
      problems().contains(
        "b.toml:1:11: “extends” goes round in a circle: .vault-sentry.toml → a.toml → b.toml → a.toml"))
    try repository.remove(".vault-sentry.toml")
    try FileManager.default.createSymbolicLink(atPath: root + "/.vault-sentry.toml", withDestinationPath: "a.toml")
    #expect(problems() == ".vault-sentry.toml: is a symbolic link, which is not followed")
  }

  @Test func `the user's own file may do what a project's may not`() throws {
    try write("home/config.toml", "jobs = 2\nallow-incomplete = true\nmax-file-size = \"2GB\"\nbaseline = \"/tmp/x\"\n")
    #expect(problems() == "")
    #expect(problems { $0.file = root + "/home/config.toml" } == "")
    #expect(problems { ($0.file, $0.fileIsProject) = (root + "/home/config.toml", true) }.contains("cannot set “jobs”"))
  }

  @Test(arguments: [
    ("VAULT_SENTRY_FAILON", true), ("VAULT_SENTRY_SEVERTY", true), ("VAULT_SENTRY_FAIL_ON", false),
    ("VAULT_SENTRY_INSTALL_DIRECTORY", false), ("VAULT_SENTRY_CONFIG", false),
  ])
  func `misspelt variables are told`(name: String, isTold: Bool) {
    #expect(SettingKey.misspelt([name], except: ["VAULT_SENTRY_CONFIG"]).isEmpty == !isTold)
  }

  @Test(arguments: [true, false])
  func `the template is a configuration, and so is what it comments out`(isProject: Bool) throws {
    let text = SettingsTemplate.text(isProject: isProject)
    let check = { (text: String) in
      SettingsDocument(Array(text.utf8), file: "x", isProject: isProject) { .success($0) }.problems
    }
    #expect(check(text) == [])
    let uncommented = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("#") && !line.hasPrefix("# ") ? line.dropFirst() : line
    }
    let examples = uncommented.joined(separator: "\n").replacingOccurrences(of: "v1:…", with: "v1:abcdefghijklm")
    #expect(check(examples) == [])
    for key in SettingKey.all where !(isProject && key.isPersonal) { #expect(text.contains("\n#\(key.name) = ")) }
  }
}
