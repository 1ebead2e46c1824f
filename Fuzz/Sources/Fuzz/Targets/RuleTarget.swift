import RuleCompiler
import SecretModel

@testable import VaultSentry

/// A user's rule file through the door, and what it holds over a text.
final class RuleTarget: FuzzTarget {
  static let name = "rules"
  static let words = [
    "[[rules]]", "[[rules.match]]", "pattern = ", "keywords = ", "'''", "[A-Za-z0-9]{16}", "(?:", "(?<=", "\\b", "{2,}",
    "assigned = ", "named = ", "checksum = ", "entropy = ", "secret = 1", "«", "»", "‹", "›",
  ]

  static func seeds() -> [[UInt8]] {
    let head = "provider = \"Acme\"\nhomepage = \"https://acme.example\"\n[[rules]]\n"
    let common = "name = \"Acme key\"\nseverity = \"high\"\ncategory = \"ci\"\n"
    let example =
      "[[rules.match]]\ntext = 'k = \"«acme_0123456789abcdef»\"'\n[[rules.no_match]]\ntext = 'acme'\nwhy = \"short\"\n"
    let patterns = [
      "acme_[0-9a-f]{16}\\b", "(?i)acme_([0-9a-z]{4,}|x+)*$", "(?<![a-z])acme_(?:[^\\s\"]{1,20}-)+[0-9]", "acme_(a+)+b",
    ]
    return patterns.map { pattern in
      Array(
        "\(head)id = \"acme-key\"\n\(common)keywords = [\"acme_\"]\npattern = '''\(pattern)'''\nentropy = 2.0\n\(example)"
          .utf8)
    }
  }

  private static let text = Array("x = \"acme_0123456789abcdef\" acme_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac\n".utf8)

  func run(_ input: UnsafeRawBufferPointer) {
    guard let sources = try? RuleSource.read(Array(input), file: "rules.toml"),
      let rules = try? RuleCompiler.compile(sources, .user),
      let catalogue = try? Catalogue.compiled(rules, digest: "")
    else { return }
    var scanner = BlobScanner(catalogue.rules, body: .best)
    var reader = ContentReader(sizeLimit: 1 << 20)
    Self.text.withUnsafeBytes { text in
      _ = reader.read(text, directory: [], name: Array("a.txt".utf8)) { _ = scanner.scan($0) }
      _ = reader.read(input, directory: [], name: Array("a.txt".utf8)) { _ = scanner.scan($0) }
    }
  }
}
