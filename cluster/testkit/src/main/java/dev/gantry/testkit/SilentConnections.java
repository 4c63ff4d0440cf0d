package dev.gantry.testkit;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections that say nothing, opened one after another, and which of them the server ends. */
public final class SilentConnections implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();
    private final BlockingQueue<Integer> ended = new LinkedBlockingQueue<>();

    public SilentConnections(String host, int port, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket(host, port);
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            sockets.add(socket);
            int number = i;
            Thread.ofVirtual().start(() -> watch(socket, number));
        }
    }

    /**
     * Whether the first few that the server ends were all opened after so many others. So it is
     * where the server has no room for more. Where opening them takes longer than it waits for a
     * word, which may be on a busy machine, it ends the oldest first, and this tells nothing: ask
     * with new connections.
     */
    public boolean areEndedFromTheYoungest(int few, int after) throws InterruptedException {
        for (int i = 0; i < few; i++) {
            @Nullable Integer next = ended.poll(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (next == null || next < after) {
                return false;
            }
        }
        return true;
    }

    /** Waits for the server; false where the connection is open after the socket's own timeout. */
    public static boolean isEnded(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        for (Socket each : sockets) {
            each.close();
        }
    }

    private void watch(Socket socket, int number) {
        if (isEnded(socket)) {
            ended.add(number);
        }
    }
}
