import Foundation
import Testing

/// What goes wrong around a scan: disks, pipes, limits, signals, an empty environment.
@Suite struct FaultTests {
  private let place: CommandDirectory

  init() throws { place = try CommandDirectory() }

  private func plant(_ count: Int = 40) throws {
    for number in 0..<count { try place.write("src/f\(number).txt", "key = \(CommandDirectory.token)\n") }
  }

  @discardableResult
  private func shell(_ lines: String, _ environment: [String: String] = [:]) throws -> CommandRun {
    try Shell.run(lines, in: place.path, environment: environment)
  }

  @Test func `a report that finds no room leaves the old one as it was, and the others are written`() throws {
    try plant()
    try place.write("old.json", "old\n")
    // Blocks of 512 bytes; what the shell itself writes is small.
    let run = try shell(#"ulimit -f 4; exec "$PROGRAM" scan src -f json=old.json -f csv=other.csv --severity critical"#)
    #expect(run.status == 4)
    #expect(run.error.contains("old.json: File too large"))
    #expect(try place.read("old.json") == "old\n")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path).filter { $0.hasSuffix(".tmp") } == [])
    let full = try shell(#"exec "$PROGRAM" scan src -f text -f json=new.json >/dev/full"#)
    #expect(full.status == 4)
    #expect(full.error.contains("standard output: No space left on device"))
    #expect(try place.read("new.json").contains(#""secrets_found" : 40"#))
  }

  @Test func `a closed pipe ends nothing but itself`() throws {
    try plant()
    let run = try shell(#"("$PROGRAM" scan src -f text -f json=out.json; echo $? >status) | true; cat status"#)
    #expect(run.output == "1\n")
    #expect(run.error == "")
    #expect(try place.read("out.json").contains(#""secrets_found" : 40"#))
  }

  @Test func `messages never go into a file that got the number of a closed stream`() throws {
    try plant(2)
    let run = try shell(#"exec "$PROGRAM" scan src nowhere.txt src -f json=out.json -f text <&- >&- 2>&-"#)
    #expect(run.status == 2)
    #expect(try shell(#"exec "$PROGRAM" scan src -f json=out.json <&- >&- 2>&-"#).status == 1)
    let text = try place.read("out.json")
    #expect(text.hasPrefix("{"))
    #expect(text.hasSuffix("}\n"))
  }

  @Test(arguments: [("INT", 130), ("TERM", 143)])
  func `a signal ends a scan that waits for its input`(signal: String, status: Int32) throws {
    let run = try shell(
      """
      mkfifo pipe
      "$PROGRAM" scan pipe -f json=out.json 2>/dev/null & scan=$!
      sleep 1; kill -\(signal) $scan
      wait $scan
      """)
    #expect(run.status == status)
    let text = try place.read("out.json")
    #expect(text.contains(#""status" : "cancelled""#))
    #expect(text.contains("the scan was interrupted"))
  }

  @Test(arguments: [16, 32])
  func `few descriptors are enough, or what was not opened is named`(limit: Int) throws {
    for number in 0..<30 { try place.write("src/\(number)/a/b/c/d/e/f/g/x.txt", "key = \(CommandDirectory.token)\n") }
    let run = try shell(#"ulimit -n \#(limit); exec "$PROGRAM" scan src --jobs 1 -f json"#)
    let all = run.output.contains(#""secrets_found" : 30"#)
    #expect(run.status == 1 && all || run.status == 3 && run.output.contains("too many open files"))
  }

  @Test func `little memory ends in a report or in a message`() throws {
    try plant(4)
    for kilobytes in [400_000, 150_000, 120_000, 100_000, 80_000, 60_000] {
      let run = try shell(#"ulimit -v \#(kilobytes); exec "$PROGRAM" scan src"#)
      // 127: the program was not even loaded.
      #expect([1, 3, 4, 127].contains(run.status), "\(kilobytes) \(run.error)")
      if run.status == 4 { #expect(run.error.contains("vault-sentry: an internal fault or a lack of memory")) }
    }
  }

  @Test(arguments: ["SEGV", "ILL", "TRAP", "ABRT", "BUS", "FPE"])
  func `a fault shows a message and nothing of the memory`(signal: String) throws {
    let run = try shell(
      """
      mkfifo pipe
      "$PROGRAM" scan pipe & scan=$!
      sleep 1; kill -\(signal) $scan
      wait $scan
      """, ["SWIFT_BACKTRACE": "enable=yes,registers=all"])
    #expect(run.status == 4)
    #expect(run.error.split(separator: "\n").count == 1)
    #expect(run.error.hasPrefix("vault-sentry: an internal fault"))
    #expect(try shell("ls").output == "pipe\n", "no core")
  }

  @Test func `nothing of the environment is needed`() throws {
    try plant(1)
    let usual = try shell(#"exec "$PROGRAM" scan src"#)
    for environment in ["-i", "-i PATH= HOME= TERM= LC_ALL=", "-i LC_ALL=xx_YY.none TERM=\u{1B}[31m HOME=/nowhere"] {
      let words = environment.split(separator: " ").map { "'\($0)'" }.joined(separator: " ")
      let run = try shell(#"exec env \#(words) "$PROGRAM" scan src"#)
      #expect(run.status == usual.status)
      #expect(run.output.contains("src/f0.txt:1:7"))
      #expect(run.error == "")
    }
  }

  @Test func `a directory that takes no file is named`() throws {
    try plant(1)
    // Nobody writes below /proc, root included.
    let run = try shell(#"exec "$PROGRAM" scan src -o /proc/out.json"#)
    #expect(run.status == 2)
    #expect(run.error.contains("--output /proc/out.json"))
  }

  @Test(.enabled(if: getuid() == 0, "only root makes devices"))
  func `devices are not opened`() throws {
    try plant(1)
    // The tape would wind, the terminal wait; a container may forbid to make them.
    guard
      try shell("mknod src/zero c 1 5 && mknod src/tty c 5 0 && mknod src/tape c 9 0 && mknod src/disk b 7 200")
        .status == 0
    else { return }
    let run = try shell(#"exec timeout 20 "$PROGRAM" scan src -f json"#)
    #expect(run.status == 1)
    #expect(run.output.contains(#""special" : 4"#))
    #expect(try shell(#"exec timeout 20 "$PROGRAM" scan src/zero"#).status == 2)
  }

  @Test(.enabled(if: getuid() == 0, "only root mounts"))
  func `a file system that takes no writing is scanned, and named as a place for reports`() throws {
    try plant(3)
    let lines = """
      mkdir ro && mount -t tmpfs none ro && cp src/* ro && mount -o remount,ro ro || exit 99
      "$PROGRAM" scan ro -f json=out.json; echo "scan $?"
      "$PROGRAM" scan ro -f json=ro/out.json; echo "report $?"
      "$PROGRAM" scan ro --baseline ro/base --update-baseline; echo "baseline $?"
      """
    let run = try shell("exec unshare -m sh -c '\(lines)'")
    // A container may forbid both.
    guard run.output.contains("scan ") else { return }
    #expect(run.output.contains("scan 1\n"))
    #expect(try place.read("out.json").contains(#""secrets_found" : 3"#))
    #expect(run.output.contains("report 2\n"))
    #expect(run.error.contains("--output ro/out.json: Read-only file system"))
    #expect(!run.output.contains("baseline 0\n"))
  }

  @Test(arguments: [
    "0", "1", "253402300799", "253402300800", "99999999999999", "9223372036854775807", "-1", "-62135596801",
  ])
  func `a clock that is far off makes no other scan`(seconds: String) throws {
    try plant(2)
    try shell("touch -d @253402300800 src/f0.txt; touch -d @-1000000000 src/f1.txt")
    let run = try shell(#"exec "$PROGRAM" scan src -f json"#, ["SOURCE_DATE_EPOCH": seconds])
    if run.status == 2 {
      #expect(run.error.contains("SOURCE_DATE_EPOCH"))
    } else {
      #expect(run.status == 1, "\(run.error)")
      #expect(run.output.contains(#""secrets_found" : 2"#))
      _ = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    }
  }
}
