// The head of an object in a pack.
//
// The format is git's gitformat-pack(5).

/// What stands before an object's compressed bytes.
struct PackEntry {
  /// What the compressed bytes are.
  enum Form {
    case whole(ObjectKind)
    /// A difference from the object that begins at this offset of the same pack.
    case differenceFromOffset(Int)
    case differenceFromObject(ObjectID)
  }

  let form: Form
  /// Bytes of the object, or of the difference, once they are inflated.
  let size: Int
  /// Where in the pack the compressed bytes begin.
  let contents: Int

  /// Reads the head of the entry at `offset`; nil if it is damaged.
  init?(at offset: Int, in pack: UnsafeRawBufferPointer) {
    guard offset >= 0, offset < pack.count else { return nil }
    var at = offset
    var byte = pack[at]
    at += 1
    let type = byte >> 4 & 7
    var size = Int(byte & 15)
    var shift = 4
    while byte & 0x80 != 0 {
      guard at < pack.count, shift <= 56 else { return nil }
      byte = pack[at]
      at += 1
      size |= Int(byte & 0x7F) << shift
      shift += 7
    }
    guard size >= 0 else { return nil }
    self.size = size
    switch type {
    case 1: form = .whole(.commit)
    case 2: form = .whole(.tree)
    case 3: form = .whole(.blob)
    case 4: form = .whole(.tag)
    case 6:
      guard let distance = Self.distance(&at, in: pack), distance > 0, distance <= offset else { return nil }
      form = .differenceFromOffset(offset - distance)
    case 7:
      guard pack.count - at >= ObjectID.length else { return nil }
      form = .differenceFromObject(ObjectID(UnsafeRawBufferPointer(rebasing: pack[at..<at + ObjectID.length])))
      at += ObjectID.length
    default: return nil
    }
    contents = at
  }

  /// How far before an entry its base begins: big-endian groups of seven bits, each continued one counting one more.
  private static func distance(_ at: inout Int, in pack: UnsafeRawBufferPointer) -> Int? {
    guard at < pack.count else { return nil }
    var byte = pack[at]
    at += 1
    var distance = Int(byte & 0x7F)
    while byte & 0x80 != 0 {
      guard at < pack.count, distance < 1 << 48 else { return nil }
      byte = pack[at]
      at += 1
      distance = (distance + 1) << 7 | Int(byte & 0x7F)
    }
    return distance
  }
}
