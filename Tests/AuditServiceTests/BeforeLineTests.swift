import Testing
import TestSupport

/// "Before" says of a verdict that hung on something what it hung on, as the alert itself did.
@Suite struct BeforeLineTests {
  @Test func `An act that was relabelled and back says what its verdict hung on`() throws {
    let bench = try Bench()
    try bench.insert(["r1"])
    try bench.run("UPDATE hr.act SET inaugurated_on = '2024-05-03', post_to = 'Camat'")
    let daemon = try bench.daemon()
    try daemon.wait(for: "pass_completed")
    try bench.run("UPDATE hr.act SET kind = 'Kenaikan Pangkat'")
    try daemon.pass()
    let relabelled = try daemon.wait(for: "amended")
    #expect(relabelled["FREEZE_OUTCOME"] == "depends", "\(relabelled)")
    #expect(relabelled["MESSAGE"].contains("tergantung apa sebenarnya tindakan ini"), "\(relabelled)")
    #expect(relabelled["FREEZE_BEFORE"].hasPrefix("di dalam masa larangan ("), "\(relabelled.fields)")
    try bench.run("UPDATE hr.act SET kind = 'mutasi'")
    try daemon.pass()
    let back = try daemon.wait(for: "amended", count: 2)
    #expect(back["FREEZE_BEFORE"].hasPrefix("tergantung apa sebenarnya tindakan ini ("), "\(back.fields)")
    #expect(daemon.stop().status == 0)
    try bench.expectSound()
  }
}
