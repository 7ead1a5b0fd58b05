import AuditBase
import Foundation
import Testing
import TestSupport

@testable import AuditReports

/// Forms of the examiners and of the Minister: what the facts hold stands in them, the rest is left blank.
@Suite struct FormTests {
  private func form(_ text: String, _ values: FormValues = FormValues(), name: String = "sendiri") throws
    -> FilledForm
  {
    FilledForm(try FormTemplate(name: name, file: name + ".txt", text: text), values)
  }

  @Test(arguments: FormTemplate.shipped.map(\.name))
  func `A shipped form is whole, and without any fact everything in it is left for a person`(_ name: String)
    throws
  {
    let text = try #require(FormTemplate.shipped.first { $0.name == name }?.text)
    let empty = try form(text, name: name).html.string
    #expect(empty.contains("(diisi oleh pe") || empty.contains("(diisi oleh BKPSDM)"))
    #expect(!empty.contains("{{"))
    var values = FormValues()
    for field in FormField.allCases where field != .blank { values.fields[field] = "nilai-\(field.rawValue)" }
    values.people = [[.name: "Budi", .nip: "1"], [.name: "Siti"]]
    let full = try form(text, values, name: name).html.string
    #expect(full.contains("Budi") && full.contains("Siti"))
    // What is left blank is only what no fact can give.
    for field in FormTemplate.required[name] ?? [] { #expect(full.contains("nilai-\(field.rawValue)")) }
    // Every form number is one that the project's sources name.
    for number in full.matches(of: #/[0-9]+\/20[0-9]{2}/#).map({ String($0.output) }) {
      #expect(["5/2022", "9/2024"].contains(number))
    }
  }

  /// Texts that are no template, and what is said.
  static let wrong: [(name: String, text: String, said: String)] = [
    ("sendiri", "a\n{{nomor_sk}\n", "sendiri.txt:2: \"{{\" without \"}}\""),
    ("sendiri", "{{nomer_sk}}", "sendiri.txt:1: unknown field {{nomer_sk}}; there are: kantor, wilayah"),
    ("sendiri", "x\n\n| a | {{ }} |", "sendiri.txt:3: unknown field {{}}"),
    ("sendiri", "{{orang.nama}}", "may stand only in a row \"*|\""),
    ("sendiri", "| {{orang.nama}} |", "may stand only in a row \"*|\""),
    ("sendiri", "*| {{orang.umur}} |", "unknown field {{orang.umur}}"),
    ("sendiri", "|", "must have 1 to 20 cells"),
    ("form-a", "{{objek}} {{wilayah}} {{hari_peristiwa}}\n*| {{orang.nama}} |", "does not hold {{uraian}}"),
    (
      "temuan", "{{peristiwa}} {{hari_peristiwa}}\n*| {{orang.nama}} |", "does not hold {{diketahui_auditor}}"
    ),
    (
      "laporan-menteri",
      "{{nomor_sk}} {{tanggal_sk}} {{tanggal_pelantikan}} {{surat_menteri}} {{laporan_paling_lambat}}",
      "has no row \"*|\""
    ),
    ("form-a", "", "does not hold {{objek}}"),
  ]

  @Test(arguments: wrong.indices)
  func `A template with a missing or an unknown field is refused with its line`(_ index: Int) throws {
    let (name, text, said) = Self.wrong[index]
    do {
      _ = try form(text, name: name)
      Issue.record("taken: \(text)")
    } catch let error as Failure {
      #expect(error.message.english.contains(said), "\(error.message.english)")
      #expect(error.message.indonesian.hasPrefix(name + ".txt"))
    }
  }

  private static let hostile = "<b>&\"'\u{0007}\u{202E}</w:t>{{nip}}\r\n_x0041_\u{FFFF}"

  @Test func `Whatever a fact or a template holds is text in the page and in the document`() throws {
    var values = FormValues()
    values.fields[.decreeNo] = Self.hostile
    values.people = [[.name: Self.hostile]]
    let filled = try form(
      "\u{FEFF}# <i>Judul</i>\r\n%rahasia\n| SK <u> | {{ nomor_sk }} |\n\n| Nama |\n*| {{orang.nama / a<b>}} | {{orang.nip / pengawas <x>}} |\n",
      values)
    let page = filled.html.string
    #expect(page.contains("&lt;i&gt;Judul&lt;/i&gt;") && !page.contains("rahasia") && !page.contains("<b>"))
    #expect(page.contains("diisi oleh pengawas &lt;x&gt;") && page.contains("{{nip}}"))
    let document = try filled.document()
    let folder = try temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a.docx")
    try Data(document).write(to: file)
    let script = """
      import sys, zipfile, xml.dom.minidom
      z = zipfile.ZipFile(sys.argv[1])
      assert z.testzip() is None
      for name in z.namelist(): xml.dom.minidom.parseString(z.read(name))
      body = xml.dom.minidom.parseString(z.read("word/document.xml"))
      print("".join(t.firstChild.data for t in body.getElementsByTagName("w:t") if t.firstChild))
      print(len(body.getElementsByTagName("w:tbl")), len(body.getElementsByTagName("w:tr")))
      """
    let read = try runProcess("/usr/bin/python3", ["-c", script, file.path])
    #expect(read.status == 0, "\(read.errorText)")
    #expect(read.outputText.contains("<i>Judul</i>") && read.outputText.contains("</w:t>{{nip}}"))
    #expect(read.outputText.contains("_x0041_") && read.outputText.hasSuffix("2 3\n"), "\(read.outputText)")
    // The same input, the same bytes.
    #expect(try filled.document() == document)
  }
}
