"""The network of the suite: connections on loopback that can be delayed, throttled, held, cut and left half open."""

import asyncio
import threading

CHUNK = 65536


class Network:
    """The event loop that all links share, in a thread of its own."""

    def __init__(self):
        self.loop = asyncio.new_event_loop()
        threading.Thread(target=self.loop.run_forever, daemon=True).start()

    def do(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result(10)

    def link(self, choose):
        """A link to where `choose` says for each connection, a port or None."""
        link = Link(choose)
        self.do(link.open())
        link.network = self
        return link


class Link:
    def __init__(self, choose):
        self.choose = choose
        self.delay, self.rate, self.refuses = 0.0, None, False
        self.writers, self.doomed = set(), set()

    async def open(self):
        self.passing = asyncio.Event()
        self.passing.set()
        self.server = await asyncio.start_server(self.serve, "127.0.0.1", 0, backlog=512)
        self.port = self.server.sockets[0].getsockname()[1]

    async def serve(self, reader, writer):
        self.writers.add(writer)
        other = None
        try:
            await self.passing.wait()
            port = self.choose()
            if self.refuses or port is None:
                return
            away, other = await asyncio.open_connection("127.0.0.1", port)
            self.writers.add(other)
            await asyncio.gather(self.pump(reader, other), self.pump(away, writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            for end in (writer, other):
                if end is not None:
                    self.writers.discard(end)
                    end.transport.abort() if self.refuses else end.close()

    async def pump(self, reader, writer):
        while data := await reader.read(CHUNK):
            if self.delay:
                await asyncio.sleep(self.delay)
            await self.passing.wait()
            if self.rate:
                await asyncio.sleep(len(data) / self.rate)
            writer.write(data)
            await writer.drain()
        await self.passing.wait()
        writer.close()

    def call(self, action):
        async def act():
            action()

        self.network.do(act())

    def cut(self):
        """Ends what is open, and refuses what comes."""
        self.refuses = True
        self.call(lambda: [writer.transport.abort() for writer in list(self.writers)])

    def hold(self):
        """Nothing arrives, and nothing is lost: a network that recovers."""
        self.call(self.passing.clear)

    def vanish(self):
        """Nothing arrives, and nobody is told; what was open then is dead when the network is back."""
        self.call(self.passing.clear)
        self.doomed = None

    def heal(self):
        self.delay, self.rate, self.refuses = 0.0, None, False
        if self.doomed is None:
            self.doomed = set()
            self.call(lambda: [writer.transport.abort() for writer in list(self.writers)])
        self.call(self.passing.set)
