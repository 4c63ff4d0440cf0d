package dev.gantry.authorization;

import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Roles and bindings, compiled: from a user or group straight to what it is granted where.
 *
 * <p>Compat: {@code plugin/pkg/auth/authorizer/rbac}. Cost: building is linear in all rules, a
 * verdict in those of the caller; changes of roles are rare and requests are not.
 */
public final class RbacPolicy {
    /** The group whose members may do everything, whatever the roles say. */
    public static final String MASTERS = "system:masters";

    private static final List<PolicyRule> EVERYTHING =
            List.of(
                    PolicyRule.resources(List.of("*"), "*", List.of("*")),
                    PolicyRule.paths(List.of("*"), List.of("*")));

    /** What one subject of one binding gets; an empty namespace means everywhere. */
    private record Grant(String namespace, RoleRef role, String reason) {
        boolean appliesIn(String asked) {
            return namespace.isEmpty() || namespace.equals(asked);
        }
    }

    private final Map<RoleRef, List<PolicyRule>> roles = new HashMap<>();
    private final Map<String, List<Grant>> ofUser = new HashMap<>();
    private final Map<String, List<Grant>> ofGroup = new HashMap<>();

    /** All roles and bindings of the cluster, of whatever of the four kinds, in any order. */
    public static RbacPolicy of(Iterable<Resource> objects) {
        RbacPolicy policy = new RbacPolicy();
        for (Resource object : objects) {
            switch (object.kind()) {
                case "Role", "ClusterRole" -> policy.addRole(object);
                case "RoleBinding", "ClusterRoleBinding" -> policy.addBinding(object);
                default -> {
                    // Not a matter of access.
                }
            }
        }
        return policy;
    }

    private void addRole(Resource role) {
        roles.put(
                new RoleRef(role.kind(), role.namespace(), role.name()),
                PolicyRule.all(role.tree()));
    }

    private void addBinding(Resource binding) {
        RoleRef role = RoleRef.of(binding.tree(), binding.namespace());
        String written =
                binding.namespace().isEmpty()
                        ? binding.name()
                        : binding.name() + "/" + binding.namespace();
        binding.tree()
                .path("subjects")
                .forEach(
                        each -> {
                            Subject subject = Subject.of(each, binding.namespace());
                            String reason =
                                    "RBAC: allowed by %s \"%s\" of %s \"%s\" to %s"
                                            .formatted(
                                                    binding.kind(),
                                                    written,
                                                    role.kind(),
                                                    role.name(),
                                                    subject.written());
                            var index = subject.isGroup() ? ofGroup : ofUser;
                            index.computeIfAbsent(subject.name(), _ -> new ArrayList<>())
                                    .add(new Grant(binding.namespace(), role, reason));
                        });
    }

    public Verdict judge(Caller caller, Access access) {
        if (caller.isIn(MASTERS)) {
            return new Verdict.Allowed("");
        }
        TreeSet<String> missing = new TreeSet<>();
        String found = reasonIn(ofUser.get(caller.user()), access, missing);
        if (!found.isEmpty()) {
            return new Verdict.Allowed(found);
        }
        for (String group : caller.groups()) {
            found = reasonIn(ofGroup.get(group), access, missing);
            if (!found.isEmpty()) {
                return new Verdict.Allowed(found);
            }
        }
        return new Verdict.NoOpinion(explain(missing));
    }

    /** All rules that hold for a caller in a namespace (empty: only those that hold everywhere). */
    public List<PolicyRule> rulesFor(Caller caller, String namespace) {
        if (caller.isIn(MASTERS)) {
            return EVERYTHING;
        }
        List<PolicyRule> found = new ArrayList<>();
        addRules(ofUser.get(caller.user()), namespace, found);
        for (String group : caller.groups()) {
            addRules(ofGroup.get(group), namespace, found);
        }
        return found;
    }

    /** Empty where there is no such role. */
    public Optional<List<PolicyRule>> rulesOf(RoleRef role) {
        return Optional.ofNullable(roles.get(role));
    }

    private void addRules(@Nullable List<Grant> grants, String namespace, List<PolicyRule> found) {
        if (grants == null) {
            return;
        }
        for (Grant grant : grants) {
            if (grant.appliesIn(namespace)) {
                found.addAll(roles.getOrDefault(grant.role, List.of()));
            }
        }
    }

    private String reasonIn(@Nullable List<Grant> grants, Access access, TreeSet<String> missing) {
        if (grants == null) {
            return "";
        }
        for (Grant grant : grants) {
            boolean inReach = access.isResource() || grant.namespace.isEmpty();
            if (!inReach || !grant.appliesIn(access.namespace())) {
                continue;
            }
            List<PolicyRule> rules = roles.get(grant.role);
            if (rules == null) {
                missing.add(grant.role.missing());
                continue;
            }
            for (PolicyRule rule : rules) {
                if (rule.allows(access)) {
                    return grant.reason;
                }
            }
        }
        return "";
    }

    private static String explain(TreeSet<String> missing) {
        return switch (missing.size()) {
            case 0 -> "";
            case 1 -> "RBAC: " + missing.getFirst();
            default -> "RBAC: [" + String.join(", ", missing) + "]";
        };
    }
}
