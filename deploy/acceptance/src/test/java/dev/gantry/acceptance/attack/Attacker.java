package dev.gantry.acceptance.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.SilentConnections;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Somebody who means harm and has a token at most. Knows how to write HTTP badly. */
public final class Attacker implements AutoCloseable {
    /** Headers that ask for the conversation that kubectl has with a container. */
    static final String[] WEBSOCKET = {
        "Connection: Upgrade",
        "Upgrade: websocket",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Protocol: v5.channel.k8s.io"
    };

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    private final SSLContext tls;
    private final URI server;
    private final String token;
    private final List<Socket> sockets = new ArrayList<>();

    private Attacker(Cluster cluster, String token) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(cluster.home().resolve("pki/ca.crt"))) {
            trusted.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        var trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        this.tls = SSLContext.getInstance("TLS");
        this.tls.init(null, trust.getTrustManagers(), null);
        this.server =
                URI.create(
                        cluster.kubectl(
                                "config", "view", "-o", "jsonpath={.clusters[0].cluster.server}"));
        this.token = token;
    }

    /** Without any credential. */
    public static Attacker nobody(Cluster cluster) throws Exception {
        return new Attacker(cluster, "");
    }

    /** With a token that nobody issued. */
    public static Attacker liar(Cluster cluster) throws Exception {
        return new Attacker(cluster, "made.up.token");
    }

    /** With the token of a new service account of that name. */
    public static Attacker account(Cluster cluster, TestNamespace ns, String name)
            throws Exception {
        ns.kubectl("create", "serviceaccount", name);
        return bearer(cluster, ns.kubectl("create", "token", name).strip());
    }

    /** With a token that came from somewhere. */
    public static Attacker bearer(Cluster cluster, String token) throws Exception {
        return new Attacker(cluster, token);
    }

    private Attacker(SSLContext tls, URI server, String token) {
        this.tls = tls;
        this.server = server;
        this.token = token;
    }

    /** The same somebody, who asks another server of the cluster. */
    Attacker at(String host, int port) {
        return new Attacker(tls, URI.create("https://%s:%d".formatted(host, port)), token);
    }

    private Socket plain() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 << 10);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        sockets.add(socket);
        return socket;
    }

    /** Many connections that shake no hands. */
    SilentConnections silence(int connections) throws IOException {
        return new SilentConnections(server.getHost(), server.getPort(), connections);
    }

    /** Writes a request and reads nothing; {@code line} is method and path. */
    public Socket ask(String line, String... headers) throws IOException {
        return write(line + " HTTP/1.1", headers);
    }

    /** What comes back: the status line, the headers, and the body where its length is told. */
    public String answer(String line, String... headers) throws IOException {
        return read(ask(line, headers));
    }

    /** As an answer, to a request with a body. */
    public String answerTo(String line, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        String[] headers = {"Content-Type: " + contentType, "Content-Length: " + bytes.length};
        Socket socket = ask(line, headers);
        socket.getOutputStream().write(bytes);
        return read(socket);
    }

    Socket write(String requestLine, String... headers) throws IOException {
        Socket socket =
                tls.getSocketFactory()
                        .createSocket(plain(), server.getHost(), server.getPort(), true);
        StringBuilder head = new StringBuilder(requestLine + "\r\nHost: gantry\r\n");
        if (!token.isEmpty()) {
            head.append("Authorization: Bearer " + token + "\r\n");
        }
        for (String each : headers) {
            head.append(each + "\r\n");
        }
        socket.getOutputStream().write(head.append("\r\n").toString().getBytes(UTF_8));
        return socket;
    }

    static String read(Socket socket) throws IOException {
        var all = new ByteArrayOutputStream();
        byte[] some = new byte[16 << 10];
        while (!isWhole(all.toString(UTF_8))) {
            int read = socket.getInputStream().read(some);
            if (read < 0) {
                break;
            }
            all.write(some, 0, read);
        }
        return all.toString(UTF_8);
    }

    /** With its body as far as its length is told; a stream is whole with its headers. */
    private static boolean isWhole(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        Matcher length = LENGTH.matcher(end < 0 ? "" : answer.substring(0, end));
        int body = answer.length() - end - "\r\n\r\n".length();
        return end >= 0 && (!length.find() || body >= Integer.parseInt(length.group(1)));
    }

    @Override
    public void close() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }
}
