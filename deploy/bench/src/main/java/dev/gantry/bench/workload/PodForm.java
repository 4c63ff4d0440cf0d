package dev.gantry.bench.workload;

/** The kinds of pods that the workloads consist of. */
public enum PodForm {
    PLAIN("", Request.SMALL, ""),
    SPREAD(Label.BLUE, Request.SMALL, Rule.spread("DoNotSchedule")),
    SPREAD_PREFERRED(Label.BLUE, Request.SMALL, Rule.spread("ScheduleAnyway")),
    NEAR(Label.BLUE, Request.SMALL, Rule.NEAR),
    APART(Label.GREEN, Request.SMALL, Rule.APART),
    PINNED("", Request.SMALL, Rule.PINNED),
    /** Four of them fill a node. */
    LOW_PRIORITY("", Request.QUARTER, "\"terminationGracePeriodSeconds\":0,"),
    /** Needs the space of three {@link #LOW_PRIORITY}. */
    PREEMPTOR("", Request.THREE_QUARTERS, Rule.IMPORTANT),
    /** Larger than any node. */
    HOPELESS("", Request.NINE_CORES, Rule.IMPORTANT);

    /** The priority class, of priority {@link #HIGH_PRIORITY}, that some of them need. */
    public static final String PRIORITY_CLASS = "gantry-bench-high";

    public static final int HIGH_PRIORITY = 10;

    /** What all of them run. */
    public static final String IMAGE = "registry.k8s.io/pause:3.10.1";

    private final String labels;
    private final String resources;
    private final String rules;

    PodForm(String labels, String resources, String rules) {
        this.labels = labels;
        this.resources = resources;
        this.rules = rules;
    }

    public boolean isImportant() {
        return rules.equals(Rule.IMPORTANT);
    }

    /** The body of an unbound pod; {@code pinnedTo} is read by {@link #PINNED} alone. */
    public String json(Run run, String name, String pinnedTo) {
        return json(run, name, pinnedTo, "");
    }

    /** The body of a pod that is on a node from the beginning. */
    public String boundJson(Run run, String name, String node) {
        return json(run, name, node, "\"nodeName\":\"" + node + "\",");
    }

    /**
     * Selector and toleration keep these pods on the benchmark's nodes, and everybody else off
     * them. Without a service account token a pod is as small as kube-scheduler's benchmark has it.
     */
    private String json(Run run, String name, String pinnedTo, String binding) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\""
                + name
                + "\",\"labels\":{"
                + labels
                + "}},\"spec\":{"
                + binding
                + rules.replace("${run}", run.id()).replace("${node}", pinnedTo)
                + "\"nodeSelector\":{\""
                + Run.LABEL
                + "\":\""
                + run.id()
                + "\"},\"tolerations\":[{\"key\":\""
                + Run.LABEL
                + "\",\"operator\":\"Exists\"}],\"automountServiceAccountToken\":false,"
                + "\"containers\":[{\"name\":\"pause\",\"image\":\""
                + IMAGE
                + "\","
                + "\"ports\":[{\"containerPort\":80}],\"resources\":{"
                + resources
                + "}}]}}";
    }

    private static final class Label {
        static final String BLUE = "\"color\":\"blue\"";
        static final String GREEN = "\"color\":\"green\"";
    }

    private static final class Request {
        static final String SMALL = limited("100m");
        static final String QUARTER = limited("900m");
        static final String THREE_QUARTERS = limited("3");
        static final String NINE_CORES = "\"requests\":" + amounts("9");

        static String limited(String cpu) {
            return "\"requests\":" + amounts(cpu) + ",\"limits\":" + amounts(cpu);
        }

        static String amounts(String cpu) {
            return "{\"cpu\":\"" + cpu + "\",\"memory\":\"500Mi\"}";
        }
    }

    private static final class Rule {
        static final String IMPORTANT = "\"priorityClassName\":\"" + PRIORITY_CLASS + "\",";

        static final String NEAR =
                """
                "affinity":{"podAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[\
                {"labelSelector":{"matchLabels":{"color":"blue"}},"topologyKey":"topology.kubernetes.io/zone",\
                "namespaces":["${run}-measured","${run}-existing-0"]}]}},""";

        static final String APART =
                """
                "affinity":{"podAntiAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":[\
                {"labelSelector":{"matchLabels":{"color":"green"}},"topologyKey":"kubernetes.io/hostname",\
                "namespaceSelector":{"matchLabels":{"team":"devops"}}}]}},""";

        static final String PINNED =
                """
                "affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[\
                {"matchFields":[{"key":"metadata.name","operator":"In","values":["${node}"]}]}]}}},""";

        static String spread(String whenUnsatisfiable) {
            return """
            "topologySpreadConstraints":[{"maxSkew":5,"topologyKey":"topology.kubernetes.io/zone",\
            "whenUnsatisfiable":"%s","labelSelector":{"matchLabels":{"color":"blue"}}}],"""
                    .formatted(whenUnsatisfiable);
        }
    }
}
