// Texts in the notations that the analysers know, with values made up when the program runs.

/// What inputs for everything that reads files begin with.
enum SampleTexts {
  static let all: [[UInt8]] = {
    var dice = Dice(seed: 3)
    return shapes.flatMap { shape in
      (0..<2).map { _ in
        Array(shape.split(separator: "§", omittingEmptySubsequences: false).joined(separator: dice.letters(24)).utf8)
      }
    } + tokens(&dice)
  }()

  /// Keywords and marks that lead into the readers' branches.
  static let words = [
    "password", "secrets:", "tokens", "api_key", "client_secret", "stringData:", "kind: Secret", "data:\n", "name:",
    "value:",
    "\"name\": \"password\"", "\"value\": \"", "INSERT INTO ", " VALUES (", "create table t (", " varchar(60),",
    "COPY t (a, password) FROM stdin;\n", "<password>", "</password>", "<add key=\"", "\" value=\"", "${PASSWORD:-",
    "!!binary |", "<<EOF", "= \"", ": \"", ":= ", " => ", "==", "://user:", "@host", "[secrets]\n", "--password",
    "ENC(", "<![CDATA[", "\"\"\"", "'''", "\\\"", "getenv(\"", "\") or \"", "{ get; set; }", "As String = ",
    "-----BEGIN RSA PRIVATE KEY-----", "-----END", "machine x login y password ", "Authorization: Bearer ", "\r\n",
    "username,password\n", "\tpassword\t", "export ", "ENV ", "ghp_", "AKIA", "xoxb-", "eyJ", "sk_live_",
  ]

  /// `§` stands for a value.
  private static let shapes = [
    "DB_PASSWORD=§\nexport API_TOKEN='§'\nSECRET_KEY=\"§\" # note\n",
    "db:\n  user: admin\n  password: §\nsecrets:\n  one: §\n  two: \"§\"\ntokens:\n- §\n- §\n",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: x\ndata:\n  password: c2VjcmV0cGFzc3dvcmQ=\nstringData:\n  token: §\n",
    "{\"client_secret\": \"§\", \"nested\": {\"api_key\": \"§\", \"tokens\": [\"§\", \"§\"]}}\n",
    "<config><password>§</password><add key=\"ApiKey\" value=\"§\"/><x><![CDATA[§]]></x></config>\n",
    "resource \"x\" \"y\" {\n  password = \"§\"\n  tags = { secret = \"§\" }\n  user_data = <<EOF\nTOKEN=§\nEOF\n}\n",
    "CREATE TABLE users (id int, name varchar(20), password varchar(60));\nINSERT INTO users VALUES (1, 'a', '§'), (2, 'b', '§');\n",
    "COPY users (id, password) FROM stdin;\n1\t§\n2\t§\n\\.\nINSERT INTO u (id, secret) VALUES (1, '§');\n",
    "id,user,password\n1,a,§\n2,b,\"§\"\n", "spring.datasource.password=§\njdbc.url=jdbc:mysql://root:§@db/x\n",
    "String password = \"§\";\nsetApiKey(\"§\");\nif (token == \"§\") {}\nfinal var secret = new String(\"§\");\n",
    "{\"resources\":[{\"type\":\"a\",\"instances\":[{\"attributes\":{\"name\":\"password\",\"value\":\"§\"}}]}]}\n",
    "{\"cells\":[{\"source\":[\"token = '§'\\n\",\"x = \\\"§\\\"\\n\"]}]}\n",
    "curl -u user:§ -H 'Authorization: Bearer §' https://user:§@host.example/x\nmysql --password=§ -p§\n",
    "machine host login me password §\nhost:5432:db:me:§\n//registry.example/:_authToken=§\n",
    "The root password: §\nLogin: alice Password: §\n${DB_PASSWORD:-§} ${db.password:§}\n",
  ]

  /// Values of well-known shapes, put together here so that none stands in a file.
  private static func tokens(_ dice: inout Dice) -> [[UInt8]] {
    let values = [
      "gh" + "p_" + dice.letters(36), "AK" + "IA" + dice.letters(16).uppercased(),
      "xo" + "xb-" + dice.digits(12) + "-" + dice.digits(13) + "-" + dice.letters(24),
      "sk" + "_live_" + dice.letters(24),
      "ey" + "J" + dice.letters(30) + ".ey" + "J" + dice.letters(60) + "." + dice.letters(43),
    ]
    let body = (0..<6).map { _ in dice.letters(64) }.joined(separator: "\n")
    let key = "-----BEGIN RSA PRI" + "VATE KEY-----\n\(body)\n-----END RSA PRI" + "VATE KEY-----\n"
    return values.map { Array("key = \"\($0)\"\n".utf8) } + [Array(key.utf8)]
  }
}
