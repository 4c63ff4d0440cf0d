package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.gantry.model.exchange.ApiReply;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.SSLContext;

/**
 * Measures what the gateway alone can do: {@code java ... LoadProbe [GET|POST] [connections]
 * [seconds]}. Not a test: its numbers depend on the machine.
 */
final class LoadProbe {
    private static final byte[] OBJECT =
            ("{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"a\"},\"data\":{\"k\":\""
                            + "v".repeat(800)
                            + "\"}}")
                    .getBytes(US_ASCII);

    private LoadProbe() {}

    public static void main(String[] args) throws Exception {
        String method = args.length > 0 ? args[0] : "GET";
        int connections = args.length > 1 ? Integer.parseInt(args[1]) : 16;
        Duration length = Duration.ofSeconds(args.length > 2 ? Long.parseLong(args[2]) : 8);
        TestPki pki = new TestPki(Files.createTempDirectory("load-probe"));
        var reply = new ApiReply.Whole(200, "application/json", new TreeMap<>(), OBJECT);
        try (var context =
                GatewayMain.start(
                        Optional.of(_ -> reply),
                        "--gantry.pki.dir=" + pki.folder(),
                        "--gantry.gateway.addresses=127.0.0.1",
                        "--gantry.gateway.change-feed=false",
                        "--gantry.gateway.port=0")) {
            int port = context.getBean(Gateway.class).port();
            SSLContext tls = pki.clientOf("CN=admin,O=system:masters");
            for (int round = 0; round < 3; round++) {
                measure(method, connections, length, port, tls);
            }
        }
        System.exit(0);
    }

    private static void measure(
            String method, int connections, Duration length, int port, SSLContext tls)
            throws InterruptedException {
        LongAdder done = new LongAdder();
        long end = System.nanoTime() + length.toNanos();
        Thread[] clients = new Thread[connections];
        for (int i = 0; i < connections; i++) {
            clients[i] = Thread.ofPlatform().start(() -> drive(method, port, tls, end, done));
        }
        for (Thread each : clients) {
            each.join();
        }
        System.out.printf(
                "%s x%d: %.0f/s%n", method, connections, done.sum() / (double) length.toSeconds());
    }

    private static void drive(String method, int port, SSLContext tls, long end, LongAdder done) {
        String body = method.equals("POST") ? new String(OBJECT, US_ASCII) : "";
        String path = "/api/v1/namespaces/default/configmaps" + (body.isEmpty() ? "/a" : "");
        byte[] request =
                (method
                                + " "
                                + path
                                + " HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n"
                                + "User-Agent: probe\r\nContent-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n\r\n"
                                + body)
                        .getBytes(US_ASCII);
        try (var socket = tls.getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(request);
                skipReply(in);
                done.increment();
            }
        } catch (IOException fault) {
            fault.printStackTrace();
        }
    }

    private static void skipReply(InputStream in) throws IOException {
        int length = 0;
        String line = line(in);
        if (!line.contains(" 200 ")) {
            throw new IOException(line);
        }
        while (!(line = line(in)).isEmpty()) {
            if (line.regionMatches(true, 0, "content-length: ", 0, 16)) {
                length = Integer.parseInt(line.substring(16));
            }
        }
        in.skipNBytes(length);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder found = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("closed");
            }
            if (c != '\r') {
                found.append((char) c);
            }
        }
        return found.toString();
    }
}
