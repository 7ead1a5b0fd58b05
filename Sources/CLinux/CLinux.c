#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

static int failed_and_closed(int descriptor) {
  int error = errno;
  close(descriptor);
  return -error;
}

int freeze_sealed_memfd(const void *bytes, size_t length) {
  // Not MFD_NOEXEC_SEAL: it adds a fifth seal, and journald up to 253 wants exactly the four below.
  int descriptor = memfd_create("freeze-auditor-log-entry", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (descriptor < 0) return -errno;
  const char *next = bytes;
  while (length > 0) {
    ssize_t written = write(descriptor, next, length);
    if (written < 0) {
      if (errno == EINTR) continue;
      return failed_and_closed(descriptor);
    }
    next += written;
    length -= (size_t)written;
  }
  if (fcntl(descriptor, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) < 0)
    return failed_and_closed(descriptor);
  return descriptor;
}

int freeze_send_descriptor(int socket, int passed) {
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE(sizeof(int))];
  } control;
  memset(&control, 0, sizeof control);
  struct msghdr message = {.msg_control = &control, .msg_controllen = sizeof control.space};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof(int));
  memcpy(CMSG_DATA(header), &passed, sizeof passed);
  return sendmsg(socket, &message, MSG_NOSIGNAL | MSG_DONTWAIT) < 0 ? -errno : 0;
}

int freeze_block_signals(const int *signals, size_t count) {
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < count; i++)
    if (sigaddset(&set, signals[i]) < 0) return -errno;
  int error = pthread_sigmask(SIG_BLOCK, &set, NULL);
  if (error != 0) return -error;
  int descriptor = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
  return descriptor < 0 ? -errno : descriptor;
}

int freeze_read_signal(int descriptor) {
  struct signalfd_siginfo info;
  ssize_t size;
  do size = read(descriptor, &info, sizeof info);
  while (size < 0 && errno == EINTR);
  if (size < 0) return errno == EAGAIN ? 0 : -errno;
  return size == sizeof info ? (int)info.ssi_signo : -EIO;
}

static int64_t nanoseconds_of(clockid_t clock) {
  struct timespec now;
  if (clock_gettime(clock, &now) < 0) return -errno;
  return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t freeze_boottime_nanoseconds(void) { return nanoseconds_of(CLOCK_BOOTTIME); }
int64_t freeze_monotonic_nanoseconds(void) { return nanoseconds_of(CLOCK_MONOTONIC); }

int freeze_clock_is_synchronised(void) {
  struct timex state = {0};
  int result = adjtimex(&state);
  return result < 0 ? -errno : result != TIME_ERROR;
}
