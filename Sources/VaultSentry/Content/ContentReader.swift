// Files into memory: one read for a small one, overlapping pieces for what is large or has no end.

import CScan
import SecretModel

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// What became of reading a file.
enum ReadOutcome {
  /// Bytes that were handed on, as stored.
  case scanned(bytes: Int)
  case skipped(SkipReason)
  /// In words, without anything of the content.
  case failed(String)
}

/// Reads files into memory it keeps; one each worker.
struct ContentReader: ~Copyable {
  private var memory: UnsafeMutableRawBufferPointer
  /// UTF-16 text brought to UTF-8.
  private var decoded: [UInt8] = []
  /// Bytes.
  let sizeLimit: Int
  /// Ends what has no end of its own.
  private let progress: ScanProgress

  /// What it may hold.
  private let share: MemoryShare

  /// First read, bytes; most files are smaller.
  private static let firstRead = 1 << 18
  /// What pieces share on either side: more than a rule spans, and room for a line to show.
  private static let overlap = 1 << 15

  /// - Parameter sizeLimit: larger files are skipped; bytes.
  init(sizeLimit: Int, progress: ScanProgress = ScanProgress(), share: MemoryShare = MemoryShare()) {
    self.sizeLimit = sizeLimit
    self.share = share
    self.progress = progress
    memory = .allocate(byteCount: Self.firstRead + Prefilter.padding, alignment: 64)
  }

  deinit { memory.deallocate() }

  /// Reads a regular file and hands its text on.
  mutating func read(
    _ descriptor: Int32, _ reads: FileReads = .anyLength, directory: [UInt8], name: @autoclosure () -> [UInt8],
    _ scan: (Blob) -> Void
  ) -> ReadOutcome {
    var filled = 0
    if let failure = fill(descriptor, &filled, upTo: Self.firstRead, reads) { return .failed(failure) }
    if filled == 0 { return .skipped(.empty) }
    guard let encoding = TextEncoding.sniff(UnsafeRawBufferPointer(rebasing: memory[..<filled])) else {
      return .skipped(.binary)
    }
    if filled > sizeLimit { return .skipped(.tooLarge) }
    if filled < Self.firstRead {
      let origin = origin(directory, name(), encoding, filled, descriptor)
      scanWhole(filled, origin, scan)
      return .scanned(bytes: filled)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return .failed(systemMessage(errno)) }
    let size = Int(status.st_size)
    if size > sizeLimit { return .skipped(.tooLarge) }
    let origin = origin(directory, name(), encoding, filled, descriptor)
    guard size <= share.wholeFile else { return scanPieces(descriptor, filled, origin, scan) }
    // One more byte than the size tells, so that a file that is growing is noticed by the read that comes back full.
    reserve(size + 1, keeping: filled)
    if let failure = fill(descriptor, &filled, upTo: size + 1, reads) { return .failed(failure) }
    if filled > size { return scanPieces(descriptor, filled, origin, scan) }
    scanWhole(filled, origin, scan)
    return .scanned(bytes: filled)
  }

  /// Reads a stream to its end, whatever its length.
  mutating func readStream(_ descriptor: Int32, name: [UInt8], _ scan: (Blob) -> Void) -> ReadOutcome {
    var filled = 0
    if let failure = fill(descriptor, &filled, upTo: Self.firstRead, isStream: true) { return .failed(failure) }
    if filled == 0 { return .scanned(bytes: 0) }
    guard let encoding = TextEncoding.sniff(UnsafeRawBufferPointer(rebasing: memory[..<filled])) else {
      return .skipped(.binary)
    }
    return scanPieces(descriptor, filled, origin([], name, encoding, filled), isStream: true, scan)
  }

  /// Hands on the text of a file that is in memory already, with `Prefilter.padding` readable zeros behind it.
  ///
  /// - Parameter isDirectoryKnown: see `Origin`.
  mutating func read(
    padded stored: UnsafeRawBufferPointer, directory: [UInt8], name: [UInt8], isDirectoryKnown: Bool = true,
    _ scan: (Blob) -> Void
  ) -> ReadOutcome {
    if stored.isEmpty { return .skipped(.empty) }
    if stored.count > sizeLimit { return .skipped(.tooLarge) }
    guard let encoding = TextEncoding.sniff(stored) else { return .skipped(.binary) }
    var origin = Origin(
      directory: directory, name: name, encoding: encoding, position: TextPosition.start(of: stored))
    origin.isDirectoryKnown = isDirectoryKnown
    if encoding == .asciiSuperset {
      scan(Blob(bytes: stored, owned: 0..<stored.count, origin: origin))
    } else {
      decoded.removeAll(keepingCapacity: true)
      encoding.decode(stored, appendingTo: &decoded)
      scanDecoded(owned: 0..<decoded.count, origin, scan)
    }
    return .scanned(bytes: stored.count)
  }

  /// Hands on the text of a file that is in memory already.
  ///
  /// - Parameter isStaged: see `Origin`.
  mutating func read(
    _ stored: UnsafeRawBufferPointer, directory: [UInt8], name: [UInt8], isStaged: Bool = false, _ scan: (Blob) -> Void
  ) -> ReadOutcome {
    if stored.isEmpty { return .skipped(.empty) }
    if stored.count > sizeLimit { return .skipped(.tooLarge) }
    guard let encoding = TextEncoding.sniff(stored) else { return .skipped(.binary) }
    reserve(stored.count)
    memory.copyMemory(from: stored)
    var origin = origin(directory, name, encoding, stored.count)
    origin.isStaged = isStaged
    scanWhole(stored.count, origin, scan)
    return .scanned(bytes: stored.count)
  }

  /// The origin of a file whose first `filled` bytes are in memory.
  private func origin(
    _ directory: [UInt8], _ name: [UInt8], _ encoding: TextEncoding, _ filled: Int, _ descriptor: Int32? = nil
  ) -> Origin {
    let start = TextPosition.start(of: UnsafeRawBufferPointer(rebasing: memory[..<filled]))
    var origin = Origin(directory: directory, name: name, encoding: encoding, position: start)
    origin.descriptor = descriptor
    return origin
  }

  // MARK: - Whole files

  private mutating func scanWhole(_ length: Int, _ origin: Origin, _ scan: (Blob) -> Void) {
    let stored = UnsafeRawBufferPointer(rebasing: memory[..<length])
    guard origin.encoding != .asciiSuperset else {
      memory[length..<length + Prefilter.padding].initialize()
      scan(Blob(bytes: stored, owned: 0..<length, origin: origin))
      return
    }
    decoded.removeAll(keepingCapacity: true)
    origin.encoding.decode(stored, appendingTo: &decoded)
    scanDecoded(owned: 0..<decoded.count, origin, scan)
  }

  private mutating func scanDecoded(owned: Range<Int>, _ origin: Origin, _ scan: (Blob) -> Void) {
    let count = decoded.count
    decoded += [UInt8](repeating: 0, count: Prefilter.padding)
    decoded.withUnsafeBytes {
      scan(Blob(bytes: UnsafeRawBufferPointer(rebasing: $0[..<count]), owned: owned, origin: origin))
    }
  }

  // MARK: - Pieces

  /// Scans what is in memory already and all that follows, piece by piece.
  private mutating func scanPieces(
    _ descriptor: Int32, _ alreadyFilled: Int, _ start: Origin, isStream: Bool = false, _ scan: (Blob) -> Void
  ) -> ReadOutcome {
    var origin = start
    var filled = alreadyFilled
    var ownedStart = 0
    var total = 0
    while true {
      let wanted = ownedStart + share.piece + Self.overlap
      reserve(max(wanted, filled), keeping: filled)
      if let failure = fill(descriptor, &filled, upTo: wanted, isStream: isStream) {
        scanPiece(ownedStart..<filled, of: filled, &origin, scan)
        return .failed(failure)
      }
      let isLast = filled < wanted
      // Even, so that no UTF-16 unit is cut.
      let ownedEnd = isLast ? filled : ownedStart + (filled - ownedStart - Self.overlap) & ~1
      let owned = ownedStart..<ownedEnd
      scanPiece(owned, of: filled, &origin, scan)
      total += owned.count
      if isLast { return .scanned(bytes: total) }
      let kept = max(0, ownedEnd - Self.overlap) & ~1
      memory.copyBytes(from: UnsafeRawBufferPointer(rebasing: memory[kept..<filled]))
      filled -= kept
      ownedStart = ownedEnd - kept
    }
  }

  /// Scans one piece and moves `origin` behind what it owns.
  private mutating func scanPiece(_ owned: Range<Int>, of length: Int, _ origin: inout Origin, _ scan: (Blob) -> Void) {
    let stored = UnsafeRawBufferPointer(rebasing: memory[..<length])
    guard origin.encoding != .asciiSuperset else {
      memory[length..<length + Prefilter.padding].initialize()
      scan(Blob(bytes: stored, owned: owned, origin: origin))
      origin.position = origin.position.advanced(over: UnsafeRawBufferPointer(rebasing: stored[owned]), origin.encoding)
      return
    }
    decoded.removeAll(keepingCapacity: true)
    origin.encoding.decode(UnsafeRawBufferPointer(rebasing: stored[..<owned.lowerBound]), appendingTo: &decoded)
    let ownedStart = decoded.count
    origin.encoding.decode(UnsafeRawBufferPointer(rebasing: stored[owned]), appendingTo: &decoded)
    let ownedEnd = decoded.count
    origin.encoding.decode(UnsafeRawBufferPointer(rebasing: stored[owned.upperBound...]), appendingTo: &decoded)
    scanDecoded(owned: ownedStart..<ownedEnd, origin, scan)
    origin.position = decoded.withUnsafeBytes {
      origin.position.advanced(over: UnsafeRawBufferPointer(rebasing: $0[ownedStart..<ownedEnd]), origin.encoding)
    }
  }

  // MARK: - Memory

  /// Makes room for `count` bytes and the padding behind them.
  ///
  /// - Parameter kept: bytes that are there already.
  private mutating func reserve(_ count: Int, keeping kept: Int = 0) {
    guard memory.count < count + Prefilter.padding else { return }
    let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: count + Prefilter.padding, alignment: 64)
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<kept]))
    memory.deallocate()
    memory = larger
  }

  /// Reads until `limit` bytes are there or the file ends; returns what went wrong.
  ///
  /// - Parameter isStream: whether there may be nothing to read for a while.
  private mutating func fill(
    _ descriptor: Int32, _ filled: inout Int, upTo limit: Int, _ reads: FileReads = .anyLength, isStream: Bool = false
  ) -> String? {
    while filled < limit {
      if progress.isEnding { return progress.endReason }
      if isStream, !isReadable(descriptor) { continue }
      let count = systemRead(descriptor, UnsafeMutableRawBufferPointer(rebasing: memory[filled..<limit]))
      if count < 0 {
        if errno == EINTR || isStream && errno == EAGAIN { continue }
        return systemMessage(errno)
      }
      if count == 0 { return nil }
      filled += count
      if filled < limit, reads.end(at: filled) { return nil }
    }
    return nil
  }

  /// Waits a moment for something to read, so that a signal finds somebody who looks up.
  private func isReadable(_ descriptor: Int32) -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = poll(&wanted, 1, 100)
    return ready > 0 || ready < 0 && errno != EINTR
  }
}

extension Slice<UnsafeMutableRawBufferPointer> {
  /// Fills it with zeros.
  fileprivate func initialize() {
    UnsafeMutableRawBufferPointer(rebasing: self).initializeMemory(as: UInt8.self, repeating: 0)
  }
}
