// Text and paths out of scanned content, made fit for reports.

extension String {
  /// Without what could steer a terminal or turn text around: control characters, marks of writing direction. They are
  /// shown by their numbers.
  public var neutralised: String {
    guard unicodeScalars.contains(where: \.isSteering) else { return self }
    return unicodeScalars.reduce(into: "") { text, scalar in
      if scalar.isSteering {
        text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
  }

  /// An absolute path without `.` and `..`, links not looked at.
  public var normalizedPath: String {
    var parts: [Substring] = []
    for part in split(separator: "/") where part != "." {
      if part == ".." { _ = parts.popLast() } else { parts.append(part) }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// UTF-8 bytes as text, each of those that `isPlain` refuses as `%` and two hexadecimal digits (RFC 3986).
  public static func percentEncoding(_ bytes: some Sequence<UInt8>, where isPlain: (UInt8) -> Bool) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    let encoded = bytes.flatMap { byte in
      isPlain(byte) ? [byte] : [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}

extension UnicodeScalar {
  fileprivate var isSteering: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}
