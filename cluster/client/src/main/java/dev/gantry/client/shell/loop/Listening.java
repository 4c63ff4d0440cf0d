package dev.gantry.client.shell.loop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;

/**
 * Waits until a server has opened its port, for those that start along with it.
 *
 * <p>Cost: a client that tries in vain backs off, and comes up to a second late in the end; and
 * each try takes from the server what it needs to start. A port that is closed says so for nothing.
 */
public final class Listening {
    /** Whoever is not there by then is away, and the client may complain of it as usual. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int CONNECT_MILLIS = 500;

    private Listening() {}

    /**
     * Returns once one of them listens, when the loop is closed, or when patience is at its end.
     */
    public static void await(Loop loop, List<InetSocketAddress> servers)
            throws InterruptedException {
        long began = System.nanoTime();
        while (servers.stream().noneMatch(Listening::isOpen)) {
            boolean isLate = System.nanoTime() - began > PATIENCE.toNanos();
            if (isLate || !loop.pause(PAUSE)) {
                return;
            }
        }
    }

    private static boolean isOpen(InetSocketAddress server) {
        var known = new InetSocketAddress(server.getHostString(), server.getPort());
        try (var socket = new Socket()) {
            socket.connect(known, CONNECT_MILLIS);
            return true;
        } catch (IOException notYet) {
            return false;
        }
    }
}
