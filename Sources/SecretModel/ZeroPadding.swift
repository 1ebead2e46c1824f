// Numbers with a fixed number of digits.

extension String {
  /// With zeros before it, up to a number of characters.
  package func zeroPadded(to width: Int) -> String { String(repeating: "0", count: max(0, width - count)) + self }
}
