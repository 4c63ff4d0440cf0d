package dev.gantry.bench.hostile.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A connection whose bytes are one's own: no client library would send these. */
final class Wire implements Closeable {
    private final Socket socket;

    Wire(Socket socket) {
        this.socket = socket;
    }

    void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads until the server has no more to say; returns the code of the answer's first line. */
    String answer() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] start = new byte[0];
        try {
            start = in.readNBytes("HTTP/1.1 200".length());
            byte[] rest = new byte[1 << 16];
            while (in.read(rest) >= 0) {
                continue;
            }
        } catch (SocketTimeoutException stillOpen) {
            return "open after " + code(start);
        }
        return code(start);
    }

    private static String code(byte[] start) {
        String line = new String(start, ISO_8859_1);
        return line.startsWith("HTTP/") && line.length() == 12 ? line.substring(9) : "no answer";
    }

    /** Leaves without a word of goodbye. */
    void abort() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
