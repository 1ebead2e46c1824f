// Passwords that everybody tries first.

import CatalogueImage

/// Judges the passwords that patterns find by their place, as named values judge theirs.
enum Commonplace {
  /// The longest value that is looked at; bytes.
  private static let longest = 24

  /// What a commonplace password takes from a risk; nil for any other value.
  static func weight(of match: Match, in bytes: UnsafeRawBufferPointer) -> RiskWeight? {
    // A value that is known by its own letters is no password.
    guard match.secret.count <= longest, !match.secret.contains(match.keyword.lowerBound) else { return nil }
    let value = Array(bytes[match.secret]).map(\.lowercasedASCII)
    if isUserName(match.secret, bytes) || defaults.contains(String(decoding: value, as: UTF8.self)) {
      return RiskWeights.defaultPassword
    }
    return NamedValueAnalysis.saysPassword(value) ? RiskWeights.plainWord : nil
  }

  /// Whether the user's name before the colon is the same: `stats:stats@`.
  private static func isUserName(_ secret: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = secret.lowerBound - 1 - secret.count
    guard start >= 0, bytes[secret.lowerBound - 1] == UInt8(ascii: ":"),
      bytes[start..<start + secret.count].elementsEqual(bytes[secret])
    else { return false }
    return start == 0 || !ByteSets.word.contains(bytes[start - 1])
  }

  /// Of databases, brokers, stores and their images.
  private static let defaults: Set<String> = [
    "postgres", "root", "toor", "admin", "guest", "mysql", "mariadb", "mongo", "redis", "rabbitmq", "minio",
    "minioadmin",
    "elastic", "oracle", "tiger", "sa", "user", "changeit", "neo4j", "cassandra", "influxdb", "grafana", "docker",
    "vagrant", "ubuntu", "raspberry",
  ]
}
