import TOML
import Testing

/// Documents that ended the process, or might have.
@Suite struct HostileDocumentTests {
  @Test(arguments: [
    "[:a]\nx = 1\n", "[[{]]\n", "[", "[[", "[a.:]", "a = [`\0*", "= 1", "a.{} = 1", "a = {\u{FEDF}b = 1}",
    "\u{FEDF} = 1", "a\u{2FFF} = 1", "[\u{3000}a]",
  ])
  func `a character in the wrong place is told of`(text: String) {
    let error = #expect(throws: TOMLSyntaxError.self) { try TOMLNode.parse(Array(text.utf8)) }
    #expect(error?.message.isEmpty == false)
  }
}
