import ArgumentParser

/// Where the data goes, the same for every command that writes a page or a table.
struct OutputOption: ParsableArguments {
  @Option(
    name: [.customLong("output"), .customShort("o")],
    help: ArgumentHelp(
      id: "Tulis ke berkas, bukan ke keluaran standar.", en: "Write to a file instead of standard output.",
      valueName: "file"))
  var path: String?
}
