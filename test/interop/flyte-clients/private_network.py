"""Run a program in a network of its own, where names at port 443 lead to Unix sockets outside of it.

Usage: unshare --map-root-user --net --mount python3 private_network.py SETTINGS PROGRAM [ARGUMENT ...]

SETTINGS is a JSON file: `sockets` has a Unix socket for each name, `replaced` a file for each file in whose place it is
seen by the program. Nothing of this machine changes: both namespaces end with the program.
"""

import fcntl
import json
import os
import socket
import struct
import subprocess
import sys
import tempfile
import threading

GET_FLAGS, SET_FLAGS, UP = 0x8913, 0x8914, 1


def bring_loopback_up() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = struct.pack("16sh22x", b"lo", 0)
        (flags,) = struct.unpack_from("h", fcntl.ioctl(any_socket, GET_FLAGS, request), 16)
        fcntl.ioctl(any_socket, SET_FLAGS, struct.pack("16sh22x", b"lo", flags | UP))


def replace_file(target: str, source: str) -> None:
    subprocess.run(["mount", "--bind", source, os.path.realpath(target)], check=True)


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass  # One of the two has gone.


def relay(listener: socket.socket, path: str) -> None:
    while True:
        client, _ = listener.accept()
        server = socket.socket(socket.AF_UNIX)
        server.connect(path)
        for pair in ((client, server), (server, client)):
            threading.Thread(target=pump, args=pair, daemon=True).start()


def main() -> int:
    settings_file, *command = sys.argv[1:]
    with open(settings_file, encoding="utf-8") as file:
        settings = json.load(file)
    bring_loopback_up()
    hosts = ["127.0.0.1 localhost"]
    for number, (name, path) in enumerate(settings["sockets"].items(), start=2):
        address = f"127.0.0.{number}"
        hosts.append(f"{address} {name}")
        threading.Thread(target=relay, args=(socket.create_server((address, 443)), path), daemon=True).start()
    with tempfile.NamedTemporaryFile("w", suffix=".hosts") as file:
        file.write("\n".join(hosts) + "\n")
        file.flush()
        replace_file("/etc/hosts", file.name)
        for target, source in settings["replaced"].items():
            replace_file(target, source)
        return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
