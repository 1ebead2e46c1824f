import Foundation
import Testing

/// The same input gives the same bytes.
@Suite struct DeterminismTests {
  private static let jobs = [1, 2, 3, 8]
  /// Runs of each number of jobs; with and without history they are 104 in all.
  private static let runs = 13

  private func mixedTree() throws -> CommandDirectory {
    let place = try CommandDirectory()
    try place.git(["init", "--quiet"])
    for number in 0..<60 {
      let token = number % 3 == 0 ? CommandDirectory.token : CommandDirectory.otherToken
      try place.write("d\(number % 7)/f\(number).txt", "a\nkey = \(token)\npassword = \"s3cr3t-\(number)-Zx81qPw\"\n")
      if number % 20 == 19 {
        try place.git(["add", "."])
        try place.git(["commit", "--quiet", "--message", "step \(number)"])
      }
    }
    try FileManager.default.removeItem(atPath: place.path + "/d3")
    return place
  }

  /// A report without its `scan` block.
  private func withoutScan(_ text: String) throws -> String {
    let begin = try #require(text.range(of: "\n  \"scan\" : {"))
    let end = try #require(text.range(of: "\n  },", range: begin.upperBound..<text.endIndex))
    return String(text[..<begin.lowerBound] + text[end.upperBound...])
  }

  @Test(arguments: [[], ["--history"]])
  func `reports are the same at any number of jobs`(source: [String]) throws {
    let place = try mixedTree()
    var first: String?
    for jobs in Self.jobs {
      for _ in 0..<Self.runs {
        let run = try place.run(["scan", ".", "-f", "json", "--jobs", "\(jobs)"] + source)
        #expect(run.status == 1)
        let text = try withoutScan(run.output)
        #expect(text.contains("slack-bot-token"))
        #expect(text == first ?? text)
        first = text
      }
    }
  }

  @Test(arguments: ["json", "sarif", "text", "html", "gitlab", "junit", "markdown"])
  func `with SOURCE_DATE_EPOCH everything is the same`(format: String) throws {
    let place = try mixedTree()
    let texts = try Set(
      Self.jobs.map { jobs in
        try place.run(
          ["scan", ".", "--history", "-f", format, "--jobs", "\(jobs)"],
          environment: ["SOURCE_DATE_EPOCH": "1700000000"]
        ).output
      })
    #expect(texts.count == 1)
    if format == "json" {
      #expect(texts.first?.contains(#""started_at" : "2023-11-14T22:13:20"#) == true)
      let other = try place.run(["scan", ".", "-f", "json"], environment: ["SOURCE_DATE_EPOCH": "1700000001"]).output
      #expect(texts.first != other)
    }
  }
}
