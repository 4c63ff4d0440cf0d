package dev.gantry.agent.shell.http;

import dev.gantry.agent.runtime.StreamOptions;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.shell.spdy.Dialer;
import dev.gantry.agent.shell.spdy.SpdySession;
import dev.gantry.agent.shell.spdy.SpdyUpgrade;
import dev.gantry.agent.shell.spdy.SpdyUpgrade.Upgraded;
import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.agent.stream.Channels;
import dev.gantry.agent.stream.Channels.ClientMessage;
import dev.gantry.agent.stream.RequestHead;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Exec and attach. A client that speaks SPDY talks to the runtime's server, byte for byte. For one
 * that speaks WebSocket, its channels are on one side, and streams of that server on the other:
 *
 * <pre>
 *   client ── stdin, resize, end of stdin ──►  thread of the connection  ──► runtime
 *   client ◄── stdout, stderr, error ────────  a second thread          ◄── runtime
 * </pre>
 *
 * Either side's end is the end of both. Nothing is kept in between: a slow side slows the other.
 */
final class StreamRoute {
    /** Compat: the newest that containerd and CRI-O speak over SPDY. */
    private static final String RUNTIME_PROTOCOL = ChannelProtocol.V4.wire();

    private final PodContainers containers;
    private final Dialer dialer;

    StreamRoute(PodContainers containers, Dialer dialer) {
        this.containers = containers;
        this.dialer = dialer;
    }

    void serve(Exchange exchange, RequestHead request) throws IOException, Refused {
        StreamOptions options = options(request);
        if (exchange.isForSpdy()) {
            try (Upgraded runtime = connect(request, options, request.protocols());
                    RawClient client = exchange.upgradeToSpdy(runtime.protocol())) {
                RawTunnel.join(client, runtime);
            }
            return;
        }
        Optional<ChannelProtocol> protocol = ChannelProtocol.forCommands(request.protocols());
        if (!exchange.isForWebSocket() || protocol.isEmpty()) {
            throw new Refused(
                    400,
                    "SPDY/3.1, or a WebSocket that speaks %s or %s is needed"
                            .formatted(ChannelProtocol.V5.wire(), ChannelProtocol.V4.wire()));
        }
        try (var session = new SpdySession(connect(request, options, List.of(RUNTIME_PROTOCOL)));
                WebSocket client = exchange.upgrade(protocol.get())) {
            new Bridge(session, client, protocol.get(), options).run();
        }
    }

    private Upgraded connect(RequestHead request, StreamOptions options, List<String> protocols)
            throws Refused {
        List<String> path = request.path();
        ContainerStatus container = containers.running(path.get(1), path.get(2), path.get(3));
        List<String> command = request.query().getOrDefault("command", List.of());
        String url =
                path.getFirst().equals("attach")
                        ? containers.runtime().attachUrl(container.id(), options)
                        : containers.runtime().execUrl(container.id(), command, options);
        try {
            return SpdyUpgrade.connect(dialer, url, protocols);
        } catch (IOException broken) {
            throw new Refused(500, "the runtime does not stream: " + broken.getMessage());
        }
    }

    private static StreamOptions options(RequestHead request) throws Refused {
        boolean isTty = request.isSet("tty");
        var options =
                new StreamOptions(
                        isTty,
                        request.isSet("stdin"),
                        request.isSet("stdout"),
                        request.isSet("stderr") && !isTty);
        if (!options.stdin() && !options.stdout() && !options.stderr()) {
            throw new Refused(400, "you must specify at least 1 of stdin, stdout, stderr");
        }
        return options;
    }

    /** One client and its command. */
    private static final class Bridge implements SpdySession.Listener {
        private static final int NONE = -1;

        private final SpdySession session;
        private final WebSocket client;
        private final ChannelProtocol protocol;
        private final StreamOptions options;
        private final int error;
        private final int stdin;
        private final int stdout;
        private final int stderr;
        private final int resize;
        private boolean hasVerdict;

        Bridge(
                SpdySession session,
                WebSocket client,
                ChannelProtocol protocol,
                StreamOptions options)
                throws IOException {
            this.session = session;
            this.client = client;
            this.protocol = protocol;
            this.options = options;
            this.error = open("error");
            this.stdin = options.stdin() ? open("stdin") : NONE;
            this.stdout = options.stdout() ? open("stdout") : NONE;
            this.stderr = options.stderr() ? open("stderr") : NONE;
            this.resize = options.isTty() ? open("resize") : NONE;
        }

        private int open(String streamType) throws IOException {
            return session.open(new TreeMap<>(Map.of("streamtype", streamType)));
        }

        void run() throws IOException {
            // Compat: an empty message on the first channel to be written says "connected".
            int first =
                    options.stdout()
                            ? Channels.STDOUT
                            : options.stderr() ? Channels.STDERR : Channels.ERROR;
            say(first, new byte[0]);
            Thread output = Thread.ofVirtual().name("stream-output").start(this::pumpOutput);
            try {
                pumpInput();
            } finally {
                // The client is gone: so is the runtime's connection, which ends the other thread.
                session.close();
                RawTunnel.await(output);
            }
        }

        private void pumpInput() throws IOException {
            for (Optional<byte[]> message = client.read();
                    message.isPresent();
                    message = client.read()) {
                switch (protocol.parse(message.get())) {
                    case ClientMessage.Input(byte[] bytes) -> {
                        if (stdin != NONE) {
                            session.send(stdin, bytes);
                        }
                    }
                    case ClientMessage.EndOfInput _ -> {
                        if (stdin != NONE) {
                            session.end(stdin);
                        }
                    }
                    case ClientMessage.Resize(byte[] bytes) -> {
                        if (resize != NONE) {
                            session.send(resize, bytes);
                        }
                    }
                    case ClientMessage.Ignored _ -> {}
                }
            }
        }

        private void pumpOutput() {
            try {
                session.read(this);
                if (!hasVerdict) {
                    judge(Channels.brokenOff("the runtime closed the connection"));
                }
                client.finish();
            } catch (IOException gone) {
                closeQuietly();
            }
        }

        private void closeQuietly() {
            try {
                client.close();
            } catch (IOException already) {
                // It is the end of the connection either way.
                return;
            }
        }

        @Override
        public void onData(int stream, byte[] bytes) throws IOException {
            if (stream == error) {
                hasVerdict = true;
                judge(bytes);
            } else if (stream == stdout) {
                say(Channels.STDOUT, bytes);
            } else if (stream == stderr) {
                say(Channels.STDERR, bytes);
            }
        }

        @Override
        public void onEnd(int stream) {
            // The end of all of them is the end of the connection.
        }

        private void judge(byte[] status) throws IOException {
            Optional<byte[]> verdict = protocol.verdict(status);
            if (verdict.isPresent()) {
                say(Channels.ERROR, verdict.get());
            }
        }

        private void say(int channel, byte[] bytes) throws IOException {
            client.send(protocol.message(channel, bytes));
        }
    }
}
