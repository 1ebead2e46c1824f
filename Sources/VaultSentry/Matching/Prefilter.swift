// The first look at every byte: where does some rule's keyword stand?

import CScan
import CatalogueImage

/// The bodies of the prefilter's hot loop; all find the same.
public enum PrefilterBody: String, Sendable, CaseIterable {
  case portable, avx2, avx512

  /// The fastest one of this machine.
  public static var best: PrefilterBody { all.first { $0.value == vs_best_body() }?.key ?? .portable }

  /// Whether this machine can run it.
  public var isAvailable: Bool { vs_can_run(code) }

  var code: vs_body { Self.all[self] ?? vs_body_portable }

  private static let all: [PrefilterBody: vs_body] = [
    .portable: vs_body_portable, .avx2: vs_body_avx2, .avx512: vs_body_avx512,
  ]
}

/// The prefilter with its memory; one each worker.
struct Prefilter: ~Copyable {
  private let image: CatalogueImage
  private var tables: vs_tables
  private let body: vs_body
  private let scratch: UnsafeMutablePointer<vs_scratch>
  private var hits: UnsafeMutablePointer<vs_hit>
  private var capacity = 1 << 14

  /// Bytes that have to be readable behind a buffer's end.
  static let padding = Int(vs_padding)

  init(_ image: CatalogueImage, body: PrefilterBody) {
    self.image = image
    tables = image.prefilter.face
    self.body = body.code
    scratch = .allocate(capacity: 1)
    hits = .allocate(capacity: capacity)
  }

  deinit {
    scratch.deallocate()
    hits.deallocate()
  }

  /// The keywords from `from` on, as many as fit; in no particular order, valid until the next call.
  ///
  /// - Parameters:
  ///   - bytes: `padding` bytes are readable behind them.
  ///   - from: moved behind what was looked at; the bytes' end when there is no more.
  mutating func hits(in bytes: UnsafeRawBufferPointer, from: inout Int) -> UnsafeBufferPointer<vs_hit> {
    guard let base = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else {
      from = bytes.count
      return UnsafeBufferPointer(start: nil, count: 0)
    }
    while true {
      let found = vs_prefilter(&tables, body, base, bytes.count, &from, scratch, hits, capacity)
      if found <= capacity { return UnsafeBufferPointer(start: hits, count: found) }
      hits.deallocate()
      capacity = found
      hits = .allocate(capacity: capacity)
    }
  }

  /// Hands out the keywords that lie wholly in a part of `bytes`, in no particular order.
  ///
  /// - Parameter bytes: `padding` bytes are readable behind them.
  mutating func forEachHit(in bytes: UnsafeRawBufferPointer, _ part: Range<Int>, _ use: (vs_hit) -> Void) {
    let window = UnsafeRawBufferPointer(rebasing: bytes[part])
    var from = 0
    while from < window.count {
      for var hit in hits(in: window, from: &from) {
        hit.position += UInt32(part.lowerBound)
        use(hit)
      }
    }
  }
}
