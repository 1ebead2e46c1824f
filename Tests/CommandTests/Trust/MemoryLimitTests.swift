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

    /// Runs the program within the limit and wants it to say once, on standard error and in the report, what is missing.
    private func checkRefused(_ arguments: [String], _ reason: String) throws {
      let run = try run(arguments)
      #expect(run.status == 3)
      #expect(run.peak < Self.limit)
      let report = try JSONSerialization.jsonObject(with: Data(place.read("report.json").utf8)) as? [String: Any]
      #expect((report?["scan"] as? [String: Any])?["status"] as? String == "incomplete")
      let incomplete = (report?["coverage"] as? [String: Any])?["incomplete"] as? [[String: Any]] ?? []
      #expect(incomplete.count { ($0["reason"] as? String)?.contains(reason) == true } == 1, "\(incomplete)")
      let told = try place.run(
        ["scan", ".", "-f", "json=../again.json", "--max-memory", "128MB"] + arguments, in: "case")
      #expect(told.error.split(separator: "\n").count == 1)
      #expect(told.error.hasPrefix("vault-sentry: not scanned to the end: "))
    }

    /// Writes a file of many lines without reading them into memory, and adds it to a repository.
    private func stageLarge() throws {
      try place.git(["init", "--quiet", "case"])
      let lines = "yes 'plain text, line after line' | head -c 400000000 >case/large.txt; git -C case add large.txt"
      try #require(Shell.run(lines, in: place.path).status == 0)
    }

    @Test func `one object that takes more than the limit is told of`() throws {
      try stageLarge()
      try checkRefused(["--staged", "--max-file-size", "1GB"], "it takes too much memory")
      try place.git(["-C", "case", "commit", "--quiet", "--message", "large"])
      try FileManager.default.removeItem(atPath: place.path + "/case/large.txt")
      try checkRefused(["--history", "--max-file-size", "1GB"], "it takes too much memory")
      try place.git(["-C", "case", "repack", "-a", "-d", "--quiet"])
      try checkRefused(["--history", "--max-file-size", "1GB"], "it takes too much memory")
      try checkRefused(["--branch", "HEAD", "--max-file-size", "1GB"], "it takes too much memory")
    }

    @Test func `one file that takes more than the limit is read in pieces`() throws {
      try stageLarge()
      let run = try run(["--max-file-size", "1GB"])
      #expect(run.status == 0)
      #expect(run.peak < Self.limit)
    }

    @Test func `what explains a scan is left room for, too`() throws {
      for number in 0..<60 {
        try place.write("case/f\(number).ini", String(repeating: "db_password = changeme\n", count: 3_000))
      }
      let run = try run(["--explain"])
      #expect(run.status == 3)
      #expect(run.peak < Self.limit)
      #expect(try checkIncomplete() == 0)
      #expect(try place.read("report.json").contains("\"rejections\""))
    }

    @Test func `reports of all forms at once stay below it`() throws {
      for number in 0..<60 { try place.write("case/f\(number).txt", lines(500, from: number * 500)) }
      let formats = ["text", "jsonl", "sarif", "html", "csv", "junit", "gitlab", "codequality", "markdown"]
      let run = try run(formats.flatMap { ["-f", "\($0)=../report.\($0)"] })
      #expect(run.status == 3)
      #expect(run.peak < Self.limit)
      _ = try checkIncomplete()
      for format in formats { #expect(try !place.read("report.\(format)").isEmpty) }
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
