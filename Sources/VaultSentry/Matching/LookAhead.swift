// How far names that stand for many values may look over the rest of a blob, all together.

/// Bytes of a blob that may still be looked at behind names that stand for many values; one each scanner.
///
/// What such a name looks at ends with its block, table or rows, and those hardly ever overlap. Where they do in thousands
/// of places, somebody made it so; then the rule gives up, which is told, instead of taking a time that grows with the
/// square of the blob. What one name has looked at is known to the next ones.
final class LookAhead {
  /// Each byte may be looked at this many times: names are nested in blocks, and tables have several secret columns.
  private static let times = 8
  /// What small blobs have in any case. Bytes.
  private static let least = 1 << 20

  private var left = 0
  /// The rows of the blob's tables, once somebody asked for them.
  private var inserts: TableInserts?
  /// Rows that were read, with the number of the column.
  private var known = Set<[Int]>()
  /// Bytes that end no bare value.
  var values = ClearRun()
  /// Bytes of lists of names before which a parenthesis may open.
  var names = ClearRun()
  /// Bytes without a line break, looked at backwards and forwards.
  var lineStarts = ClearRun()
  var lineEnds = ClearRun()

  init(over bytes: UnsafeRawBufferPointer = UnsafeRawBufferPointer(start: nil, count: 0)) { renew(over: bytes) }

  /// Begins with another blob.
  func renew(over bytes: UnsafeRawBufferPointer) {
    left = bytes.count * Self.times + Self.least
    inserts = nil
    known.removeAll()
    values = ClearRun()
    names = ClearRun()
    lineStarts = ClearRun()
    lineEnds = ClearRun()
  }

  /// Whether nothing more may be looked at.
  var isSpent: Bool { left <= 0 }

  /// Counts what was looked at. Bytes.
  func spend(_ count: Int) { left -= count }

  /// Whether a column of some rows is asked for the first time.
  func isFirstLook(atRows start: Int, column: Int) -> Bool { known.insert([start, column]).inserted }

  /// The rows of the blob's tables.
  func inserts(in bytes: UnsafeRawBufferPointer) -> TableInserts {
    if let inserts { return inserts }
    let made = TableInserts(bytes)
    inserts = made
    return made
  }
}
