package dev.gantry.agent.shell.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections whose other end has not shown the gateway's certificate: few, and each for a moment.
 *
 * <p>Where there are too many, the oldest leaves, and never the newest is refused: who means well
 * is done with its handshake long before others have pushed it out.
 */
final class Strangers {
    private static final Logger LOG = LoggerFactory.getLogger(Strangers.class);

    /** A household has that much of an IPv6 address. */
    private static final int NETWORK_BYTES = 8;

    private final Limits limits;
    private final Map<Socket, Instant> since = new LinkedHashMap<>();

    /**
     * @param patience from the first packet to the answer, handshake included
     */
    record Limits(int all, int perAddress, Duration patience) {
        static final Limits DEFAULT = new Limits(128, 64, Duration.ofSeconds(10));
    }

    Strangers(Limits limits) {
        this.limits = limits;
    }

    /** To be followed by {@link #leave} in any case. */
    void enter(Socket socket, Instant now) {
        List<Socket> leaving = new ArrayList<>();
        synchronized (this) {
            since.put(socket, now);
            List<Socket> neighbours = matching(each -> isNeighbour(each, socket));
            if (neighbours.size() > limits.perAddress()) {
                leaving.add(neighbours.getFirst());
            } else if (since.size() > limits.all()) {
                leaving.add(since.keySet().iterator().next());
            }
            leaving.forEach(since::remove);
        }
        leaving.forEach(Strangers::close);
    }

    /** It is none any more, or is gone. */
    synchronized void leave(Socket socket) {
        since.remove(socket);
    }

    void endOverdue(Instant now) {
        List<Socket> overdue = new ArrayList<>();
        synchronized (this) {
            since.forEach(
                    (socket, entered) -> {
                        if (!entered.plus(limits.patience()).isAfter(now)) {
                            overdue.add(socket);
                        }
                    });
            overdue.forEach(since::remove);
        }
        overdue.forEach(Strangers::close);
    }

    private List<Socket> matching(Predicate<Socket> wanted) {
        return since.keySet().stream().filter(wanted).toList();
    }

    private static boolean isNeighbour(Socket one, Socket other) {
        return Arrays.equals(network(one), network(other));
    }

    private static byte[] network(Socket socket) {
        InetAddress address = socket.getInetAddress();
        byte[] bytes = address == null ? new byte[0] : address.getAddress();
        return bytes.length > NETWORK_BYTES ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException already) {
            LOG.trace("{} was closed already", socket, already);
        }
    }
}
