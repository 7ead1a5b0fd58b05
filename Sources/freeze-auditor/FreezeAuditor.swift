import AuditBase
import ArgumentParser
import AuditService
import FreezeRules
import Glibc

/// The command line: one file per subcommand.
@main
struct FreezeAuditor: ParsableCommand {
  static let version = programVersion

  static let configuration = CommandConfiguration(
    commandName: "freeze-auditor",
    abstract: Console.help(
      id:
        "Mengaudit mutasi, promosi dan demosi terhadap masa larangan sebelum Pilkada (UU 10/2016 Pasal 71 ayat (2)).",
      en:
        "Audits mutasi, promosi and demosi against the freeze before a Pilkada (UU 10/2016 Pasal 71 ayat (2))."
    ),
    version: version,
    subcommands: [
      Audit.self, Explain.self, Dossier.self, Windows.self, Check.self, CalendarCommand.self,
      RulesCommand.self,
      RegionsCommand.self,
      MapDatabase.self, Run.self, Alerts.self, Mail.self,
      Status.self,
      Doctor.self, CheckConfig.self, TestCommand.self, Manual.self,
    ])

  static func main() {
    // A descriptor that was closed would be given to a socket, and output would go there. What cannot be written to fails.
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
    // A reader that goes away (`| head`) is an error of write(2), not the end of the process.
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot(arguments)
      try command.run()
    } catch let error as any ExplainedError {
      Console.error(error.message)
      exit(withError: error.exit.code)
    } catch is BrokenPipe {
      exit(withError: ExitCode(141))
    } catch let status as ExitCode {
      exit(withError: status)
    } catch {
      leave(error)
    }
  }

  /// What was asked, as the parser takes it: its `help` knows no option, and ``Console/language`` has read the language already.
  private static var arguments: [String] {
    var arguments = Array(CommandLine.arguments.dropFirst())
    guard arguments.first == "help" else { return arguments }
    arguments.removeAll { $0.hasPrefix("--lang=") }
    if let place = arguments.firstIndex(of: "--lang") {
      arguments.removeSubrange(place..<min(place + 2, arguments.count))
    }
    return arguments
  }

  /// Help, version and scripts go to standard output; a mistake is one sentence on standard error.
  private static func leave(_ error: any Error) -> Never {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    if code.isSuccess {
      print(Console.help(text))
    } else {
      let arguments = Array(CommandLine.arguments.dropFirst())
      Console.error(UsageMessage(text, root: FreezeAuditor.self, arguments: arguments).text)
    }
    exit(withError: code)
  }
}

extension ExitStatus {
  var code: ExitCode { ExitCode(rawValue) }
}
