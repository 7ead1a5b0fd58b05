import AuditService
import Foundation
import SystemLog
import TestSupport
import Testing

/// The manual pages say everything that the program says elsewhere by a fixed name, in both languages.
@Suite struct ManualTests {
  @Test(arguments: ["id", "en"])
  func `Every MESSAGE_ID, field, figure and unit stands in the page, each with its meaning`(
    _ language: String
  ) throws {
    let page = try runProcess(Bench.executable, ["manual", "8", "--lang", language]).outputText
    let plain = page.replacingOccurrences(of: "\\-", with: "-")
    for id in MessageID.allCases { #expect(plain.contains("\n" + id.rawValue + "\n"), "\(id)") }
    for metric in MetricName.allCases { #expect(plain.contains(".B " + metric.name), "\(metric)") }
    for field in FieldName.documented {
      #expect(plain.contains(".B \(field.text)\n") && !plain.contains(".B \(field.text)\n-\n"), "\(field)")
    }
    let folder = repositoryRoot.appendingPathComponent("systemd")
    for unit in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where [".service", ".timer", ".path"].contains(where: unit.hasSuffix) {
      let known = [
        unit, unit.replacingOccurrences(of: "@.", with: "@REGION."),
        unit.replacingOccurrences(of: "@.", with: "@WILAYAH."),
      ]
      let timer = unit.replacingOccurrences(of: ".service", with: ".timer")
      #expect((known + [timer]).contains(where: plain.contains), "\(unit)")
    }
  }
}
