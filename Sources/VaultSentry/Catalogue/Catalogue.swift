// The rules a scan works with.

import BuiltinCatalogue
public import CatalogueImage
public import SecretModel

/// A set of rules, ready to scan with.
public struct Catalogue: Sendable {
  let rules: LiveRules

  /// The program's version.
  public static let version = "0.1.0"

  /// The rules that come with the program.
  public static func builtin() -> Catalogue {
    Catalogue(CatalogueImage(constant: BuiltinCatalogue.image))
  }

  /// The rules of an image made by `RuleCompiler`.
  public init(_ image: CatalogueImage) { rules = LiveRules(image) }

  init(_ rules: LiveRules) { self.rules = rules }

  /// Number of rules.
  public var count: Int { rules.image.count }

  /// What every rule says about itself, in the catalogue's order.
  public var descriptions: [RuleDescription] { (0..<count).map { rules.image.rule($0).description } }

  public var toolIdentity: ToolIdentity {
    ToolIdentity(name: "vault-sentry", version: Self.version, catalogueDigest: rules.image.digest)
  }
}
