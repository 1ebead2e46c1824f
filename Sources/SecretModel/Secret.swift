// The value of a credential, kept from being printed by accident.

/// A credential's bytes. Every way of printing it shows its mask; `reveal()` is the one way to the value.
public struct Secret: Sendable, Hashable {
  private let bytes: [UInt8]

  /// What may be shown: at most the public prefix and the last 2 to 4 characters, and nothing of a short secret.
  public let mask: String

  /// - Parameters:
  ///   - bytes: the value as it stands in the source.
  ///   - publicPrefix: bytes at its start that every credential of the kind shares (`ghp_`).
  public init(_ bytes: some Sequence<UInt8>, publicPrefix: Int = 0) {
    self.bytes = Array(bytes)
    mask = Self.mask(of: self.bytes, publicPrefix: publicPrefix)
  }

  /// A value as a report tells of it.
  ///
  /// - Parameters:
  ///   - mask: what the report shows.
  ///   - bytes: the value, if the report holds it; else empty.
  public init(shownAs mask: String, bytes: [UInt8] = []) {
    self.bytes = bytes
    self.mask = mask
  }

  /// The value itself, empty if only its mask is known. Only emitters that were asked to show secrets, and the fingerprint, call this.
  public func reveal() -> [UInt8] { bytes }

  /// Length in bytes.
  public var count: Int { bytes.count }

  public static func == (left: Secret, right: Secret) -> Bool { left.bytes == right.bytes }
  public func hash(into hasher: inout Hasher) { hasher.combine(bytes) }

  /// What stands for the hidden part, whatever its length.
  public static let hidden = "****"

  private static func mask(of bytes: [UInt8], publicPrefix: Int) -> String {
    let prefix = max(0, min(publicPrefix, bytes.count))
    let rest = bytes.count - prefix
    guard rest >= 8 else { return hidden }
    let isOneLine = !bytes.contains { $0 == 0x0A || $0 == 0x0D }
    let tail = !isOneLine || rest < 16 ? 0 : rest < 24 ? 2 : 4
    return printable(bytes.prefix(prefix)) + hidden + printable(bytes.suffix(tail))
  }

  private static func printable(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  public var description: String { mask }
  public var debugDescription: String { mask }
  public var customMirror: Mirror { Mirror(self, children: EmptyCollection<Mirror.Child>()) }
}
