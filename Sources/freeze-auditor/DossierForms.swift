import AuditBase
import AuditReports
import AuditService
import Foundation
import FreezeRules
import RuleFiles

/// The templates of a site, laid over the shipped ones.
enum FormFolder {
  /// The names of a dossier's own files; a form may not be written over them.
  private static let taken: Set<String> = ["sheet", "records", "events", "chain", "head", "checkpoint"]

  /// - Parameters:
  ///   - option: the folder that a person named, whose `*.txt` are read.
  ///   - configured: `report.templates`, where nobody named one; without either the shipped ones alone.
  static func templates(_ option: String?, otherwise configured: String? = nil) throws -> [FormTemplate] {
    var texts = FormTemplate.shipped.map { (name: $0.name, file: $0.name + ".txt", text: $0.text) }
    func refusal(_ folder: String, _ what: Text) -> any Error {
      option == nil
        ? FileError(file: folder, line: 0, key: "report.templates", what)
        : Failure(
          .usage, "--templates \(folder): \(what.indonesian)", "--templates \(folder): \(what.english)")
    }
    if let folder = option ?? configured {
      let files = try? FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }
      guard let files, !files.isEmpty else {
        throw refusal(
          folder, Text("bukan folder, atau tidak memuat berkas *.txt", "no folder, or no file *.txt in it"))
      }
      for file in files.sorted() {
        let name = String(file.dropLast(4))
        guard !taken.contains(name), !name.isEmpty else {
          throw refusal(
            folder,
            Text(
              "nama \(file) dipakai berkas lain dossier; beri nama lain",
              "the name \(file) is another file's of the dossier; name it otherwise"))
        }
        let path = folder + "/" + file
        guard let text = try RuleSet.text(path)?.text else { continue }
        texts.removeAll { $0.name == name }
        texts.append((name, path, text))
      }
    }
    return try texts.map { try FormTemplate(name: $0.name, file: $0.file, text: $0.text) }
  }
}

extension DossierSheet {
  /// What the facts give the forms, which are in Indonesian whatever the dossier is written in.
  var formValues: FormValues {
    let language = Language.indonesian
    let shown = judgements.map { personalData.shown($0) }
    let actions = shown.map(\.action)
    var values = FormValues()
    func set(_ field: FormField, _ found: [String?]) { values.fields[field] = Self.joined(found) }
    set(.office, loaded.configuration.office.map { $0 })
    set(.region, shown.map { $0.regionLabel(language) })
    set(.decreeNo, actions.map { $0.decreeNo.map { PlainText.line($0, limit: 120) } })
    set(.decreeDate, actions.map { $0.decreeDate.written(language) })
    set(.effectiveDate, actions.map { $0.effectiveDate.written(language) })
    set(.oath, actions.map { $0.inauguratedOn.written(language) })
    set(.count, ["\(shown.count)"])
    set(.eventDay, shown.flatMap { Self.inside($0) })
    // A law that says nothing of the act only confuses beside it.
    let verdicts = shown.flatMap(\.relevantVerdicts)
    let hits =
      verdicts.contains { !$0.insideDates.isEmpty } ? verdicts.filter { !$0.insideDates.isEmpty } : verdicts
    set(.window, Self.windows(shown, language).hit)
    set(.sources, hits.flatMap(\.citations))
    set(.letter, actions.map { Self.letter($0) })
    set(.pertek, actions.map { $0.pertek(language) })
    set(
      .reportBy,
      [judgements.compactMap { $0.step(on: loaded.knownOn, workingDays).reportBy }.min()?.written(language)])
    set(.known, [ledger?.known(judgements, loaded.zone, language)])
    set(.madeOn, [loaded.knownOn.written(language)])
    set(.source, [PlainText.line(source, limit: 300)])
    set(.privacy, [personalData == .full ? "NIP dan nama lengkap" : "NIP dan nama disamarkan"])
    let decree = [
      values.fields[.decreeNo].map { "SK \($0)" }, values.fields[.decreeDate].map { "tanggal \($0)" },
    ].compactMap { $0 }.joined(separator: " ")
    let kinds = Self.joined(actions.map { PlainText.line($0.kind, limit: 60) }) ?? "-"
    let subject = "\(kinds) terhadap \(shown.count) orang" + (decree.isEmpty ? "" : " dengan \(decree)")
    set(.object, [subject])
    set(.event, [subject + (values.fields[.region].map { " di \($0)" } ?? "")])
    set(.account, [account(shown)])
    values.people = shown.enumerated().map { Self.person($0.offset + 1, $0.element) }
    return values
  }

  /// What was found, counted by outcome, in the words of the report.
  private func account(_ shown: [Judgement]) -> String {
    let counts = Outcome.allCases.compactMap { outcome -> String? in
      let count = shown.count { $0.outcome == outcome }
      return count > 0 ? "\(count) orang: \(outcome.phrase[.indonesian])" : nil
    }
    return counts.joined(separator: "; ") + ". Tiap orang di tabel; langkah penilaiannya di records.json."
  }

  /// The dates inside the window, each with its name.
  private static func inside(_ judgement: Judgement) -> [String] {
    DateField.allCases.filter { field in judgement.verdicts.contains { $0.insideDates.contains(field) } }.map
    { "\($0.phrase[.indonesian]) \(judgement.action.date($0).written(.indonesian) ?? "-")" }
  }

  private static func letter(_ action: PersonnelAction) -> String? {
    guard let number = action.approvalNo else { return nil }
    return PlainText.line(number, limit: 120)
      + (action.approvalDate.written(.indonesian).map { ", \($0)" } ?? "")
  }

  private static func person(_ number: Int, _ judgement: Judgement) -> [FormPersonField: String] {
    let action = judgement.action
    let approval = judgement.verdicts.first { !$0.insideDates.isEmpty }?.approval
    let days = inside(judgement)
    let values: [FormPersonField: String?] = [
      .number: "\(number)", .name: action.employeeName, .nip: action.nip, .postFrom: action.postFrom,
      .postTo: action.postTo, .unitFrom: action.unitFrom, .unitTo: action.unitTo,
      .echelonFrom: action.echelonFrom, .echelonTo: action.echelonTo,
      .inside: days.isEmpty ? "-" : days.joined(separator: "; "), .conclusion: judgement.phrase[.indonesian],
      .letter: approval.map { $0.phrase[.indonesian] } ?? "-", .pertek: action.pertek(.indonesian),
    ]
    return values.compactMapValues { $0 }
  }
}
