#!/usr/bin/env bash
# Runs the suite, and the program that it starts, under the thread and the address sanitizer.
# usage: Tests/Sanitizers/run.sh [thread|address] [swift test's arguments]        both by default
set -euo pipefail
cd "$(dirname "$0")/../.."
. Tests/Scripts/needs.sh
need libpq-dev pkg-config postgresql postgresql-common python3

sanitizers="thread address"
case "${1:-}" in thread | address) sanitizers=$1 && shift ;; esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
clang -shared -fPIC -O1 -o "$scratch/mutex.so" Tests/Sanitizers/mutex.c

# A find ends the process with 66. Leaks are not looked for: what libpq and the runtime keep till the end is none.
export TSAN_OPTIONS="halt_on_error=1 exitcode=66 ${TSAN_LOG:+log_path=$TSAN_LOG}" ASAN_OPTIONS="detect_leaks=0 exitcode=66"
for sanitizer in $sanitizers; do
  swift build --build-tests --sanitize="$sanitizer" --scratch-path ".build-$sanitizer"
  preload=
  if [ "$sanitizer" = thread ]; then preload="$scratch/mutex.so"; fi
  LD_PRELOAD=$preload FREEZE_SANITIZER=$sanitizer swift test --skip-build --sanitize="$sanitizer" --scratch-path ".build-$sanitizer" "$@"
done
