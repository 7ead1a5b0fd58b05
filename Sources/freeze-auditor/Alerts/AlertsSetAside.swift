import AlertLedger
import ArgumentParser
import AuditBase
import AuditService
import FreezeRules
import RuleFiles

struct AlertsSetAside: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set-aside",
    abstract: Console.help(
      id: "Menyisihkan satu peristiwa yang isinya tidak terbaca.",
      en: "Sets one event aside whose body cannot be read."),
    discussion: Console.help(
      id:
        "Arsip peringatan hanya dapat ditambah: peristiwa yang tidak terbaca tetap di tempatnya dan membutakan sumbernya, sampai dapat dibaca lagi atau seseorang menyisihkannya di sini. Nomor dan hash-nya tertulis di arsip peringatan dengan nama dan alasan; peringatannya kembali pada apa yang dikatakan peristiwa lainnya. Peristiwa yang terbaca tidak dapat disisihkan.",
      en:
        "A ledger is only appended to: an event that cannot be read stays in its place and blinds its source, until it can be read again or somebody sets it aside here. Its number and hash stand in the ledger with name and reason; its alert is again what the other events say. An event that can be read cannot be set aside."
    ))

  @Option(help: ArgumentHelp(id: "Nomor peristiwa.", en: "Number of the event.", valueName: "seq"))
  var seq: Int64
  @Option(help: ArgumentHelp(id: "Siapa yang menyisihkan.", en: "Who sets it aside.")) var author: String
  @Option(
    help: ArgumentHelp(
      id: "Mengapa, dan apa yang sudah diperiksa.", en: "Why, and what was looked at.")) var reason: String
  @OptionGroup var options: LedgerOptions

  func validate() throws { try AnswerWords.refuseBlank([("--author", author), ("--reason", reason)]) }

  func run() throws {
    let configuration = try options.configuration()
    let ruleSet = try configuration.ruleSet()
    let store = try options.open(configuration)
    guard let row = try store.events(from: seq, limit: 1).first, row.seq == seq else {
      throw Failure(
        .usage, "--seq \(seq): arsip peringatan tidak memuat peristiwa itu",
        "--seq \(seq): the ledger has no such event")
    }
    guard StoredEvent(body: row.body) == nil else {
      throw Failure(
        .usage, "--seq \(seq): peristiwa itu terbaca; yang terbaca tidak dapat disisihkan",
        "--seq \(seq): that event can be read; one that can be read cannot be set aside")
    }
    let hash = Hex.encode(row.hash)
    if let before = try store.setAside().first(where: { $0.seq == seq && $0.hash == hash }) {
      throw Failure(
        .usage, "--seq \(seq): sudah disisihkan oleh \(before.author)",
        "--seq \(seq): was set aside already, by \(before.author)")
    }
    let written = try Acknowledging(configuration, ruleSet).setAside(
      SetAside(author: author, reason: reason, seq: seq, hash: hash),
      of: (row.columns["source"] ?? nil) ?? "", in: store, today: Today.date(in: configuration.zone))
    Console.say(
      Text(
        "Peristiwa \(seq) (\(hash)) disisihkan, peristiwa \(written).",
        "Event \(seq) (\(hash)) is set aside, event \(written).")[options.lang])
  }
}
