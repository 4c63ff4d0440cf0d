package dev.gantry.gateway.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.testkit.Patience;
import dev.gantry.testkit.SilentConnections;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The gateway waits twenty seconds for a first request, and the other tests not for this one. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class SilentConnectionsTest {
    @TempDir Path folder;

    @Test
    void whoShakesHandsAndAsksNothingIsShownTheDoor() throws Exception {
        try (var gateway = new RunningGateway(folder);
                var socket =
                        gateway.admin()
                                .getSocketFactory()
                                .createSocket("127.0.0.1", gateway.port())) {
            socket.setSoTimeout((int) Patience.LIMIT.toMillis());
            socket.getOutputStream().write("GET /version HTTP/1.1\r\nHost: ".getBytes(UTF_8));
            assertThat(SilentConnections.isEnded(socket)).isTrue();
        }
    }
}
