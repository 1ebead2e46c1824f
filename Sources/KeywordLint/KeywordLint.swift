// Refuses keywords that ordinary text is full of.

public import CatalogueImage
public import RuleCompiler

/// The lint for careless keywords: each costs a look at every place where it stands.
public enum KeywordLint {
  /// A keyword that stands more often in a MB of ordinary source has to be justified in its rule.
  public static let limit = 10.0

  /// Counts the rules' keywords in a background corpus.
  ///
  /// - Parameters:
  ///   - sources: what `rules` were compiled from, in the same order.
  /// - Throws: the keywords that stand there too often, but for those of rules that say why in `frequent`.
  public static func check(
    _ sources: [RuleSource], _ rules: [CompiledRule], in corpus: BackgroundCorpus = BackgroundCorpus()
  ) throws(RuleProblems) {
    let unjustified = zip(sources, rules).filter { source, _ in source.frequent == nil }
    let keywords = Set(unjustified.flatMap { _, rule in rule.keywords.map { $0.text.lowercased() } })
    let frequencies = corpus.perMB(keywords)
    let problems = unjustified.flatMap { source, rule in
      rule.keywords.compactMap { keyword -> RuleProblem? in
        guard let frequency = frequencies[keyword.text.lowercased()], frequency > limit else { return nil }
        return source.problem(
          "the keyword “\(keyword.text)” stands \(Int(frequency)) times in a MB of ordinary source; lengthen it, or say in “frequent” why it has to be"
        )
      }
    }
    guard problems.isEmpty else { throw RuleProblems(problems: problems) }
  }
}
