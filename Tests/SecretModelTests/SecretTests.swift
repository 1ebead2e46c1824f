import SecretModel
import Testing

@Suite struct SecretTests {
  private let value = Array("ghp_0123456789abcdefghijWXYZ".utf8)

  @Test func `no way of printing shows the value`() {
    let secret = Secret(value, publicPrefix: 4)
    let holder = ["token": Optional(secret)]
    var dumped = ""
    dump(holder, to: &dumped)
    var printed = ""
    print(secret, holder, [secret], terminator: "", to: &printed)
    var debugged = ""
    debugPrint(secret, holder, to: &debugged)
    for text in [dumped, printed, debugged, "\(secret)", String(reflecting: secret), String(describing: holder)] {
      #expect(text.contains("ghp_****WXYZ"))
      #expect(!text.contains("0123456789"))
      #expect(!text.contains("abcdefghij"))
    }
    #expect(Mirror(reflecting: secret).children.isEmpty)
    #expect(secret.reveal() == value)
  }

  @Test(arguments: [
    ("", 0, "****"),
    ("short", 0, "****"),
    ("hunter2", 0, "****"),
    ("ghp_abc", 4, "****"),
    ("elevenchars", 0, "****"),
    ("fifteen-letters", 0, "****"),
    ("sixteen--letters", 0, "****rs"),
    ("twenty-four-letters-long", 0, "****long"),
    ("ghp_sixteen--letters", 4, "ghp_****rs"),
  ])
  func `the mask shows the public prefix and a few last characters`(value: String, prefix: Int, mask: String) {
    #expect(Secret(value.utf8, publicPrefix: prefix).mask == mask)
  }

  @Test func `a value of several lines has no tail`() {
    let key = "-----BEGIN KEY-----\nabcdefghijklmnopqrstuvwxyz\n-----END KEY-----"
    #expect(Secret(key.utf8, publicPrefix: 19).mask == "-----BEGIN KEY-----****")
  }

  @Test func `bytes that are no text are shown as question marks`() {
    #expect(Secret(Array("\u{1B}[2Jabcdefghijklmnopqrstu".utf8) + [0xFF, 0x07]).mask == "****tu??")
  }

  @Test func `secrets are equal by value`() {
    #expect(Secret(value, publicPrefix: 4) == Secret(value))
    #expect(Set([Secret(value), Secret(value, publicPrefix: 4)]).count == 1)
  }
}
