/// The columns that a report adds to somebody's sheet, in their order: one list for who writes them and who meets them again
/// when the sheet is checked once more.
package enum AddedColumn: Sendable, CaseIterable {
  case advice, freeFrom, conclusion, reason, article, window, letterBy, nextStep, alertID, answer, change,
    source, since

  /// As its header says it.
  package var title: Text {
    switch self {
    case .advice: Text("Jawaban", "Answer")
    case .freeFrom: Text("Bebas sejak", "Free from")
    case .conclusion: Text("Kesimpulan", "Conclusion")
    case .reason: Text("Alasan", "Reason")
    case .article: Text("Pasal", "Article")
    case .window: Text("Masa larangan", "Frozen period")
    case .letterBy: Text("Surat paling lambat", "Letter dated by")
    case .nextStep: Text("Yang harus dilakukan", "What to do")
    case .alertID: AnswerColumn.alertID.title
    case .answer: AnswerColumn.answer.title
    case .change: Text("Perubahan", "Change")
    case .source: Text("Sumber", "Source")
    case .since: Text("Sejak laporan terdahulu", "Since the earlier report")
    }
  }

  /// The outcome on another day of knowledge; its header names that day.
  package static let asKnownOn = Text("Berdasarkan jadwal dan ketentuan per ", "As known on ")

  /// The places of the columns that an earlier report added to a header.
  ///
  /// A column of the sheet's own may bear one of the names: only those from a block on count that begins as a report's does.
  package static func places(in names: [String]) -> Set<Int> {
    let found = names.map { name in allCases.first { $0.isNamed(name) } }
    let mark: [AddedColumn?] = [.conclusion, .reason, .article, .window]
    var places: Set<Int> = []
    for start in names.indices where Array(found[start...].prefix(mark.count)) == mark {
      let hasAdvice = start > 1 && isAdvice(names[start - 2]) && found[start - 1] == .freeFrom
      if hasAdvice { places.formUnion([start - 2, start - 1]) }
      for place in names.indices[start...] where found[place] != nil || isKnownOn(names[place]) {
        places.insert(place)
      }
    }
    return places
  }

  private static func isAdvice(_ name: String) -> Bool {
    name == AddedColumn.advice.title.indonesian || name == AddedColumn.advice.title.english
  }

  private static func isKnownOn(_ name: String) -> Bool {
    name.hasPrefix(asKnownOn.indonesian) || name.hasPrefix(asKnownOn.english)
  }

  private func isNamed(_ name: String) -> Bool { name == title.indonesian || name == title.english }
}
