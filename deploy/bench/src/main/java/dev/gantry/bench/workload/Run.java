package dev.gantry.bench.workload;

/** The names of one run's objects: whoever finds them later knows whose they are. */
public record Run(String id) {
    /** On every node and namespace of a benchmark; its value is the run. */
    public static final String LABEL = "gantry.dev/bench";

    private static final String AMOUNTS =
            """
            {"cpu":"4","memory":"32Gi","pods":"110"}""";

    public String node(int number) {
        return id + "-node-" + number;
    }

    public String measuredNamespace() {
        return id + "-measured";
    }

    public String existingNamespace(int number) {
        return id + "-existing-" + number;
    }

    public String namespaceJson(String name) {
        return """
        {"apiVersion":"v1","kind":"Namespace","metadata":{"name":"%s","labels":{"%s":"%s","team":"devops"}}}"""
                .formatted(name, LABEL, id);
    }

    /**
     * A Ready node that nobody runs: 4 cores, 32 GiB, 110 pods. The annotation tells Gantry's
     * monitoring that its silence means nothing; the taint keeps everybody else's pods off it, and
     * its addresses are not the cluster's to give.
     */
    public String nodeJson(String name, String zone, int number) {
        return """
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"%1$s",\
        "labels":{"kubernetes.io/hostname":"%1$s","topology.kubernetes.io/zone":"%2$s","%3$s":"%4$s"},\
        "annotations":{"gantry.dev/simulated":"true"}},"spec":{"podCIDR":"%7$s","podCIDRs":["%7$s"],%5$s},\
        "status":{"capacity":%6$s,"allocatable":%6$s,"conditions":[{"type":"Ready","status":"True","reason":"Simulated"}]}}"""
                .formatted(name, zone, LABEL, id, taints(), AMOUNTS, range(number));
    }

    /** A patch for a node that is Ready: admission puts the taint not-ready onto new ones. */
    public String readyJson() {
        return "{\"spec\":{" + taints() + "}}";
    }

    private String taints() {
        return """
        "taints":[{"key":"%s","value":"%s","effect":"NoSchedule"}]"""
                .formatted(LABEL, id);
    }

    private static String range(int number) {
        return "100.%d.%d.0/24".formatted(64 + number / 256 % 64, number % 256);
    }
}
