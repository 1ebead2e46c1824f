import SecretModel
import SecretReports

/// A finished scan of one file in a checkout.
func result(_ findings: [Finding], _ change: (inout Coverage) -> Void = { _ in }) -> ScanResult {
  var coverage = Coverage()
  coverage.countScanned(bytes: 1_234_567)
  coverage.countSkipped(.binary, 2)
  change(&coverage)
  return ScanResult(
    tool: ToolIdentity(name: "vault-sentry", version: "1.2.3", catalogueDigest: "abc"), scanID: "id",
    status: coverage.incomplete.isEmpty ? .completed : .incomplete, targets: ["."],
    workingDirectory: "/work dir/project/sub",
    checkout: CheckoutDescription(
      root: "/work dir/project", branch: "main", commit: String(repeating: "ab", count: 20)),
    startedAt: Timestamp(seconds: 0, nanoseconds: 0), completedAt: Timestamp(seconds: 0, nanoseconds: 250_000_000),
    coverage: coverage, findings: findings)
}

/// A token of a made-up kind; its value has `0123456789` in the part that no report may show.
func finding(_ path: String = "a b/ä.txt", excerpt: String = "key = 'tok_****wxyz'") -> Finding {
  let rule = RuleDescription(
    id: "acme-token", name: "Acme token", provider: "Acme", category: "cloud", severity: .high, remediation: [],
    rotate: "https://acme.invalid/keys", references: ["https://acme.invalid/docs"])
  return Finding(
    fingerprint: "v1:abc", rule: rule, risk: Risk(terms: [RiskTerm("base", 70, "a high kind of credential")]),
    proof: .pattern, entropy: 3.14159,
    location: Location(
      path: ReportedPath(path), line: 3, column: 8, endLine: 3, endColumn: 40, byteOffset: 20, byteLength: 32),
    secret: Secret("tok_0123456789abcdefghijklmnwxyz".utf8, publicPrefix: 4), excerpt: excerpt, status: .active)
}

/// A report as text.
func render(_ format: ReportFormat, _ result: ScanResult, _ change: (inout ReportOptions) -> Void = { _ in })
  -> String
{
  var options = ReportOptions()
  change(&options)
  return String(decoding: format.render(result, options), as: UTF8.self)
}
