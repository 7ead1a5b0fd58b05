import AuditBase
import FreezeRules

/// Reads the words of a calendar or configuration that name regions.
package struct RegionReader {
  private let registry = RegionRegistry.shipped

  /// Of the registry that is shipped.
  package init() {}

  /// The keys `regions` and `except` of an entry.
  func regions(_ map: YAMLMapping) throws(FileError) -> Regions {
    Regions(
      try terms(try map.required("regions")),
      except: try map["except"].map { value throws(FileError) in try terms(value) } ?? [])
  }

  /// A list of its own, as a configuration has it.
  package func regions(_ list: YAMLValue) throws(FileError) -> Regions { Regions(try terms(list)) }

  /// One word or a list of them.
  func terms(_ value: YAMLValue) throws(FileError) -> [Regions.Term] {
    var terms: [Regions.Term] = []
    for item in value.isList ? try value.list() : [value] { terms.append(try term(item)) }
    guard !terms.isEmpty else {
      throw value.error(id: "daftar wilayah kosong", en: "the list of regions is empty")
    }
    return terms
  }

  private func term(_ item: YAMLValue) throws(FileError) -> Regions.Term {
    let text = try item.text()
    if text == "all" { return .all }
    if text == "declared" {
      throw item.error(
        id:
          "bentuk lama: \"declared\" tidak ada lagi, gelombang mengikuti wilayahnya; tulis misalnya regions: [wave 2020]",
        en:
          "old format: there is no \"declared\" any more, the wave follows from the region; write for example regions: [wave 2020]"
      )
    }
    if text.hasPrefix("wave ") {
      guard let year = Int(text.dropFirst(5).filter { $0 != " " }),
        registry.regions.contains(where: { $0.waves.contains(year) })
      else {
        let waves = registry.waves.map { "wave \($0)" }.joined(separator: ", ")
        throw item.error(
          id: "\"\(text)\": tidak ada wilayah dalam gelombang itu; yang boleh: \(waves)",
          en: "\"\(text)\": no region has that wave; allowed: \(waves)")
      }
      return .wave(year)
    }
    if text.hasSuffix(".*") {
      let province = String(text.dropLast(2))
      guard let region = registry.region(code: province), region.level == .province, region.code == province
      else {
        throw unknown(item, province)
      }
      return .within(province)
    }
    let region = try region(item)
    guard region.level != .administrative else {
      throw item.error(
        id: "\(region.label) bagian dari pemerintah provinsi; tulis \"\(region.deciding)\"",
        en: "\(region.label) is a part of the provincial government; write \"\(region.deciding)\"")
    }
    return .code(region.code)
  }

  /// One region, by code or name.
  package func region(_ item: YAMLValue) throws(FileError) -> Region {
    let text = try item.text()
    do { return try registry.one(text) } catch {
      throw item.error(id: error.message.indonesian, en: error.message.english)
    }
  }

  private func unknown(_ item: YAMLValue, _ text: String) -> FileError {
    let message = UnknownRegion(text, registry.find(text)).message
    return item.error(id: message.indonesian, en: message.english)
  }
}

/// A text that names no region, or more than one.
package struct UnknownRegion: ExplainedError {
  /// What is wrong, with the nearest ones and what is allowed.
  package let message: Text

  /// Of a text and what it was found to mean.
  init(_ text: String, _ match: RegionRegistry.Match) {
    let text = PlainText.line(text, limit: 60)
    func names(_ regions: [Region]) -> String { regions.map(\.label).joined(separator: ", ") }
    switch match {
    case .ambiguous(let regions):
      message = Text(
        "\"\(text)\" berarti lebih dari satu wilayah: \(names(regions)); tulis kodenya",
        "\"\(text)\" means more than one region: \(names(regions)); write the code")
    case .unknown(let nearest) where !nearest.isEmpty:
      message = Text(
        "\"\(text)\" bukan kode wilayah Kemendagri atau nama wilayah; yang terdekat: \(names(nearest)). Cari dengan freeze-auditor regions",
        "\"\(text)\" is not a Kemendagri region code or a region's name; nearest: \(names(nearest)). Search with freeze-auditor regions"
      )
    case .unknown, .region:
      message = Text(
        "\"\(text)\" bukan kode wilayah Kemendagri atau nama wilayah; tulis seperti 16 (pemerintah provinsi), 16.05 atau \"Kab. Musi Rawas\"; cari dengan freeze-auditor regions",
        "\"\(text)\" is not a Kemendagri region code or a region's name; write it like 16 (the provincial government), 16.05 or \"Kab. Musi Rawas\"; search with freeze-auditor regions"
      )
    }
  }
}

extension RegionRegistry {
  /// The one region that a code or name means.
  package func one(_ text: String) throws(UnknownRegion) -> Region {
    let match = find(text)
    guard case .region(let region) = match else { throw UnknownRegion(text, match) }
    return region
  }
}
