import TOML
import Testing

@Suite struct EditorTests {
  private func edited(_ text: String, _ change: (inout TOMLEditor) throws -> Void) throws -> String {
    var editor = try TOMLEditor(Array(text.utf8))
    try change(&editor)
    return String(decoding: editor.text, as: UTF8.self)
  }

  @Test(arguments: [
    ("", ["a"], "a = 1\n"), ("a = 2\n", ["a"], "a = 1\n"),
    ("# ä\n\"ä\" = 0\na = \"x\"  # why\nb = 3", ["a"], "# ä\n\"ä\" = 0\na = 1  # why\nb = 3"),
    ("a = [\n  1, # one\n]  # list\n", ["a"], "a = 1  # list\n"), ("b = 2", ["a"], "b = 2\na = 1\n"),
    ("# top\n\nb = [\n 1]\n\n# t\n[t]\nc = 3\n", ["a"], "# top\n\nb = [\n 1]\na = 1\n\n# t\n[t]\nc = 3\n"),
    ("# top\n\n# t\n[t]\nc = 3\n", ["a"], "# top\n\na = 1\n\n# t\n[t]\nc = 3\n"),
    ("[t]\nc = 3\n\n[u]\n", ["t", "a"], "[t]\nc = 3\na = 1\n\n[u]\n"), ("[t]\n[u]\n", ["t", "a"], "[t]\na = 1\n[u]\n"),
    ("b = 2\n", ["t", "x y", "a"], "b = 2\n\n[t.\"x y\"]\na = 1\n"),
    ("[t]\n[[l]]\nx = 1\n[[l]]\n", ["a"], "a = 1\n\n[t]\n[[l]]\nx = 1\n[[l]]\n"),
    ("[t]\r\na = 5 # x\r\n", ["t", "a"], "[t]\r\na = 1 # x\r\n"),
    ("# only a comment", ["a"], "# only a comment\na = 1\n"),
    ("[t.u]\nx = 1\n", ["t", "v", "a"], "[t.u]\nx = 1\n\n[t.v]\na = 1\n"),
  ])
  func `a value is set in its place`(text: String, path: [String], expected: String) throws {
    let result = try edited(text) { try $0.set(path, to: "1") }
    #expect(result == expected)
    let node = try TOMLNode.parse(Array(result.utf8)).node(at: path)
    guard case .integer(1) = node?.value else {
      Issue.record("the value is not there")
      return
    }
  }

  @Test(arguments: [
    ("a = 1\n", ["a"], ""), ("# why\na = [\n 1,\n]  # x\nb = 2\n", ["a"], "# why\nb = 2\n"),
    ("[t]\n  a = 1", ["t", "a"], "[t]\n"),
    ("b = 1\n", ["a"], "b = 1\n"),
  ])
  func `a value is taken out with its line`(text: String, path: [String], expected: String) throws {
    #expect(try edited(text) { _ = try $0.unset(path) } == expected)
  }

  @Test(arguments: [("[a]\nb = 1\n", ["a"]), ("t = {a = 2}\n", ["t", "b"])])
  func `what has no place is refused`(text: String, path: [String]) throws {
    #expect(throws: TOMLEditError.self) { try edited(text) { try $0.set(path, to: "1") } }
    #expect(throws: TOMLEditError.self) { try edited("t = {a = 2}\n") { _ = try $0.unset(["t", "a"]) } }
    #expect(throws: TOMLEditError.self) { try edited("a = 1\n") { try $0.set(["a"], to: "1 = 2") } }
  }

  @Test func `no key lands in another table`() throws {
    let text = "[rule.a]\nb = 1\n[rule]\nc = false\n"
    #expect(try edited(text) { try $0.set(["severity"], to: "1") } == "severity = 1\n\n" + text)
  }

  @Test(arguments: ["", "a", "\"", "\\", "a\nb\tc", "\u{1}\u{7F}", "ä😀", "C:\\x"])
  func `literals are read as they were meant`(text: String) throws {
    let node = try TOMLNode.parse(Array("a = \(TOMLEditor.literal([text]))".utf8)).node(at: ["a"])
    guard case .array(let members) = node?.value, case .string(let read) = members.first?.value else {
      Issue.record("no string")
      return
    }
    #expect(read == text)
  }
}
