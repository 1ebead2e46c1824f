// Why a value is not what its name promises.

/// Why a value is not what its name promises.
public enum ValueReason: String, Error, Sendable, CaseIterable {
  /// Too short or too even for its kind.
  case entropy
  /// Words, an identifier, a sentence.
  case words
  /// The name once more.
  case sameAsName = "same_as_name"
  /// A path, an address, a date, a number, a version.
  case otherKind = "other_kind"
  /// Code, or a reference to where the value is.
  case code
  /// A value without quotes where only quoted ones are literals.
  case bareInCode = "bare_in_code"
  /// A text of a user interface in another language.
  case translation
  /// A key that is meant to be public, a certificate, a hash of a file.
  case publicValue = "public_value"
  /// Ciphertext: nobody can use it without its key.
  case encrypted

  /// For people.
  public var explanation: String {
    switch self {
    case .entropy: "it is too short or too regular for a secret"
    case .words: "it is made of words"
    case .sameAsName: "it repeats its name"
    case .otherKind: "it is a path, an address, a date or a number"
    case .code: "it is code, or says where the value is"
    case .bareInCode: "it stands without quotes in a file where secrets are quoted"
    case .translation: "it is a text of a user interface"
    case .publicValue: "it is meant to be public"
    case .encrypted: "it is encrypted"
    }
  }
}
