import AuditBase

/// What is said of one event: how it begins, one sentence, and labelled lines.
///
/// The message of the log and the digest of the mail are both made from it, so each label stands once, here.
package struct AlertText: Sendable, Equatable {
  /// What happened; the raw values are those of FREEZE_EVENT.
  package enum Lead: String, Sendable, CaseIterable {
    case raised, reraised, amended, cleared, withdrawn, acknowledged, noted
    case acknowledgementExpiring = "acknowledgement_expiring"
    case acknowledgementExpired = "acknowledgement_expired"
    case dataQuality = "data_quality"
    case factMissing = "fact_missing"
    case accepted
    case setAside = "set_aside"
    case auditBlind = "audit_blind"
    case auditResumed = "audit_resumed"
    case sealed

    /// How a message begins.
    package var text: Text {
      switch self {
      case .raised: Text("Peringatan baru", "New alert")
      case .reraised: Text("Peringatan muncul lagi", "Alert again")
      case .amended: Text("Peringatan berubah", "Alert changed")
      case .cleared: Text("Peringatan selesai", "Alert cleared")
      case .withdrawn: Text("Peringatan ditarik", "Alert withdrawn")
      case .acknowledged: Text("Peringatan ditanggapi", "Alert acknowledged")
      case .noted: Text("Tanggapan dicatat", "Answer recorded")
      case .acknowledgementExpiring: Text("Tanggapan segera berakhir", "An acknowledgement ends soon")
      case .acknowledgementExpired:
        Text(
          "Tanggapan berakhir, peringatan terbuka lagi dan perlu klarifikasi",
          "An acknowledgement ended, the alert is open again and needs clarification (perlu klarifikasi)")
      case .dataQuality: Text("Mutu data", "Data quality")
      case .factMissing: Text("Belum dapat dinilai", "Cannot be judged yet")
      case .accepted: Text("Penolakan diterima", "A refusal was accepted")
      case .setAside: Text("Peristiwa disisihkan", "An event was set aside")
      case .auditBlind: Text("Pemeriksaan buta", "The audit is blind")
      case .auditResumed: Text("Pemeriksaan berjalan lagi", "The audit sees again")
      case .sealed: Text("Arsip peringatan disegel", "The ledger was sealed")
      }
    }

    /// Whether the digest's section says it already.
    package var isSaidBySection: Bool {
      switch self {
      case .raised, .amended, .cleared, .acknowledged, .noted: true
      default: false
      }
    }
  }

  /// What a line tells.
  package enum Label: String, Sendable, CaseIterable {
    case before, now, acknowledgement, why, region, post, kind, window, sources, approval, notes, next,
      changes

    /// The label as written.
    package var text: Text {
      switch self {
      case .before: Text("Sebelumnya", "Before")
      case .now: Text("Sekarang", "Now")
      case .acknowledgement: Text("Tanggapan", "Acknowledgement")
      case .why: Text("Sebab", "Why")
      case .region: Text("Wilayah", "Region")
      case .post: Text("Jabatan", "Post")
      case .kind: Text("Jenis", "Kind")
      case .window: Text("Masa larangan", "Frozen period")
      case .sources: Text("Dasar", "Sources")
      case .approval: Text("Persetujuan", "Approval")
      case .notes: Text("Keterangan", "Notes")
      case .next: Text("Langkah", "Next")
      case .changes: Text("Yang akan mengubah kesimpulan", "What would change this")
      }
    }

    /// Whether a line of a message is this one's, also of one that an older version wrote.
    fileprivate func begins(_ line: Substring, _ language: Language) -> Bool {
      line.hasPrefix(text[language] + ": ")
        || self == .notes && language == .indonesian && line.hasPrefix("Catatan: ")
    }

    /// Whether it differs between the people of one decree, so that it cannot be said once for all.
    package var isPersonal: Bool { self == .post || self == .kind }
  }

  /// A labelled line.
  package struct Line: Sendable, Equatable {
    /// What it tells.
    package var label: Label
    /// The text after the label, on one line.
    package var text: String

    /// `Label: text`.
    package func written(_ language: Language) -> String { "\(label.text[language]): \(text)" }
  }

  /// What happened.
  package var lead: Lead
  /// The sentence after it, on one line.
  package var sentence: String
  /// In the order of the message.
  package private(set) var lines: [Line] = []

  /// A text without lines yet.
  package init(_ lead: Lead, _ sentence: String) {
    self.lead = lead
    self.sentence = sentence
  }

  /// Adds a line.
  package mutating func add(_ label: Label, _ text: String) { lines.append(Line(label: label, text: text)) }

  /// The message: the lead with its sentence, then a line each.
  package func message(_ language: Language) -> String {
    (["\(lead.text[language]): \(sentence)"] + lines.map { $0.written(language) }).joined(separator: "\n")
  }

  /// The same with every text after a label replaced; labels and leads are never touched.
  /// - Parameter replace: gets the label, `nil` for the sentence, and the text.
  package func replacingTexts(_ replace: (Label?, String) -> String) -> AlertText {
    var text = self
    text.sentence = replace(nil, sentence)
    text.lines = lines.map { Line(label: $0.label, text: replace($0.label, $0.text)) }
    return text
  }
}

extension AlertText {
  /// Reads back what ``message(_:)`` wrote; `nil` for any other text.
  ///
  /// The ledger keeps the message, whose bytes are part of its chain for ever; everything else reads the fields made of it.
  package init?(message: String) {
    for language in Language.allCases {
      if let text = Self.read(message, language) {
        self = text
        return
      }
    }
    return nil
  }

  /// The language that a message was written in.
  package static func language(of message: String) -> Language? {
    Language.allCases.first { read(message, $0) != nil }
  }

  /// How a line begins, in bytes: what is read by the thousand is not taken apart into characters.
  private struct Beginnings {
    /// Those that begin like a shorter one come before it.
    let leads: [(lead: Lead, bytes: [UInt8])]
    let labels: [(label: Label, bytes: [UInt8])]

    init(_ language: Language) {
      leads = Lead.allCases.map { ($0, Array("\($0.text[language]): ".utf8)) }
        .sorted { $0.bytes.count > $1.bytes.count }
      labels = Label.allCases.map { ($0, Array("\($0.text[language]): ".utf8)) }
    }
  }

  private static let beginnings = Dictionary(
    Language.allCases.map { ($0, Beginnings($0)) }, uniquingKeysWith: { first, _ in first })

  private static func read(_ message: String, _ language: Language) -> AlertText? {
    guard let known = beginnings[language] else { return nil }
    let lines = message.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    guard let first = lines.first, let lead = known.leads.first(where: { first.starts(with: $0.bytes) })
    else {
      return nil
    }
    var text = AlertText(lead.lead, String(Substring(first.dropFirst(lead.bytes.count))))
    for line in lines.dropFirst() {
      guard let label = known.labels.first(where: { line.starts(with: $0.bytes) }) else { return nil }
      text.add(label.label, String(Substring(line.dropFirst(label.bytes.count))))
    }
    return text
  }
}
