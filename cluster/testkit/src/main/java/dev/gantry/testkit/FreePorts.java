package dev.gantry.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

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
    private static final int SLICES = 8;
    private static final int COUNT = 10_000 / SLICES;
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();
    private static final Slice SLICE = Slice.take();

    private FreePorts() {}

    /**
     * What this JVM alone gives away of: the tests of several modules run at once. The lock goes
     * with the process, however it ends.
     */
    private record Slice(int number, @Nullable FileChannel locked) {
        static Slice take() {
            for (int i = 0; i < SLICES; i++) {
                Path file = Path.of(System.getProperty("java.io.tmpdir"), "gantry-ports-" + i);
                try {
                    FileChannel channel =
                            FileChannel.open(
                                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    if (channel.tryLock() != null) {
                        return new Slice(i, channel);
                    }
                    channel.close();
                } catch (IOException ofAnotherUser) {
                    continue;
                }
            }
            return new Slice((int) (ProcessHandle.current().pid() % SLICES), null);
        }

        int any() {
            return FIRST + number * COUNT + ThreadLocalRandom.current().nextInt(COUNT);
        }
    }

    /** One that is free on all addresses, for TCP and UDP, and given to nobody else in this JVM. */
    public static int next() {
        for (int look = 0; look < 10 * COUNT; look++) {
            int port = SLICE.any();
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
