import Foundation
import Testing

#if os(Linux)
  /// `--max-memory` is kept, and what it leaves out is told.
  @Suite struct MemoryLimitTests {
    private static let limit = 128_000_000
    private let place: CommandDirectory

    init() throws { place = try CommandDirectory() }

    /// Lines with a token each, no two the same.
    private func lines(_ count: Int, from first: Int) -> String {
      (first..<first + count).map { number in
        "key = " + CommandDirectory.token.replacingOccurrences(of: "482910573864", with: "\(100_000_000_000 + number)")
          + "\n"
      }.joined()
    }

    /// Runs the program and looks at its private memory again and again.
    ///
    /// - Returns: the status and the most that was seen, in bytes.
    private func run(_ arguments: [String]) throws -> (status: Int32, peak: Int) {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: CommandDirectory.program)
      process.arguments = ["scan", ".", "-f", "json=../report.json", "--max-memory", "128MB"] + arguments
      process.currentDirectoryURL = URL(fileURLWithPath: place.path + "/case")
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      var peak = 0
      while process.isRunning {
        peak = max(peak, Self.privateBytes(process.processIdentifier))
        usleep(1_000)
      }
      return (process.terminationStatus, peak)
    }

    /// What proc_pid_statm(5) says: resident pages without those of files.
    private static func privateBytes(_ process: pid_t) -> Int {
      let text = (try? String(contentsOfFile: "/proc/\(process)/statm", encoding: .utf8)) ?? ""
      let pages = text.split(separator: " ").compactMap { Int($0) }
      return pages.count > 2 ? (pages[1] - pages[2]) * sysconf(Int32(_SC_PAGESIZE)) : 0
    }

    /// - Returns: the number of findings.
    private func checkIncomplete() throws -> Int {
      let report = try JSONSerialization.jsonObject(with: Data(place.read("report.json").utf8)) as? [String: Any]
      #expect((report?["scan"] as? [String: Any])?["status"] as? String == "incomplete")
      let incomplete = (report?["coverage"] as? [String: Any])?["incomplete"] as? [[String: Any]] ?? []
      #expect(
        incomplete.contains { ($0["reason"] as? String)?.hasPrefix("the limit of memory, 128 MB, was reached") == true }
      )
      return (report?["findings"] as? [Any])?.count ?? 0
    }

    @Test func `a report that would be larger holds what was found up to there`() throws {
      for number in 0..<60 { try place.write("case/f\(number).txt", lines(500, from: number * 500)) }
      let run = try run([])
      #expect(run.status == 3)
      #expect(run.peak < Self.limit)
      #expect((1..<30_000).contains(try checkIncomplete()))
    }

    @Test func `one file alone is left when there is no room`() throws {
      try place.write("case/large.txt", lines(30_000, from: 0))
      let run = try run([])
      #expect(run.status == 3)
      #expect(run.peak < Self.limit)
      #expect((1..<30_000).contains(try checkIncomplete()))
    }

    @Test func `a history with more than fits is read as far as it does`() throws {
      try place.git(["init", "--quiet", "case"])
      for number in 0..<40 { try place.write("case/f\(number).txt", lines(1_000, from: number * 1_000)) }
      try place.git(["-C", "case", "add", "."])
      try place.git(["-C", "case", "commit", "--quiet", "--message", "all"])
      for number in 0..<40 { try FileManager.default.removeItem(atPath: place.path + "/case/f\(number).txt") }
      let run = try run(["--history"])
      #expect(run.status == 3)
      #expect(run.peak < Self.limit)
      _ = try checkIncomplete()
    }

    @Test func `a limit with room enough changes nothing`() throws {
      try place.write("case/a.txt", lines(20, from: 0))
      #expect(try run([]).status == 1)
      let report = try place.read("report.json")
      #expect(report.contains(#""secrets_found" : 20"#))
      #expect(report.contains(#""status" : "completed""#))
    }

    @Test(arguments: ["1MB", "127MB", "much", "-1"])
    func `a limit that leaves no room is refused`(limit: String) throws {
      try place.write("case/a.txt", "a\n")
      let run = try place.run(["scan", "case", "--max-memory=\(limit)"])
      #expect(run.status == 2)
      #expect(run.error.contains("--max-memory \(limit): give a size of 128MB or more"))
    }
  }
#endif
