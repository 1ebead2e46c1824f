import RuleCompiler
import Testing

@testable import VaultSentry

@Suite struct WordSetTests {
  private static let words: WordSet = [
    "db", "e", "password", "passwords", "qbytearrayliteral", "abcdefghijklmnopqrstuvwx",
  ]

  @Test(arguments: ["db", "E", "Password", "PASSWORDS", "qByteArrayLiteral", "abcdefghijklmnopqrstuvwx"])
  func `words are in it in any letter case`(text: String) { #expect(Self.words.contains(Word(text.utf8))) }

  @Test(arguments: [
    "", "d", "dbs", "passwor", "passworde", "qbytearrayliterals", "abcdefghijklmnopqrstuvwxy", "bd", "db\0",
  ])
  func `others are not`(text: String) { #expect(!Self.words.contains(Word(text.utf8))) }

  @Test func `all of many words are found, and no others`() {
    var random = SplitMix64(seed: 1)
    func word() -> String {
      String((0..<Int.random(in: 1...24, using: &random)).map { _ in "abc_".randomElement(using: &random)! })
    }
    let known: WordSet = [
      "a", "b", "c", "_", "aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc", "aaa", "abc", "cab", "bca", "a_b", "c_",
    ]
    let list: Set<String> = [
      "a", "b", "c", "_", "aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc", "aaa", "abc", "cab", "bca", "a_b", "c_",
    ]
    for _ in 0..<2_000 {
      let text = word()
      #expect(known.contains(Word(text.utf8)) == list.contains(text), "\(text)")
    }
    for text in list { #expect(known.contains(Word(text.utf8))) }
  }
}
