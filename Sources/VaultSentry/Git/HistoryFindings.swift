// Findings of a history, one for each rule, value and path, with the life of each.

import GitHistory
import SecretModel

/// Joins what was found at places, in messages and in files.
struct HistoryFindings {
  /// A rule's value at a path.
  private struct Entry {
    /// As it stands in HEAD, or where it was come upon first.
    var finding: Finding
    var blob: ObjectID
    /// Whether `finding` is as it stands in HEAD.
    var isFromHead: Bool
    var isInIndex = false
    var isMessage = false
    /// The value's number.
    let value: Int
  }

  private let source: HistorySource
  private let places: BlobPlaces
  private let now: Timestamp
  private var entries: [Entry] = []
  private var numbers: [FindingKey: Int] = [:]
  /// By value: its entries.
  private var entriesOfValue: [[Int]] = []
  private var valueNumbers: [String: Int] = [:]
  /// By place and by commit: what stands there, entries and values.
  private var ofPlaces: [[Int]] = []
  private var ofMessages: [Int: [Int]] = [:]

  init(_ tally: HistoryTally, _ places: BlobPlaces, _ source: HistorySource, _ now: Timestamp) {
    self.source = source
    self.places = places
    self.now = now
    ofPlaces = Array(repeating: [], count: places.places.count)
    let atHead = places.atHead()
    for (place, findings) in tally.findings.sorted(by: { $0.key < $1.key }) {
      let blob = source.store.id(places.places[place].blob)
      for finding in findings {
        let entry = add(finding, blob, isFromHead: atHead.contains(place))
        if places.inIndex.contains(place) { entries[entry].isInIndex = true }
        ofPlaces[place].append(entry)
      }
    }
    for (object, findings) in tally.messageFindings.sorted(by: { $0.key < $1.key }) {
      for finding in findings {
        let entry = add(finding, source.store.id(object), isFromHead: false)
        entries[entry].isMessage = true
        ofMessages[object, default: []].append(entry)
      }
    }
  }

  private mutating func add(_ finding: Finding, _ blob: ObjectID, isFromHead: Bool) -> Int {
    if let known = numbers[FindingKey(finding)] {
      if isFromHead, !entries[known].isFromHead {
        (entries[known].finding, entries[known].blob, entries[known].isFromHead) = (finding, blob, true)
      } else if !entries[known].isFromHead, entries[known].finding.suppression == nil,
        let suppression = finding.suppression
      {
        // HEAD's version decides; of older ones, what is accepted in one is accepted.
        entries[known].finding = entries[known].finding.suppressed(by: suppression)
      }
      return known
    }
    let value = valueNumbers[finding.fingerprint] ?? entriesOfValue.count
    if value == entriesOfValue.count {
      valueNumbers[finding.fingerprint] = value
      entriesOfValue.append([])
    }
    let number = entries.count
    numbers[FindingKey(finding)] = number
    entriesOfValue[value].append(number)
    entries.append(Entry(finding: finding, blob: blob, isFromHead: isFromHead, value: value))
    return number
  }

  // MARK: - Joining

  /// These findings and those of files. What a file holds, too, is the file's finding, with what history knows of it.
  ///
  /// - Parameter isOver: whether nobody wants the lives of findings any more; asked again and again.
  /// - Throws: if it is over.
  func joined(
    with files: [Finding], _ reader: borrowing ObjectReader, isOver: () -> Bool
  ) throws(GitError) -> [Finding] {
    if entries.isEmpty { return files }
    // Things are entries first, then values.
    func things(_ entries: [Int]) -> [Int32] {
      Set(entries + entries.map { self.entries.count + self.entries[$0].value }).map(Int32.init)
    }
    var lives = try Lives(
      of: ofPlaces.map(things), ofMessages.mapValues(things), count: entries.count + entriesOfValue.count, at: places,
      isOver: isOver)
    let inFiles = Dictionary(files.map { (FindingKey($0), $0) }) { first, _ in first }
    let filesValues = Set(files.map(\.fingerprint))
    var thingLives: [Life] = []
    for thing in 0..<entries.count + entriesOfValue.count {
      try GitError.end(if: isOver())
      thingLives.append(lives.life(of: thing, source.store, reader))
    }
    let entryLives = thingLives[..<entries.count]
    let valueLives = Array(thingLives[entries.count...])
    let values = entriesOfValue.indices.map { value in
      ValueHistory(
        life: valueLives[value], siblings: entriesOfValue[value].map { (entries[$0], entryLives[$0]) },
        isInFiles: filesValues.contains(entries[entriesOfValue[value][0]].finding.fingerprint))
    }
    let origins = entries.indices.map { number in
      let entry = entries[number]
      return HistoryOrigin(
        commit: entryLives[number].introduced.map(CommitDescription.init), blob: entry.blob.description,
        isAtHead: entryLives[number].isAtHead, isInFiles: inFiles[FindingKey(entry.finding)] != nil,
        life: life(of: entry, entryLives[number], values[entry.value]))
    }
    let known = files.map { finding in numbers[FindingKey(finding)].map { finding.since(origins[$0]) } ?? finding }
    let rest = entries.indices.filter { inFiles[FindingKey(entries[$0].finding)] == nil }
    return known + rest.map { entries[$0].finding.since(origins[$0]) }
  }

  /// The same as `joined`, but nothing is said of their lives.
  func withoutLives(with files: [Finding]) -> [Finding] {
    let inFiles = Set(files.map { FindingKey($0) })
    return files
      + entries.filter { !inFiles.contains(FindingKey($0.finding)) }.map {
        $0.finding.since(
          HistoryOrigin(commit: nil, blob: $0.blob.description, isAtHead: $0.isFromHead, isInFiles: false))
      }
  }

  /// Findings in messages of commits and tags alone, whose places in the history nobody had time for.
  static func ofMessages(_ tally: HistoryTally, _ source: HistorySource) -> [Finding] {
    tally.messageFindings.sorted { $0.key < $1.key }.flatMap { object, findings in
      findings.map {
        $0.since(
          HistoryOrigin(commit: nil, blob: source.store.id(object).description, isAtHead: false, isInFiles: false))
      }
    }
  }

  /// What is the same for all entries of a value: there may be thousands.
  private struct ValueHistory {
    let life: Life
    let introducedPath: ReportedPath?
    let paths: [ReportedPath]
    let isPresent: Bool

    init(life: Life, siblings: [(entry: Entry, life: Life)], isInFiles: Bool) {
      self.life = life
      let inFiles = siblings.filter { !$0.entry.isMessage }
      introducedPath = life.introduced.flatMap { first in
        inFiles.first { $0.life.introduced?.id == first.id }?.entry.finding.location.path
      }
      paths = inFiles.map(\.entry.finding.location.path).sorted()
      isPresent = life.isAtHead || isInFiles || siblings.contains { $0.entry.isInIndex }
    }
  }

  private func life(of entry: Entry, _ own: Life, _ value: ValueHistory) -> SecretLife {
    var life = SecretLife()
    life.introduced = value.life.introduced.map(CommitDescription.init)
    life.introducedPath = value.introducedPath
    life.lastSeen = own.lastSeen.map(CommitDescription.init)
    life.removedIn = own.removedIn.map(CommitDescription.init)
    life.isInIndex = entry.isInIndex
    life.references = own.references
    life.paths = value.paths
    life.daysExposed = value.life.introduced.map { first in
      let end = value.isPresent ? now.seconds : value.life.removedIn?.author.time ?? now.seconds
      return max(0, Int((end - first.author.time) / 86_400))
    }
    return life
  }
}

extension CommitDescription {
  init(_ commit: CommitSummary) {
    self.init(
      id: commit.id.description, author: commit.author.name, email: commit.author.email,
      date: Timestamp(seconds: commit.author.time, nanoseconds: 0))
  }
}
