package dev.gantry.bench.hostile.client;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Where hostile clients are at work: how they reach the server, what they know, what they hold open
 * and what they were answered. Many threads share one.
 */
public final class Ground implements Closeable {
    /** Connections held open at most: one more, and the oldest is given up. */
    static final int MOST_HELD = 400;

    private static final int TIMEOUT_MILLIS = 5_000;
    private static final int SMALL_BUFFER = 4_096;

    private final Server server;
    private final String token;
    private final String namespace;
    private final Deque<Wire> held = new ArrayDeque<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final Random random = new Random(1);

    /** Sockets of somebody who trusts every server and shows no certificate. */
    public record Server(String host, int port, SSLSocketFactory sockets) {}

    /**
     * @param token what is shown, be it worth something or not
     * @param namespace where that token is worth something
     */
    public Ground(Server server, String token, String namespace) {
        this.server = server;
        this.token = token;
        this.namespace = namespace;
    }

    /** How often each answer came. */
    public synchronized Map<String, Integer> answers() {
        return new TreeMap<>(answers);
    }

    /** Ends what is held open. */
    @Override
    public synchronized void close() throws IOException {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }

    Wire tcp() throws IOException {
        return new Wire(connected());
    }

    /** After the handshake; {@code protocols} are offered to the server. */
    Wire tls(String... protocols) throws IOException {
        Socket below = connected();
        try {
            var socket =
                    (SSLSocket)
                            server.sockets()
                                    .createSocket(below, server.host(), server.port(), true);
            SSLParameters offered = socket.getSSLParameters();
            offered.setApplicationProtocols(protocols);
            socket.setSSLParameters(offered);
            socket.startHandshake();
            return new Wire(socket);
        } catch (IOException refused) {
            below.close();
            throw refused;
        }
    }

    /** Sends one request with a body, and takes the answer down. */
    void exchange(String method, String path, String type, byte[] body) throws IOException {
        try (Wire wire = tls()) {
            wire.send(
                    head(method, path)
                            + "Connection: close\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                                    .formatted(type, body.length));
            wire.send(body);
            note(wire.answer());
        }
    }

    /** The first lines of a request; the empty line that ends them is left to the caller. */
    String head(String method, String path) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nAccept: application/json\r\n%s"
                .formatted(method, path, server.host(), authorization());
    }

    String token() {
        return token;
    }

    String configMaps() {
        return "/api/v1/namespaces/" + namespace + "/configmaps";
    }

    /** Never the same twice. */
    int number() {
        return numbers.incrementAndGet();
    }

    synchronized int below(int bound) {
        return random.nextInt(bound);
    }

    void hold(Wire wire) throws IOException {
        Wire oldest = null;
        synchronized (this) {
            held.add(wire);
            if (held.size() > MOST_HELD) {
                oldest = held.poll();
            }
        }
        if (oldest != null) {
            oldest.close();
        }
    }

    /** Takes down what came of an attempt. */
    public synchronized void note(String answer) {
        answers.merge(answer, 1, Integer::sum);
    }

    private String authorization() {
        return token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
    }

    private Socket connected() throws IOException {
        var socket = new Socket();
        try {
            socket.setReceiveBufferSize(SMALL_BUFFER);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            var there = new InetSocketAddress(server.host(), server.port());
            if (there.getAddress() != null && there.getAddress().isLoopbackAddress()) {
                socket.bind(new InetSocketAddress(ownAddress(there.getAddress()), 0));
            }
            socket.connect(there, TIMEOUT_MILLIS);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }

    /** Any in 127.0.0.0/8 is this machine's; IPv6 has just one. */
    private static InetAddress ownAddress(InetAddress server) throws IOException {
        return server.getAddress().length == 4
                ? InetAddress.getByAddress(new byte[] {127, 0, 0, 66})
                : server;
    }
}
