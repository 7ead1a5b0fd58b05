import CLibPQ
import Glibc

/// A cancel request on its way, owned by the thread that sends it.
private struct CancelRequest {
  /// PGcancel: a copy of what is needed, independent of the connection.
  let cancel: OpaquePointer
  /// The sender's own duplicate of an eventfd, written when it is done.
  let done: Int32

  func send() {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { reason in
      _ = PQcancel(cancel, reason.baseAddress, 256)
    }
    PQfreeCancel(cancel)
    var one: UInt64 = 1
    _ = write(done, &one, 8)
    Glibc.close(done)
  }
}

extension Connection {
  /// Asks the server to end the running statement, and waits for the request to be delivered for as long as
  /// `Deadlines.cancel` allows.
  ///
  /// PQcancel makes its own connection and blocks in connect(2), so it runs on its own thread: a dead
  /// network must not hold up a stop.
  func cancelRunning() {
    guard let handle, PQtransactionStatus(handle) == PQTRANS_ACTIVE, let cancel = PQgetCancel(handle) else {
      return
    }
    // No descriptor left: the statement then ends by its own time-out.
    guard let done = try? Interrupt() else { return PQfreeCancel(cancel) }
    let request = UnsafeMutablePointer<CancelRequest>.allocate(capacity: 1)
    request.initialize(to: CancelRequest(cancel: cancel, done: fcntl(done.descriptor, F_DUPFD_CLOEXEC, 0)))
    var thread = pthread_t()
    let failed = pthread_create(
      &thread, nil,
      { context in
        if let request = context?.assumingMemoryBound(to: CancelRequest.self) {
          request.pointee.send()
          request.deallocate()
        }
        return nil
      }, request)
    if failed != 0 {
      PQfreeCancel(cancel)
      Glibc.close(request.pointee.done)
      request.deallocate()
      return
    }
    pthread_detach(thread)
    let deadline = Deadline("cancel", after: deadlines.cancel)
    _ = waitForSocket(done.descriptor, POLLIN, interrupt: nil, until: deadline)
  }
}
