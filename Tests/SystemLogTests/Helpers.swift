import Foundation
import Glibc
import Testing

@testable import SystemLog

/// What a test does without when the machine cannot give it.
struct Unavailable: Error, CustomStringConvertible {
  let description: String
}

func ignoreSIGPIPE() { signal(SIGPIPE, SIG_IGN) }

/// A pipe whose ends are closed at the latest when it goes.
final class Pipe: Sendable {
  let readEnd: Int32
  let writeEnd: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw Unavailable(description: "pipe: errno \(errno)") }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// A descriptor is closed once: its number may be somebody else's later.
  func closeWriteEnd() { dup2Null(writeEnd) }
  func closeReadEnd() { dup2Null(readEnd) }

  private func dup2Null(_ end: Int32) {
    let null = open("/dev/null", O_RDWR | O_CLOEXEC)
    dup2(null, end)
    close(null)
  }

  /// Everything until the write end is closed.
  func readAll() -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part = readOnce()
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  /// What is in the pipe now.
  func readAvailable() -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      var entry = pollfd(fd: readEnd, events: Int16(POLLIN), revents: 0)
      guard poll(&entry, 1, 0) > 0 else { return bytes }
      let part = readOnce()
      if part.isEmpty { return bytes }
      bytes += part
    }
  }

  private func readOnce() -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
      count = max(0, read(readEnd, buffer.baseAddress, buffer.count))
    }
  }

  deinit {
    close(readEnd)
    close(writeEnd)
  }
}

/// A folder with a short name (socket paths have 107 bytes) that goes with the test.
final class ShortFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/fa-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Unavailable(description: "mkdtemp: errno \(errno)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// A datagram socket that plays journald or systemd: it takes datagrams and descriptors.
final class DatagramReceiver {
  let number: Int32

  /// Bound to a path, or to an abstract name written `@name`.
  init(_ address: String) throws {
    number = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    let result = try UnixAddress(address).withSocketAddress { bind(number, $0, $1) }
    guard result == 0 else { throw Unavailable(description: "bind \(address): errno \(errno)") }
  }

  deinit { close(number) }

  /// The next datagram, `nil` when none is queued; with the content and seals of the file it carries, if any.
  func receive() -> (bytes: [UInt8], file: (bytes: [UInt8], seals: Int32)?)? {
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 8)
    let control = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 8)
    defer {
      buffer.deallocate()
      control.deallocate()
    }
    var vector = iovec(iov_base: buffer, iov_len: 1 << 20)
    return withUnsafeMutablePointer(to: &vector) { vector in
      var message = msghdr()
      message.msg_iov = vector
      message.msg_iovlen = 1
      message.msg_control = control
      message.msg_controllen = 64
      let size = recvmsg(number, &message, Int32(MSG_DONTWAIT))
      guard size >= 0 else { return nil }
      let bytes = Array(UnsafeRawBufferPointer(start: buffer, count: size))
      guard message.msg_controllen >= 20 else { return (bytes, nil) }
      // One control message with one descriptor: a 16-byte header, then the number.
      let descriptor = control.load(fromByteOffset: 16, as: Int32.self)
      defer { close(descriptor) }
      let seals = fcntlGetSeals(descriptor)
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: false)
      try? handle.seek(toOffset: 0)
      return (bytes, (Array((try? handle.readToEnd()) ?? Data()), seals))
    }
  }

  private func fcntlGetSeals(_ descriptor: Int32) -> Int32 { fcntl(descriptor, 1034) }
}

/// The native protocol read the way journald reads it, in arrival order; `nil` for bytes journald would drop.
func decodeNative(_ bytes: [UInt8]) -> [[String]]? {
  var fields: [[String]] = []
  var rest = bytes[...]
  while !rest.isEmpty {
    guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let line = rest[..<end]
    rest = rest[(end + 1)...]
    if let equals = line.firstIndex(of: UInt8(ascii: "=")) {
      let value = line[(equals + 1)...]
      fields.append([
        String(decoding: line[..<equals], as: UTF8.self), String(decoding: value, as: UTF8.self),
      ])
    } else {
      guard rest.count >= 8 else { return nil }
      let size = rest.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(8)
      guard rest.count > size else { return nil }
      let value = rest.prefix(size)
      fields.append([String(decoding: line, as: UTF8.self), String(decoding: value, as: UTF8.self)])
      rest = rest.dropFirst(size)
      guard rest.popFirst() == UInt8(ascii: "\n") else { return nil }
    }
  }
  return fields
}

/// The folder of these tests, and the root of the clone.
let testFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
let repository = URL(fileURLWithPath: testFolder).deletingLastPathComponent().deletingLastPathComponent().path

/// Says on standard error what was not tested and why, and marks the test as skipped.
func skip(_ reason: String) throws {
  FileHandle.standardError.write(Data("SKIPPED: \(reason)\n".utf8))
  try Test.cancel("\(reason)")
}

/// A child process with a pipe to each end of it.
final class Command {
  private let process = Process()
  private let input = Foundation.Pipe()
  private let output = Foundation.Pipe()

  init(_ arguments: [String], environment: [String: String] = [:]) throws {
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = output
    process.standardError = output
    try process.run()
  }

  /// The next line of its output, without the line break; empty at the end.
  func readLine() -> String {
    var line: [UInt8] = []
    while let byte = output.fileHandleForReading.readData(ofLength: 1).first, byte != UInt8(ascii: "\n") {
      line.append(byte)
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// All of its output, after which it has ended.
  func readAll() -> [UInt8] {
    try? input.fileHandleForWriting.close()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Array(data)
  }

  /// Closes its input, waits for its end; the exit status and the output.
  @discardableResult
  func finish() -> (status: Int32, output: String) {
    let output = String(decoding: readAll(), as: UTF8.self)
    return (process.terminationStatus, output)
  }
}
