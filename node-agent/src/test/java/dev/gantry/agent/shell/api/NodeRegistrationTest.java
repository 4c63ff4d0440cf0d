package dev.gantry.agent.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.node.Capacity;
import dev.gantry.agent.node.Machine;
import dev.gantry.agent.node.NodeTree;
import dev.gantry.agent.shell.node.MachineReading;
import dev.gantry.agent.testing.FakeApiServer;
import dev.gantry.agent.testing.FakeRuntime;
import dev.gantry.agent.testing.TestAuthority;
import dev.gantry.client.shell.http.ClusterAccess;
import dev.gantry.client.shell.http.ClusterApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class NodeRegistrationTest {
    private static final String TOKEN = "abcdef.0123456789abcdef";
    private static final String NODE = "/api/v1/nodes/n1";

    @Test
    void aNodeThatSomebodyDeletedStaysAwayUntilTheAgentIsStartedAnew() throws IOException {
        var authority = new TestAuthority();
        try (var server = new FakeApiServer(authority, authority.server(), TOKEN)) {
            NodeRegistration running = registration(server);
            running.look();
            assertThat(server.has(NODE)).isTrue();
            server.remove(NODE);
            running.look();
            assertThat(server.has(NODE)).isFalse();
            registration(server).look();
            assertThat(server.has(NODE)).isTrue();
        }
    }

    private static NodeRegistration registration(FakeApiServer server) throws IOException {
        Machine machine = MachineReading.read(Path.of("/"));
        var identity =
                new NodeTree.Identity("n1", new TreeMap<>(), List.of("192.0.2.1"), 10250, machine);
        return new NodeRegistration(
                ClusterApi.of(ClusterAccess.withToken(server.url(), TOKEN)),
                new FakeRuntime(),
                identity,
                Capacity.of(machine, Optional.empty(), Optional.empty()),
                InstantSource.system());
    }
}
