package dev.gantry.agent.shell.http;

import dev.gantry.agent.shell.spdy.Dialer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * A client and the runtime that hear each other's bytes. Either side's end is the end of both.
 * Nothing is kept in between: a slow side slows the other.
 */
final class RawTunnel {
    /** Compat: the kubelet's {@code streamingConnectionIdleTimeout}. */
    static final Duration IDLE = Duration.ofHours(4);

    private static final int BUFFER_BYTES = 32768;

    private RawTunnel() {}

    /** Returns once both are closed. */
    static void join(RawClient client, Dialer.Connection runtime) throws IOException {
        Thread back = Thread.ofVirtual().name("tunnel").start(() -> pump(runtime, client));
        try {
            forward(client, runtime);
        } finally {
            // Ends the thread that reads from the runtime, too.
            runtime.close();
            await(back);
        }
    }

    private static void forward(RawClient client, Dialer.Connection runtime) throws IOException {
        for (Optional<byte[]> bytes = client.read(); bytes.isPresent(); bytes = client.read()) {
            runtime.out().write(bytes.get());
            runtime.out().flush();
        }
    }

    private static void pump(Dialer.Connection runtime, RawClient client) {
        try (client) {
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream in = runtime.in();
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                client.send(Arrays.copyOf(buffer, count));
            }
            client.finish();
        } catch (IOException gone) {
            // One side's end is the other's; closing the client ends the thread that reads it.
            return;
        }
    }

    static void await(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }
}
