import AuditBase
import FreezeRules

/// How one verdict of a record came about, and what would change it.
struct HTMLReasoning {
  let judgement: Judgement
  let verdict: Verdict
  let text: HTMLText

  /// As it stands on the page: the same object wherever it reads alike.
  final class Written: Sendable {
    let html: HTML

    init(_ html: HTML) { self.html = html }
  }

  /// Heading, steps and changes. The window's own steps stand once, in its own section; a date that is not there and the
  /// outcome itself say nothing new.
  func html(_ window: Int) -> HTML {
    // The outcome of the act itself is said beside it.
    let result = verdict.outcome == judgement.outcome ? "" : ": " + verdict.phrase[text.language]
    let head: HTML =
      "<h4><a href=\"#w\(window)\">\(verdict.window.ruleTitle) · \(verdict.window.election)</a>\(result)</h4>"
    return head + "<ol>\(steps.map { "<li>\($0)" as HTML })</ol>"
      + changes.map { "<p class=ch>\($0)" as HTML }.joined()
  }

  private var steps: [String] {
    var steps: [String] = []
    var days: [(position: Step.Position, texts: [String])] = []
    for step in judgement.steps(of: verdict) {
      switch step {
      case .outcome, .date(_, _, .absent): break
      case .date(_, _, let position):
        let sentence = verdict.describe(step, text.language)
        if let index = days.firstIndex(where: { $0.position == position }) {
          days[index].texts.append(sentence)
        } else {
          days.append((position, [sentence]))
        }
      case .approval(let approval) where approval.standing == .none:
        steps.append(
          approval.basis == .annex
            ? text(
              "Persetujuan Menteri: tidak ditemukan dalam lampiran",
              "Approval of the Minister: not in any annex")
            : text(
              "Persetujuan Menteri: catatan ini tidak menyebutnya",
              "Approval of the Minister: the record cites none"))
      default: steps.append(verdict.describe(step, text.language))
      }
    }
    // Dates at the same place share their sentence: "SK 1 April 2024, TMT 2 April 2024: inside on every reading".
    let dates = days.map { _, texts -> String in
      guard let last = texts.last, let end = last.lastIndex(of: ":") else { return texts.joined() }
      let place = last[end...]
      let parts = texts.map { $0.hasSuffix(place) ? String($0.dropLast(place.count)) : $0 }
      return (parts.prefix(1) + parts.dropFirst().map(\.inSentence)).joined(separator: ", ") + place
    }
    steps.insert(contentsOf: dates, at: min(1, steps.count))
    return steps
  }

  /// What would change this verdict, without what its window and its SK say for all: a letter, a schedule that moves.
  var changes: [String] {
    var changes = verdict.settling(text.language)
    changes += verdict.missing.map { $0.settle(text.language) }
    guard verdict.outcome.level == .alert else { return changes }
    if verdict.coverage?.answer == .assumed {
      changes.append(
        text(
          "tidak termasuk, bila terbukti kedua jabatan di luar cakupan aturan",
          "not covered, if both posts are shown to be out of scope"))
    }
    return changes
  }
}

extension String {
  /// As it stands within a sentence: `tanggal SK` for `Tanggal SK`, but `TMT`.
  fileprivate var inSentence: String {
    dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
  }
}
