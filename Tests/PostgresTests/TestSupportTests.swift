import Foundation
import Postgres
import TestSupport
import Testing

@Suite("Test support") struct TestSupportTests {
  @Test("a program's output and status come back, however much it writes on both ends")
  func output() throws {
    let script = "yes out | head -c 3000000; yes err | head -c 2000000 >&2; cat; exit 7"
    let result = try runProcess("sh", ["-c", script], input: Data("end".utf8))
    #expect(result.status == 7 && !result.timedOut)
    #expect(result.output.count == 3_000_003 && result.errors.count == 2_000_000)
    #expect(result.outputText.hasSuffix("end"))
  }

  @Test("a program that hangs is killed with its children; a daemon left behind is not waited for")
  func hanging() throws {
    let hanging = try runProcess("sh", ["-c", "echo begun; sleep 600 & wait"], timeout: 0.2)
    #expect(hanging.timedOut && hanging.status == 128 + SIGKILL && hanging.outputText == "begun\n")
    let daemon = try runProcess("sh", ["-c", "sleep 600 & echo $!"], timeout: 30)
    #expect(daemon.status == 0 && !daemon.timedOut)
    let pid = try #require(pid_t(daemon.outputText.trimmingCharacters(in: .whitespacesAndNewlines)))
    kill(pid, SIGKILL)
  }

  @Test("signals end a running program as a shell says it")
  func signals() throws {
    let process = try RunningProcess("sleep", ["600"], directory: URL(fileURLWithPath: "/"))
    process.send(SIGTERM)
    #expect(process.wait().status == 128 + SIGTERM)
  }

  @Test("the environment can be added to and taken from")
  func environment() throws {
    let result = try runProcess("sh", ["-c", "echo $ADDED-$HOME-"], environment: ["ADDED": "x", "HOME": ""])
    #expect(result.outputText == "x--\n")
  }

  @Test("psql stops at the first error and says it")
  func psql() throws {
    let database = try ThrowawayCluster.shared.createDatabase()
    #expect(try database.psql("SELECT :n + 1", variables: ["n": "41"]).outputText == "42\n")
    let error = #expect(throws: TestSupportError.self) {
      try database.psql("SELECT 1 / 0; CREATE TABLE never (a int)")
    }
    #expect(error?.description.contains("division by zero") == true)
    #expect(try database.value("SELECT to_regclass('never')") == nil)
  }

  @Test("a database can be made from one prepared before")
  func template() throws {
    let cluster = try ThrowawayCluster.shared
    let prepared = try cluster.createDatabase(prefix: "prepared")
    try prepared.run("CREATE TABLE t AS SELECT 5 AS a")
    #expect(try cluster.createDatabase(template: prepared.name).value("SELECT a FROM t") == "5")
  }

  @Test("a cluster stops, restarts and disappears")
  func lifecycle() throws {
    let cluster = try ThrowawayCluster.start(authentication: .trust, settings: ["work_mem": "5MB"])
    let database = cluster.postgresDatabase
    #expect(try database.value("SHOW work_mem") == "5MB")
    try cluster.restart(.immediate)
    var trusted = try Connection(conninfo: cluster.conninfo(password: nil))
    #expect(try trusted.query("SELECT 1").count == 1)
    cluster.remove()
    cluster.remove()
    #expect(!FileManager.default.fileExists(atPath: cluster.folder.path))
  }

  @Test("the repository's root holds the package")
  func root() {
    #expect(
      FileManager.default.fileExists(atPath: repositoryRoot.appendingPathComponent("Package.swift").path))
  }
}
