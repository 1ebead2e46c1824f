import Foundation
import Testing

/// What a scan of a repository full of traps asks of the system, by strace(1).
@Suite struct SystemCallTests {
  /// Whether processes can be traced here.
  private static let canTrace =
    (try? Shell.run("strace -o /dev/null true", in: "/tmp"))?.status == 0

  @Test(.enabled(if: canTrace, "strace is not installed, or not allowed"), arguments: ["--history .", "--staged", "."])
  func `nothing runs, connects or is written but the report`(source: String) throws {
    let directory = try CommandDirectory()
    let place = HostilePlace(path: directory.path)
    for name in ["case", "out"] {
      try FileManager.default.createDirectory(atPath: place.path + "/" + name, withIntermediateDirectories: true)
    }
    try place.start()
    try place.write("a.txt")
    try place.write(".gitattributes", "* filter=x diff=x merge=x\n")
    try place.commit()
    try place.shell("git mv a.txt b.txt; git submodule add -q ./ sub 2>/dev/null || true")
    try place.setTraps()
    let run = try Shell.run(
      """
      cd case; exec strace -f -o ../out/trace \
        -e trace=execve,execveat,fork,vfork,clone,clone3,socket,connect,bind,sendto,openat,openat2,open,creat,unlink,unlinkat,rename,renameat,renameat2,mkdir,mkdirat,link,linkat,symlink,symlinkat,chmod,fchmod,fchmodat,chown,truncate,ftruncate,ptrace \
        "$PROGRAM" scan \(source) --jobs 2 -f json -o ../out/report.json
      """, in: place.path)
    #expect(run.status == 1, "\(run.error)")
    let trace = try String(contentsOfFile: place.path + "/out/trace", encoding: .utf8)
    var calls: [String: [Substring]] = [:]
    for line in trace.split(separator: "\n") {
      // A process number, filled up to five characters, then the call.
      let call = line.drop(while: \.isNumber).drop { $0 == " " }
      calls[String(call.prefix { $0 != "(" }), default: []].append(call)
    }
    #expect(calls["execve"]?.count == 1, "its own start")
    for name in ["execveat", "fork", "vfork", "socket", "connect", "bind", "sendto", "ptrace", "creat", "unlink"] {
      #expect(calls[name] == nil, "\(calls[name] ?? [])")
    }
    for name in ["mkdir", "mkdirat", "link", "linkat", "symlink", "symlinkat", "chmod", "fchmod", "chown", "truncate"] {
      #expect(calls[name] == nil, "\(calls[name] ?? [])")
    }
    for call in (calls["clone"] ?? []) + (calls["clone3"] ?? []) where !call.hasPrefix("<...") {
      #expect(call.contains("CLONE_THREAD"))
    }
    let writing = (calls["openat"] ?? []).filter {
      $0.contains("O_WRONLY") || $0.contains("O_RDWR") || $0.contains("O_CREAT")
    }
    #expect(writing.count == 1)
    #expect(
      writing.allSatisfy { $0.contains("../out/report.json.") && $0.contains("O_EXCL") && $0.contains("O_NOFOLLOW") })
    #expect(calls["rename"]?.count == 1)
    #expect(!FileManager.default.fileExists(atPath: place.path + "/trapped"))
  }
}
