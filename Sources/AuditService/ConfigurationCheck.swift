import AuditBase
import FreezeRules
import Glibc
import RuleFiles

extension HealthCheck {
  /// Configuration, rules, calendar.
  package mutating func configuration(_ configuration: Configuration, path: String?) {
    do throws(FileError) {
      let ruleSet = try configuration.ruleSet()
      if let unknown = ruleSet.unknownElection(in: configuration.sources.flatMap(\.elections)) {
        throw FileError(file: path ?? "environment", line: 0, key: "elections", unknown.message)
      }
      if let unreadable = configuration.unreadableApprovals { throw unreadable }
      let table = ruleSet.windows(
        declared: configuration.sources.flatMap(\.elections), knownOn: Today.date(in: configuration.zone))
      add(
        .good, "configuration",
        id: "\(path ?? "bawaan dan lingkungan"): sah, \(table.windows.count) jendela",
        en: "\(path ?? "defaults and environment"): valid, \(table.windows.count) windows")
      for source in configuration.sources {
        for missing in table.missing(in: source.region) where source.region != nil {
          add(
            .note, "calendar", id: missing.sentence(.indonesian) + " " + missing.settle(.indonesian),
            en: missing.sentence(.english) + " " + missing.settle(.english))
        }
      }
    } catch {
      add(.failed(.configuration), "configuration", error.message)
    }
    for source in configuration.sources where source.region == nil {
      add(
        .note, "configuration",
        id: "\(source.name): region tidak diisi: catatan tanpa kode wilayah dinilai tanpa wilayah",
        en: "\(source.name): region is not set: records without a code are judged without a region")
    }
    if let path = configuration.metricsPath {
      let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
      if access(folder, W_OK) == 0 {
        add(.good, "metrics", id: "\(folder) dapat ditulis", en: "\(folder) can be written")
      } else {
        add(
          .failed(.configuration), "metrics",
          id: "\(folder) tidak dapat ditulis: perbaiki metrics.textfile atau haknya",
          en: "\(folder) cannot be written: mend metrics.textfile or its permission")
      }
    }
  }
}
