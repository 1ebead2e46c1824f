import BuiltinCatalogue
import CatalogueImage
import Testing

@testable import VaultSentry

@Suite struct LineRulesTests {
  private static let image = CatalogueImage(constant: BuiltinCatalogue.image)

  @Test func `a rule is found by each of its names, once`() {
    let rules = LineRules(Self.image.lineRules, of: Self.image)
    #expect(Self.image.lineRules.count > 1)
    for rule in Self.image.lineRules {
      for path in Self.image.rule(rule).paths {
        #expect(rules.rules(for: Array(path.utf8).lastPart).filter { $0 == rule } == [rule], "\(path)")
      }
    }
  }

  @Test(arguments: ["", "a", ".", "zzz", "~", ".netr", ".netrcs"])
  func `other names have none`(name: String) {
    let rules = LineRules(Self.image.lineRules, of: Self.image)
    #expect(Array(rules.rules(for: Array(name.utf8)[...])).isEmpty)
  }
}
