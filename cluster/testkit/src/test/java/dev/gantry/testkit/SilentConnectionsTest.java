package dev.gantry.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilentConnectionsTest {
    private static final int COUNT = 6;

    @Test
    void tellsAServerThatHasNoRoomForMore() throws Exception {
        assertThat(areEndedFromTheYoungest(List.of(4, 5))).isTrue();
    }

    @Test
    void tellsNothingOfAServerThatIsTiredOfWaiting() throws Exception {
        assertThat(areEndedFromTheYoungest(List.of(0, 5))).isFalse();
    }

    private static boolean areEndedFromTheYoungest(List<Integer> ended) throws Exception {
        var loopback = InetAddress.getLoopbackAddress();
        List<Socket> accepted = new ArrayList<>();
        try (var server = new ServerSocket(0, COUNT, loopback);
                var silent =
                        new SilentConnections(
                                loopback.getHostAddress(), server.getLocalPort(), COUNT)) {
            for (int i = 0; i < COUNT; i++) {
                accepted.add(server.accept());
            }
            for (int each : ended) {
                accepted.get(each).close();
            }
            return silent.areEndedFromTheYoungest(2, 4);
        } finally {
            for (Socket each : accepted) {
                each.close();
            }
        }
    }
}
