package dev.gantry.acceptance;

import static dev.gantry.acceptance.TestNamespace.eventually;

/** Something countable that one node has, written into its status; closing takes it away again. */
final class ExtendedResource implements AutoCloseable {
    private final Cluster cluster;
    private final String node;
    private final String name;

    ExtendedResource(Cluster cluster, String node, String name, int amount) {
        this.cluster = cluster;
        this.node = node;
        this.name = name;
        patch("add", ",\"value\":\"%d\"".formatted(amount));
        eventually(() -> cluster.json("get", "node", node).at("/status/allocatable").has(name));
    }

    String name() {
        return name;
    }

    /** Fields of a container that asks for so much of it. */
    String request(int amount) {
        return ", resources: {requests: {%1$s: %2$d}, limits: {%1$s: %2$d}}"
                .formatted(name, amount);
    }

    @Override
    public void close() {
        patch("remove", "");
    }

    private void patch(String operation, String value) {
        String path = "/status/capacity/" + name.replace("/", "~1");
        cluster.kubectl(
                "patch",
                "node",
                node,
                "--subresource=status",
                "--type=json",
                "-p",
                "[{\"op\":\"%s\",\"path\":\"%s\"%s}]".formatted(operation, path, value));
    }
}
