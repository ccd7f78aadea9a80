"""A session of the app without a browser, over the websocket that a browser would use."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 120.0  # seconds allowed for one run of the page
ENDED = {ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_WITH_COMPILE_ERROR}


@dataclass(slots=True)
class DrawnPage:
    """Output of one run of the page: pieces of HTML in order, and errors; `runs` includes earlier runs."""

    html: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    runs: int = 0


class AppSession:
    """A browser's connection to the app."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.page = ""
        self.field = ""

    async def run(self, question: str | None = None) -> DrawnPage:
        """Run the page, with a question if given; returns what it has drawn when finished.

        Raises TimeoutError.
        """
        message = BackMsg()
        message.rerun_script.page_script_hash = self.page
        if question is not None:
            state = message.rerun_script.widget_states.widgets.add(id=self.field)
            state.chat_input_value.data = question
        await self.socket.send(message.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            return await self.drawn()

    async def drawn(self) -> DrawnPage:
        """Collect output until the page has finished; a rerun draws everything again."""
        drawn = DrawnPage()
        while True:
            received = await self.socket.recv()
            message = ForwardMsg.FromString(received if isinstance(received, bytes) else received.encode())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                drawn, self.page = (
                    DrawnPage(errors=drawn.errors, runs=drawn.runs + 1),
                    message.new_session.page_script_hash,
                )
            elif kind == "delta":
                self.take(message, drawn)
            elif kind == "script_finished" and message.script_finished in ENDED:
                return drawn

    def take(self, message: ForwardMsg, drawn: DrawnPage) -> None:
        """Record an element."""
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "html":
            drawn.html.append(element.html.body)
        elif kind == "chat_input":
            self.field = element.chat_input.id
        elif kind == "exception":
            drawn.errors.append(f"{element.exception.type}: {element.exception.message}")
        elif kind == "alert" and element.alert.format == Alert.ERROR:
            drawn.errors.append(element.alert.body)


@asynccontextmanager
async def app_session(port: int) -> AsyncIterator[AppSession]:
    """A session with the app on a local port."""
    address, protocol = f"ws://127.0.0.1:{port}/_stcore/stream", Subprotocol("streamlit")
    async with connect(address, subprotocols=[protocol], max_size=None, ping_interval=None) as socket:
        yield AppSession(socket)
