// Sets of places, each once: most commits have the same ones as the commit before.

/// Sets made of places and of other sets, numbered; the same parts have the same number. 0 is the empty set.
struct PlaceSets: Sendable {
  /// What a set is made of.
  struct Parts: Hashable {
    var places: [Int32] = []
    var sets: [Int32] = []
  }

  private var numbers: [Parts: Int32] = [Parts(): 0]
  private(set) var parts: [Parts] = [Parts()]

  /// The set of some places and of all places of some sets.
  mutating func insert(_ new: Parts) -> Int32 {
    if new.places.isEmpty, new.sets.count == 1 { return new.sets[0] }
    if let known = numbers[new] { return known }
    let number = Int32(parts.count)
    numbers[new] = number
    parts.append(new)
    return number
  }
}

/// Sets of small numbers, each once; 0 is the empty one.
struct NumberSets: Sendable {
  private var numbers: [[Int32]: Int32] = [[]: 0]
  /// The members of each set, ascending.
  private(set) var members: [[Int32]] = [[]]
  private var unions: [UInt64: Int32] = [:]

  /// - Parameter set: ascending, nothing twice.
  mutating func insert(_ set: [Int32]) -> Int32 {
    if let known = numbers[set] { return known }
    let number = Int32(members.count)
    numbers[set] = number
    members.append(set)
    return number
  }

  /// The members of both.
  mutating func union(_ left: Int32, _ right: Int32) -> Int32 {
    if left == right || right == 0 { return left }
    if left == 0 { return right }
    let key = UInt64(UInt32(min(left, right))) << 32 | UInt64(UInt32(max(left, right)))
    if let known = unions[key] { return known }
    let result = insert(Self.merged(members[Int(left)], members[Int(right)]))
    unions[key] = result
    return result
  }

  private static func merged(_ left: [Int32], _ right: [Int32]) -> [Int32] {
    var result: [Int32] = []
    result.reserveCapacity(left.count + right.count)
    var (at, other) = (0, 0)
    while at < left.count, other < right.count {
      let (a, b) = (left[at], right[other])
      result.append(min(a, b))
      if a <= b { at += 1 }
      if b <= a { other += 1 }
    }
    return result + left[at...] + right[other...]
  }
}
