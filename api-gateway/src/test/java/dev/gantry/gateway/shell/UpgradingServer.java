package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/**
 * Agrees to any upgrade and then echoes what comes until it hears {@link #GOODBYE}, after which it
 * says it once more and hangs up. Paths that end in a number are answered with that status instead.
 */
final class UpgradingServer implements AutoCloseable {
    /** Is sent in one piece with the head of the answer. */
    static final String GREETING = "\0greeting\n";

    static final byte GOODBYE = 4;

    final List<String> heads = new CopyOnWriteArrayList<>();
    private final ServerSocket listener;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    UpgradingServer(SSLContext tls) throws IOException {
        listener =
                tls.getServerSocketFactory()
                        .createServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                threads.execute(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = socket.getOutputStream();
            String head = head(in);
            heads.add(head);
            String path = head.split(" ")[1];
            String last = path.substring(path.lastIndexOf('/') + 1);
            if (last.matches("\\d+")) {
                String refusal =
                        "HTTP/1.1 %s No\r\nX-Reason: none\r\nContent-Length: 3\r\n\r\nno\n";
                out.write(refusal.formatted(last).getBytes(ISO_8859_1));
                return;
            }
            String agreed =
                    "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n"
                            + "Upgrade: SPDY/3.1\r\nX-Stream-Protocol-Version: v4\r\n\r\n"
                            + GREETING;
            out.write(agreed.getBytes(ISO_8859_1));
            echo(in, out);
        } catch (IOException left) {
            // The gateway hung up, or did not believe the certificate.
        }
    }

    private static void echo(InputStream in, OutputStream out) throws IOException {
        byte[] some = new byte[8 << 10];
        for (int read = in.read(some); read >= 0; read = in.read(some)) {
            out.write(some, 0, read);
            if (some[read - 1] == GOODBYE) {
                return;
            }
        }
    }

    /** Up to the empty line. */
    static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        threads.shutdownNow();
    }
}
