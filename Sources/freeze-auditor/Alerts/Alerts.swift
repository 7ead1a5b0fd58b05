import ArgumentParser

/// `alerts …`: the ledger from the command line.
struct Alerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "alerts",
    abstract: Console.help(
      id:
        "Mendaftar, menampilkan, menanggapi, mencatat jawaban, menerima, menyisihkan, menulis ulang, mengekspor, memeriksa, menandatangani dan menyegel apa yang diingat layanan pemantau.",
      en:
        "Lists, shows, acknowledges, accepts, sets aside, replays, exports, verifies, signs and seals what the daemon has remembered."
    ),
    discussion: Console.help(
      id: "Keluar dengan 74 bila arsip peringatan tidak dapat dibaca atau tidak utuh.",
      en: "Exits 74 when the ledger cannot be read or does not hold together."),
    subcommands: [
      AlertsList.self, AlertsShow.self, AlertsAck.self, AlertsNote.self, AlertsImport.self,
      AlertsAccept.self, AlertsSetAside.self, AlertsReplay.self, AlertsExport.self,
      AlertsVerify.self, AlertsKeygen.self, AlertsCheckpoint.self, AlertsArchive.self,
    ])
}
