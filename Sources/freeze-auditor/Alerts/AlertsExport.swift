import AlertLedger
import ArgumentParser
import FreezeRules
import AuditBase

struct AlertsExport: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: Console.help(
      id: "Menulis seluruh arsip peringatan untuk disimpan di tempat lain, satu objek JSON per baris.",
      en: "Writes the whole ledger for keeping elsewhere, one JSON object a line."),
    discussion: Console.help(
      id:
        "Tiap baris berisi seq, prev_hash, hash dan body. hash adalah SHA-256 atas prev_hash dan teks body, sehingga siapa pun dapat memeriksa rantainya. body null dengan removed: isinya hanya ada dalam berkas segel (alerts archive).",
      en:
        "Each line holds seq, prev_hash, hash and body. hash is SHA-256 over prev_hash and the text of body, so that anybody can check the chain. A null body with removed: it is in an archive only (alerts archive)."
    )
  )

  @Option(help: ArgumentHelp(id: "seq pertama.", en: "First seq.", valueName: "seq")) var from: Int64 = 1
  @Option(
    help: ArgumentHelp(
      id: "Berkas pengganti keluaran standar; muncul utuh atau tidak sama sekali.",
      en: "File instead of standard output; appears whole or not at all.", valueName: "file"))
  var output: String?
  @OptionGroup var options: LedgerOptions

  func run() throws {
    let store = try options.open(try options.configuration())
    let target = try Output(path: output)
    try store.forEachEvent(from: from) { row in
      try target.write(Archive.line(row))
    }
    try target.finish()
  }
}
