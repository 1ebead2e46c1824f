import RuleCompiler
import Testing

@Suite struct ExampleTextTests {
  private func expand(_ text: String, seed: String = "a-rule") throws -> (text: String, secret: Range<Int>?) {
    let example = try ExampleText(text, seed: seed) { Array("<\($0.count)>".utf8) }
    return (String(decoding: example.bytes, as: UTF8.self), example.secret)
  }

  @Test func `marks give the secret's place and vanish`() throws {
    let example = try expand("é=«abc»;")
    #expect(example.text == "é=abc;")
    #expect(example.secret == 3..<6)
  }

  @Test func `samples are the same for the same rule`() throws {
    let text = "‹[A-Za-z0-9]{40}›"
    #expect(try expand(text).text == expand(text).text)
    #expect(try expand(text).text != expand(text, seed: "another-rule").text)
    #expect(try expand(text).text.count == 40)
  }

  @Test(arguments: [
    ("a‹›b", "ab"), ("‹x{5}›", "xxxxx"), ("‹base64:user:pw›", "dXNlcjpwdw=="), ("‹base64url:user:pw›", "dXNlcjpwdw"),
    ("‹base64:‹a{3}››", "YWFh"), ("«pre_‹checksum›»", "pre_<4>"),
  ])
  func `forms are replaced`(text: String, expected: String) throws {
    #expect(try expand(text).text == expected)
  }

  @Test func `a UUID and a JWT have their forms`() throws {
    #expect(
      try expand("‹uuid›").text.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}/) != nil)
    #expect(try expand(#"‹jwt:{"a":1}›"#).text.wholeMatch(of: /eyJ[\w-]+\.eyJ[\w-]+\.[\w-]{43}/) != nil)
  }

  @Test(arguments: ["‹", "›", "‹[a-z›", "‹[a-z]{x}›", "«a", "a»", "«a«"])
  func `what is not understood is refused`(text: String) {
    #expect(throws: ExampleTextError.self) { try expand(text) }
  }
}
