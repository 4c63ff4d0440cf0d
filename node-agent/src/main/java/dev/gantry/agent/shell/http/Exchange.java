package dev.gantry.agent.shell.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.stream.ChannelProtocol;
import dev.gantry.agent.stream.FrameHead;
import dev.gantry.agent.stream.RequestHead;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** HTTP/1.1 on one connection, one request after the other. Used by one thread. */
final class Exchange {
    private static final int MAX_BODY_BYTES = 65536;

    /** From RFC 6455: proves that the server understood the request as one for a WebSocket. */
    private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final int maxHeadBytes;
    private boolean isKeptAlive = true;

    Exchange(Socket socket, int maxHeadBytes) throws IOException {
        this.socket = socket;
        this.maxHeadBytes = maxHeadBytes;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Whether another request may follow. */
    boolean isKeptAlive() {
        return isKeptAlive;
    }

    /** Empty where the client has left, or does not speak HTTP/1.1. */
    Optional<RequestHead> read() throws IOException {
        var head = new ByteArrayOutputStream();
        int matched = 0;
        while (matched < 4) {
            int next = in.read();
            if (next < 0) {
                return Optional.empty();
            }
            if (head.size() >= maxHeadBytes) {
                isKeptAlive = false;
                reply(431, "text/plain", "the request is too long\n".getBytes(US_ASCII));
                return Optional.empty();
            }
            head.write(next);
            boolean isExpected = next == (matched % 2 == 0 ? '\r' : '\n');
            matched = isExpected ? matched + 1 : next == '\r' ? 1 : 0;
        }
        byte[] bytes = head.toByteArray();
        Optional<RequestHead> request =
                RequestHead.parse(new String(bytes, 0, bytes.length - 4, UTF_8));
        if (request.isPresent()) {
            skipBody(request.get());
        }
        return request;
    }

    void reply(int code, String type, byte[] body) throws IOException {
        String head =
                "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
                        .formatted(code, reason(code), type, body.length, connection());
        out.write(head.getBytes(US_ASCII));
        out.write(body);
        out.flush();
    }

    /**
     * A body whose length is not known yet. It ends the connection with it, so that a client that
     * left is noticed by {@link #awaitClientLeaving} alone.
     */
    Chunked replyChunked(String type) throws IOException {
        isKeptAlive = false;
        String head =
                "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n%s\r\n"
                        .formatted(type, connection());
        out.write(head.getBytes(US_ASCII));
        out.flush();
        return new Chunked(out);
    }

    /** Blocks until the client closes the connection; to be called by a thread of its own. */
    void awaitClientLeaving() {
        try {
            socket.setSoTimeout(0);
            while (in.read() >= 0) {
                // What a client says while it is being answered has no meaning.
                continue;
            }
        } catch (IOException gone) {
            // Gone is what was waited for.
            return;
        }
    }

    /** In the form that the protocol's messages have. */
    WebSocket upgrade(RequestHead request, ChannelProtocol protocol) throws IOException {
        int opcode = protocol.isText() ? FrameHead.TEXT : FrameHead.BINARY;
        return upgrade(request, protocol.wire(), opcode);
    }

    /**
     * @param protocol empty where the client named none
     * @param opcode of the messages that are sent
     */
    WebSocket upgrade(RequestHead request, String protocol, int opcode) throws IOException {
        isKeptAlive = false;
        String chosen = protocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + protocol + "\r\n";
        String head =
                """
                HTTP/1.1 101 Switching Protocols\r
                Upgrade: websocket\r
                Connection: Upgrade\r
                Sec-WebSocket-Accept: %s\r
                %s\r
                """
                        .formatted(accept(request.header("sec-websocket-key")), chosen);
        out.write(head.getBytes(US_ASCII));
        out.flush();
        return new WebSocket(socket, in, out, opcode);
    }

    static boolean wantsWebSocket(RequestHead request) {
        return request.header("upgrade").equalsIgnoreCase("websocket")
                && !request.header("sec-websocket-key").isEmpty();
    }

    private void skipBody(RequestHead request) throws IOException {
        String length = request.header("content-length");
        if (!request.header("transfer-encoding").isEmpty()) {
            throw new SocketException("a chunked request body, where none is expected");
        }
        if (!length.isEmpty() && !length.equals("0")) {
            long bytes = length.length() < 10 ? Long.parseLong(length) : Long.MAX_VALUE;
            if (bytes > MAX_BODY_BYTES) {
                throw new SocketException("a request body of " + length + " bytes");
            }
            in.skipNBytes(bytes);
        }
        isKeptAlive = !request.header("connection").equalsIgnoreCase("close");
    }

    private String connection() {
        return isKeptAlive ? "" : "Connection: close\r\n";
    }

    private static String accept(String key) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1")
                            .digest((key + WEB_SOCKET).getBytes(US_ASCII));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-1", missing);
        }
    }

    private static String reason(int code) {
        return switch (code) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 403 -> "Forbidden";
            case 404 -> "Not Found";
            case 431 -> "Request Header Fields Too Large";
            case 405 -> "Method Not Allowed";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }
}
