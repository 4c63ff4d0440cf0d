package dev.gantry.authorization.bootstrap;

import static dev.gantry.authorization.bootstrap.RoleText.ALL;
import static dev.gantry.authorization.bootstrap.RoleText.READ;
import static dev.gantry.authorization.bootstrap.RoleText.WRITE;
import static dev.gantry.authorization.bootstrap.RoleText.aggregatedTo;
import static dev.gantry.authorization.bootstrap.RoleText.aggregating;
import static dev.gantry.authorization.bootstrap.RoleText.clusterRole;
import static dev.gantry.authorization.bootstrap.RoleText.paths;
import static dev.gantry.authorization.bootstrap.RoleText.rule;

import dev.gantry.authorization.PolicyRule;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;

/** What people get: from reading the version to everything. */
final class UserRoles {
    private static final String WORKLOADS =
            "controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,"
                    + "deployments/status,replicasets,replicasets/scale,replicasets/status,"
                    + "statefulsets,statefulsets/scale,statefulsets/status";
    private static final String EDITABLE_WORKLOADS =
            "daemonsets,deployments,deployments/rollback,deployments/scale,replicasets,"
                    + "replicasets/scale,statefulsets,statefulsets/scale";
    private static final String PUBLIC_PATHS = "/healthz,/livez,/readyz,/version,/version/";

    private UserRoles() {}

    static List<Resource> all() {
        List<PolicyRule> view = view();
        List<PolicyRule> edit = edit();
        List<PolicyRule> admin = admin();
        List<Resource> roles = new ArrayList<>();
        roles.add(clusterRole("cluster-admin", List.of(rule("*", "*", "*"), paths("*", "*"))));
        roles.add(clusterRole("system:discovery", List.of(paths("get", discoveryPaths()))));
        roles.add(clusterRole("system:basic-user", basic()));
        roles.add(clusterRole("system:public-info-viewer", List.of(paths("get", PUBLIC_PATHS))));
        roles.add(
                clusterRole(
                        "system:monitoring",
                        List.of(
                                paths("get", monitoringPaths()),
                                paths("get", "/flagz"),
                                paths("get", "/statusz"),
                                rule("get", "", "nodes/metrics"))));
        roles.add(aggregating("view", view));
        roles.add(aggregatedTo("edit", aggregating("edit", joined(edit, view))));
        roles.add(aggregating("admin", joined(admin, edit, view)));
        roles.add(aggregatedTo("view", clusterRole("system:aggregate-to-view", view)));
        roles.add(aggregatedTo("edit", clusterRole("system:aggregate-to-edit", edit)));
        roles.add(aggregatedTo("admin", clusterRole("system:aggregate-to-admin", admin)));
        labelForOuter(roles);
        return roles;
    }

    /** Editors may do what viewers may, and administrators of a namespace what editors may. */
    private static void labelForOuter(List<Resource> roles) {
        for (Resource role : roles) {
            switch (role.name()) {
                case "view" -> aggregatedTo("edit", role);
                case "edit" -> {
                    Resource.child(role.mutableMetadata(), "labels")
                            .remove("rbac.authorization.k8s.io/aggregate-to-edit");
                    aggregatedTo("admin", role);
                }
                default -> {
                    // Part of no other role.
                }
            }
        }
    }

    private static String discoveryPaths() {
        return "/api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/";
    }

    private static String monitoringPaths() {
        return "/healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*";
    }

    private static List<PolicyRule> basic() {
        return List.of(
                rule(
                        "create",
                        "authorization.k8s.io",
                        "selfsubjectaccessreviews,selfsubjectrulesreviews"),
                rule("create", "authentication.k8s.io", "selfsubjectreviews"));
    }

    private static List<PolicyRule> view() {
        return List.of(
                rule(
                        READ,
                        "",
                        "configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods,"
                                + "replicationcontrollers,replicationcontrollers/scale,serviceaccounts,"
                                + "services,services/status"),
                rule(
                        READ,
                        "",
                        "bindings,events,limitranges,namespaces/status,pods/log,pods/status,"
                                + "replicationcontrollers/status,resourcequotas,resourcequotas/status"),
                rule(READ, "", "namespaces"),
                rule(READ, "events.k8s.io", "events"),
                rule(READ, "discovery.k8s.io", "endpointslices"),
                rule(READ, "apps", WORKLOADS),
                rule(
                        READ,
                        "autoscaling",
                        "horizontalpodautoscalers,horizontalpodautoscalers/status"),
                rule(READ, "batch", "cronjobs,cronjobs/status,jobs,jobs/status"),
                rule(READ, "policy", "poddisruptionbudgets,poddisruptionbudgets/status"),
                rule(READ, "networking.k8s.io", "ingresses,ingresses/status,networkpolicies"),
                rule(READ, "scheduling.k8s.io", "podgroups,podgroups/status,workloads"),
                rule(
                        READ,
                        "resource.k8s.io",
                        "resourceclaims,resourceclaims/status,resourceclaimtemplates"));
    }

    private static List<PolicyRule> edit() {
        return List.of(
                rule(
                        READ,
                        "",
                        "pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy"),
                rule("impersonate", "", "serviceaccounts"),
                rule(WRITE, "", "pods,pods/attach,pods/exec,pods/portforward,pods/proxy"),
                rule("create", "", "pods/eviction"),
                rule(
                        WRITE,
                        "",
                        "configmaps,events,persistentvolumeclaims,replicationcontrollers,"
                                + "replicationcontrollers/scale,secrets,serviceaccounts,services,"
                                + "services/proxy"),
                rule("create", "", "serviceaccounts/token"),
                rule(WRITE, "events.k8s.io", "events"),
                rule(WRITE, "apps", EDITABLE_WORKLOADS),
                rule(WRITE, "autoscaling", "horizontalpodautoscalers"),
                rule(WRITE, "batch", "cronjobs,jobs"),
                rule(WRITE, "policy", "poddisruptionbudgets"),
                rule(WRITE, "networking.k8s.io", "ingresses,networkpolicies"),
                rule(WRITE, "scheduling.k8s.io", "podgroups,workloads"),
                rule(WRITE, "resource.k8s.io", "resourceclaims,resourceclaimtemplates"),
                rule(ALL, "coordination.k8s.io", "leases"));
    }

    private static List<PolicyRule> admin() {
        return List.of(
                rule("create", "authorization.k8s.io", "localsubjectaccessreviews"),
                rule(ALL, "rbac.authorization.k8s.io", "rolebindings,roles"));
    }

    @SafeVarargs
    private static List<PolicyRule> joined(List<PolicyRule>... parts) {
        List<PolicyRule> all = new ArrayList<>();
        for (List<PolicyRule> part : parts) {
            all.addAll(part);
        }
        return all;
    }
}
