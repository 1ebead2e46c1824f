import JSON
import Testing

@Suite struct JSONNodeTests {
  @Test func `values keep their kinds and places`() throws {
    let text = #"""
      {"a": [1, -2.5, 9007199254740993, 18446744073709551616, true, null],
       "b": {"ü\u00e9": "x\ty"}}
      """#
    guard case .object(let root) = try JSONNode.parse(text.utf8).value,
      case .array(let numbers)? = root["a"]?.value, case .object(let inner)? = root["b"]?.value
    else {
      Issue.record("not an object of an array and an object")
      return
    }
    #expect(
      numbers.map { "\($0.value)" } == [
        "integer(1)", "number(-2.5)", "integer(9007199254740993)", "number(1.8446744073709552e+19)", "boolean(true)",
        "null",
      ])
    #expect(numbers[0].offset == 7)
    guard case .string(let value)? = inner["üé"]?.value else {
      Issue.record("no string")
      return
    }
    #expect(value == "x\ty")
  }

  @Test(
    arguments: [
      ("", 0, true), ("{\"a\": [1, 2", 11, true), ("{\"a\": \"x", 8, true), ("{\"a\": 1}}", 8, false),
      ("[1 2]", 3, false),
      ("{'a': 1}", 1, false), ("[01]", 2, false), ("[1,]", 3, false), ("\"\u{1}\"", 1, false), ("nul", 3, true),
    ] as [(String, Int, Bool)])
  func `what is no JSON is refused with its place`(text: String, offset: Int, isTruncated: Bool) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text.utf8) }
    #expect(error?.message.isEmpty == false)
    #expect(error?.offset == offset, "\(text)")
    #expect(error?.isTruncated == isTruncated, "\(text)")
  }

  @Test func `bytes that are no UTF-8 and zero bytes are refused`() {
    for bytes in [[0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x31, 0x00, 0x32]] as [[UInt8]] {
      #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(bytes) }
    }
  }

  @Test(arguments: [(200, true), (201, false), (1_000_000, false)])
  func `depth is limited`(depth: Int, isRead: Bool) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(((try? JSONNode.parse(text.utf8)) != nil) == isRead)
  }

  @Test func `a byte order mark is no part of the document`() throws {
    guard case .array(let items) = try JSONNode.parse([0xEF, 0xBB, 0xBF] + Array("[]".utf8)).value else {
      Issue.record("not an array")
      return
    }
    #expect(items.isEmpty)
  }
}
