import Foundation
import FreezeRules

/// The same pairs of dates to every engine; each says for how many the act is inside, and for which.
enum Rivals {
  static func run(count: Int) -> [String] {
    let (acts, determinations) = Sample.pairs(count, seed: 71)
    var missed: [String] = []
    var mine = [UInt8](repeating: 0, count: count)
    func civil(_ days: [Int32]) -> [CivilDate] { days.compactMap { CivilDate(daysSince2000: Int($0)) } }
    let (a, d) = (civil(acts), civil(determinations))

    let reading = Reading(boundaryIncluded: true, forward: false, monthEnd: .down)
    let one = best(of: 5) {
      for index in 0..<count {
        let first = Window.firstDay(of: d[index], months: -6, reading) ?? .max
        mine[index] = a[index] >= first && a[index] <= d[index] ? 1 : 0
      }
    }
    row(
      "this engine, one reading", number(Double(count) / one / 1e6, 1) + " M/s", "1.0 x",
      "the answers compared with")
    let members = Reading.allCases
    var depends = 0
    let all = best(of: 3) {
      depends = 0
      for index in 0..<count {
        var inside = 0
        for reading in members where a[index] >= Window.firstDay(of: d[index], months: -6, reading) ?? .max {
          inside += 1
        }
        depends += inside > 0 && inside < 8 ? 1 : 0
      }
    }
    row(
      "this engine, eight readings and the depends flag", number(Double(count) / all / 1e6, 1) + " M/s",
      ratio(one, all), "\(depends) depend")

    func compare(_ name: String, _ seconds: Double, _ theirs: [UInt8]) {
      let differing = zip(mine, theirs).count { $0 != $1 }
      let says =
        theirs.count != count
        ? "\(theirs.count) answers" : differing == 0 ? "same answers" : "\(differing) differ"
      if says != "same answers" { missed.append("\(name): \(says)") }
      row(name, number(Double(count) / seconds / 1e6, 2) + " M/s", ratio(one, seconds), says)
    }
    foundation(acts, determinations, compare)
    java(acts, determinations, compare)
    postgres(acts, determinations, compare)
    return missed
  }

  private static func ratio(_ mine: Double, _ theirs: Double) -> String { number(mine / theirs, 3) + " x" }

  private static func foundation(
    _ acts: [Int32], _ determinations: [Int32], _ compare: (String, Double, [UInt8]) -> Void
  ) {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    func dates(_ days: [Int32]) -> [Date] {
      days.map { Date(timeIntervalSince1970: Double($0) * 86_400 + 946_684_800) }
    }
    let (a, d) = (dates(acts), dates(determinations))
    var answers = [UInt8](repeating: 0, count: acts.count)
    let seconds = best(of: 1) {
      for index in a.indices {
        let first = calendar.date(byAdding: .month, value: -6, to: d[index]) ?? .distantFuture
        answers[index] = a[index] >= first && a[index] <= d[index] ? 1 : 0
      }
    }
    compare("Foundation Calendar", seconds, answers)
  }

  private static func java(
    _ acts: [Int32], _ determinations: [Int32], _ compare: (String, Double, [UInt8]) -> Void
  ) {
    let source = """
      import java.nio.*; import java.nio.file.*; import java.time.*;
      public class Rival {
        public static void main(String[] a) throws Exception {
          int n = Integer.parseInt(a[1]);
          IntBuffer in = ByteBuffer.wrap(Files.readAllBytes(Path.of(a[0], "pairs"))).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
          LocalDate base = LocalDate.of(2000, 1, 1);
          LocalDate[] act = new LocalDate[n], det = new LocalDate[n];
          for (int i = 0; i < n; i++) { act[i] = base.plusDays(in.get(i)); det[i] = base.plusDays(in.get(n + i)); }
          byte[] out = new byte[n];
          long best = Long.MAX_VALUE;
          for (int run = 0; run < 9; run++) {
            long start = System.nanoTime();
            for (int i = 0; i < n; i++)
              out[i] = (byte) (!act[i].isBefore(det[i].minusMonths(6)) && !act[i].isAfter(det[i]) ? 1 : 0);
            best = Math.min(best, System.nanoTime() - start);
          }
          Files.write(Path.of(a[0], "answers"), out);
          System.out.println(best);
        }
      }
      """
    guard find("java") != nil else {
      return skipped("java.time", "no java here (apt install default-jdk-headless)")
    }
    inFolder { folder in
      var pairs = Data()
      for day in acts + determinations {
        withUnsafeBytes(of: day.littleEndian) { pairs.append(contentsOf: $0) }
      }
      try pairs.write(to: folder.appendingPathComponent("pairs"))
      let file = folder.appendingPathComponent("Rival.java")
      try Data(source.utf8).write(to: file)
      let text = output("java", [file.path, folder.path, "\(acts.count)"])
      guard let nanoseconds = Double(text),
        let answers = try? Data(contentsOf: folder.appendingPathComponent("answers"))
      else { return skipped("java.time", "it did not run: \(text.prefix(120))") }
      compare("java.time (warmed up)", nanoseconds / 1e9, [UInt8](answers))
    }
  }

  private static func postgres(
    _ acts: [Int32], _ determinations: [Int32], _ compare: (String, Double, [UInt8]) -> Void
  ) {
    guard find("pg_virtualenv") != nil else {
      return skipped("PostgreSQL", "no pg_virtualenv here (apt install postgresql postgresql-common)")
    }
    inFolder { folder in
      let rows = zip(acts, determinations).enumerated().map {
        "\($0.offset)\t\($0.element.0)\t\($0.element.1)\n"
      }
      let table = folder.appendingPathComponent("pairs.tsv")
      try Data(rows.joined().utf8).write(to: table)
      let script = folder.appendingPathComponent("rival.sql")
      let inside = "a >= (d - interval '6 months')::date and a <= d"
      try Data(
        """
        set max_parallel_workers_per_gather = 0;
        create temp table raw (i int, a int, d int);
        \\copy raw from '\(table.path)'
        create temp table pair as select i, date '2000-01-01' + a as a, date '2000-01-01' + d as d from raw;
        select count(*) from pair;
        \\timing on
        select count(*) filter (where \(inside)) from pair;
        select count(*) filter (where \(inside)) from pair;
        select count(*) filter (where \(inside)) from pair;
        \\timing off
        \\copy (select (\(inside))::int from pair order by i) to '\(folder.path)/answers'
        """.utf8
      ).write(to: script)
      let text = output("pg_virtualenv", ["-t", "psql", "-X", "-q", "-f", script.path])
      let times = text.split(separator: "\n").filter { $0.hasPrefix("Time:") }
        .compactMap { $0.split(separator: " ").dropFirst().first.flatMap { Double($0) } }
      guard let milliseconds = times.min(),
        let answers = try? String(contentsOf: folder.appendingPathComponent("answers"), encoding: .utf8)
      else { return skipped("PostgreSQL", "it did not run: \(text.suffix(200))") }
      compare("PostgreSQL, one process", milliseconds / 1e3, answers.utf8.filter { $0 != 10 }.map { $0 - 48 })
    }
  }

  private static func skipped(_ name: String, _ why: String) { row(name, "skipped", "", why) }

  private static func find(_ program: String) -> String? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { "\($0)/\(program)" }
      .first { FileManager.default.isExecutableFile(atPath: $0) }
  }

  private static func inFolder(_ work: (URL) throws -> Void) {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("engine-benchmark-\(getpid())")
    defer { try? FileManager.default.removeItem(at: folder) }
    do {
      // The database server runs as another user.
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o777])
      try work(folder)
    } catch { print("  \(error)") }
  }

  private static func output(_ program: String, _ arguments: [String]) -> String {
    guard let path = find(program) else { return "" }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return "" }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
