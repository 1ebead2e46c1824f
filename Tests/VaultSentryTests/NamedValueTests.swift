import SecretModel
import Testing

@testable import VaultSentry

/// Values of telling names, in the languages and files where they stand. «» mark the secret; without marks there is none.
@Suite struct NamedValueTests {
  private struct Case: CustomTestStringConvertible {
    let path: String
    let text: String

    var testDescription: String { "\(path): \(text)" }

    init(_ path: String, _ text: String) {
      self.path = path
      self.text = text
    }
  }

  private static let cases: [Case] = [
    Case(".env", "DB_PASSWORD=«hunter2x»"),
    Case(".env", "export SMTP_PASS='«Wq8!zKm2»'"),
    Case(".env", "API_TOKEN=«q7Zx2Lk9Rt4Vb8Nm3Wp6»"),
    Case(".env", "# PASSWORD=«old9secret»"),
    Case("config/database.yml", "production:\n  password: «k3yb0ardcat»\n"),
    Case("values.yaml", "redis:\n  auth:\n    password: \"«Zu4!kd92Lq»\"\n"),
    Case("settings.json", #"{"database": {"password": "«9vK2mQx7»"}}"#),
    Case("appsettings.json", #"{"ApiKey": "«fK3nQ8zX1vB6mL9pR4tY7wS2»"}"#),
    Case("app.properties", "spring.datasource.password=«Tr0ub4dor»"),
    Case("my.cnf", "[client]\npassword = «Zk82nvQ1»\n"),
    Case("web.config", "<password>«Nm4!xQ9z»</password>"),
    Case("main.tf", "  admin_password = \"«P4w!8nQz2k»\""),
    Case("main.py", "password = \"«Xk29!mvQ»\""),
    Case("main.py", "config['secret_key'] = '«f8Kd02nVq7Lz5XwRt3Bm»'"),
    Case("main.go", "apiKey := \"«fK3nQ8zX1vB6mL9pR4tY7wS2»\""),
    Case("Main.java", "private static final String DB_PASSWORD = \"«Gh7#kLq2Zx»\";"),
    Case("client.ts", "const accessToken: string = '«fK3nQ8zX1vB6mL9pR4tY7wS2»'"),
    Case("client.js", "auth(process.env.TOKEN || '«fK3nQ8zX1vB6mL9pR4tY7wS2»')"),
    Case("lib.rs", "let client_secret: &str = \"«fK3nQ8zX1vB6mL9pR4tY7wS2»\";"),
    Case("App.cs", "SetPassword(\"«Gh7#kLq2Zx»\");"),
    Case("deploy.rb", "  :password => '«Gh7#kLq2Zx»',"),
    Case("index.php", "define('DB_PASSWORD', '«Gh7#kLq2Zx»');"),
    Case("dump.txt", #"{\"token\": \"«fK3nQ8zX1vB6mL9pR4tY7wS2»\"}"#),
    Case(".msmtprc", "account a\npassword «k9Xw2mQz»\n"),
    Case(".tugboat", "authentication:\n  access_token: «4f8a1c9e02b7d6538fae190c7b24d6e1»\n"),
    Case("Dockerfile", "ENV APP_SECRET=«fK3nQ8zX1vB6mL9pR4tY7wS2»"),

    Case("main.py", "password = getpass.getpass()"),
    Case("main.py", "password = args.password"),
    Case("main.py", "password = \"\""),
    Case("main.py", "password = os.environ['DB_PASSWORD']"),
    Case("main.py", "raise ValueError(\"password: is required\")"),
    Case("main.go", "token := nextToken()"),
    Case("main.go", "pageToken = \"fK3nQ8zX1vB6mL9pR4tY7wS2\""),
    Case("main.go", "secretName := \"my-tls-secret\""),
    Case("index.html", "<input type=\"password\" name=\"password\" placeholder=\"Password\">"),
    Case("form.js", "label: { password: 'Your password' }"),
    Case("types.ts", "password: string;"),
    Case("schema.sql", "password varchar(255) not null"),
    Case("values.yaml", "password: ${DB_PASSWORD}"),
    Case("values.yaml", "existingSecret: redis-credentials"),
    Case("values.yaml", "password: \"{{ .Values.password }}\""),
    Case("values.yaml", "tokenUrl: https://login.internal/token"),
    Case(".env", "PASSWORD="),
    Case(".env", "PASSWORD=changeme"),
    Case(".env", "PASSWORD=********"),
    Case(".env", "SECRET_FILE=/run/secrets/app"),
    Case("monkey.py", "monkey = \"fK3nQ8zX1vB6mL9pR4tY7wS2\""),
    Case("tokenizer.py", "tokenizer = \"fK3nQ8zX1vB6mL9pR4tY7wS2\""),
    Case("main.c", "#define KEY_PASSWORD 0x1234"),
    Case("notes.txt", "password k9Xw2mQz"),
    Case("README.md", "Enter the password and press return."),
    Case("i18n.properties", "login.password.label=Password"),
    Case("main.py", "token = \"end_of_statement_marker\""),
  ]

  @Test(arguments: cases)
  private func `is what it should be`(example: Case) throws {
    let parts = example.text.split(separator: /[«»]/, omittingEmptySubsequences: false).map(String.init)
    let directory = try TemporaryDirectory()
    try directory.write(example.path, parts.joined())
    let result = try Scan(
      ScanRequest(targets: [.path(directory.path)], workingDirectory: directory.path), catalogue: .builtin()
    ).run()
    let expected = parts.count == 3 ? [parts[1]] : []
    let found = result.findings.filter { $0.rule.category != "hygiene" }
    #expect(found.map { String(decoding: $0.secret.reveal(), as: UTF8.self) } == expected)
    if parts.count == 3 { #expect(result.findings.first?.location.byteOffset == parts[0].utf8.count) }
  }

  // MARK: - Blobs made to take long

  /// Each line looks over all that follow it; what is looked at grows with the blob, not with its square.
  @Test(arguments: [
    "create table t(password varchar(9));\n", "kind: Secret\n", "secrets:\n a:\n",
    "insert into t (password) values ('a');\n",
    "[secrets]\n", "kind: Secret\nx: y\n",
  ])
  func `lines that look ahead stay within bounds`(line: String) {
    let text = Array(String(repeating: line, count: 20_000).utf8)
    text.withUnsafeBytes { bytes in
      let ahead = LookAhead(over: bytes)
      let word = ["password", "Secret", "secret", "token"].first { line.contains($0) } ?? ""
      let inLine = line.utf8.firstRange(of: word.utf8)?.lowerBound.utf16Offset(in: line) ?? 0
      for start in stride(from: inLine, to: bytes.count, by: line.utf8.count) {
        _ = NamedValue.read(around: start..<start + word.utf8.count, in: bytes, ahead)
      }
      #expect(!ahead.isSpent)
    }
  }

  @Test func `a rule that would look further than it may says so`() throws {
    // Every line opens a block that all that follow are in.
    let nested = (0..<300).map { String(repeating: " ", count: $0) + "secrets:\n" }.joined()
    let directory = try TemporaryDirectory()
    try directory.write("a.yml", String(repeating: nested, count: 200) + "k: \(Sample.token)\n")
    let result = try scan(directory)
    #expect(result.status == .incomplete)
    #expect(result.coverage.incomplete.first?.reason.contains("a match limit was reached") == true)
    #expect(!result.findings.isEmpty)
  }

  @Test func `rows are found for each of many tables`() throws {
    let directory = try TemporaryDirectory()
    let letters = (0..<40).map { Sample.letters(20, seed: UInt64($0)) }
    let tables = letters.enumerated().map { number, value in
      "CREATE TABLE t\(number) (id int, password varchar(60));\nINSERT INTO `t\(number)` VALUES (1, '\(value)');\n"
    }
    try directory.write("dump.sql", tables.joined())
    let found = Set(try scan(directory).findings.map { $0.secret.reveal() })
    #expect(found == Set(letters.map { Array($0.utf8) }))
  }
}
