// Keywords of the blobs on the way from a family's start to the one that is scanned.

import CatalogueImage
import GitHistory

/// What is known of the blobs that the next one may be a difference from; one each worker.
struct HitTrail {
  private struct Level {
    /// The entry that the hits are of; nil if they are of none.
    var entry: Int?
    var hits = KeywordHits()
  }

  private var levels: [Level] = []
  private let image: CatalogueImage
  /// Made for the first blob: most scans have no history.
  private lazy var lengths = KeywordLengths(image)

  init(_ image: CatalogueImage) { self.image = image }

  /// Finds the keywords of a blob.
  mutating func hits(
    of object: PackedObject, _ bytes: UnsafeRawBufferPointer, _ prefilter: inout Prefilter
  ) -> KeywordHits {
    while levels.count <= object.depth { levels.append(Level()) }
    // Taken out, so that its memory is filled again and not copied.
    var level = Level()
    swap(&level, &levels[object.depth])
    if object.depth > 0, let base = object.base, let runs = object.runs, levels[object.depth - 1].entry == base {
      level.hits.find(
        in: bytes, from: levels[object.depth - 1].hits,
        sharing: runs.lazy.map { SharedPart(start: $0.start, source: $0.source, count: $0.count) }, lengths, &prefilter)
    } else {
      level.hits.find(in: bytes, &prefilter)
    }
    level.entry = object.entry
    swap(&level, &levels[object.depth])
    return levels[object.depth].hits
  }
}
