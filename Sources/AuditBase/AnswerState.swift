/// What HR did about an alert. The raw value stands in the ledger, in JSON and on the command line.
package enum AnswerState: String, Sendable, CaseIterable {
  /// Explained: why it is no matter, or what was meant.
  case clarified
  /// A letter of the Minister was asked for.
  case letterRequested = "letter-requested"
  /// The letter is there.
  case letterIssued = "letter-issued"
  /// The act was taken back.
  case cancelled
  /// The act was reported to the Ministry.
  case reported

  /// A few words for people.
  package var phrase: Text {
    switch self {
    case .clarified: Text("sudah diklarifikasi", "clarified")
    case .letterRequested: Text("surat persetujuan diminta", "letter requested")
    case .letterIssued: Text("surat persetujuan terbit", "letter issued")
    case .cancelled: Text("dibatalkan", "cancelled")
    case .reported: Text("sudah dilaporkan", "reported")
    }
  }

  /// How people write it: whole words, in any case.
  private var spellings: [String] {
    let own = [rawValue, phrase.indonesian, phrase.english]
    switch self {
    case .clarified: return own + ["diklarifikasi", "klarifikasi", "telah diklarifikasi"]
    case .letterRequested:
      return own + [
        "surat diminta", "surat sudah diminta", "sudah minta surat", "permohonan surat", "surat dimohon",
      ]
    case .letterIssued: return own + ["surat terbit", "surat sudah terbit", "surat ada", "sudah ada surat"]
    case .cancelled: return own + ["batal", "sudah dibatalkan", "telah dibatalkan", "canceled"]
    case .reported: return own + ["dilaporkan", "telah dilaporkan", "lapor"]
    }
  }

  /// A state by its name, in any spelling.
  package init?(name: String) {
    guard let found = Self.beginning(name), found.rest.isEmpty else { return nil }
    self = found.state
  }

  /// The state that a text begins with, and what it says beyond it.
  package static func beginning(_ text: String) -> (state: AnswerState, rest: String)? {
    let words = Self.words(text)
    var best: (state: AnswerState, count: Int)?
    for state in allCases {
      for spelling in state.spellings {
        let wanted = Self.words(spelling).map(\.folded)
        guard wanted.count > best?.count ?? 0, words.count >= wanted.count,
          zip(words, wanted).allSatisfy({ $0.folded == $1 })
        else { continue }
        best = (state, wanted.count)
      }
    }
    guard let best else { return nil }
    let rest = text[words[best.count - 1].end...].drop {
      !$0.isLetter && !$0.isNumber && !"(\"'".contains($0)
    }
    return (best.state, String(rest))
  }

  /// The first words of a text; more are never needed.
  private static func words(_ text: String) -> [(folded: String, end: String.Index)] {
    var words: [(folded: String, end: String.Index)] = []
    var word = ""
    var index = text.startIndex
    while index < text.endIndex, words.count < 6 {
      let next = text.index(after: index)
      let isPart = text[index].isLetter || text[index].isNumber
      if isPart { word += text[index].lowercased() }
      if !word.isEmpty, !isPart || next == text.endIndex {
        words.append((word, isPart ? next : index))
        word = ""
      }
      index = next
    }
    return words
  }
}

/// The columns of a workbook by which answers come back: one list for who writes it and who reads it.
package enum AnswerColumn: Sendable, CaseIterable {
  case alertID, decree, decreeDate, answer

  /// As its header says it.
  package var title: Text {
    switch self {
    case .alertID: Text("ID peringatan", "Alert ID")
    case .decree: Text("Nomor SK", "Decree number")
    case .decreeDate: Text("Tanggal SK", "Decree date")
    case .answer: Text("Tanggapan", "Answer")
    }
  }

  /// Whether a header names it, in any language and case, or as JSON does.
  package func isNamed(_ header: String) -> Bool {
    let name: String =
      switch self {
      case .alertID: "alert_id"
      case .decree: "decree_no"
      case .decreeDate: "decree_date"
      case .answer: "answer"
      }
    let words = header.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
    return [title.indonesian.lowercased(), title.english.lowercased(), name].contains(words)
  }

  /// The places of the columns for answers, each right of its ids; of a sheet without ids the last column of that name.
  package static func answerPlaces(in headers: [String]) -> [Int] {
    let named = headers.indices.filter { AnswerColumn.answer.isNamed(headers[$0]) }
    let beside = named.filter { $0 > 0 && AnswerColumn.alertID.isNamed(headers[$0 - 1]) }
    return beside.isEmpty ? Array(named.suffix(1)) : beside
  }
}

/// The number of an SK as people compare it.
package enum DecreeNumber {
  /// Without case, blanks and the letters SK before it.
  package static func key(_ number: String) -> String {
    // Records are read with no cell longer than that, so a longer number is known by its beginning.
    let read = number.utf8.count <= 8192 ? number : String(number.prefix(2000)) + "…"
    var key = read.lowercased().filter { !$0.isWhitespace }
    for prefix in ["skno.", "skno", "sknomor", "sk."] where key.hasPrefix(prefix) {
      return String(key.dropFirst(prefix.count))
    }
    if key.hasPrefix("sk"), key.count > 2 { key.removeFirst(2) }
    return key
  }
}
