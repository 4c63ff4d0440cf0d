package dev.gantry.model.flowcontrol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the schemas of every cluster say, by name.
 *
 * <p>Compat: those of {@code apiserver/pkg/apis/flowcontrol/bootstrap}, and two for the parts of
 * the control plane that upstream does not have.
 */
public final class BootstrapSchemas {
    private static final List<String> ALL = List.of("*");
    private static final String BY_USER = "ByUser";
    private static final String BY_NAMESPACE = "ByNamespace";
    private static final String LEADER_ELECTION = "leader-election";
    private static final String WORKLOAD_HIGH = "workload-high";

    private static final List<ObjectNode> EVERYBODY =
            List.of(group("system:unauthenticated"), group("system:authenticated"));
    private static final List<ObjectNode> NODES = List.of(group("system:nodes"));
    private static final ObjectNode CONTROLLERS = user("system:kube-controller-manager");
    private static final ObjectNode SCHEDULER = user("system:kube-scheduler");
    private static final ObjectNode SYSTEM_ACCOUNTS = systemAccounts();
    private static final List<ObjectNode> GANTRY =
            List.of(
                    user("system:gantry:gateway"),
                    user("system:gantry:monitoring"),
                    user("system:gantry:state"));

    private static final List<String> HOLD = List.of("get", "create", "update");
    private static final ObjectNode HELD_LEASES =
            resources(HOLD, "coordination.k8s.io", List.of("leases"));
    private static final ObjectNode NODE_LEASES =
            resources(ALL, "coordination.k8s.io", List.of("leases"));
    private static final ObjectNode NODE_STATUS =
            resources(ALL, "", List.of("nodes", "nodes/status")).put("clusterScope", true);

    private BootstrapSchemas() {}

    static Map<String, ObjectNode> specs() {
        Map<String, ObjectNode> specs = new LinkedHashMap<>();
        specs.put(BootstrapFlowControl.EXEMPT, exempt());
        specs.put(BootstrapFlowControl.CATCH_ALL, catchAll());
        specs.put("probes", probes());
        specs.put("system-nodes", everything("system", 500, BY_USER, NODES));
        specs.put(
                "system-node-high", some("node-high", 400, rule(NODES, NODE_STATUS, NODE_LEASES)));
        specs.put(
                "system-leader-election",
                some(
                        LEADER_ELECTION,
                        100,
                        rule(List.of(CONTROLLERS, SCHEDULER, SYSTEM_ACCOUNTS), HELD_LEASES)));
        specs.put("gantry-leader-election", some(LEADER_ELECTION, 100, rule(GANTRY, HELD_LEASES)));
        specs.put(
                "kube-controller-manager",
                everything(WORKLOAD_HIGH, 800, BY_NAMESPACE, List.of(CONTROLLERS)));
        specs.put(
                "kube-scheduler", everything(WORKLOAD_HIGH, 800, BY_NAMESPACE, List.of(SCHEDULER)));
        specs.put("gantry-control-plane", everything(WORKLOAD_HIGH, 800, BY_NAMESPACE, GANTRY));
        specs.put(
                "kube-system-service-accounts",
                everything(WORKLOAD_HIGH, 900, BY_NAMESPACE, List.of(SYSTEM_ACCOUNTS)));
        specs.put(
                "service-accounts",
                everything(
                        "workload-low", 9_000, BY_USER, List.of(group("system:serviceaccounts"))));
        specs.put("global-default", everything("global-default", 9_900, BY_USER, EVERYBODY));
        return specs;
    }

    public static ObjectNode exempt() {
        return everything(BootstrapFlowControl.EXEMPT, 1, "", List.of(group("system:masters")));
    }

    public static ObjectNode catchAll() {
        return everything(BootstrapFlowControl.CATCH_ALL, 10_000, BY_USER, EVERYBODY);
    }

    private static ObjectNode probes() {
        ObjectNode rule = rule(EVERYBODY);
        rule.putArray("nonResourceRules")
                .add(paths(List.of("get"), List.of("/healthz", "/readyz", "/livez")));
        return spec(BootstrapFlowControl.EXEMPT, 2, "", rule);
    }

    private static ObjectNode everything(
            String level, int precedence, String method, List<ObjectNode> subjects) {
        ObjectNode rule = rule(subjects, resources(ALL, "*", ALL).put("clusterScope", true));
        rule.putArray("nonResourceRules").add(paths(ALL, ALL));
        return spec(level, precedence, method, rule);
    }

    private static ObjectNode some(String level, int precedence, ObjectNode rule) {
        return spec(level, precedence, BY_USER, rule);
    }

    private static ObjectNode spec(String level, int precedence, String method, ObjectNode rule) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("priorityLevelConfiguration").put("name", level);
        spec.put("matchingPrecedence", precedence);
        if (!method.isEmpty()) {
            spec.putObject("distinguisherMethod").put("type", method);
        }
        spec.putArray("rules").add(rule);
        return spec;
    }

    /** Copies what it is given: trees have one owner. */
    private static ObjectNode rule(List<ObjectNode> subjects, ObjectNode... resourceRules) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        ArrayNode about = rule.putArray("subjects");
        subjects.forEach(each -> about.add(each.deepCopy()));
        for (ObjectNode each : resourceRules) {
            rule.withArrayProperty("resourceRules").add(each.deepCopy());
        }
        return rule;
    }

    private static ObjectNode resources(List<String> verbs, String group, List<String> resources) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        put(rule, "verbs", verbs);
        put(rule, "apiGroups", List.of(group));
        put(rule, "resources", resources);
        put(rule, "namespaces", ALL);
        return rule;
    }

    private static ObjectNode paths(List<String> verbs, List<String> paths) {
        ObjectNode rule = JsonNodeFactory.instance.objectNode();
        put(rule, "verbs", verbs);
        put(rule, "nonResourceURLs", paths);
        return rule;
    }

    private static ObjectNode group(String name) {
        return subject("Group", "group", name);
    }

    private static ObjectNode user(String name) {
        return subject("User", "user", name);
    }

    private static ObjectNode systemAccounts() {
        ObjectNode subject = subject("ServiceAccount", "serviceAccount", "*");
        ((ObjectNode) subject.path("serviceAccount")).put("namespace", "kube-system");
        return subject;
    }

    private static ObjectNode subject(String kind, String field, String name) {
        ObjectNode subject = JsonNodeFactory.instance.objectNode().put("kind", kind);
        subject.putObject(field).put("name", name);
        return subject;
    }

    private static void put(ObjectNode rule, String field, List<String> texts) {
        ArrayNode array = rule.putArray(field);
        texts.forEach(array::add);
    }
}
