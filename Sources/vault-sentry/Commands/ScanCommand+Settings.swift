// The configuration's values, for every option that was not given.

import SecretModel
import VaultSentry

extension ScanCommand {
  /// Takes over what the options leave open. A list option replaces the configuration's list or, for lists that add up,
  /// goes on with it.
  mutating func adopt(_ settings: Settings) {
    reporting.adopt(settings)
    scope.adopt(settings)
    known.adopt(settings)
    configuration.noProjectConfig = configuration.noProjectConfig || settings.isTrue("no-project-config")
    running.jobs = running.jobs ?? settings.number("jobs")
    running.maxMemory = running.maxMemory ?? settings.text("max-memory")
    running.progress = running.progress ?? settings.text("progress").flatMap(Occasion.init)
    running.color = running.color ?? settings.text("color").flatMap(Occasion.init)
  }
}

extension ReportingOptions {
  mutating func adopt(_ settings: Settings) {
    severity = severity ?? settings.text("severity").flatMap(Level.init)
    if !exitCode { failOn = failOn ?? settings.text("fail-on").flatMap(Gate.init) }
    allowIncomplete = allowIncomplete || settings.isTrue("allow-incomplete")
  }
}

extension ScopeOptions {
  mutating func adopt(_ settings: Settings) {
    maxFileSize = maxFileSize ?? settings.text("max-file-size")
    if include.isEmpty { include = settings.list("include") }
    exclude = settings.list("exclude") + exclude
    noIgnore = noIgnore || settings.isTrue("no-ignore")
  }
}

extension KnownOptions {
  mutating func adopt(_ settings: Settings) {
    noInlineIgnores = noInlineIgnores || settings.isTrue("no-inline-ignores")
    noForeignIgnores = noForeignIgnores || settings.isTrue("no-foreign-ignores")
    reportUnusedIgnores = reportUnusedIgnores || settings.isTrue("report-unused-ignores")
    failOnUnusedIgnores = failOnUnusedIgnores || settings.isTrue("fail-on-unused-ignores")
    baseline = baseline ?? settings.text("baseline")
  }
}
