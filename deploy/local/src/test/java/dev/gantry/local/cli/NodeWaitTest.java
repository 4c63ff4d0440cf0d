package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.local.instance.Instance;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against an API that a small server plays. */
final class NodeWaitTest {
    private static final String READY = "'status': 'True', 'reason': 'KubeletReady'";
    private static final String NO_PLUGIN =
            "'status': 'False', 'reason': 'KubeletNotReady', 'message': 'failed to find plugin"
                    + " \\\"bridge\\\" in path [/usr/lib/cni]'";
    private static final String UNKNOWN = "'status': 'Unknown', 'reason': 'NodeStatusUnknown'";

    private LoopbackServer api;
    private Instance instance;
    private volatile String condition = READY;

    @TempDir Path home;

    @BeforeEach
    void start() throws IOException {
        instance = new Instance(home, home, 0, 1);
        api = LoopbackServer.start(this::answer);
        Files.writeString(
                instance.kubeconfig(),
                """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "%s"}}]
                users: [{name: a, user: {}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                current-context: a
                """
                        .formatted(api.url()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        boolean isNode = exchange.getRequestURI().getPath().equals("/api/v1/nodes/node-1");
        String node =
                "{'kind':'Node','status':{'conditions':[{'type':'Ready', %s}]}}"
                        .formatted(condition)
                        .replace('\'', '"');
        LoopbackServer.reply(exchange, isNode ? 200 : 404, isNode ? node : "");
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void readyNodesAreReadyAtOnce() throws IOException {
        assertThat(new NodeWait(instance, Duration.ZERO).areReady()).isTrue();
    }

    @Test
    void aNodeThatSaysWhyItIsNotReadyIsAnErrorAfterThePatience() {
        condition = NO_PLUGIN;
        var wait = new NodeWait(instance, Duration.ZERO);

        assertThatIOException()
                .isThrownBy(() -> Patience.await().until(wait::areReady))
                .withMessageContaining("node-1 is not Ready: KubeletNotReady")
                .withMessageContaining("failed to find plugin \"bridge\"")
                .withMessageContaining("apt-get install containernetworking-plugins");
    }

    @Test
    void aNodeThatWasNotHeardOfIsWaitedFor() throws IOException {
        condition = UNKNOWN;
        var wait = new NodeWait(instance, Duration.ZERO);

        assertThat(wait.areReady()).isFalse();
        assertThat(wait.text()).contains("node-1 is not Ready: NodeStatusUnknown");
        condition = READY;
        Patience.await().until(wait::areReady);
    }

    @Test
    void anApiThatDoesNotAnswerYetIsNoError() throws IOException {
        api.close();

        assertThat(new NodeWait(instance, Duration.ZERO).areReady()).isFalse();
    }
}
