package dev.gantry.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

/**
 * A node that stands still, as a machine does that hangs: its processes are stopped, not killed,
 * since the supervisor would bring killed ones back before anybody misses them. Closing lets it go
 * on, and waits until it is a node like any other again.
 */
public final class HungNode implements AutoCloseable {
    private final Cluster cluster;
    private final String name;
    private final List<String> pids = new ArrayList<>();

    /**
     * @param name of a node of the local form, such as {@code node-1}
     * @param processes as the supervisor calls them, without the number of the node
     */
    public HungNode(Cluster cluster, String name, String... processes) {
        this.cluster = cluster;
        this.name = name;
        for (String each : processes) {
            long pid = cluster.pid(each + "-" + name.substring(name.length() - 1));
            assertThat(pid).as("%s of %s", each, name).isPositive();
            pids.add(Long.toString(pid));
        }
        signal("STOP");
    }

    /** Returns when the cluster has missed it. */
    public void awaitNotReady() {
        TestNamespace.eventually(() -> cluster.kubectl("get", "node", name).contains("NotReady"));
    }

    @Override
    public void close() {
        signal("CONT");
        TestNamespace.eventually(() -> !cluster.kubectl("get", "node", name).contains("NotReady"));
        cluster.awaitUntaintedNodes();
    }

    private void signal(String signal) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + signal));
        command.addAll(pids);
        assertThat(Cluster.run(command).code()).isZero();
    }
}
