import AuditBase
import FreezeRules
import Testing

@testable import AuditReports

@Suite struct PersonInTextTests {
  @Test(
    "NIP and name are hidden wherever and however they stand",
    arguments: [
      ("198501012010011001", "**************1001"), ("1985 0101 2010 01 1 001", "**** **** **** ** 1 001"),
      ("19850101 201001 1 001-7", "******** ****** 1 001-7"),
      ("x198501012010011001y", "x**************1001y"),
      ("２３ 1985.0101.201001.1.001", "２３ ****.****.******.1.001"),
      (
        "198501012010011001198501012010011001",
        "**************1001**************1001"
      ),
      ("Camat (Budi Santoso)", "Camat (B*** S***)"), ("BUDI SANTOSO", "B*** S***"),
      ("budi_santoso/2024", "b***_s***/2024"),
      ("budisantoso", "b***"), ("SantosoBudi-1", "S***-1"), ("Budi1985", "B***1985"), ("Budiman", "Budiman"),
      ("Bidang Budidaya", "Bidang Budidaya"), ("Dr. H. Budi S.E.", "Dr. H. B*** S.E."),
      ("800/1/BKD/2024", "800/1/BKD/2024"), ("2024-03-22", "2024-03-22"), ("", ""),
      ("Pelaksana Dr", "Pelaksana Dr"),
    ])
  func own(_ text: String, _ expected: String) {
    let person = PersonInText(nips: ["19850101 201001 1 001"], names: ["Dr. H. Budi  Santoso, S.E."])
    #expect(person.hidden(text) == expected)
    #expect(person.hidden(expected) == expected, "hiding twice changes nothing")
  }

  @Test(
    "of nobody in particular, what is built like a NIP is hidden, other numbers are not",
    arguments: [
      ("act-198501012010011001", "act-**************1001"),
      ("19850101 201001 1 001", "******** ****** 1 001"),
      ("123456789012345678", "123456789012345678"), ("20240322123456", "20240322123456"),
      ("198513012010011001", "198513012010011001"), ("1198501012010011001", "1198501012010011001"),
    ])
  func any(_ text: String, _ expected: String) { #expect(PersonInText.any.hidden(text) == expected) }

  @Test("a name that is not one, and marks on letters, do no harm")
  func oddNames() {
    #expect(PersonInText(nips: ["-", ""], names: ["-", "", "A", "1"]).hidden("A - 1 a") == "A - 1 a")
    let person = PersonInText(nips: [], names: ["Ma'ruf Andre\u{301}"])
    #expect(person.hidden("Ma'ruf ANDRÉ") == "M***'r*** A***")
  }

  @Test("a masked record holds neither in any of its fields", arguments: PersonnelAction.Field.allCases)
  func everyField(_ field: PersonnelAction.Field) {
    let both = "Budi Santoso 198501012010011001"
    var action = act(both)
    action = action.withTexts({ _ in both }, dates: { _ in both })
    action.nip = "198501012010011001"
    action.employeeName = "Budi Santoso"
    let shown = PersonalData.masked.shown(action).text(field) ?? ""
    #expect(!shown.contains("Budi") && !shown.contains("Santoso") && !shown.contains("198501012010"))
    if field != .changedAt, action.text(field) != nil { #expect(!shown.isEmpty) }
  }

  @Test(
    "in a sentence of ours a name that is a word of it is hidden only as a name",
    arguments: [
      (
        "dihitung dari pelantikan 1 Juli 2026 (Kepmendagri 1)",
        "dihitung dari pelantikan 1 Juli 2026 (Kepmendagri 1)"
      ),
      ("batas surat Menteri", "batas surat Menteri"), ("mutasi Juli Surat", "mutasi J*** S***"),
      ("1 Juli, surat", "1 Juli, surat"), ("JULI SURAT/2024", "J*** S***/2024"), ("julisurat", "j***"),
      ("Lestari 1 Juli", "L*** 1 Juli"), ("19850101 201001 1 001", "******** ****** 1 001"),
    ])
  func ownWords(_ text: String, _ expected: String) {
    let person = PersonInText(nips: ["198501012010011001"], names: ["Juli Surat", "Lestari"])
    #expect(person.hidden(inSentence: text) == expected)
  }

  @Test("a message is read back as it was written, in both languages", arguments: AlertText.Lead.allCases)
  func codec(_ lead: AlertText.Lead) throws {
    var text = AlertText(lead, "satu: dua (Sebab: tiga)")
    for label in AlertText.Label.allCases { text.add(label, "nilai: \(label.rawValue)") }
    for language in [Language.indonesian, .english] {
      let message = text.message(language)
      #expect(AlertText(message: message) == text)
      #expect(AlertText.language(of: message) == language)
    }
    #expect(AlertText(message: "Apa saja") == nil)
  }
}
