package dev.gantry.gateway.flowcontrol;

import static dev.gantry.gateway.flowcontrol.PriorityLevel.UNLIMITED;

import dev.gantry.authorization.PolicyRule;
import dev.gantry.authorization.RbacPolicy;
import dev.gantry.gateway.flowcontrol.FlowSchema.Subject;
import dev.gantry.model.kind.Resources;
import java.util.List;

/**
 * The levels and schemas of every cluster.
 *
 * <p>Compat: names and precedences of {@code apiserver/pkg/apis/flowcontrol/bootstrap}. The shares
 * differ: reads and writes have seats of their own, and no level borrows from another. All parts of
 * the platform are of {@code workload-high} by one schema, whatever their names.
 */
public final class SuggestedFlowControl {
    private static final PriorityLevel EXEMPT = new PriorityLevel("exempt", true, 60, UNLIMITED);
    private static final PriorityLevel LEADER_ELECTION =
            new PriorityLevel("leader-election", false, 10, UNLIMITED);
    private static final PriorityLevel NODE_HIGH = new PriorityLevel("node-high", false, 40, 1_000);
    private static final PriorityLevel SYSTEM = new PriorityLevel("system", false, 30, 1_000);
    private static final PriorityLevel WORKLOAD_HIGH =
            new PriorityLevel("workload-high", false, 60, UNLIMITED);
    private static final PriorityLevel WORKLOAD_LOW =
            new PriorityLevel("workload-low", false, 100, 1_000);
    private static final PriorityLevel GLOBAL_DEFAULT =
            new PriorityLevel("global-default", false, 60, 1_000);
    private static final PriorityLevel CATCH_ALL = new PriorityLevel("catch-all", false, 5, 50);
    private static final List<PriorityLevel> LEVELS =
            List.of(
                    EXEMPT,
                    LEADER_ELECTION,
                    NODE_HIGH,
                    SYSTEM,
                    WORKLOAD_HIGH,
                    WORKLOAD_LOW,
                    GLOBAL_DEFAULT,
                    CATCH_ALL);

    private static final PolicyRule LEASES = on(Resources.LEASES.group(), "leases");
    private static final PolicyRule NODES = on(Resources.NODES.group(), "nodes", "nodes/status");
    private static final PolicyRule PROBES =
            PolicyRule.paths(List.of("*"), List.of("/healthz*", "/livez*", "/readyz*"));

    private static final List<Subject> EVERYBODY = List.of(new Subject.Everybody());
    private static final List<Subject> AGENTS = group("system:nodes");
    private static final List<Subject> PLATFORM =
            List.of(
                    new Subject.UserPrefix("system:kube-"),
                    new Subject.UserPrefix("system:gantry:"),
                    new Subject.Group("system:serviceaccounts:kube-system"));

    private static final List<FlowSchema> SCHEMAS =
            List.of(
                    all("exempt", 1, EXEMPT, group(RbacPolicy.MASTERS)),
                    some("probes", 2, EXEMPT, EVERYBODY, PROBES),
                    some("system-leader-election", 100, LEADER_ELECTION, PLATFORM, LEASES),
                    some("system-node-high", 400, NODE_HIGH, AGENTS, NODES, LEASES),
                    all("system-nodes", 500, SYSTEM, AGENTS),
                    all("control-plane", 800, WORKLOAD_HIGH, PLATFORM),
                    all("service-accounts", 9_000, WORKLOAD_LOW, group("system:serviceaccounts")),
                    all("global-default", 9_900, GLOBAL_DEFAULT, group("system:authenticated")),
                    all("catch-all", 10_000, CATCH_ALL, EVERYBODY));

    private SuggestedFlowControl() {}

    public static FlowControl of() {
        return new FlowControl(LEVELS, SCHEMAS);
    }

    private static FlowSchema all(
            String name, int precedence, PriorityLevel level, List<Subject> subjects) {
        return new FlowSchema(name, precedence, level, subjects, List.of());
    }

    private static FlowSchema some(
            String name,
            int precedence,
            PriorityLevel level,
            List<Subject> subjects,
            PolicyRule... rules) {
        return new FlowSchema(name, precedence, level, subjects, List.of(rules));
    }

    private static List<Subject> group(String name) {
        return List.of(new Subject.Group(name));
    }

    private static PolicyRule on(String group, String... resources) {
        return PolicyRule.resources(List.of("*"), group, List.of(resources));
    }
}
