package dev.gantry.bench.hostile.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.bench.client.Cluster;
import dev.gantry.bench.client.ClusterChoice;
import dev.gantry.bench.hostile.client.Hostile.Caller;
import dev.gantry.testkit.TlsServer;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind once, against a server that answers everything. */
final class HostileTest {
    @TempDir private Path folder;
    private TlsServer server;
    private Ground ground;

    @BeforeEach
    void serve() throws IOException, GeneralSecurityException {
        server = new TlsServer(folder);
        Cluster there = Cluster.of(new ClusterChoice.Address(server.url(), "ignored"));
        var place = new Ground.Server(there.host(), there.port(), there.sockets());
        ground = new Ground(place, "of-a-guest", "somewhere");
    }

    @AfterEach
    void stop() throws IOException {
        ground.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void makesOneAttemptAndTakesDownWhatCameOfIt(Hostile kind) throws IOException {
        kind.attempt(ground);

        assertThat(ground.answers().values()).containsExactly(1);
    }

    static List<Hostile> kinds() {
        // The server of this test has no HTTP/2, and hangs up on who tries.
        return Hostile.all().stream().filter(kind -> !(kind instanceof StreamReset)).toList();
    }

    @Test
    void amplifiersShowTheTokenAndHearTheAnswer() throws IOException {
        for (Hostile kind :
                List.of(
                        CostlyBody.manyOwners(),
                        CostlyBody.manyFaults(),
                        CostlyBody.copyingPatch())) {
            assertThat(kind.caller()).isEqualTo(Caller.USER);
            kind.attempt(ground);
        }

        assertThat(server.callers())
                .extracting(TlsServer.Caller::authorization)
                .containsExactly("Bearer of-a-guest", "Bearer of-a-guest", "Bearer of-a-guest");
        assertThat(ground.answers()).containsEntry("200", 3);
    }

    @Test
    void areToldApartByTheirNames() {
        assertThat(Hostile.all()).extracting(Hostile::name).doesNotHaveDuplicates();
    }

    @Test
    void holdOnlySoManyConnections() throws IOException {
        Wire first = ground.tcp();
        ground.hold(first);
        for (int i = 0; i < Ground.MOST_HELD; i++) {
            ground.hold(ground.tcp());
        }

        assertThatThrownBy(() -> first.send("still there?")).isInstanceOf(IOException.class);
    }
}
