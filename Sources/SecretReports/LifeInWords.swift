// A value's life in a repository, for people.

import SecretModel

extension HistoryOrigin {
  /// A value's life in a line; nil if it is not known.
  var lifeInWords: String? {
    guard let life else { return nil }
    var parts: [String] = []
    if let days = life.daysExposed {
      // The value may have stood elsewhere before it came to the finding's path.
      let earlier = life.introduced == commit ? nil : life.introducedPath
      parts.append("exposed for \(days) day\(days == 1 ? "" : "s")" + (earlier.map { ", first at \($0.text)" } ?? ""))
    }
    if isAtHead { parts.append("at HEAD") }
    if life.isInIndex, !isAtHead { parts.append("in the index") }
    if let removal = life.removedIn {
      parts.append("removed in \(removal.id.prefix(12)) on \(removal.date.iso8601.prefix(10))")
    }
    if let first = life.references.first {
      let others = life.referenceCount - 1
      parts.append("kept by \(first)" + (others > 0 ? " and \(others) more" : ""))
    }
    if isUnreachable { parts.append("no reference leads to it") }
    if life.pathCount > 1 { parts.append("stood at \(life.pathCount) paths") }
    return parts.joined(separator: "; ")
  }
}
