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
 * Connections whose other end is not the gateway, and has not asked yet what it may ask: few, and
 * each for a short time.
 *
 * <p>Where there are too many, the oldest is closed, and the newest is never refused: an honest
 * client is done with its handshake long before others could push it out.
 */
final class UnauthenticatedConnections {
    private static final Logger LOG = LoggerFactory.getLogger(UnauthenticatedConnections.class);

    /** One subscriber usually has a whole /64 of IPv6 addresses: they count as one. */
    private static final int NETWORK_BYTES = 8;

    private final Limits limits;
    private final Map<Socket, Instant> since = new LinkedHashMap<>();

    /**
     * @param deadline from the first packet to the answer, handshake included
     */
    record Limits(int all, int perAddress, Duration deadline) {
        static final Limits DEFAULT = new Limits(128, 64, Duration.ofSeconds(10));
    }

    UnauthenticatedConnections(Limits limits) {
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
        leaving.forEach(UnauthenticatedConnections::close);
    }

    /** The connection is authenticated now, or has ended. */
    synchronized void leave(Socket socket) {
        since.remove(socket);
    }

    void endOverdue(Instant now) {
        List<Socket> overdue = new ArrayList<>();
        synchronized (this) {
            since.forEach(
                    (socket, entered) -> {
                        if (!entered.plus(limits.deadline()).isAfter(now)) {
                            overdue.add(socket);
                        }
                    });
            overdue.forEach(since::remove);
        }
        overdue.forEach(UnauthenticatedConnections::close);
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
