package dev.gantry.acceptance.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.acceptance.Cluster;
import dev.gantry.acceptance.TestNamespace;
import dev.gantry.testkit.Patience;
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
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Somebody who means harm and has a token at most. Knows how to write HTTP badly. */
public final class Attacker implements AutoCloseable {
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
        return new Attacker(cluster, ns.kubectl("create", "token", name).strip());
    }

    /** A connection that shakes no hands. */
    public Socket plain() throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8 << 10);
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        sockets.add(socket);
        return socket;
    }

    /** Writes a request and reads nothing; {@code line} is method and path. */
    public Socket ask(String line, String... headers) throws IOException {
        return write(line + " HTTP/1.1", headers);
    }

    /** What comes back first: the status line, the headers, and the body where it is short. */
    public String answer(String line, String... headers) throws IOException {
        return read(ask(line, headers));
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
        byte[] some = new byte[16 << 10];
        int read = socket.getInputStream().read(some);
        return read < 0 ? "" : new String(some, 0, read, UTF_8);
    }

    @Override
    public void close() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }
}
