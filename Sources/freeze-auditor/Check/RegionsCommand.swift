import ArgumentParser
import AuditBase
import FreezeRules
import RuleFiles

struct RegionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regions",
    abstract: Console.help(
      id: "Mencari wilayah: kode, nama, gelombang pilkada yang diikutinya.",
      en: "Finds a region: its code, its names, the waves it took part in."),
    discussion: Console.help(
      id: "Tanpa TEKS semua 552 provinsi, kabupaten dan kota. Keluar dengan 64 bila tidak ada yang cocok.",
      en: "Without TEXT all 552 provinces, regencies and cities. Exits 64 when none fits."))

  @Argument(
    help: ArgumentHelp(
      id: "Kode, awal kode, atau bagian nama: 36.04, 36, serang.",
      en: "A code, the beginning of one, or a part of a name: 36.04, 36, serang.", valueName: "text"))
  var text: String?
  @Option(help: ArgumentHelp(id: "table atau json.", en: "table or json.")) var format: ListFormat = .table
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  func run() throws {
    let registry = RegionRegistry.shipped
    let found = text.map(registry.search) ?? registry.regions
    // Nothing found: said with the nearest ones.
    if let text, found.isEmpty {
      do { _ = try registry.one(text) } catch {
        throw Failure(.usage, error.message.indonesian, error.message.english)
      }
    }
    let output = try Output(path: nil)
    switch format {
    case .json: try output.write(JSON.array(found.map(\.json)).text + "\n")
    case .table: for region in found { try output.write(region.line(lang) + "\n") }
    }
    try output.finish()
  }
}

extension Region {
  /// `36.04  Kab. Serang  gelombang 2015, 2020, 2024`.
  fileprivate func line(_ language: Language) -> String {
    var parts = [code, shortName]
    if level == .administrative {
      parts.append(Text("mengikuti \(deciding)", "follows \(deciding)")[language])
    } else if waves.isEmpty {
      parts.append(Text("kepala daerahnya tidak dipilih", "its head is not elected")[language])
    } else {
      parts.append(Text("gelombang ", "waves ")[language] + waves.map(String.init).joined(separator: ", "))
    }
    if let formerCode { parts.append(Text("dulu \(formerCode)", "formerly \(formerCode)")[language]) }
    if !otherNames.isEmpty { parts.append("(" + otherNames.joined(separator: ", ") + ")") }
    return parts.joined(separator: "  ")
  }

  fileprivate var json: JSON {
    .object([
      "code": .string(code), "name": .string(name), "label": .string(label), "level": .string(level.rawValue),
      "head_elected": .bool(!waves.isEmpty), "follows": level == .administrative ? .string(deciding) : .null,
      "waves": .array(waves.map { .integer($0) }), "former_code": .text(formerCode),
      "other_names": .texts(otherNames), "doubt": .text(doubt),
    ])
  }
}
