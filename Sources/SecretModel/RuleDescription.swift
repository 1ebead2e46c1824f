// What a rule says about the kind of credential it finds.

/// The part of a rule that reports show.
public struct RuleDescription: Sendable, Hashable {
  /// Stable for ever, kebab case.
  public let id: String
  /// The kind of credential in plain words.
  public let name: String
  public let provider: String
  public let category: String
  public let severity: Severity
  /// Steps in order: create, deploy, verify, revoke. Empty where nothing special is to be done; see `steps`.
  public let remediation: [String]
  /// Where the credential is replaced or revoked.
  public let rotate: String
  /// Documentation addresses.
  public let references: [String]

  public init(
    id: String, name: String, provider: String, category: String, severity: Severity, remediation: [String],
    rotate: String, references: [String]
  ) {
    self.id = id
    self.name = name
    self.provider = provider
    self.category = category
    self.severity = severity
    self.remediation = remediation
    self.rotate = rotate
    self.references = references
  }

  /// The same with another severity.
  public func with(_ severity: Severity) -> RuleDescription {
    RuleDescription(
      id: id, name: name, provider: provider, category: category, severity: severity, remediation: remediation,
      rotate: rotate, references: references)
  }

  /// What to do, in order: the rule's own steps or, without them, the usual four.
  public var steps: [String] {
    guard remediation.isEmpty else { return remediation }
    return [
      "Create a replacement for the \(name): \(rotate)",
      "Put the new value where the old one is used, from a secret store and not from the source.",
      "Check that everything works with it.",
      "Revoke the old value. Taking it out of the source is not enough: whoever has a copy has the credential.",
    ]
  }
}
