package dev.gantry.model.kind;

import dev.gantry.model.meta.GroupResource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The kinds that are stored without a CustomResourceDefinition.
 *
 * <p>Compat: names, scopes, short names and categories are those of the discovery document of
 * Kubernetes v1.36. A new kind is one line here and one strategy package in the state service.
 */
public enum BuiltinKind implements Kind {
    NAMESPACE("", "v1", "Namespace", "namespaces", Scope.CLUSTER, List.of("ns"), List.of()),
    NODE("", "v1", "Node", "nodes", Scope.CLUSTER, List.of("no"), List.of()),
    POD("", "v1", "Pod", "pods", Scope.NAMESPACED, List.of("po"), List.of("all")),
    SERVICE("", "v1", "Service", "services", Scope.NAMESPACED, List.of("svc"), List.of("all")),
    ENDPOINTS("", "v1", "Endpoints", "endpoints", Scope.NAMESPACED, List.of("ep"), List.of()),
    CONFIG_MAP("", "v1", "ConfigMap", "configmaps", Scope.NAMESPACED, List.of("cm"), List.of()),
    SECRET("", "v1", "Secret", "secrets", Scope.NAMESPACED, List.of(), List.of()),
    SERVICE_ACCOUNT(
            "",
            "v1",
            "ServiceAccount",
            "serviceaccounts",
            Scope.NAMESPACED,
            List.of("sa"),
            List.of()),
    EVENT("", "v1", "Event", "events", Scope.NAMESPACED, List.of("ev"), List.of()),
    REPLICA_SET(
            "apps",
            "v1",
            "ReplicaSet",
            "replicasets",
            Scope.NAMESPACED,
            List.of("rs"),
            List.of("all")),
    DEPLOYMENT(
            "apps",
            "v1",
            "Deployment",
            "deployments",
            Scope.NAMESPACED,
            List.of("deploy"),
            List.of("all")),
    CONTROLLER_REVISION(
            "apps",
            "v1",
            "ControllerRevision",
            "controllerrevisions",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    ENDPOINT_SLICE(
            "discovery.k8s.io",
            "v1",
            "EndpointSlice",
            "endpointslices",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    LEASE("coordination.k8s.io", "v1", "Lease", "leases", Scope.NAMESPACED, List.of(), List.of()),
    ROLE(
            "rbac.authorization.k8s.io",
            "v1",
            "Role",
            "roles",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    ROLE_BINDING(
            "rbac.authorization.k8s.io",
            "v1",
            "RoleBinding",
            "rolebindings",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    CLUSTER_ROLE(
            "rbac.authorization.k8s.io",
            "v1",
            "ClusterRole",
            "clusterroles",
            Scope.CLUSTER,
            List.of(),
            List.of()),
    CLUSTER_ROLE_BINDING(
            "rbac.authorization.k8s.io",
            "v1",
            "ClusterRoleBinding",
            "clusterrolebindings",
            Scope.CLUSTER,
            List.of(),
            List.of()),
    PRIORITY_CLASS(
            "scheduling.k8s.io",
            "v1",
            "PriorityClass",
            "priorityclasses",
            Scope.CLUSTER,
            List.of("pc"),
            List.of()),

    PERSISTENT_VOLUME(
            "",
            "v1",
            "PersistentVolume",
            "persistentvolumes",
            Scope.CLUSTER,
            List.of("pv"),
            List.of()),
    PERSISTENT_VOLUME_CLAIM(
            "",
            "v1",
            "PersistentVolumeClaim",
            "persistentvolumeclaims",
            Scope.NAMESPACED,
            List.of("pvc"),
            List.of()),
    LIMIT_RANGE(
            "", "v1", "LimitRange", "limitranges", Scope.NAMESPACED, List.of("limits"), List.of()),
    POD_DISRUPTION_BUDGET(
            "policy",
            "v1",
            "PodDisruptionBudget",
            "poddisruptionbudgets",
            Scope.NAMESPACED,
            List.of("pdb"),
            List.of()),
    STORAGE_CLASS(
            "storage.k8s.io",
            "v1",
            "StorageClass",
            "storageclasses",
            Scope.CLUSTER,
            List.of("sc"),
            List.of()),
    CSI_NODE("storage.k8s.io", "v1", "CSINode", "csinodes", Scope.CLUSTER, List.of(), List.of()),
    CSI_DRIVER(
            "storage.k8s.io", "v1", "CSIDriver", "csidrivers", Scope.CLUSTER, List.of(), List.of()),
    CSI_STORAGE_CAPACITY(
            "storage.k8s.io",
            "v1",
            "CSIStorageCapacity",
            "csistoragecapacities",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    RUNTIME_CLASS(
            "node.k8s.io",
            "v1",
            "RuntimeClass",
            "runtimeclasses",
            Scope.CLUSTER,
            List.of(),
            List.of()),
    RESOURCE_CLAIM(
            "resource.k8s.io",
            "v1",
            "ResourceClaim",
            "resourceclaims",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    RESOURCE_CLAIM_TEMPLATE(
            "resource.k8s.io",
            "v1",
            "ResourceClaimTemplate",
            "resourceclaimtemplates",
            Scope.NAMESPACED,
            List.of(),
            List.of()),
    RESOURCE_SLICE(
            "resource.k8s.io",
            "v1",
            "ResourceSlice",
            "resourceslices",
            Scope.CLUSTER,
            List.of(),
            List.of()),
    DEVICE_CLASS(
            "resource.k8s.io",
            "v1",
            "DeviceClass",
            "deviceclasses",
            Scope.CLUSTER,
            List.of(),
            List.of());

    private final String group;
    private final String version;
    private final String kindName;
    private final String plural;
    private final Scope scope;
    private final List<String> shortNames;
    private final List<String> categories;
    private final GroupResource resource;

    BuiltinKind(
            String group,
            String version,
            String kindName,
            String plural,
            Scope scope,
            List<String> shortNames,
            List<String> categories) {
        this.group = group;
        this.version = version;
        this.kindName = kindName;
        this.plural = plural;
        this.scope = scope;
        this.shortNames = shortNames;
        this.categories = categories;
        this.resource = new GroupResource(group, plural);
    }

    public static Optional<BuiltinKind> of(GroupResource resource) {
        return Arrays.stream(values()).filter(kind -> kind.resource.equals(resource)).findFirst();
    }

    @Override
    public String group() {
        return group;
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public String kindName() {
        return kindName;
    }

    @Override
    public String plural() {
        return plural;
    }

    @Override
    public String singular() {
        return kindName.toLowerCase(java.util.Locale.ROOT);
    }

    @Override
    public Scope scope() {
        return scope;
    }

    @Override
    public List<String> shortNames() {
        return shortNames;
    }

    @Override
    public List<String> categories() {
        return categories;
    }

    @Override
    public GroupResource resource() {
        return resource;
    }
}
