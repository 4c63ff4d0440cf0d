package dev.gantry.local.instance;

import java.nio.file.Path;

/**
 * One node of an instance: a network namespace on the bridge with a container runtime and an agent.
 */
public record NodePlace(Instance instance, int number) {
    public String name() {
        return "node-" + number;
    }

    public String namespace() {
        return instance.name() + "-" + name();
    }

    public Path namespaceFile() {
        return Path.of("/run/netns", namespace());
    }

    /** The end of the veth pair that is on the host; at most 15 characters, as Linux wants. */
    public String hostLink() {
        return "gv" + instance.slot() + "-" + number;
    }

    public String address() {
        return "10.89." + instance.slot() + "." + (10 + number);
    }

    public String address6() {
        return "fd00:89:" + instance.slot() + "::" + Integer.toHexString(10 + number);
    }

    public Path home() {
        return instance.home().resolve("nodes").resolve(name());
    }

    public Path run() {
        return instance.run().resolve(name());
    }

    public Path containerdSocket() {
        return run().resolve("containerd.sock");
    }

    public Path cniConfig() {
        return home().resolve("cni");
    }

    public String identity() {
        return "system:node:" + name();
    }
}
