package dev.gantry.agent.shell.node;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.eviction.Measurements.Disk;
import dev.gantry.agent.eviction.Measurements.Store;
import dev.gantry.agent.pod.PodFailure;
import dev.gantry.agent.testing.NodeOnFakeRuntime;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pods of a node whose disk is as full as the test wants it. */
final class PressureWatchTest extends NodeOnFakeRuntime {
    private static final Instant NOW = Instant.parse("2026-11-30T10:00:00Z");
    private static final String SPEC =
            "{\"restartPolicy\": \"Never\", \"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [%s]}]}";
    private static final String ENDS = SPEC.formatted("\"sh\", \"-c\", \"exit 3\"");
    private static final String STAYS = SPEC.formatted("\"sleep\", \"1000\"");

    private final List<Uid> collected = new CopyOnWriteArrayList<>();
    private final List<Uid> evicted = new CopyOnWriteArrayList<>();
    private PressureWatch watch;
    private long availablePercent = 50;

    @BeforeEach
    void start() {
        var pods = new PressureWatch.Pods(node.workers(), this::evict, this::collect);
        var storage = new PressureWatch.NodeStorage(folder, this::disks);
        watch = new PressureWatch(runtime, pods, new CurrentPressure(), storage, () -> NOW);
    }

    @Test
    void whatEndedPodsLeftGoesBeforeAnyPodIsEvicted() throws IOException {
        Resource stays = node.run("stays", STAYS);
        Resource ends = node.run("ends", ENDS);
        await().until(() -> node.container("stays").at("/state/running").isObject());
        await().until(() -> Resource.text(node.status("ends"), "phase").equals("Failed"));
        watch.look();
        assertThat(collected).as("there is room").isEmpty();
        assertThat(runtime.containersOf(uid(ends))).hasSize(1);

        availablePercent = 5;
        await().until(
                        () -> {
                            evicted.clear();
                            watch.look();
                            return !collected.isEmpty();
                        });
        assertThat(collected).containsExactly(ends.uid());
        assertThat(evicted).as("at the same look").isEmpty();
        JsonNode told = node.status("ends").deepCopy();
        await().until(() -> runtime.sandboxesOf(uid(ends)).isEmpty());
        assertThat(runtime.containersOf(uid(ends))).isEmpty();
        assertThat(runtime.containersOf(uid(stays))).hasSize(1);

        watch.look();
        assertThat(evicted).as("nothing else is left to go").containsExactly(stays.uid());
        assertThat(collected).hasSize(1);
        assertThat(node.status("ends")).isEqualTo(told);
        assertThat(node.container("ends").at("/state/terminated/exitCode").asInt()).isEqualTo(3);
        node.delete(ends, 0);
        await().until(() -> node.cluster().lastReport("ends").orElseThrow().isGone());
    }

    private boolean collect(Uid pod) {
        boolean isNews = node.workers().collect(pod);
        if (isNews) {
            collected.add(pod);
        }
        return isNews;
    }

    private void evict(Uid pod, PodFailure why) {
        evicted.add(pod);
    }

    private NodeDisks disks() {
        var disk = new Disk(new Store(100, availablePercent), 0, 0);
        return new NodeDisks(disk, Optional.empty());
    }

    private static String uid(Resource pod) {
        return pod.uid().value();
    }
}
