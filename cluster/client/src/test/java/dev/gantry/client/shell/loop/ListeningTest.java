package dev.gantry.client.shell.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.FreePorts;
import dev.gantry.testkit.Patience;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class ListeningTest {
    private final Loop loop = new Loop("waits", () -> {});
    private final int port = FreePorts.next();

    @Test
    void asksUntilTheServerListens() throws Exception {
        Thread waiting = start();
        try (var server = new ServerSocket(port)) {
            server.setSoTimeout((int) Patience.LIMIT.toMillis());
            server.accept().close();
            assertThat(waiting.join(Patience.LIMIT)).isTrue();
        }
    }

    @Test
    void waitsForNobodyOnceTheLoopIsClosed() throws Exception {
        Thread waiting = start();
        loop.close();
        assertThat(waiting.join(Patience.LIMIT)).isTrue();
    }

    private Thread start() {
        var server = InetSocketAddress.createUnresolved("127.0.0.1", port);
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                Listening.await(loop, List.of(server));
                            } catch (InterruptedException closing) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }
}
