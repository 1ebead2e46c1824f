import Foundation
import SecretModel
import Testing
import VaultSentry

/// Findings about where a file or a credential stands.
@Suite struct HygieneTests {
  private static let password = "Wq8!" + "zKm2" + "Rv5#"

  /// The findings about places: their rules' ids with path, line and level.
  private static func hygiene(_ result: ScanResult, in directory: TemporaryDirectory) -> [String] {
    result.findings.filter { $0.rule.category == "hygiene" }.map { finding in
      let path = finding.location.path.text.dropFirst(directory.path.count + 1)
      return
        "\(finding.rule.id.dropFirst("hygiene-".count)) \(path):\(finding.location.line) \(finding.risk.level.name)"
    }
  }

  // MARK: - Environment files

  private struct EnvironmentFile: CustomTestStringConvertible {
    let name: String
    let ignore: String
    let isTracked: Bool
    let expected: [String]
    var testDescription: String { "\(name), \(ignore.isEmpty ? "nothing" : ignore) ignored, tracked: \(isTracked)" }
  }

  private static let environmentFiles: [EnvironmentFile] = [
    EnvironmentFile(name: ".env", ignore: "", isTracked: true, expected: ["env-file-tracked .env:1 low"]),
    EnvironmentFile(name: ".env", ignore: ".env", isTracked: true, expected: ["env-file-tracked .env:1 low"]),
    EnvironmentFile(name: ".env", ignore: "*.log", isTracked: false, expected: ["env-file-not-ignored .env:1 low"]),
    EnvironmentFile(name: ".env", ignore: ".env*", isTracked: false, expected: []),
    EnvironmentFile(name: "app/.env", ignore: "app/", isTracked: false, expected: []),
    EnvironmentFile(
      name: "app/.env.local", ignore: "/.env.local", isTracked: false,
      expected: ["env-file-not-ignored app/.env.local:1 low"]),
    EnvironmentFile(name: ".env.example", ignore: "", isTracked: true, expected: []),
    EnvironmentFile(name: "app.env", ignore: "", isTracked: true, expected: []),
  ]

  @Test(arguments: environmentFiles.indices, ["2", "4"])
  func `environment files are tracked, ignored or neither`(index: Int, version: String) throws {
    let file = Self.environmentFiles[index]
    let repository = try TestRepository()
    try repository.directory.write(file.name, "MODE=fast\n")
    try repository.directory.write(".aaa/.env.other", "MODE=fast\n")
    try repository.directory.write("zzz.txt", "text\n")
    if !file.ignore.isEmpty { try repository.directory.write(".gitignore", file.ignore + "\n") }
    try repository.git("add", "--force", ".aaa", "zzz.txt")
    if file.isTracked { try repository.git("add", "--force", file.name) }
    try repository.git("update-index", "--index-version", version)
    let directory = repository.directory
    let all = try scan(directory) { $0.discovery.honoursIgnoreFiles = false }
    #expect(Self.hygiene(all, in: directory) == file.expected)
    #expect(Self.hygiene(try scan(directory, [directory.path + "/" + file.name]), in: directory) == file.expected)
  }

  @Test func `credentials in an environment file weigh`() throws {
    let repository = try TestRepository()
    try repository.directory.write(".env", "# of the server\nDB_PASSWORD=\(Self.password)\n")
    #expect(
      Self.hygiene(try scan(repository.directory), in: repository.directory) == ["env-file-not-ignored .env:1 medium"])
  }

  @Test func `a hook tells of an environment file that is added, once`() throws {
    let repository = try TestRepository()
    try repository.directory.write(".env", "DB_PASSWORD=\(Self.password)\n")
    try repository.git("add", ".env")
    func ids() throws -> [String] {
      try repository.scan(.staged, repository.directory.path).findings.map(\.rule.id).filter { $0.hasPrefix("hygiene") }
    }
    #expect(try ids() == ["hygiene-env-file-tracked"])
    try repository.commit("all")
    try repository.directory.write(".env", "DB_PASSWORD=\(Self.password)\nMODE=fast\n")
    try repository.git("add", ".env")
    #expect(try ids() == [])
  }

  @Test func `outside of a checkout nothing is said of environment files`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".env", "DB_PASSWORD=\(Self.password)\n")
    #expect(Self.hygiene(try scan(directory), in: directory).isEmpty)
  }

  @Test func `an environment file has one fingerprint, wherever the scan begins`() throws {
    let repository = try TestRepository()
    try repository.directory.write("app/.env", "MODE=fast\n")
    let fingerprints = try ["", "/app", "/app/.env", "/app/../app"].map {
      try scan(repository.directory, [repository.directory.path + $0]).findings.map(\.fingerprint)
    }
    #expect(fingerprints[0].count == 1)
    #expect(Set(fingerprints).count == 1)
  }

  /// Indexes that are cut off, or lie about their lengths.
  @Test(arguments: [0, 3, 11, 12, 40, 74, 75, 90])
  func `a damaged index tells nothing`(length: Int) throws {
    let repository = try TestRepository()
    try repository.directory.write(".env", "MODE=fast\n")
    try repository.git("add", ".env")
    let index = repository.directory.path + "/.git/index"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: index))
    try Data(bytes.prefix(length)).write(to: URL(fileURLWithPath: index))
    #expect(Self.hygiene(try scan(repository.directory), in: repository.directory).isEmpty)
  }

  // MARK: - Private keys

  private static func privateKey(_ seed: UInt64) -> String {
    let lines = ["MIIE" + Sample.letters(60, seed: seed)] + (1..<6).map { Sample.letters(64, seed: seed + $0) }
    let mark = "RSA PRI" + "VATE KEY-----\n"
    return "-----BEGIN \(mark)\(lines.joined(separator: "\n"))\n-----END \(mark)"
  }

  @Test(arguments: [(0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o644, true), (0o620, false)])
  func `a private key is for its owner's eyes`(mode: Int, isReported: Bool) throws {
    let directory = try TemporaryDirectory()
    try directory.write("server.key", Self.privateKey(1))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: directory.path + "/server.key")
    #expect(
      Self.hygiene(try scan(directory), in: directory) == (isReported ? ["private-key-readable server.key:1 low"] : []))
  }

  @Test func `other credentials may be readable`() throws {
    let directory = try TemporaryDirectory()
    try directory.write("settings.ini", "password = \(Self.password)\n")
    #expect(Self.hygiene(try scan(directory), in: directory).isEmpty)
  }

  // MARK: - Places of credentials

  private struct Place: CustomTestStringConvertible {
    let path: String
    let text: String
    let expected: [String]
    var testDescription: String { path }
  }

  private static let places: [Place] = [
    Place(
      path: "Dockerfile", text: "FROM alpine\nARG DB_PASSWORD=\(password)\nENV API_PASSWORD=\(password)\n",
      expected: ["image-instruction Dockerfile:2 low"]),
    Place(
      path: "Dockerfile.web", text: "FROM alpine\nenv MODE=fast \\\n    DB_PASSWORD=\(password)\n",
      expected: ["image-instruction Dockerfile.web:3 low"]),
    Place(
      path: "Dockerfile", text: "FROM alpine\nRUN DB_PASSWORD=\(password) ./install\nARG MODE=fast\n", expected: []),
    Place(path: "deploy.sh", text: "ENV DB_PASSWORD=\(password)\n", expected: []),
    Place(
      path: ".git/config",
      text: "[remote \"origin\"]\n\turl = https://ann:\(Sample.letters(24, seed: 3))@git.corp.net/app.git\n",
      expected: ["git-config-credential .git/config:2 medium"]),
    Place(path: ".git/config", text: "[remote \"origin\"]\n\turl = https://git.corp.net/app.git\n", expected: []),
    Place(
      path: ".bash_history",
      text: "ls\nmysql -u root --password=\(password)\ncurl -u ann:\(password) https://corp.net\n",
      expected: ["shell-history .bash_history:2 low"]),
    Place(
      path: "fish_history", text: "- cmd: export DB_PASSWORD=\(password)\n  when: 1700000000\n",
      expected: ["shell-history fish_history:1 low"]),
    Place(
      path: ".zsh_history", text: ": 1700000000:0;export API_TOKEN=\(Sample.token)\n",
      expected: ["shell-history .zsh_history:1 low"]),
    Place(
      path: ".psql_history", text: "ALTER\\040USER\nALTER USER ann PASSWORD '\(password)';\n",
      expected: ["shell-history .psql_history:2 low"]),
    Place(
      path: ".mysql_history", text: "CREATE USER 'ann'@'%' IDENTIFIED BY '\(password)';\n",
      expected: ["shell-history .mysql_history:1 low"]),
    Place(
      path: ".python_history", text: "import x\ndb_password = \"\(password)\"\n",
      expected: ["shell-history .python_history:2 low"]),
    Place(path: ".bash_history", text: "ls\ncd src\n", expected: []),
  ]

  @Test(arguments: places.indices)
  func `credentials stand in careless places`(index: Int) throws {
    let place = Self.places[index]
    let directory = try TemporaryDirectory()
    try directory.write(place.path, place.text)
    let result = try scan(directory)
    #expect(Self.hygiene(result, in: directory) == place.expected)
    // The credential itself is a finding, too, and both stand at one place.
    for finding in result.findings where finding.rule.category == "hygiene" {
      let others = result.findings.filter { $0.rule.category != "hygiene" && $0.location == finding.location }
      #expect(others.count == 1)
      #expect(others.first?.fingerprint != finding.fingerprint)
    }
  }

  @Test func `the rest of a git directory is left alone`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(".git/config", "[core]\n")
    try directory.write(".git/notes.txt", "password = \(Self.password)\n")
    let result = try scan(directory)
    #expect(result.findings.isEmpty)
    #expect(result.coverage.filesScanned == 1)
    #expect(try scan(directory) { $0.discovery.exclude = [Glob(".git")] }.coverage.filesScanned == 0)
  }

  // MARK: - Like any other rule

  @Test func `rules about places can be left out, chosen alone and rated`() throws {
    let repository = try TestRepository()
    try repository.directory.write(".env", "DB_PASSWORD=\(Self.password)\n")
    let request = ScanRequest(targets: [.path(repository.directory.path)], workingDirectory: "/")
    func ids(_ catalogue: Catalogue) throws -> [String] {
      try Scan(request, catalogue: catalogue).run().findings.map(\.rule.id)
    }
    let id = "hygiene-env-file-not-ignored"
    #expect(try ids(.builtin()).contains(id))
    #expect(try !ids(.builtin().selecting(enabled: [], disabled: [id])).contains(id))
    #expect(try ids(.builtin().selecting(enabled: [id], disabled: [])) == [id])
  }

  @Test func `a comment beside a credential is for its place, too`() throws {
    let directory = try TemporaryDirectory()
    try directory.write(
      "Dockerfile", "FROM alpine\n# vault-sentry:allow-next-line\nARG DB_PASSWORD=\(Self.password)\n")
    let result = try scan(directory) { $0.suppression.honoursInline = true }
    #expect(result.findings.count == 2)
    #expect(result.findings.allSatisfy { !$0.isActive })
  }
}
