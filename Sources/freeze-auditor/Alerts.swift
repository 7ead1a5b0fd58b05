import ArgumentParser

/// `alerts …`: the ledger from the command line.
struct Alerts: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists, shows, acknowledges, replays, exports and verifies what the daemon has remembered.",
    discussion: "Exits 74 when the ledger cannot be read or does not hold together.",
    subcommands: [
      AlertsList.self, AlertsShow.self, AlertsAck.self, AlertsReplay.self, AlertsExport.self,
      AlertsVerify.self,
    ])
}
