package dev.gantry.authorization.bootstrap;

import static dev.gantry.authorization.bootstrap.RoleText.READ;
import static dev.gantry.authorization.bootstrap.RoleText.binding;
import static dev.gantry.authorization.bootstrap.RoleText.clusterBinding;
import static dev.gantry.authorization.bootstrap.RoleText.role;
import static dev.gantry.authorization.bootstrap.RoleText.rule;

import dev.gantry.authorization.PolicyRule;
import dev.gantry.authorization.RoleRef;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** All of it, and how a stored object is brought up to it. */
public final class BootstrapPolicy {
    /** In which the scheduler says by which profiles it places pods; nothing secret. */
    private static final String PROFILES = "gantry-scheduler-profiles";

    private static final String PROFILES_WRITER = "system:gantry:scheduler-profiles";
    private static final String PROFILES_READER = "system:gantry:scheduler-profiles-reader";

    /** By which monitoring says where it serves metrics. */
    private static final String METRICS = "system:gantry:metrics-server";

    private static final String USER = "User";
    private static final String GROUP = "Group";

    private BootstrapPolicy() {}

    /** Freshly built: the caller owns the trees. */
    public static List<Resource> objects() {
        List<Resource> all = new ArrayList<>(UserRoles.all());
        all.addAll(ComponentRoles.all());
        all.addAll(namespacedRoles());
        all.addAll(clusterBindings());
        all.addAll(namespacedBindings());
        return all;
    }

    /**
     * The stored object with what it lacks, or empty where nothing is to be done.
     *
     * <p>Compat: {@code component-helpers/auth/rbac/reconciliation}: rules and subjects are added
     * and never taken away; an object may opt out by annotation.
     */
    public static Optional<Resource> completed(Resource stored, Resource wanted) {
        if (RoleText.isLeftAlone(stored)) {
            return Optional.empty();
        }
        String field = wanted.kind().endsWith("Binding") ? "subjects" : "rules";
        boolean isSameRole =
                !field.equals("subjects")
                        || RoleRef.of(stored.tree(), stored.namespace())
                                .equals(RoleRef.of(wanted.tree(), wanted.namespace()));
        Set<JsonNode> present = comparable(field, stored);
        List<JsonNode> missing = new ArrayList<>();
        for (JsonNode each : wanted.tree().path(field)) {
            if (!present.contains(comparable(field, each))) {
                missing.add(each);
            }
        }
        if (missing.isEmpty() || !isSameRole) {
            return Optional.empty();
        }
        Resource changed = stored.copy();
        var array = changed.tree().withArray(field);
        missing.forEach(array::add);
        return Optional.of(changed);
    }

    private static Set<JsonNode> comparable(String field, Resource stored) {
        Set<JsonNode> all = new LinkedHashSet<>();
        stored.tree().path(field).forEach(each -> all.add(comparable(field, each)));
        return all;
    }

    /** Rules are compared by meaning: an absent list equals an empty one. */
    private static JsonNode comparable(String field, JsonNode entry) {
        return field.equals("rules") ? PolicyRule.of(entry).toTree() : entry;
    }

    private static List<Resource> clusterBindings() {
        return List.of(
                clusterBinding("cluster-admin", "cluster-admin", GROUP, "system:masters"),
                clusterBinding(
                        "system:discovery", "system:discovery", GROUP, "system:authenticated"),
                clusterBinding(
                        "system:basic-user", "system:basic-user", GROUP, "system:authenticated"),
                clusterBinding(
                        "system:public-info-viewer",
                        "system:public-info-viewer",
                        GROUP,
                        "system:authenticated",
                        "system:unauthenticated"),
                clusterBinding(
                        "system:monitoring", "system:monitoring", GROUP, "system:monitoring"),
                clusterBinding(
                        "system:kube-controller-manager",
                        "system:kube-controller-manager",
                        USER,
                        "system:kube-controller-manager"),
                clusterBinding(
                        "system:kube-scheduler",
                        "system:kube-scheduler",
                        USER,
                        "system:kube-scheduler"),
                clusterBinding(
                        ComponentRoles.REBALANCING,
                        ComponentRoles.REBALANCING,
                        USER,
                        "system:kube-scheduler"),
                clusterBinding(
                        "system:gantry:monitoring",
                        "system:gantry:monitoring",
                        USER,
                        "system:gantry:monitoring"),
                clusterBinding(
                        "system:node-proxier", "system:node-proxier", USER, "system:kube-proxy"),
                clusterBinding(
                        "system:service-account-issuer-discovery",
                        "system:service-account-issuer-discovery",
                        GROUP,
                        "system:serviceaccounts"));
    }

    private static List<Resource> namespacedBindings() {
        return List.of(
                binding(
                        "kube-system",
                        "extension-apiserver-authentication-reader",
                        USER,
                        "system:kube-controller-manager",
                        "system:kube-scheduler"),
                binding("kube-system", PROFILES_WRITER, USER, "system:kube-scheduler"),
                binding("kube-system", METRICS, USER, "system:gantry:monitoring"),
                binding("kube-system", PROFILES_READER, GROUP, "system:authenticated"));
    }

    private static List<Resource> namespacedRoles() {
        return List.of(
                role(
                        "kube-system",
                        "extension-apiserver-authentication-reader",
                        rule(READ, "", "configmaps").named("extension-apiserver-authentication")),
                role(
                        "kube-system",
                        METRICS,
                        rule("create,get,update", "", "services"),
                        rule("create,get,update", "discovery.k8s.io", "endpointslices")),
                role(
                        "kube-system",
                        PROFILES_WRITER,
                        rule("get,update", "", "configmaps").named(PROFILES),
                        rule("create", "", "configmaps")),
                role(
                        "kube-system",
                        PROFILES_READER,
                        rule("get", "", "configmaps").named(PROFILES)));
    }
}
