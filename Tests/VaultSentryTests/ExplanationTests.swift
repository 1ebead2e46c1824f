import Foundation
import SecretModel
import Testing

@testable import VaultSentry

/// What is not reported has a reason with a name.
@Suite struct ExplanationTests {
  private func rejections(_ path: String, _ text: String, _ scope: ExplanationScope = .drops) throws -> [Rejection] {
    let directory = try TemporaryDirectory()
    try directory.write(path, text)
    return try scan(directory) { $0.explanation = scope }.rejections
  }

  @Test(arguments: [
    (".env", "DB_PASSWORD=changeme", "placeholder:marker"), (".env", "DB_PASSWORD=${DB_PW}", "placeholder:template"),
    (".env", "DB_PASSWORD=password", "placeholder:field_name"), (".env", "DB_PASSWORD=********", "placeholder:masked"),
    (".env", "API_TOKEN=aaaaaaaaaaaaaaaa", "placeholder:repeated"),
    (".env", "API_TOKEN=abcdefghijklmnop", "placeholder:sequential"),
    (".env", "API_TOKEN=short", "value:entropy"), (".env", "TOKEN=https://a.internal/b", "value:other_kind"),
    (".env", "TOKEN=/run/secrets/token", "value:other_kind"), (".env", "TOKEN=the_access_token_of_me", "value:words"),
    ("main.py", "password = get_it.now", "value:bare_in_code"), ("main.py", "password = 'user.password'", "value:code"),
    ("a.properties", "db.password=ENC(q7Zx2Lk9Rt4Vb8Nm3Wp6)", "value:encrypted"),
    ("main.py", "deploy_key = 'ssh-rsa'", "value:public_value"),
    ("i18n/de.json", #"{"password": "Geheimwort"}"#, "value:translation"),
    ("main.py", "token = 'token_token_token_tokens'", "value:words"),
    ("ci.yml", "datadog_app_key: DataDog/action@\(object)", "look_alike:git_object"),
    (".env", "TOKEN=https://git.corp.net/x?ref=\(object)", "value:other_kind"),
    ("a.ini", "datadog_app_key_commit = \(object)", "look_alike:git_object"),
    ("a.ini", "datadog_key_checksum = \(object.prefix(32))", "look_alike:content_hash"),
    ("a.ini", "datadog_api_key_id = \(object.prefix(32))", "look_alike:content_hash"),
    ("a.ini", "algolia_key_id = q7zx2lk9rt4vb8nm3wp6q7zx2lk9rt4v", "look_alike:identifier"),
    ("a.html", "datadog app key <script src=/datadog_app_key=js/main.\(object).js>", "look_alike:content_hash"),
    ("a.ini", "trello_token: image@sha256:\(object)\(object.prefix(24))", "look_alike:content_hash"),
    (
      "app.js.map", #"{"mappings":"AAAA,\#("AK" + "IA" + "Q3EGRTYUHJKLMN27");AACA","sources":[]}"#,
      "look_alike:source_map"
    ),
    ("app.js", minified(#"password:"Fortfahren""#), "look_alike:minified"),
    ("composer.lock", #""token": "\#(Sample.letters(24))""#, "look_alike:lock_file"),
  ])
  func `a drop is named`(path: String, text: String, reason: String) throws {
    let found = try rejections(path, text + "\n")
    #expect(found.map(\.reason).contains(reason), "\(found.map(\.reason))")
    #expect(found.allSatisfy { !$0.explanation.isEmpty && $0.location.line == 1 })
  }

  private static let object = String("3f9c1a7be40d52886a1cf07d93be54c2817fa06d")

  private static func minified(_ text: String) -> String {
    let code = String(repeating: "function(e,t){return e.a(t)};", count: 30)
    return code + "{" + text + "}" + code
  }

  @Test func `nothing is told unless it is asked for`() throws {
    #expect(try rejections(".env", "DB_PASSWORD=changeme\n", .nothing).isEmpty)
  }

  @Test func `near misses are told of a line that is asked about`() throws {
    let text = "a = 1\nprivate_key_path = x\n"
    #expect(try rejections("a.ini", text).isEmpty)
    let misses = try rejections("a.ini", text, .nearMisses).filter { $0.location.line == 2 }
    #expect(misses.contains { $0.ruleID == "named-key" && $0.reason == "no_match" && $0.mask == nil })
  }

  @Test func `a rule that another one beats is told`() throws {
    let found = try rejections(".env", "SLACK_TOKEN=\(Sample.token)\n")
    #expect(found.contains { $0.ruleID == "named-token" && $0.reason == "replaced" })
  }

  @Test func `no rejection shows a value`() throws {
    let value = "https://a.internal/" + String(Sample.token.suffix(12))
    for rejection in try rejections(".env", "TOKEN=\(value)\n", .nearMisses) {
      #expect(rejection.mask?.contains(value.suffix(12)) != true)
      #expect(!rejection.explanation.contains(value.suffix(12)))
    }
  }

  @Test func `a staged value that HEAD has is told as unchanged`() throws {
    let repository = try TestRepository()
    try repository.directory.write("a.ini", "k = \(Sample.token)\npassword = changeme\n")
    try repository.commit("one")
    try repository.directory.write("a.ini", "x\nk = \(Sample.token)\npassword = changeme\npassword = ${X}\n")
    try repository.git("add", ".")
    let result = try repository.scan(.staged) { $0.explanation = .drops }
    #expect(result.findings.isEmpty)
    #expect(result.rejections.map { "\($0.location.line) \($0.reason)" } == ["2 unchanged", "4 placeholder:template"])
  }

  @Test func `a history tells each drop at a path once, and that of HEAD`() throws {
    let repository = try TestRepository()
    for lines in 0..<4 {
      try repository.directory.write("a.ini", String(repeating: "x\n", count: lines) + "password = changeme\n")
      try repository.commit("password = changeme \(lines)", at: 1_600_000_000 + lines)
    }
    try repository.remove("a.ini")
    try repository.plant("b.txt", seed: 1)
    try repository.commit("gone", at: 1_600_000_100)
    try repository.git("checkout", "--quiet", "HEAD~1")
    try repository.remove("a.ini")
    for jobs in [1, 3] {
      let result = try repository.scan(.history, repository.directory.path) {
        ($0.explanation, $0.jobs) = (.drops, jobs)
      }
      let drops = result.rejections.filter { $0.reason == "placeholder:marker" }
      let inFiles = drops.filter { $0.location.path.text.hasSuffix("/a.ini") }
      #expect(inFiles.map(\.location.line) == [4])
      #expect(try inFiles.map(\.blob) == [repository.git("rev-parse", "HEAD:a.ini").trimmingCharacters(in: .newlines)])
      #expect(Set(drops.map(\.location.path.text)).count == 5, "a drop in a message is missing")
    }
  }

  @Test func `what a range adds and reports is no drop of a later commit in it`() throws {
    let repository = try TestRepository()
    try repository.commit("one")
    try repository.plant("a.txt", seed: 1)
    try repository.commit("two", at: 1_600_000_001)
    try repository.directory.write("a.txt", "more\nk = \(Sample.token(seed: 1))\npassword = ${X}\n")
    try repository.commit("three", at: 1_600_000_002)
    let result = try repository.scan(.changes(.range("HEAD~2..HEAD"))) { $0.explanation = .drops }
    #expect(result.places == ["a.txt:1"])
    #expect(!result.rejections.contains { $0.reason == "unchanged" })
    #expect(
      result.rejections.contains { $0.reason == "placeholder:template" && $0.location.line == 3 && $0.blob != nil })
    let last = try repository.scan(.changes(.range("HEAD~1..HEAD"))) { $0.explanation = .drops }
    #expect(last.findings.isEmpty)
    #expect(last.rejections.contains { $0.reason == "unchanged" && $0.location.line == 2 })
  }

  @Test func `a line's result holds that line alone`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".env", "A_TOKEN=\(Sample.token)\nB_TOKEN=\(Sample.token(seed: 9))\nPASSWORD=changeme\n")
    let result = try scan(directory) { $0.explanation = .nearMisses }
    #expect(result.about(line: 2).findings.map(\.location.line) == [2])
    #expect(result.about(line: 3).findings.isEmpty)
    #expect(result.about(line: 3).rejections.contains { $0.reason == "placeholder:marker" })
  }
}
