package dev.gantry.bench.client;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 connection, one request at a time. It does as little as it can, since the measuring
 * client shares the machine's cores with what it measures.
 */
public final class RawConnection implements AutoCloseable {
    private static final int HANDSHAKE_MILLIS = 10_000;

    private final SSLSocket socket;
    private final BufferedInputStream in;
    private final OutputStream out;
    private final String fixedHeaders;
    private final ChunkedLines lines;
    private byte[] line = new byte[512];
    private long received;

    /**
     * @param token empty where the sockets show a certificate
     */
    RawConnection(SSLSocketFactory sockets, String host, int port, String token)
            throws IOException {
        socket = (SSLSocket) sockets.createSocket(host, port);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(HANDSHAKE_MILLIS);
        socket.startHandshake();
        socket.setSoTimeout(0);
        in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        lines = new ChunkedLines(in);
        out = socket.getOutputStream();
        String authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
        fixedHeaders = "Host: " + host + "\r\nAccept: application/json\r\n" + authorization;
    }

    /** Whoever waits longer than that for the next bytes gets an exception. */
    public RawConnection patience(Duration limit) throws IOException {
        socket.setSoTimeout(Math.toIntExact(limit.toMillis()));
        return this;
    }

    /** Sends, reads the whole answer, returns its code. */
    public int exchange(String method, String path, byte[] body) throws IOException {
        send(method, path, body);
        int code = status();
        long length = -1;
        boolean isChunked = false;
        for (String header = readLine(); !header.isEmpty(); header = readLine()) {
            if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
                length = Long.parseLong(header.substring(15).strip());
            } else if (header.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
                isChunked = header.endsWith("chunked");
            }
        }
        if (isChunked) {
            for (int size = skipChunk(); size > 0; size = skipChunk()) {
                received += size;
            }
        } else {
            in.skipNBytes(Math.max(0, length));
            received += Math.max(0, length);
        }
        return code;
    }

    /** How many bytes the bodies of all exchanges had. */
    public long received() {
        return received;
    }

    /** Sends, reads the head of the answer; its lines are then read with {@link #nextLine}. */
    public int open(String path) throws IOException {
        send("GET", path, new byte[0]);
        int code = status();
        while (!readLine().isEmpty()) {
            continue;
        }
        return code;
    }

    /** The next line of the body; null at its end. */
    public @Nullable String nextLine() throws IOException {
        return lines.next() ? lines.text() : null;
    }

    /** The lines of the body that {@link #open} began. */
    public ChunkedLines lines() {
        return lines;
    }

    /** Returns the size of the next chunk of a chunked body; zero at its end. */
    private int skipChunk() throws IOException {
        int size = Integer.parseInt(readLine(), 16);
        in.skipNBytes(size);
        readLine();
        return size;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void send(String method, String path, byte[] body) throws IOException {
        String head =
                method
                        + " "
                        + path
                        + " HTTP/1.1\r\n"
                        + fixedHeaders
                        + (body.length == 0
                                ? "\r\n"
                                : "Content-Type: "
                                        + contentType(method)
                                        + "\r\nContent-Length: "
                                        + body.length
                                        + "\r\n\r\n");
        byte[] bytes = head.getBytes(StandardCharsets.ISO_8859_1);
        byte[] whole = Arrays.copyOf(bytes, bytes.length + body.length);
        System.arraycopy(body, 0, whole, bytes.length, body.length);
        out.write(whole);
        out.flush();
    }

    private static String contentType(String method) {
        return method.equals("PATCH") ? "application/merge-patch+json" : "application/json";
    }

    private int status() throws IOException {
        String status = readLine();
        return Integer.parseInt(status.substring(9, 12));
    }

    private String readLine() throws IOException {
        int length = 0;
        while (true) {
            int c = in.read();
            if (c < 0) {
                throw new EOFException("the server closed the connection");
            }
            if (c == '\n') {
                int end = length > 0 && line[length - 1] == '\r' ? length - 1 : length;
                return new String(line, 0, end, StandardCharsets.ISO_8859_1);
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = (byte) c;
        }
    }
}
