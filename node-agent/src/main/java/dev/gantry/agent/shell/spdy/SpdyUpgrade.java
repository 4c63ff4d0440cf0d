package dev.gantry.agent.shell.spdy;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.List;

/** Turns an HTTP connection to the runtime's streaming server into one that speaks SPDY. */
public final class SpdyUpgrade {
    /** What either side of such a connection upgrades to. */
    public static final String SPDY = "SPDY/3.1";

    /** The header in which both sides tell what they speak inside of SPDY. */
    public static final String PROTOCOL = "X-Stream-Protocol-Version";

    private static final int MAX_HEAD_BYTES = 16384;
    private static final int MAX_REASON_BYTES = 2000;

    private SpdyUpgrade() {}

    /**
     * The connection right after the answer's head. The stream behind it may already hold bytes of
     * what follows.
     *
     * @param protocol that the server chose; empty where it named none
     */
    public record Upgraded(Dialer.Connection connection, InputStream in, String protocol)
            implements Dialer.Connection {
        @Override
        public OutputStream out() throws IOException {
            return connection.out();
        }

        @Override
        public void close() throws IOException {
            connection.close();
        }
    }

    /**
     * Throws with the server's words where it refuses.
     *
     * @param protocols such as {@code v4.channel.k8s.io}, of which one goes on inside of SPDY, best
     *     ones first
     */
    public static Upgraded connect(Dialer dialer, String url, List<String> protocols)
            throws IOException {
        URI uri = URI.create(url);
        Dialer.Connection connection = dialer.dial(uri.getHost(), uri.getPort());
        try {
            String request =
                    """
                    POST %s HTTP/1.1\r
                    Host: %s\r
                    Connection: Upgrade\r
                    Upgrade: %s\r
                    %sContent-Length: 0\r
                    \r
                    """
                            .formatted(
                                    uri.getRawPath(), uri.getAuthority(), SPDY, lines(protocols));
            connection.out().write(request.getBytes(US_ASCII));
            connection.out().flush();
            var in = new BufferedInputStream(connection.in());
            String head = readHead(in);
            if (!head.startsWith("HTTP/1.1 101 ")) {
                String reason =
                        new String(
                                in.readNBytes(Math.min(MAX_REASON_BYTES, in.available())), UTF_8);
                throw new IOException(
                        "the runtime's streaming server said "
                                + head.lines().findFirst().orElse("nothing")
                                + " "
                                + reason.strip());
            }
            return new Upgraded(connection, in, chosen(head));
        } catch (IOException refused) {
            connection.close();
            throw refused;
        }
    }

    private static String lines(List<String> protocols) {
        return protocols.stream().map(each -> PROTOCOL + ": " + each + "\r\n").collect(joining());
    }

    private static String chosen(String head) {
        return head.lines()
                .filter(
                        line ->
                                line.regionMatches(
                                        true, 0, PROTOCOL + ":", 0, PROTOCOL.length() + 1))
                .map(line -> line.substring(PROTOCOL.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static String readHead(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0 || head.size() > MAX_HEAD_BYTES) {
                throw new IOException("the runtime's streaming server broke off");
            }
            head.write(next);
            boolean isExpected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = isExpected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(US_ASCII);
    }
}
