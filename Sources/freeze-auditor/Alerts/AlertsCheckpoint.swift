import AlertLedger
import ArgumentParser
import AuditBase
import AuditService
import Foundation
import FreezeRules
import RuleFiles

struct AlertsKeygen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keygen",
    abstract: Console.help(
      id: "Membuat kunci Ed25519 yang menandatangani kepala arsip peringatan.",
      en: "Makes the Ed25519 key that signs the ledger's head."),
    discussion: Console.help(
      id:
        "Kunci rahasia masuk ke berkas (mode 0600), untuk kredensial systemd signing-key; kunci publik dicetak dan boleh dibagikan. Berkas yang sudah ada tidak ditimpa.",
      en:
        "The private key goes into the file (mode 0600), for the systemd credential signing-key; the public key is printed and may be given to everybody. A file that exists is not overwritten."
    ))

  @Option(
    help: ArgumentHelp(
      id: "Berkas untuk kunci rahasia.", en: "File for the private key.", valueName: "file"))
  var output: String
  @Option(
    help: ArgumentHelp(
      id: "Siapa yang menandatangani, tanpa spasi. Bawaan: freeze-auditor/NAMA-MESIN.",
      en: "Who signs, without spaces. Default: freeze-auditor/HOSTNAME.", valueName: "name"))
  var name: String?
  @Option(help: ArgumentHelp(id: "Bahasa: id atau en.", en: "Language: id or en.")) var lang: Language =
    .indonesian

  func run() throws {
    let key: SigningKey
    do throws(Failure) {
      key = try SigningKey(name: name ?? "freeze-auditor/" + ProcessInfo.processInfo.hostName)
    } catch {
      throw Failure(.usage, "--name: " + error.message.indonesian, "--name: " + error.message.english)
    }
    let descriptor = open(output, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST {
        throw Failure(
          .usage, "--output \(output): sudah ada; kunci tidak ditimpa. Pilih nama lain atau pindahkan dulu",
          "--output \(output): exists; a key is not overwritten. Choose another name or move it away first")
      }
      throw Output.failure(SystemError(call: output, code: errno))
    }
    defer { close(descriptor) }
    do throws(SystemError) {
      try Array((key.text + "\n").utf8).write(to: descriptor, named: output)
      if fsync(descriptor) != 0 { throw SystemError(call: output, code: errno) }
    } catch {
      unlink(output)
      throw Output.failure(error)
    }
    let target = try Output(path: nil)
    try target.write(key.verifier.text + "\n")
    try target.finish()
    Console.say(
      Text(
        "Kunci rahasia ada di \(output). Bagikan baris di atas kepada pemeriksa; pasang berkasnya sebagai /etc/freeze-auditor/signing-key (pemilik root, mode 0600).",
        "The private key is in \(output). Give the line above to the examiner; install the file as /etc/freeze-auditor/signing-key (owner root, mode 0600)."
      )[lang])
  }
}

struct AlertsCheckpoint: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint",
    abstract: Console.help(
      id: "Mencetak kepala arsip peringatan sebagai nota bertanda tangan.",
      en: "Prints the ledger's head as a signed note."),
    discussion: Console.help(
      id:
        "Siapa pun yang menyimpannya dapat membuktikan kelak apakah arsip peringatan ditulis ulang sebelum itu: alerts verify --checkpoint. Formatnya signed-note C2SP (Go: sumdb/note): asal, jumlah peristiwa, hash kepala, waktu.",
      en:
        "Whoever keeps it can tell later whether the ledger was rewritten before it: alerts verify --checkpoint. The format is C2SP's signed-note (Go: sumdb/note): origin, number of events, hash of the head, time."
    ))

  @Option(
    help: ArgumentHelp(
      id: "Berkas kunci rahasia. Bawaan: kredensial signing-key, di samping konfigurasi.",
      en: "File of the private key. Default: the credential signing-key, beside the configuration.",
      valueName: "file"))
  var key: String?
  @Option(
    help: ArgumentHelp(
      id: "Berkas pengganti keluaran standar.", en: "File instead of standard output.", valueName: "file"))
  var output: String?
  @OptionGroup var options: LedgerOptions

  func run() throws {
    let configuration = try options.configuration()
    let key = try signingKey(configuration)
    let note = try options.open(configuration).checkpoint(key, secondsSince2000: Today.secondsSince2000)
    let target = try Output(path: output)
    try target.write(note)
    try target.finish()
  }

  private func signingKey(_ configuration: Configuration) throws -> SigningKey {
    if let key {
      guard let text = try RuleSet.text(key)?.text else { throw Self.missing }
      do throws(Failure) { return try SigningKey(text) } catch {
        throw FileError(file: key, line: 0, key: "", error.message)
      }
    }
    do throws(Failure) {
      guard let key = try configuration.signingKey(ProcessInfo.processInfo.environment) else {
        throw Self.missing
      }
      return key
    } catch { throw FileError(file: "signing-key", line: 0, key: "", error.message) }
  }

  private static var missing: Failure {
    Failure(
      .configuration,
      "tidak ada kunci; buat dengan alerts keygen, lalu beri --key BERKAS atau pasang sebagai signing-key di samping konfigurasi",
      "there is no key; make one with alerts keygen, then give --key FILE or install it as signing-key beside the configuration"
    )
  }
}

/// A note somebody kept, and the key that it should be signed with.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      id: "Nota bertanda tangan yang disimpan: dari alerts checkpoint, atau surel ringkasan utuh.",
      en: "A signed note that was kept: of alerts checkpoint, or a whole digest mail.", valueName: "file"))
  var checkpoint: String?
  @Option(
    help: ArgumentHelp(
      id: "Kunci publik yang dicetak alerts keygen, atau berkas yang memuatnya.",
      en: "The public key that alerts keygen printed, or a file that holds it.", valueName: "key"))
  var publicKey: String?

  func validate() throws {
    if (checkpoint == nil) != (publicKey == nil) {
      throw ValidationError(
        id: "--checkpoint dan --public-key hanya berguna bersama.",
        en: "--checkpoint and --public-key need each other.")
    }
  }

  /// The checkpoint, once its signature was found right.
  func check() throws -> CheckpointCheck? {
    guard let checkpoint, let publicKey else { return nil }
    let isFile = FileManager.default.fileExists(atPath: publicKey)
    let keyText = try isFile ? RuleSet.text(publicKey)?.text ?? "" : publicKey
    let key: VerifierKey
    do throws(Failure) { key = try VerifierKey(keyText) } catch {
      throw Failure(
        .usage, "--public-key: " + error.message.indonesian, "--public-key: " + error.message.english)
    }
    guard let text = try RuleSet.text(checkpoint)?.text, let note = SignedNote(in: text) else {
      throw Failure(
        .usage,
        "--checkpoint \(checkpoint): tidak memuat nota bertanda tangan yang utuh (baris kosong lalu \"— NAMA …\")",
        "--checkpoint \(checkpoint): holds no whole signed note (an empty line, then \"— NAME …\")")
    }
    return CheckpointCheck(try Checkpoint(note, key))
  }
}

extension CheckpointCheck {
  /// Said when nothing is wrong.
  func sentence(_ language: Language) -> String {
    let time = checkpoint.time.map { PlainText.line($0, limit: 40) } ?? "-"
    let origin = PlainText.line(checkpoint.origin, limit: 200)
    return Text(
      "Nota \(origin) asli: \(checkpoint.head.seq) peristiwa pada \(time); arsip peringatan masih lanjutannya.",
      "The note of \(origin) is genuine: \(checkpoint.head.seq) events at \(time); the ledger still continues from it."
    )[language]
  }

  /// `{origin, size, time, continues}`.
  var json: JSON {
    .object([
      "origin": .string(checkpoint.origin), "size": .integer(Int(checkpoint.head.seq)),
      "time": .text(checkpoint.time), "continues": .bool(problem == nil),
    ])
  }
}
