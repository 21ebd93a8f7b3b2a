"""aiortc, its descriptions sent whole through the WebSocket of the first word; `offer` as the second word offers."""

import asyncio
import json
import sys

import websockets
from aiortc import RTCConfiguration, RTCPeerConnection, RTCSessionDescription
from aiortc.sdp import candidate_from_sdp


def tell(line):
    """Tells what happens as a line of JSON."""
    print(json.dumps(line, separators=(",", ":")), flush=True)


def talk(channel):
    """Greets through a channel and tells what comes."""

    def opened():
        tell({"open": channel.label})
        channel.send("hello from aiortc")

    channel.on("message", lambda text: tell({"received": text}))
    if channel.readyState == "open":
        opened()
    else:
        channel.on("open", opened)


async def send_description(socket, peer, description):
    """Sets it, which gathers all candidates into it, and sends it."""
    await peer.setLocalDescription(description)
    local = peer.localDescription
    await socket.send(json.dumps({"type": local.type, "sdp": local.sdp}))


async def receive(socket, peer, message):
    """Takes a description or a candidate of the other side."""
    if message["type"] == "candidate":
        init = message["candidate"]
        if init["candidate"]:
            candidate = candidate_from_sdp(init["candidate"].split(":", 1)[1])
            candidate.sdpMid = init["sdpMid"]
            candidate.sdpMLineIndex = init["sdpMLineIndex"]
            await peer.addIceCandidate(candidate)
    elif message["type"] in ("offer", "answer"):
        description = RTCSessionDescription(message["sdp"], message["type"])
        await peer.setRemoteDescription(description)
        if message["type"] == "offer":
            await send_description(socket, peer, await peer.createAnswer())


async def main(address, side):
    """Connects with whoever is at the other end."""
    peer = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    peer.on("datachannel", talk)
    async with websockets.connect(address) as socket:
        tell({"ready": True})
        if side == "offer":
            talk(peer.createDataChannel("chat"))
            await send_description(socket, peer, await peer.createOffer())
        async for text in socket:
            await receive(socket, peer, json.loads(text))


try:
    asyncio.run(main(sys.argv[1], (sys.argv[2:] or ["answer"])[0]))
except Exception as error:  # whatever it is, the test shows it
    tell({"failed": repr(error)})
