package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.spdy.SpdySession;
import dev.gantry.agent.stream.ChannelProtocol;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Ports of a pod as channels of a WebSocket: of the port at index i, 2i carries its bytes and 2i+1
 * what went wrong. One connection for each port, made at once.
 */
final class PortChannels implements SpdySession.Listener {
    private final WebSocket client;
    private final ChannelProtocol protocol;
    private final SpdySession session;
    private final List<Integer> ports;
    private final Map<Integer, Integer> streamOfChannel = new HashMap<>();
    private final Map<Integer, Integer> channelOfStream = new HashMap<>();
    private int open;

    PortChannels(
            WebSocket client, ChannelProtocol protocol, SpdySession session, List<Integer> ports) {
        this.client = client;
        this.protocol = protocol;
        this.session = session;
        this.ports = ports;
    }

    /** Returns when the client has left or all connections have ended. */
    void run() throws IOException, InterruptedException {
        for (int i = 0; i < ports.size(); i++) {
            // Compat: each channel begins with the number of its port, the lower byte first.
            int port = ports.get(i);
            byte[] greeting = {(byte) port, (byte) (port >> 8)};
            client.send(protocol.message(2 * i, greeting));
            client.send(protocol.message(2 * i + 1, greeting));
            // The runtime wants the two streams of a connection in this order.
            connect(2 * i + 1, open("error", port, i));
            connect(2 * i, open("data", port, i));
            open++;
        }
        Thread back = Thread.ofVirtual().name("port-channels").start(this::pump);
        try {
            for (Optional<byte[]> message = client.read();
                    message.isPresent();
                    message = client.read()) {
                accept(message.get());
            }
        } finally {
            session.close();
            back.join();
        }
    }

    @Override
    public void onData(int stream, byte[] bytes) throws IOException {
        Integer channel = channelOfStream.get(stream);
        if (channel != null) {
            client.send(protocol.message(channel, bytes));
        }
    }

    @Override
    public void onEnd(int stream) throws IOException {
        Integer channel = channelOfStream.get(stream);
        if (channel != null && channel % 2 == 0 && --open == 0) {
            session.close();
        }
    }

    private int open(String streamType, int port, int request) throws IOException {
        return session.open(
                new TreeMap<>(
                        Map.of(
                                "streamtype",
                                streamType,
                                "port",
                                Integer.toString(port),
                                "requestid",
                                Integer.toString(request))));
    }

    private void connect(int channel, int stream) {
        streamOfChannel.put(channel, stream);
        channelOfStream.put(stream, channel);
    }

    private void accept(byte[] message) throws IOException {
        int channel = protocol.channelOf(message);
        Integer stream = streamOfChannel.get(channel);
        if (stream == null || channel % 2 != 0) {
            return;
        }
        Optional<byte[]> bytes = protocol.payloadOf(message);
        if (bytes.isPresent()) {
            session.send(stream, bytes.get());
        }
    }

    private void pump() {
        try (client) {
            session.read(this);
            client.finish();
        } catch (IOException gone) {
            // Closing the client ends the thread that reads it: one side's end is the other's.
            return;
        }
    }
}
