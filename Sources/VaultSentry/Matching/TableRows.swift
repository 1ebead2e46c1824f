// Rows of databases' dumps: INSERT, and COPY of PostgreSQL.

import CatalogueImage
import SecretModel

enum TableRows {
  /// Bytes behind a name in which its rows may stand.
  private static let reach = 200_000

  /// The values of a column that `CREATE TABLE t (…, password varchar(60), …)` defines, in the rows inserted below.
  ///
  /// - Parameter type: where the column's type stands.
  static func values(
    ofColumn name: Range<Int>, typedAt type: Int, in bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> [NamedValue] {
    guard types.contains(where: { begins($0, type, bytes) }), let column = definition(of: name, bytes) else {
      return []
    }
    var values: [NamedValue] = []
    for start in ahead.inserts(in: bytes).rows(of: bytes[column.table], from: type, to: type + reach) {
      if values.count >= NamedValue.mostMembers || ahead.isSpent { break }
      // A table that is created again and again has the same rows each time.
      guard ahead.isFirstLook(atRows: start, column: column.index) else { continue }
      values += rows(name, column.index, start, bytes, ahead)
    }
    return values
  }

  private static let types: [StaticString] = [
    "varchar", "char", "text", "character", "nvarchar", "binary", "varbinary", "tinytext", "bytea",
  ]
  fileprivate static let quotes = ByteSet("`\"[]".utf8)

  /// The table that a column is defined in, and the column's number; nil if the name stands elsewhere.
  private static func definition(
    of name: Range<Int>, _ bytes: UnsafeRawBufferPointer
  ) -> (table: Range<Int>, index: Int)? {
    var at = name.lowerBound
    var depth = 0
    var index = 0
    while at > 0, name.lowerBound - at < 8_000 {
      at -= 1
      switch bytes[at] {
      case UInt8(ascii: ")"): depth += 1
      case UInt8(ascii: ",") where depth == 0: index += 1
      case UInt8(ascii: ";"): return nil
      case UInt8(ascii: "("):
        if depth == 0 { return table(before: at, bytes).map { ($0, index) } }
        depth -= 1
      default: break
      }
    }
    return nil
  }

  /// The name in `CREATE TABLE name (`.
  private static func table(before open: Int, _ bytes: UnsafeRawBufferPointer) -> Range<Int>? {
    var end = open
    while end > 0, bytes[end - 1] <= 0x20 || quotes.contains(bytes[end - 1]) { end -= 1 }
    var start = end
    while start > 0, ByteSets.word.contains(bytes[start - 1]) { start -= 1 }
    let before = UnsafeRawBufferPointer(rebasing: bytes[max(0, start - 40)..<start])
    return start < end && before.containsIgnoringCase("create table") ? start..<end : nil
  }

  fileprivate static func begins(_ text: StaticString, _ at: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    guard at >= 0, at + text.utf8CodeUnitCount <= bytes.count else { return false }
    return (0..<text.utf8CodeUnitCount).allSatisfy { bytes[at + $0].lowercasedASCII == text.utf8Start[$0] }
  }

  /// The cells of a column in the lines below `COPY … FROM stdin;`.
  private static func copied(
    _ name: Range<Int>, _ index: Int, _ start: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> [NamedValue] {
    var values: [NamedValue] = []
    guard var line = bytes[start...].firstIndex(of: 0x0A).map({ $0 + 1 }) else { return [] }
    while line < min(bytes.count, start + reach), bytes[line] != UInt8(ascii: "\\"), !begins("copy ", line, bytes),
      values.count < NamedValue.mostMembers
    {
      let end = bytes[line...].firstIndex(of: 0x0A) ?? bytes.count
      let cells = bytes[line..<end].split(separator: 0x09, omittingEmptySubsequences: false)
      if index < cells.count, (4...NamedValue.longestValue).contains(cells[index].count) {
        values.append(NamedValue(name: name, value: cells[index].startIndex..<cells[index].endIndex, form: .quoted))
      }
      line = end + 1
    }
    ahead.spend(line - start)
    return values
  }

  /// The values of a column that `INSERT INTO t (a, password) VALUES (1, '…'), (2, '…')` names.
  static func insert(_ name: Range<Int>, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> [NamedValue] {
    guard let open = openingParenthesis(name.lowerBound, bytes, ahead),
      let close = bytes[name.upperBound..<min(bytes.count, name.upperBound + 1_000)].firstIndex(of: UInt8(ascii: ")"))
    else { return [] }
    let index = bytes[open..<name.lowerBound].count { $0 == UInt8(ascii: ",") }
    var at = close + 1
    while at < bytes.count, bytes[at] <= 0x20 { at += 1 }
    if begins("from stdin;", at, bytes) { return copied(name, index, at, bytes, ahead) }
    guard begins("values", at, bytes) else { return [] }
    return rows(name, index, at + 6, bytes, ahead)
  }

  /// The literals of a column in the rows `(…), (…)` from `start` on.
  private static func rows(
    _ name: Range<Int>, _ index: Int, _ start: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead
  ) -> [NamedValue] {
    var at = start
    var values: [NamedValue] = []
    let end = min(bytes.count, at + reach)
    while at < end, values.count < NamedValue.mostMembers {
      while at < end, bytes[at] <= 0x20 || bytes[at] == UInt8(ascii: ",") { at += 1 }
      guard at < end, bytes[at] == UInt8(ascii: "("), let tuple = tuple(at, index, end, bytes) else { break }
      if let value = tuple.value, value.count >= 4, value.count <= NamedValue.longestValue {
        values.append(NamedValue(name: name, value: value, form: .quoted))
      }
      at = tuple.end
    }
    ahead.spend(at - start)
    return values
  }

  private static func openingParenthesis(_ from: Int, _ bytes: UnsafeRawBufferPointer, _ ahead: LookAhead) -> Int? {
    // Once for all: a comma before a name asks for it, and there may be one in every line.
    let (word, others) = (ByteSets.word, insertBytes)
    let found = ahead.names.last(before: from, from: max(0, from - 1_000)) {
      !word.contains(bytes[$0]) && !others.contains(bytes[$0])
    }
    return found.flatMap { bytes[$0] == UInt8(ascii: "(") ? $0 : nil }
  }

  private static let insertBytes = ByteSet(" ,`\"[].\r\n\t".utf8)

  /// A parenthesised row: the literal at `index`, and where the row ends.
  private static func tuple(
    _ open: Int, _ index: Int, _ limit: Int, _ bytes: UnsafeRawBufferPointer
  ) -> (value: Range<Int>?, end: Int)? {
    var at = open + 1
    var field = 0
    var value: Range<Int>?
    var depth = 0
    while at < limit {
      let byte = bytes[at]
      if byte == UInt8(ascii: "'") {
        guard let close = NamedMembers.literalEnd(at, bytes) else { return nil }
        if field == index, depth == 0 { value = at + 1..<close }
        at = close
      } else if byte == UInt8(ascii: "(") {
        depth += 1
      } else if byte == UInt8(ascii: ")") {
        if depth == 0 { return (value, at + 1) }
        depth -= 1
      } else if byte == UInt8(ascii: ","), depth == 0 {
        field += 1
      }
      at += 1
    }
    return nil
  }
}

/// Where the rows of each table stand in a blob: `INSERT INTO t VALUES (…), (…)`. Found in one pass, whatever the number
/// of columns that ask.
struct TableInserts {
  /// By table: places behind `VALUES`, ascending.
  private var places: [[UInt8]: [Int]] = [:]

  init(_ bytes: UnsafeRawBufferPointer) {
    var at = 0
    while at < bytes.count {
      guard bytes[at] | 0x20 == UInt8(ascii: "i"), TableRows.begins("insert into ", at, bytes) else {
        at += 1
        continue
      }
      at += 12
      while at < bytes.count, TableRows.quotes.contains(bytes[at]) { at += 1 }
      let start = at
      while at < bytes.count, ByteSets.word.contains(bytes[at]) { at += 1 }
      let table = start..<at
      while at < bytes.count, TableRows.quotes.contains(bytes[at]) || bytes[at] == 0x20 { at += 1 }
      if TableRows.begins("values", at, bytes) { places[Array(bytes[table]), default: []].append(at + 6) }
    }
  }

  /// Places behind `VALUES` in a part of the blob.
  func rows(of table: Slice<UnsafeRawBufferPointer>, from start: Int, to end: Int) -> ArraySlice<Int> {
    guard let all = places[Array(table)] else { return [] }
    return all[all.indices.first(from: { all[$0] >= start })...].prefix { $0 < end }
  }
}
