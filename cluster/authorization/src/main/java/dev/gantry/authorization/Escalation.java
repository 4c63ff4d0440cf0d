package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Nobody grants what they do not hold, unless they may escalate or bind.
 *
 * <p>Compat: {@code pkg/registry/rbac/*}{@code /policybased}. What is judged is the object as it
 * would be stored; to name a rule again is to grant it.
 */
public final class Escalation {
    private static final List<PolicyRule> FULL =
            List.of(
                    PolicyRule.resources(List.of("*"), "*", List.of("*")),
                    PolicyRule.paths(List.of("*"), List.of("*")));

    /** Beyond that, a short role would take long to judge. */
    private static final int MOST_JUDGED = 100_000;

    /** With what changes at every write. */
    private static final List<String> GARBAGE_FIELDS =
            List.of("ownerReferences", "finalizers", "managedFields", "resourceVersion");

    private final RbacPolicy policy;
    private final Function<Access, Verdict> judge;

    /**
     * @param policy says what a caller holds: the rights of other authorizers cannot be granted
     * @param judge says whether the caller may escalate or bind, by all authorizers
     */
    public Escalation(RbacPolicy policy, Function<Access, Verdict> judge) {
        this.policy = policy;
        this.judge = judge;
    }

    /**
     * @param stored what the object is now, empty where it is created
     */
    public Optional<Refusal> refusal(
            Caller caller, GroupResource resource, Resource wanted, Optional<Resource> stored) {
        return wanted.kind().endsWith("Binding")
                ? ofBinding(caller, resource, wanted)
                : ofRole(caller, resource, wanted, stored);
    }

    /**
     * Whether nothing changes but what the garbage collector may have to change. A label is no such
     * thing: it may make the rules of this role those of another one.
     *
     * <p>Compat: {@code IsOnlyMutatingGCFields}.
     */
    public static boolean isForGarbage(Resource stored, Resource wanted) {
        return withoutGarbage(stored).equals(withoutGarbage(wanted));
    }

    private Optional<Refusal> ofRole(
            Caller caller, GroupResource resource, Resource wanted, Optional<Resource> stored) {
        if (mayEscalate(resource, wanted, stored)) {
            return Optional.empty();
        }
        Optional<Refusal> uncovered =
                uncovered(caller, resource, wanted, PolicyRule.all(wanted.tree()));
        if (uncovered.isPresent()) {
            return uncovered;
        }
        boolean aggregates = aggregates(wanted) || stored.map(Escalation::aggregates).orElse(false);
        return aggregates && !Coverage.missing(held(caller, wanted), FULL).isEmpty()
                ? Optional.of(
                        new Refusal.Forbidden(
                                resource,
                                wanted.name(),
                                "must have cluster-admin privileges to use the aggregationRule"))
                : Optional.empty();
    }

    private Optional<Refusal> ofBinding(Caller caller, GroupResource resource, Resource wanted) {
        RoleRef role = RoleRef.of(wanted.tree(), wanted.namespace());
        if (mayBind(role, wanted.namespace())) {
            return Optional.empty();
        }
        Optional<List<PolicyRule>> rules = policy.rulesOf(role);
        return rules.isPresent()
                ? uncovered(caller, resource, wanted, rules.get())
                : Optional.of(new Refusal.Missing(resourceOf(role), role.name()));
    }

    private Optional<Refusal> uncovered(
            Caller caller, GroupResource resource, Resource wanted, List<PolicyRule> rules) {
        long count = Coverage.countOf(rules);
        if (count > MOST_JUDGED) {
            String why = "its rules name %d combinations; at most %d can be judged";
            return Optional.of(
                    new Refusal.Forbidden(
                            resource, wanted.name(), why.formatted(count, MOST_JUDGED)));
        }
        List<PolicyRule> missing = Coverage.missing(held(caller, wanted), rules);
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal.Forbidden(
                                resource,
                                wanted.name(),
                                "user \"%s\" (groups=%s) is attempting to grant RBAC permissions not currently held:\n%s"
                                        .formatted(
                                                caller.user(),
                                                Coverage.quoted(caller.groups()),
                                                Coverage.text(missing))));
    }

    private List<PolicyRule> held(Caller caller, Resource wanted) {
        return policy.rulesFor(caller, wanted.namespace());
    }

    /** Compat: {@code RoleEscalationAuthorized}: the URL of a creation names nothing. */
    private boolean mayEscalate(
            GroupResource resource, Resource wanted, Optional<Resource> stored) {
        String name = stored.isPresent() ? wanted.name() : "";
        return judge.apply(Access.resource("escalate", resource, "", wanted.namespace(), name))
                .isAllowed();
    }

    private boolean mayBind(RoleRef role, String namespace) {
        return judge.apply(Access.resource("bind", resourceOf(role), "", namespace, role.name()))
                .isAllowed();
    }

    private static GroupResource resourceOf(RoleRef role) {
        return new GroupResource(RoleRef.GROUP, role.isCluster() ? "clusterroles" : "roles");
    }

    /** Such a role has no rules of its own: it gets those of every role that it selects. */
    private static boolean aggregates(Resource role) {
        return !role.tree().path("aggregationRule").path("clusterRoleSelectors").isEmpty();
    }

    private static ObjectNode withoutGarbage(Resource object) {
        ObjectNode tree = object.tree().deepCopy();
        if (tree.path("metadata") instanceof ObjectNode metadata) {
            metadata.remove(GARBAGE_FIELDS);
        }
        return tree;
    }
}
