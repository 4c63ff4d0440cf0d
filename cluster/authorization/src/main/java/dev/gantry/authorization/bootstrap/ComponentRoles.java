package dev.gantry.authorization.bootstrap;

import static dev.gantry.authorization.bootstrap.RoleText.ALL;
import static dev.gantry.authorization.bootstrap.RoleText.READ;
import static dev.gantry.authorization.bootstrap.RoleText.aggregatedTo;
import static dev.gantry.authorization.bootstrap.RoleText.clusterRole;
import static dev.gantry.authorization.bootstrap.RoleText.paths;
import static dev.gantry.authorization.bootstrap.RoleText.rule;

import dev.gantry.authorization.NodeRules;
import dev.gantry.authorization.PolicyRule;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What the parts of the platform itself need, and what add-ons commonly bind to. */
final class ComponentRoles {
    private static final String EVENTS = "create,patch,update";
    private static final String LEASES = "create,get,list,update,watch";

    /** The scheduler's role is upstream's; what it needs beyond that stands apart. */
    static final String REBALANCING = "system:gantry:rebalancing";

    private static final String CERTIFICATES = "certificates.k8s.io";
    private static final String REQUESTS = "certificatesigningrequests";
    private static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    private static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";

    private ComponentRoles() {}

    static List<Resource> all() {
        List<Resource> all = new ArrayList<>(joining());
        all.addAll(approving());
        all.addAll(running());
        return all;
    }

    /**
     * What a machine needs to get its first certificate, and to have it renewed. Compat: bound to
     * nobody by default; kubeadm binds them to the groups of bootstrap tokens and of nodes.
     */
    private static List<Resource> joining() {
        String prefix = "system:certificates.k8s.io:certificatesigningrequests:";
        return List.of(
                clusterRole(
                        "system:node-bootstrapper",
                        List.of(rule("create,get,list,watch", CERTIFICATES, REQUESTS))),
                clusterRole(
                        prefix + "nodeclient",
                        List.of(rule("create", CERTIFICATES, REQUESTS + "/nodeclient"))),
                clusterRole(
                        prefix + "selfnodeclient",
                        List.of(rule("create", CERTIFICATES, REQUESTS + "/selfnodeclient"))));
    }

    /** Who may say that certificates of a signer are given. Compat: bound to nobody by default. */
    private static List<Resource> approving() {
        return Stream.of(
                        KUBELET_CLIENT,
                        KUBELET_SERVING,
                        "kubernetes.io/kube-apiserver-client",
                        "kubernetes.io/legacy-unknown")
                .map(
                        signer ->
                                clusterRole(
                                        "system:certificates.k8s.io:%s-approver"
                                                .formatted(signer.split("/", 2)[1]),
                                        List.of(
                                                rule("approve", CERTIFICATES, "signers")
                                                        .named(signer))))
                .toList();
    }

    private static List<Resource> running() {
        return List.of(
                clusterRole("system:kube-controller-manager", controllers()),
                clusterRole("system:kube-scheduler", scheduler()),
                clusterRole("system:gantry:monitoring", monitoring()),
                clusterRole(REBALANCING, List.of(rule("create", "", "pods/eviction"))),
                clusterRole("system:node", node()),
                clusterRole("system:node-proxier", nodeProxier()),
                clusterRole("system:kubelet-api-admin", kubeletApi()),
                clusterRole(
                        "system:kube-dns", List.of(rule("list,watch", "", "endpoints,services"))),
                clusterRole(
                        "system:auth-delegator",
                        List.of(
                                rule("create", "authentication.k8s.io", "tokenreviews"),
                                rule("create", "authorization.k8s.io", "subjectaccessreviews"))),
                clusterRole(
                        "system:service-account-issuer-discovery",
                        List.of(
                                paths(
                                        "get",
                                        "/.well-known/openid-configuration,/.well-known/openid-configuration/,"
                                                + "/openid/v1/jwks,/openid/v1/jwks/"))),
                clusterRole("system:node-problem-detector", problemDetector()),
                aggregatedTo(
                        "view",
                        aggregatedTo(
                                "edit",
                                aggregatedTo(
                                        "admin",
                                        clusterRole(
                                                "system:aggregated-metrics-reader",
                                                List.of(
                                                        rule(
                                                                READ,
                                                                "metrics.k8s.io",
                                                                "nodes,pods")))))),
                clusterRole("system:persistent-volume-provisioner", provisioner()));
    }

    /**
     * One identity runs all controllers, so it has what upstream's many service accounts have
     * together. Deliberately absent: impersonate. Granting roles beyond its own needs escalate and
     * bind, which aggregating roles requires.
     */
    private static List<PolicyRule> controllers() {
        return List.of(
                rule(ALL, "*", "*"),
                rule("escalate,bind", "rbac.authorization.k8s.io", "clusterroles,roles"),
                rule(
                        "arbitrary-node:patch,arbitrary-node:update",
                        "resource.k8s.io",
                        "resourceclaims/driver"),
                rule("create", "", "serviceaccounts/token,pods/eviction,pods/binding"),
                rule("approve", CERTIFICATES, "signers").named(KUBELET_CLIENT, KUBELET_SERVING),
                rule("sign", CERTIFICATES, "signers")
                        .named(
                                "kubernetes.io/kube-apiserver-client",
                                KUBELET_CLIENT,
                                KUBELET_SERVING,
                                "kubernetes.io/legacy-unknown"),
                rule("create", "authorization.k8s.io", "subjectaccessreviews"),
                paths("get", "*"));
    }

    /** Compat: for a program that people install; bound to nobody by default. */
    private static List<PolicyRule> problemDetector() {
        return List.of(
                rule("get", "", "nodes"),
                rule("patch", "", "nodes/status"),
                rule(EVENTS, "", "events"),
                rule(EVENTS, "events.k8s.io", "events"));
    }

    private static List<PolicyRule> scheduler() {
        return List.of(
                rule(EVENTS, "", "events"),
                rule(EVENTS, "events.k8s.io", "events"),
                rule(LEASES, "coordination.k8s.io", "leases"),
                rule(READ, "", "namespaces,nodes,pods,replicationcontrollers,services"),
                rule("get,list,patch,update,watch", "", "persistentvolumeclaims,persistentvolumes"),
                rule("delete", "", "pods"),
                rule("create", "", "bindings,pods/binding"),
                rule("patch,update", "", "pods/status"),
                rule(READ, "apps", "replicasets,statefulsets"),
                rule(READ, "policy", "poddisruptionbudgets"),
                rule(READ, "scheduling.k8s.io", "podgroups,priorityclasses"),
                rule("patch,update", "scheduling.k8s.io", "podgroups/status"),
                rule(READ, "storage.k8s.io", "*"),
                rule(READ, "node.k8s.io", "runtimeclasses"),
                rule(READ, "resource.k8s.io", "deviceclasses,resourceclaims,resourceslices"),
                rule("create,delete,patch,update", "resource.k8s.io", "resourceclaims"),
                rule("patch,update", "resource.k8s.io", "resourceclaims/status"),
                rule("update", "resource.k8s.io", "resourceclaims/binding"),
                rule("create", "authentication.k8s.io", "tokenreviews"),
                rule("create", "authorization.k8s.io", "subjectaccessreviews"));
    }

    private static List<PolicyRule> monitoring() {
        return List.of(
                rule(READ, "", "namespaces,nodes,pods"),
                rule("create,delete,patch,update", "", "nodes"),
                rule("patch,update", "", "nodes/status,pods/status"),
                rule("delete", "", "pods"),
                rule("create", "", "pods/eviction"),
                rule(EVENTS, "", "events"),
                rule(EVENTS, "events.k8s.io", "events"),
                rule(LEASES, "coordination.k8s.io", "leases"),
                rule(READ, "autoscaling", "horizontalpodautoscalers"),
                rule("patch,update", "autoscaling", "horizontalpodautoscalers/status"),
                rule("get,patch,update", "*", "*/scale"),
                rule("create", "apiregistration.k8s.io", "apiservices"),
                rule("get,update", "apiregistration.k8s.io", "apiservices")
                        .named("v1beta1.metrics.k8s.io"),
                rule("create", "authentication.k8s.io", "tokenreviews"),
                rule("create", "authorization.k8s.io", "subjectaccessreviews"));
    }

    /** Compat: bound to nobody by default; the Node authorizer grants by relation instead. */
    private static List<PolicyRule> node() {
        return NodeRules.RULES;
    }

    private static List<PolicyRule> nodeProxier() {
        return List.of(
                rule("list,watch", "", "endpoints,services"),
                rule("list,watch", "discovery.k8s.io", "endpointslices"),
                rule("list,watch", "networking.k8s.io", "servicecidrs"),
                rule(READ, "", "nodes"),
                rule(EVENTS, "", "events"),
                rule(EVENTS, "events.k8s.io", "events"));
    }

    private static List<PolicyRule> kubeletApi() {
        return List.of(
                rule(READ, "", "nodes"),
                rule("proxy", "", "nodes"),
                rule(
                        "*",
                        "",
                        "nodes/log,nodes/metrics,nodes/proxy,nodes/stats,nodes/configz,nodes/healthz,"
                                + "nodes/pods"));
    }

    private static List<PolicyRule> provisioner() {
        return List.of(
                rule("create,delete,get,list,watch", "", "persistentvolumes"),
                rule("get,list,update,watch", "", "persistentvolumeclaims"),
                rule(READ, "storage.k8s.io", "storageclasses"),
                rule("watch", "", "events"),
                rule(EVENTS, "", "events"),
                rule(EVENTS, "events.k8s.io", "events"));
    }
}
