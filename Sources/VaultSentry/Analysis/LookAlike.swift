// Values that have the form of a secret and a known other use, told by what stands around them.

import CatalogueImage
import SecretModel

/// What a value is instead of a secret.
public enum LookAlike: String, Sendable, CaseIterable {
  /// The id of a commit or another object of git.
  case gitObject = "git_object"
  /// A digest of contents: of a package, an image, a file in an address.
  case contentHash = "content_hash"
  /// The number or name of something: its own name ends in `id` and the like.
  case identifier
  /// A part of the mappings of a source map.
  case sourceMap = "source_map"
  /// A plain word among minified code, where names and values lie close together.
  case minified
  /// It stands in a file that records versions of packages.
  case lockFile = "lock_file"

  /// For people.
  public var explanation: String {
    switch self {
    case .gitObject: "it is the id of a git object"
    case .contentHash: "it is the hash of some contents"
    case .identifier: "its name says that it identifies something"
    case .sourceMap: "it is a part of a source map"
    case .minified: "it is a word in minified code"
    case .lockFile: "it stands in a file that records versions of packages"
    }
  }
}

extension LookAlike {
  /// What a match is instead of a secret; nil if nothing speaks for another thing.
  ///
  /// Values that are known by letters of their own are never something else, but for what chance brings about in the
  /// mappings of a source map.
  static func of(_ match: Match, _ rule: CompiledRule, in bytes: UnsafeRawBufferPointer, _ path: PathContext)
    -> LookAlike?
  {
    if path.isSourceMap, isMapping(match.secret.lowerBound, bytes) { return .sourceMap }
    if match.secret.contains(match.keyword.lowerBound) { return nil }
    if rule.valueKind != nil, path.isLockFile { return .lockFile }
    let value = bytes[match.secret]
    let isHash = [32, 40, 64, 96, 128].contains(value.count) && value.allSatisfy(\.isHexDigit)
    let isObject = (value.count == 40 || value.count == 64) && value.allSatisfy { $0.isDigit || $0 &- 0x61 < 6 }
    if isBehind(hashMarks, match.secret.lowerBound, bytes) { return .contentHash }
    if match.isAboutOther { return isObject ? .gitObject : isHash ? .contentHash : .identifier }
    if isObject, isBehind(gitMarks, match.secret.lowerBound, bytes) { return .gitObject }
    if isHash, isPartOfFileName(match.secret, bytes) { return .contentHash }
    if rule.valueKind == .password, path.isScript, value.allSatisfy({ !$0.isDigit }), isMinified(match.secret, bytes) {
      return .minified
    }
    return nil
  }

  private static func isBehind(_ marks: [[UInt8]], _ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    marks.contains { mark in
      place >= mark.count && zip(bytes[place - mark.count..<place], mark).allSatisfy { $0.lowercasedASCII == $1 }
    }
  }

  /// What stands right before an object's id in addresses, in pinned actions and modules, in logs.
  private static let gitMarks = [
    "@", "/commit/", "/commits/", "/tree/", "/blob/", "/raw/", "/compare/", "?ref=", "&ref=", ".git#", "commit ",
    "commit: ", "tree ", "parent ", "...",
  ].map { Array($0.utf8) }

  /// What names the digest: in subresource integrity, image references, checksum files.
  private static let hashMarks = [
    "sha1-", "sha256-", "sha384-", "sha512-", "sha1:", "sha256:", "sha384:", "sha512:", "md5:", "md5-", "h1:",
  ].map { Array($0.utf8) }

  /// `/assets/main.0123…cdef.js`
  private static func isPartOfFileName(_ value: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard value.lowerBound > 0, "./-_".utf8.contains(bytes[value.lowerBound - 1]), value.upperBound < bytes.count,
      bytes[value.upperBound] == UInt8(ascii: ".")
    else { return false }
    let ending = bytes[(value.upperBound + 1)...].prefix(6).prefix { $0.isLetter || $0.isDigit }
    return fileEndings.contains(String(decoding: ending, as: UTF8.self))
  }

  private static let fileEndings: Set<String> = [
    "js", "mjs", "css", "map", "png", "jpg", "jpeg", "gif", "svg", "webp", "woff", "woff2", "ttf", "json", "html",
    "wasm",
    "gz", "zip", "tar", "jar", "whl", "chunk", "bundle", "min",
  ]

  /// Bytes of mappings that leave no doubt.
  private static let enoughMappings = 4_096

  /// Whether a place is inside the `mappings` of a source map: groups of base64 digits with commas and semicolons.
  private static func isMapping(_ place: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    var at = place
    while at > 0, place - at < enoughMappings, mappingBytes.contains(bytes[at - 1]) { at -= 1 }
    if place - at >= enoughMappings { return true }
    let before = bytes[max(0, at - 14)..<at].filter { $0 > 0x20 }
    return before.suffix(12).elementsEqual("\"mappings\":\"".utf8)
  }

  private static let mappingBytes = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/,;".utf8)

  /// Bytes around a value that have to be one line with hardly a blank.
  static let minifiedReach = 500

  private static func isMinified(_ value: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let around = bytes[max(0, value.lowerBound - minifiedReach)..<min(bytes.count, value.upperBound + minifiedReach)]
    return around.count > minifiedReach && !around.contains(0x0A) && around.count { $0 == 0x20 } * 20 < around.count
  }
}

extension UInt8 {
  /// Whether it is a hexadecimal digit in either case.
  fileprivate var isHexDigit: Bool { isDigit || (self | 0x20) &- 0x61 < 6 }
}
