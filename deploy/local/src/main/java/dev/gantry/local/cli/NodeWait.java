package dev.gantry.local.cli;

import dev.gantry.client.shell.http.ApiRefused;
import dev.gantry.client.shell.http.ApiUnreachable;
import dev.gantry.client.shell.http.ClusterApi;
import dev.gantry.local.diagnosis.NodeTrouble;
import dev.gantry.local.instance.Instance;
import dev.gantry.local.instance.NodePlace;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the API says that every node is Ready, which is when pods can run. A node that says
 * itself why it is not gets some time, since the reason may be one of a start; then it is an error.
 */
final class NodeWait {
    static final int PATIENCE_SECONDS = 60;
    private static final Duration USUAL = Duration.ofSeconds(8);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Instance instance;
    private final Duration patience;
    private final Map<String, Long> since = new HashMap<>();
    private final Map<String, String> told = new HashMap<>();
    private List<NodeTrouble> troubles = List.of();
    private long asked = System.nanoTime() - PAUSE.toNanos();
    private boolean ready;
    private @Nullable ClusterApi api;

    /**
     * @param patience with a node that says itself that it is not Ready
     */
    NodeWait(Instance instance, Duration patience) {
        this.instance = instance;
        this.patience = patience;
    }

    /** To be called again and again once the API is up; it is asked a few times a second. */
    boolean areReady() throws IOException {
        long now = System.nanoTime();
        if (now - asked < PAUSE.toNanos()) {
            return ready;
        }
        asked = now;
        try {
            troubles = ask();
        } catch (ApiRefused | ApiUnreachable notNow) {
            ready = false;
            return false;
        }
        ready = troubles.isEmpty();
        for (NodeTrouble each : troubles) {
            if (each.isToldByNode()) {
                judge(each, now - since.computeIfAbsent(each.node(), _ -> now));
            } else {
                since.remove(each.node());
            }
        }
        return ready;
    }

    /** Of each node that was not Ready when it was last asked; empty if all were. */
    String text() {
        return troubles.stream().map(each -> "\n" + each.text()).collect(Collectors.joining());
    }

    private void judge(NodeTrouble trouble, long nanos) throws IOException {
        if (nanos > patience.toNanos()) {
            throw new IOException(
                    "the cluster runs, but not every node can run pods:"
                            + text()
                            + "\nThen ./gantry up again; or ./gantry down.");
        }
        boolean isNews = !trouble.message().equals(told.get(trouble.node()));
        if (nanos > USUAL.toNanos() && isNews) {
            System.out.println("           " + trouble.text());
            told.put(trouble.node(), trouble.message());
        }
    }

    private List<NodeTrouble> ask() throws IOException {
        ClusterApi known = api;
        if (known == null) {
            known = ClusterApi.fromKubeconfig(instance.kubeconfig());
            api = known;
        }
        List<NodeTrouble> found = new ArrayList<>();
        for (NodePlace place : instance.nodes()) {
            var node = known.get(new ObjectKey(Resources.NODES, "", place.name()));
            NodeTrouble.of(place.name(), node).ifPresent(found::add);
        }
        return found;
    }
}
