#!/usr/bin/env python3
"""Exec to READY=1 of one or more builds of the program, in alternating turns.

usage: Tests/Benchmarks/Start/ready.py [-n TURNS] NAME=PROGRAM...

The database is away, so that what is measured is the program's own start: configuration, rules, calendar, registry. Prints
the median and the least of each, in ms, and the difference of the medians from the first.
"""
import argparse
import os
import socket
import statistics
import subprocess
import tempfile
import time

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("-n", "--turns", type=int, default=40)
parser.add_argument("programs", nargs="+", metavar="NAME=PROGRAM")
arguments = parser.parse_args()
programs = dict(each.split("=", 1) for each in arguments.programs)


def ready(program, config, address):
    """Milliseconds until the program says READY=1."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(address)
        listener.settimeout(30)
        began = time.monotonic()
        child = subprocess.Popen(
            [program, "run", "--config", config],
            env=dict(os.environ, NOTIFY_SOCKET=address),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            while b"READY=1" not in listener.recv(4096):
                pass
            return (time.monotonic() - began) * 1000
        finally:
            child.kill()
            child.wait()
            os.unlink(address)


with tempfile.TemporaryDirectory() as folder:
    config = os.path.join(folder, "config.yaml")
    with open(config, "w") as file:
        file.write('region: "16.05"\nsource: {conninfo: "host=/nowhere"}\npoll: {interval: 3600}\n')
    times = {name: [] for name in programs}
    for turn in range(arguments.turns + 1):
        for name, program in programs.items():
            taken = ready(program, config, os.path.join(folder, "notify"))
            # The first turn fills the page cache.
            if turn > 0:
                times[name].append(taken)
first = statistics.median(next(iter(times.values())))
for name, taken in times.items():
    median = statistics.median(taken)
    print(f"{name}: median {median:.1f} ms, least {min(taken):.1f} ms, {median - first:+.1f} ms")
