// A rule as the engine uses it: checked, with its keywords placed and its limits computed.

public import SecretModel

/// A keyword and where it stands in a match.
public struct KeywordAnchor: Sendable, Hashable {
  /// Lower case if `ignoresCase`.
  public var text: String
  public var ignoresCase: Bool
  /// Bytes from a match's start to the keyword.
  public var offsets: ClosedRange<Int>

  public init(text: String, ignoresCase: Bool, offsets: ClosedRange<Int>) {
    self.text = text
    self.ignoresCase = ignoresCase
    self.offsets = offsets
  }
}

/// A set of byte values.
public struct ByteSet: Sendable, Hashable {
  @usableFromInline var low: (UInt64, UInt64) = (0, 0)
  @usableFromInline var high: (UInt64, UInt64) = (0, 0)

  public init() {}

  /// - Parameters:
  ///   - lower: a bit for each of the bytes 0 to 63, the lowest one for 0.
  ///   - upper: the same for 64 to 127.
  @inlinable
  public init(ascii lower: UInt64, _ upper: UInt64) { low = (lower, upper) }

  public init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { insert(byte) }
  }

  @inlinable
  public func contains(_ byte: UInt8) -> Bool {
    // Without branches, since bytes come at random.
    let bit = UInt64(1) &<< UInt64(byte & 63)
    let lower = byte & 64 == 0 ? low.0 : low.1
    let upper = byte & 64 == 0 ? high.0 : high.1
    return (byte < 128 ? lower : upper) & bit != 0
  }

  public mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) &<< UInt64(byte & 63)
    switch byte &>> 6 {
    case 0: low.0 |= bit
    case 1: low.1 |= bit
    case 2: high.0 |= bit
    default: high.1 |= bit
    }
  }

  /// Reads bits by byte value, 24 in each word, the lowest first.
  init(words: some Sequence<Int>) {
    var bits = [UInt64](repeating: 0, count: 5)
    for (index, word) in words.enumerated() {
      let (at, shift) = (24 * index / 64, 24 * index % 64)
      bits[at] |= UInt64(word) << shift
      bits[at + 1] |= shift > 40 ? UInt64(word) >> (64 - shift) : 0
    }
    (low, high) = ((bits[0], bits[1]), (bits[2], bits[3]))
  }

  /// Ascending.
  public var members: [UInt8] {
    var members: [UInt8] = []
    for (index, word) in [low.0, low.1, high.0, high.1].enumerated() {
      var rest = word
      while rest != 0 {
        members.append(UInt8(64 * index + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return members
  }

  public func union(_ other: ByteSet) -> ByteSet {
    var union = self
    union.low = (low.0 | other.low.0, low.1 | other.low.1)
    union.high = (high.0 | other.high.0, high.1 | other.high.1)
    return union
  }

  public var complement: ByteSet {
    var complement = self
    complement.low = (~low.0, ~low.1)
    complement.high = (~high.0, ~high.1)
    return complement
  }

  public static func == (left: ByteSet, right: ByteSet) -> Bool { left.low == right.low && left.high == right.high }

  public func hash(into hasher: inout Hasher) {
    for word in [low.0, low.1, high.0, high.1] { hasher.combine(word) }
  }
}

/// A check of a secret's own digits; see `patterns/README.md` for each.
public enum ChecksumKind: Int, Sendable, CaseIterable {
  case crc32Base62, crc32Hex, crc32HexAll, grafana, confluent, gitlabRoutable, luhn, atlassian, cloudflare

  /// Whether a wrong one says nothing, since the issuer does not state how it is made: 32 bits that fit are no accident all
  /// the same.
  public var provesOnly: Bool { self == .atlassian || self == .cloudflare }

  /// As in rule files.
  public var name: String {
    switch self {
    case .crc32Base62: "crc32-base62"
    case .crc32Hex: "crc32-hex"
    case .crc32HexAll: "crc32-hex-all"
    case .grafana: "grafana"
    case .confluent: "confluent"
    case .gitlabRoutable: "gitlab-routable"
    case .luhn: "luhn"
    case .atlassian: "atlassian"
    case .cloudflare: "cloudflare"
    }
  }
}

/// What makes a careless place of a file, whatever its credentials are.
public enum Circumstance: Int, Sendable, Hashable, CaseIterable {
  /// Git tracks the file.
  case tracked
  /// The file stands in a work tree whose ignore files do not name it, and git does not track it.
  case notIgnored
  /// Other users of the machine may read the file, and it holds a credential.
  case readableByOthers
  /// The file holds a credential.
  case holdsCredential
  /// A credential stands in an `ARG` or `ENV` instruction.
  case imageInstruction

  /// As in rule files.
  public var name: String {
    switch self {
    case .tracked: "tracked"
    case .notIgnored: "not-ignored"
    case .readableByOthers: "readable-by-others"
    case .holdsCredential: "holds-credential"
    case .imageInstruction: "image-instruction"
    }
  }

  /// Whether it concerns the file itself, with a credential in it or without.
  public var concernsFile: Bool { self == .tracked || self == .notIgnored }
}

/// A rule, ready to run.
public struct CompiledRule: Sendable, Hashable {
  /// How a keyword's hit becomes a match.
  public enum Shape: Sendable, Hashable {
    /// The pattern matches around the keyword.
    case pattern
    /// A provider's word, an operator, and a value that the pattern matches.
    case assigned(Assigned)
    /// The pattern matches at the start of a line, in files of the rule's names alone; there are no keywords.
    case lines
    /// A name that says what its value is, and a value of any form; the analysis decides.
    case named(ValueKind)
    /// Nothing is searched: a file of the rule's paths, or a credential in it, stands where it should not.
    case circumstance(Circumstance)
  }

  /// What a name promises of its value.
  public enum ValueKind: Int, Sendable, Hashable, CaseIterable {
    /// Chosen by a person, perhaps: short, perhaps a word.
    case password
    /// Made by a machine: random.
    case key

    /// As in rule files.
    public var name: String { self == .password ? "password" : "key" }
  }

  /// The identifier-operator-value shape.
  public struct Assigned: Sendable, Hashable {
    /// Lower-case words of which one has to stand before the value; none is asked for if empty.
    public var qualifiers: [String]
    /// Those of a rule that names none: each says that what follows is a secret.
    public static let usualQualifiers = [
      "key", "token", "secret", "pass", "pwd", "auth", "cred", "bearer", "sig", "signature", "pat",
    ]
    /// Most bytes between the word and the value.
    public var distance: Int
    /// Bytes that the value may hold.
    public var alphabet: ByteSet
    /// Fewest bytes of the value.
    public var leastLength: Int

    public init(qualifiers: [String], distance: Int, alphabet: ByteSet, leastLength: Int) {
      self.qualifiers = qualifiers
      self.distance = distance
      self.alphabet = alphabet
      self.leastLength = leastLength
    }
  }

  public var description: RuleDescription
  /// Fingerprint family.
  public var family: String
  public var shape: Shape
  /// Whether values are taken by their names alone.
  public var isNamed: Bool { if case .named = shape { true } else { false } }
  /// What the secret is, if the analysis of named values judges it.
  public var valueKind: ValueKind? { if case .named(let kind) = shape { kind } else { value } }
  /// Whether some keyword's distance from a match's start varies.
  public var isRanged: Bool
  /// Every match holds one of these. For the assigned shape: the provider's words.
  public var keywords: [KeywordAnchor]
  /// PCRE2 source; for the assigned shape that of the value with its boundaries.
  public var pattern: String
  /// Capture group that is the secret.
  public var secretGroup: Int
  /// Most bytes that a match, with what it looks at behind its end, takes from its start.
  public var span: Int
  /// What every match begins with, if that can be told without the pattern.
  public var opening: Opening?
  /// Least Shannon entropy of the secret, bits per character; 0 for none.
  public var entropyFloor: Double
  public var checksum: ChecksumKind?
  /// PCRE2 source that the decoded secret has to match.
  public var decodes: String?
  /// Lower-case words of which one has to stand nearby.
  public var near: [String]
  /// What the secret is, if the analysis of named values has to judge it; named rules have it in their shape.
  public var value: ValueKind?
  /// Ids of the rules whose matches belong to the secret; for circumstances, of those whose matches count.
  public var companions: [String]
  /// Whether the value alone opens nothing.
  public var isIdentifier: Bool
  /// Globs of which one has to fit the path.
  public var paths: [String]

  public init(
    description: RuleDescription, family: String, shape: Shape, isRanged: Bool, keywords: [KeywordAnchor],
    pattern: String, secretGroup: Int, span: Int, opening: Opening?, entropyFloor: Double, checksum: ChecksumKind?,
    decodes: String?, near: [String], value: ValueKind?, companions: [String], isIdentifier: Bool, paths: [String]
  ) {
    self.description = description
    self.family = family
    self.shape = shape
    self.isRanged = isRanged
    self.keywords = keywords
    self.pattern = pattern
    self.secretGroup = secretGroup
    self.span = span
    self.opening = opening
    self.entropyFloor = entropyFloor
    self.checksum = checksum
    self.decodes = decodes
    self.near = near
    self.value = value
    self.companions = companions
    self.isIdentifier = isIdentifier
    self.paths = paths
  }
}
