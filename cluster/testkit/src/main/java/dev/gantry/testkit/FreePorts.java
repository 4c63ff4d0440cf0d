package dev.gantry.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that cannot choose their own, because others must know it beforehand or find
 * them there again after a restart.
 *
 * <p>Invariant: none is of the range that Linux gives to connections (from 32768). One of those may
 * be gone between the look and the bind, or while its server is away: to a stranger, or to a client
 * that tries to reach the server and meets itself.
 */
public final class FreePorts {
    private static final int FIRST = 20_000;
    private static final int COUNT = 10_000;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /** One that is free on all addresses, for TCP and UDP, and given to nobody else in this JVM. */
    public static int next() {
        for (int look = 0; look < COUNT; look++) {
            int port = FIRST + ThreadLocalRandom.current().nextInt(COUNT);
            if (GIVEN.add(port) && isFree(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no port is free from " + FIRST + " on");
    }

    private static boolean isFree(int port) {
        try (var streams = new ServerSocket(port);
                var datagrams = new DatagramSocket(new InetSocketAddress(port))) {
            return streams.isBound() && datagrams.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
