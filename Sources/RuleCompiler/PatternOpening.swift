// What a pattern's matches begin with, told from its tree.

import CatalogueImage

extension PatternShape {
  /// Steps of an opening at most: those further on hardly ever decide.
  private static let stepLimit = 6

  /// What every match begins with; nil if nothing can be told.
  ///
  /// - Parameter anchors: by whose hits matches are found.
  func opening(foundBy anchors: [KeywordAnchor]) -> Opening? {
    var steps = OpeningSteps(span: span)
    steps.add(root)
    let known = anchors.allSatisfy { $0.offsets == 0...0 } ? anchors.map(\.text.utf8.count).min() ?? 0 : 0
    let skipped = steps.skip(known)
    let sure = steps.sure(upTo: Self.stepLimit)
    guard !sure.isEmpty || !steps.notBefore.members.isEmpty else { return nil }
    return Opening(notBefore: steps.notBefore, skipped: skipped, steps: sure)
  }
}

/// The steps of an opening while the pattern's tree is read.
private struct OpeningSteps {
  private var steps: [Opening.Step] = []
  /// What may not stand right before a match.
  private(set) var notBefore = ByteSet()
  private var beginsAtBoundary = false
  /// Bytes that any repetition takes at most.
  private let span: Int

  init(span: Int) { self.span = span }

  /// Adds a piece of the pattern.
  ///
  /// - Returns: whether all ways through it are told, so that what follows it can be added.
  @discardableResult
  mutating func add(_ node: PatternNode) -> Bool {
    switch node {
    case .assertion(let assertion):
      if steps.isEmpty {
        notBefore = notBefore.union(assertion.notBefore)
        beginsAtBoundary = beginsAtBoundary || assertion.isWordBoundary
      }
      return true
    case .set(let set):
      append(Opening.Step(set, least: 1, most: 1))
      return true
    case .sequence(let parts): return parts.allSatisfy { add($0) }
    case .repetition(.set(let set), let least, let most):
      append(Opening.Step(set, least: least, most: most >= PatternNode.unbounded ? max(least, span) : most))
      return true
    case .repetition, .alternation:
      let start = node.start
      for set in start.sets { append(Opening.Step(set, least: 1, most: 1)) }
      return start.isWhole
    }
  }

  private mutating func append(_ step: Opening.Step) {
    if steps.isEmpty, beginsAtBoundary, step.least > 0 {
      if step.set.isSubset(of: PatternParser.wordBytes) {
        notBefore = notBefore.union(PatternParser.wordBytes)
      } else if step.set.isDisjoint(with: PatternParser.wordBytes) {
        notBefore = notBefore.union(PatternParser.wordBytes.complement)
      }
    }
    if let last = steps.last, last.set == step.set, last.least == last.most, step.least == step.most {
      steps[steps.count - 1] = Opening.Step(last.set, least: last.least + step.least, most: last.most + step.most)
    } else {
      steps.append(step)
    }
  }

  /// Takes off what is known to be there; returns how many bytes that are.
  mutating func skip(_ known: Int) -> Int {
    var skipped = 0
    while skipped < known, let first = steps.first, first.least == first.most {
      let count = min(known - skipped, first.least)
      skipped += count
      steps[0].least -= count
      steps[0].most -= count
      if steps[0].most == 0 { steps.removeFirst() }
    }
    return skipped
  }

  /// The first steps; what comes behind one whose number of bytes varies only if there is one way to go through both.
  func sure(upTo limit: Int) -> [Opening.Step] {
    var sure: [Opening.Step] = []
    for (index, step) in steps.prefix(limit).enumerated() {
      guard step.least < step.most else {
        sure.append(step)
        continue
      }
      let following = steps[(index + 1)...].prefix(limit - index - 1)
      let upToNext = following.prefix { $0.least == 0 } + following.drop { $0.least == 0 }.prefix(1)
      let isDistinct =
        upToNext.last.map { $0.least > 0 } == true && upToNext.allSatisfy { $0.set.isDisjoint(with: step.set) }
      guard isDistinct else {
        if step.least > 0 { sure.append(Opening.Step(step.set, least: step.least, most: step.least)) }
        break
      }
      sure.append(step)
    }
    return sure
  }
}

extension PatternNode {
  /// Bytes of an alternative that are told one by one at most.
  private static let startLimit = 64

  /// The sets that a match's first bytes are of, one each byte, and whether those are all of its bytes.
  fileprivate var start: (sets: [ByteSet], isWhole: Bool) {
    switch self {
    case .assertion: return ([], true)
    case .set(let set): return ([set], true)
    case .sequence(let parts):
      var sets: [ByteSet] = []
      for part in parts {
        let next = part.start
        sets += next.sets
        if !next.isWhole || sets.count > Self.startLimit { return (sets, false) }
      }
      return (sets, true)
    case .repetition(let part, let least, let most):
      let one = part.start
      if least == 0 { return ([], most == 0) }
      guard one.isWhole, !one.sets.isEmpty, least * one.sets.count <= Self.startLimit else { return (one.sets, false) }
      return ((0..<least).flatMap { _ in one.sets }, most == least)
    case .alternation(let parts):
      let starts = parts.map(\.start)
      let count = starts.map(\.sets.count).min() ?? 0
      let sets = (0..<count).map { at in starts.map { $0.sets[at] }.reduce(ByteSet()) { $0.union($1) } }
      return (sets, starts.allSatisfy { $0.isWhole && $0.sets.count == count })
    }
  }
}

extension ByteSet {
  fileprivate func isSubset(of other: ByteSet) -> Bool { members.allSatisfy { other.contains($0) } }
  fileprivate func isDisjoint(with other: ByteSet) -> Bool { members.allSatisfy { !other.contains($0) } }
}
