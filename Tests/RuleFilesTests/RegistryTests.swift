import FreezeRules
import RuleFiles
import Testing

/// The registry of all regions, by the counts that the election commission published and by the data it was made from.
@Suite struct RegistryOfRegions {
  let registry = RegionRegistry.shipped

  func codes(_ year: Int) -> Set<String> {
    Set(registry.regions.filter { $0.waves.contains(year) }.map(\.code))
  }

  @Test(arguments: [
    (2015, [9, 36, 224]), (2017, [7, 18, 76]), (2018, [17, 39, 115]), (2020, [9, 37, 224]),
    (2024, [37, 93, 415]), (2025, [0, 1, 1]),
  ])
  func `provinces, cities and regencies of a wave are as many as voted`(year: Int, counts: [Int]) throws {
    #expect(RegionData.counts(codes(year)) == counts)
    let levels: [Region.Level] = [.province, .city, .regency]
    #expect(
      levels.map { level in registry.regions.count { $0.level == level && $0.waves.contains(year) } }
        == counts)
    #expect(try codes(year) == RegionData.codes("W\(year)"))
  }

  @Test func `there are 38 provinces and 514 regencies and cities, six of them parts of Jakarta`() {
    #expect(registry.regions.count == 552)
    #expect(registry.regions.count { $0.level == .province } == 38)
    #expect(
      registry.regions.filter { $0.level == .administrative }.map(\.code)
        == ["31.01", "31.71", "31.72", "31.73", "31.74", "31.75"])
    #expect(registry.waves == [2015, 2017, 2018, 2020, 2024, 2025])
  }

  @Test func `the waves of 2015, 2017 and 2018 share nobody and make the 541 before the Papua split`() {
    let before = codes(2024).subtracting(["93", "94", "95", "96"])
    #expect(before.count == 541)
    #expect(codes(2015).isDisjoint(with: codes(2017)))
    #expect(codes(2015).isDisjoint(with: codes(2018)))
    #expect(codes(2017).isDisjoint(with: codes(2018)))
    #expect(codes(2015).union(codes(2017)).union(codes(2018)) == before)
  }

  @Test func `those of 2017, 2018 and 2020 make them too, Makassar twice`() {
    let before = codes(2024).subtracting(["93", "94", "95", "96"])
    #expect(codes(2017).union(codes(2018)).union(codes(2020)) == before)
    #expect(codes(2018).intersection(codes(2020)) == ["73.71"])
    #expect(codes(2017).isDisjoint(with: codes(2020)))
    #expect(codes(2017).count + codes(2018).count + codes(2020).count == 542)
  }

  @Test func `481 took the oath on one day: 33 provinces, 85 cities, 363 regencies`() throws {
    let oath = try #require(CivilDate(iso: "2025-02-20"))
    let table = try RuleSet().windows(knownOn: try #require(CivilDate(iso: "2026-11-22")))
    let sworn = registry.regions.filter { $0.level != .administrative }.filter { region in
      table.windows(in: region.code).contains {
        $0.rule == "pasal-162-3" && $0.election == "serentak-2025" && $0.anchor.value == .day(oath)
      }
    }
    #expect(RegionData.counts(Set(sworn.map(\.code))) == [33, 85, 363])
    #expect(try Set(sworn.map(\.code)) == RegionData.codes("I20250220"))
  }

  @Test func `26 regions of Papua carried another code, which nobody else carries`() throws {
    let former = registry.regions.compactMap { region in region.formerCode.map { ($0, region.code) } }
    #expect(former.count == 26)
    #expect(Set(former.map(\.0)).count == 26)
    #expect(Set(former.map(\.0)).isDisjoint(with: registry.regions.map(\.code)))
    for (old, new) in former { #expect(registry.region(code: old)?.code == new) }
    let data = try RegionData.rows("regions.csv").filter { $0["old_code"]?.isEmpty == false }
    #expect(
      Dictionary(uniqueKeysWithValues: former)
        == Dictionary(uniqueKeysWithValues: data.map { ($0["old_code"] ?? "", $0["code"] ?? "") }))
  }

  @Test func `every region of the data is there with its waves, and found by its name`() throws {
    let data = try RegionData.rows("regions.csv")
    #expect(data.count == 552)
    for row in data {
      let code = try #require(row["code"])
      let region = try #require(registry.region(code: code), "\(code)")
      #expect(region.waves.map(String.init).joined(separator: " ") == row["waves"], "\(code)")
      #expect(
        (region.level != .administrative && region.electsHead) == (row["head_elected"] == "yes"), "\(code)")
      let name = try #require(row["name"])
      // A province is never mistaken for a regency of the same name when the word for its level is said.
      let full = region.level == .province ? "Provinsi " + name : name
      if case .region(let found) = registry.find(full) {
        #expect(found.code == code, "\(full)")
      } else {
        Issue.record("\(full): \(registry.find(full))")
      }
      #expect(registry.search(name).contains(region), "\(name)")
      #expect(registry.search(code).contains(region), "\(code)")
    }
  }

  @Test(
    "a region is found by what people call it",
    arguments: [
      ("Kota Palopo", "73.73"), ("palopo", "73.73"), ("KOTA PALOPO", "73.73"), ("Pemkot Palopo", "73.73"),
      ("Kab. Serang", "36.04"), ("Kabupaten Serang", "36.04"), ("Pemkab Serang", "36.04"),
      ("kota serang", "36.73"), ("Prov. Banten", "36"), ("Provinsi Banten", "36"), ("Banten", "36"),
      ("DKI Jakarta", "31"), ("Jakarta", "31"), ("Jakarta Pusat", "31.71"),
      ("Kota Administrasi Jakarta Pusat", "31.71"), ("Kota Adm. Jakarta Selatan", "31.74"),
      ("DIY", "34"), ("Daerah Istimewa Yogyakarta", "34"), ("Kota Yogyakarta", "34.71"),
      ("Kab. Kep. Seribu", "31.01"), ("Kepulauan Sula", "82.05"), ("Kab. Kep. Sula", "82.05"),
      ("Musi Rawas", "16.05"), ("Musirawas", "16.05"), ("16.05", "16.05"), ("1605", "16.05"),
      ("16.05.01", "16.05"),
      ("91.09", "94.04"), ("Mimika", "94.04"), ("91.07", "94.02"), ("Papua", "91"), (" 36.04 ", "36.04"),
    ])
  func names(text: String, code: String) throws {
    guard case .region(let region) = registry.find(text) else {
      Issue.record("\(text): \(registry.find(text))")
      return
    }
    #expect(region.code == code)
    #expect(registry.named(text)?.code == code)
  }

  @Test(
    "a name that several bear names none of them",
    arguments: [
      ("Serang", ["36.04", "36.73"]), ("bogor", ["32.01", "32.71"]), ("Bandung", ["32.04", "32.73"]),
      ("Gorontalo", ["75", "75.01", "75.71"]),
    ])
  func ambiguous(text: String, codes: [String]) throws {
    guard case .ambiguous(let found) = registry.find(text) else {
      Issue.record("\(text): \(registry.find(text))")
      return
    }
    #expect(found.map(\.code) == codes)
    #expect(registry.named(text) == nil)
  }

  @Test(
    "what is no region is none, and the nearest are said",
    arguments: [
      ("36.05", "36.0"), ("16.99", "16"), ("Kab. Serrang", "36.04"), ("Palopoo", "73.73"), ("99", nil),
      ("", nil), ("-", nil), ("xyz", nil), ("165", nil), ("16.051", nil), ("36.04 Serang", nil),
    ] as [(String, String?)])
  func unknown(text: String, near: String?) throws {
    guard case .unknown(let nearest) = registry.find(text) else {
      Issue.record("\(text): \(registry.find(text))")
      return
    }
    if let near { #expect(nearest.contains { $0.code.hasPrefix(near) }, "\(nearest.map(\.code))") }
    #expect(registry.named(text) == nil)
    #expect(registry.deciding(text) == nil)
  }

  @Test func `a label has the name with its level and the code`() {
    #expect(registry.region(code: "36.04")?.label == "Kab. Serang (36.04)")
    #expect(registry.region(code: "36")?.label == "Prov. Banten (36)")
    #expect(registry.region(code: "73.73")?.label == "Kota Palopo (73.73)")
  }
}
