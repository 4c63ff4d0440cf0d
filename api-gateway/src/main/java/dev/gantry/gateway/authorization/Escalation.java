package dev.gantry.gateway.authorization;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.refusal.Refusal;
import java.util.List;
import java.util.Optional;

/**
 * Nobody grants what they do not hold, unless they may escalate or bind.
 *
 * <p>Compat: {@code pkg/registry/rbac/*}{@code /policybased}. What is judged is the object as it
 * would be stored.
 */
public final class Escalation {
    private static final List<PolicyRule> FULL =
            List.of(
                    PolicyRule.resources(List.of("*"), "*", List.of("*")),
                    PolicyRule.paths(List.of("*"), List.of("*")));

    private final RbacPolicy policy;

    public Escalation(RbacPolicy policy) {
        this.policy = policy;
    }

    /** {@code stored} is what the object is now, empty where it is created. */
    public Optional<Refusal> refusal(
            Caller caller, GroupResource resource, Resource wanted, Optional<Resource> stored) {
        return wanted.kind().endsWith("Binding")
                ? ofBinding(caller, resource, wanted, stored)
                : ofRole(caller, resource, wanted, stored);
    }

    private Optional<Refusal> ofRole(
            Caller caller, GroupResource resource, Resource wanted, Optional<Resource> stored) {
        List<PolicyRule> rules = PolicyRule.all(wanted.tree());
        boolean aggregates =
                wanted.tree().path("aggregationRule").isObject()
                        && stored.map(
                                        old ->
                                                !old.tree()
                                                        .path("aggregationRule")
                                                        .equals(
                                                                wanted.tree()
                                                                        .path("aggregationRule")))
                                .orElse(true);
        boolean isUnchanged =
                stored.map(old -> PolicyRule.all(old.tree()).equals(rules)).orElse(false);
        if (isUnchanged && !aggregates || may("escalate", caller, resource, wanted)) {
            return Optional.empty();
        }
        if (aggregates && !Coverage.missing(held(caller, wanted), FULL).isEmpty()) {
            return Optional.of(
                    new Refusal.Forbidden(
                            resource,
                            wanted.name(),
                            "must have cluster-admin privileges to use the aggregationRule"));
        }
        return uncovered(caller, resource, wanted, rules);
    }

    private Optional<Refusal> ofBinding(
            Caller caller, GroupResource resource, Resource wanted, Optional<Resource> stored) {
        boolean isUnchanged =
                stored.map(old -> sameIn("roleRef", old, wanted) && sameIn("subjects", old, wanted))
                        .orElse(false);
        RoleRef role = RoleRef.of(wanted.tree(), wanted.namespace());
        if (isUnchanged || mayBind(caller, role, wanted.namespace())) {
            return Optional.empty();
        }
        Optional<List<PolicyRule>> rules = policy.rulesOf(role);
        return rules.isPresent()
                ? uncovered(caller, resource, wanted, rules.get())
                : Optional.of(new Refusal.Missing(resourceOf(role), role.name()));
    }

    private Optional<Refusal> uncovered(
            Caller caller, GroupResource resource, Resource wanted, List<PolicyRule> rules) {
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

    private boolean may(String verb, Caller caller, GroupResource resource, Resource on) {
        return policy.judge(caller, Access.resource(verb, resource, "", on.namespace(), on.name()))
                .isAllowed();
    }

    private boolean mayBind(Caller caller, RoleRef role, String namespace) {
        return policy.judge(
                        caller,
                        Access.resource("bind", resourceOf(role), "", namespace, role.name()))
                .isAllowed();
    }

    private static GroupResource resourceOf(RoleRef role) {
        return new GroupResource(RoleRef.GROUP, role.isCluster() ? "clusterroles" : "roles");
    }

    private static boolean sameIn(String field, Resource one, Resource other) {
        return one.tree().path(field).equals(other.tree().path(field));
    }
}
