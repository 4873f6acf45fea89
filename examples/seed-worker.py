#!/usr/bin/env python3
"""A worker on one page that knows nothing but the older interface: heartbeats and six frames.

    WORKER_API_KEY=<the shared key, or this worker's credential> seed-worker.py URL ID NAME
"""
import base64, json, os, socket, struct, subprocess, sys, threading, time, urllib.request
from datetime import datetime, timezone

url, worker_id, name = sys.argv[1:4]
key = os.environ["WORKER_API_KEY"]
every = float(os.environ.get("HEARTBEAT_INTERVAL", "30"))


def heartbeat():
    body = json.dumps({"worker_id": worker_id, "name": name, "metadata": {"pid": os.getpid()}})
    headers = {"X-API-Key": key, "Content-Type": "application/json"}
    request = urllib.request.Request(url + "/api/workers/heartbeat", body.encode(), headers)
    urllib.request.urlopen(request, timeout=10).read()


def connect():
    host, port = url.removeprefix("http://").split(":")
    stream = socket.create_connection((host, int(port)))
    nonce = base64.b64encode(os.urandom(16)).decode()
    stream.sendall((f"GET /ws HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\n"
                    f"Connection: Upgrade\r\nSec-WebSocket-Key: {nonce}\r\n"
                    f"Sec-WebSocket-Version: 13\r\nX-API-Key: {key}\r\n\r\n").encode())
    reader = stream.makefile("rb")
    if b" 101 " not in reader.readline():
        raise ConnectionError("the server would not have this worker")
    while reader.readline() not in (b"\r\n", b""):
        pass
    return stream, reader


def send(stream, frame):
    data, mask = json.dumps(frame).encode(), os.urandom(4)
    size = len(data)
    head = bytes([0x81, 0x80 | size]) if size < 126 else bytes([0x81, 0xFE]) + struct.pack(">H", size)
    stream.sendall(head + mask + bytes(byte ^ mask[i % 4] for i, byte in enumerate(data)))


def frames(reader):
    while head := reader.read(2):
        size = head[1] & 0x7F
        if size > 125:
            size = int.from_bytes(reader.read(2 if size == 126 else 8), "big")
        data = reader.read(size)
        if head[0] & 0x0F == 8:
            return
        if head[0] & 0x0F == 1:
            yield json.loads(data)


def beat():
    while True:
        heartbeat()
        time.sleep(every)


def run(offer, stream):
    began = time.monotonic()
    done = subprocess.run(["sh", "-c", offer["command"]], capture_output=True, text=True,
                          timeout=offer["timeout"] / 1000)
    send(stream, {"type": "command_result", "execution_id": offer["execution_id"], "worker_id": worker_id,
                  "success": done.returncode == 0, "stdout": done.stdout, "stderr": done.stderr,
                  "duration": int((time.monotonic() - began) * 1000),
                  "timestamp": datetime.now(timezone.utc).isoformat()})


heartbeat()
threading.Thread(target=beat, daemon=True).start()
stream, reader = connect()
send(stream, {"type": "worker_connect", "worker_id": worker_id, "worker_name": name})
print("connected", flush=True)
for frame in frames(reader):
    if frame["type"] == "execute_command":
        run(frame, stream)
    elif frame["type"] == "ping":
        send(stream, {"type": "pong", "worker_id": worker_id})
