package dev.gantry.model.kind;

import dev.gantry.model.meta.GroupResource;

/**
 * Names of the resources that Gantry's own parts work with. What the server knows of a resource is
 * its definition in the state service; everybody else needs the name only.
 */
public final class Resources {
    public static final GroupResource NAMESPACES = new GroupResource("", "namespaces");
    public static final GroupResource NODES = new GroupResource("", "nodes");
    public static final GroupResource PODS = new GroupResource("", "pods");
    public static final GroupResource SERVICES = new GroupResource("", "services");
    public static final GroupResource ENDPOINTS = new GroupResource("", "endpoints");
    public static final GroupResource CONFIG_MAPS = new GroupResource("", "configmaps");
    public static final GroupResource SECRETS = new GroupResource("", "secrets");
    public static final GroupResource SERVICE_ACCOUNTS = new GroupResource("", "serviceaccounts");
    public static final GroupResource EVENTS = new GroupResource("", "events");
    public static final GroupResource REPLICA_SETS = new GroupResource("apps", "replicasets");
    public static final GroupResource DEPLOYMENTS = new GroupResource("apps", "deployments");
    public static final GroupResource STATEFUL_SETS = new GroupResource("apps", "statefulsets");
    public static final GroupResource DAEMON_SETS = new GroupResource("apps", "daemonsets");
    public static final GroupResource JOBS = new GroupResource("batch", "jobs");
    public static final GroupResource CRON_JOBS = new GroupResource("batch", "cronjobs");
    public static final GroupResource REPLICATION_CONTROLLERS =
            new GroupResource("", "replicationcontrollers");
    public static final GroupResource CONTROLLER_REVISIONS =
            new GroupResource("apps", "controllerrevisions");
    public static final GroupResource ENDPOINT_SLICES =
            new GroupResource("discovery.k8s.io", "endpointslices");
    public static final GroupResource LEASES = new GroupResource("coordination.k8s.io", "leases");
    public static final GroupResource ROLES =
            new GroupResource("rbac.authorization.k8s.io", "roles");
    public static final GroupResource ROLE_BINDINGS =
            new GroupResource("rbac.authorization.k8s.io", "rolebindings");
    public static final GroupResource CLUSTER_ROLES =
            new GroupResource("rbac.authorization.k8s.io", "clusterroles");
    public static final GroupResource CLUSTER_ROLE_BINDINGS =
            new GroupResource("rbac.authorization.k8s.io", "clusterrolebindings");
    public static final GroupResource PRIORITY_CLASSES =
            new GroupResource("scheduling.k8s.io", "priorityclasses");
    public static final GroupResource WORKLOADS =
            new GroupResource("scheduling.k8s.io", "workloads");
    public static final GroupResource POD_GROUPS =
            new GroupResource("scheduling.k8s.io", "podgroups");
    public static final GroupResource PERSISTENT_VOLUMES =
            new GroupResource("", "persistentvolumes");
    public static final GroupResource PERSISTENT_VOLUME_CLAIMS =
            new GroupResource("", "persistentvolumeclaims");
    public static final GroupResource LIMIT_RANGES = new GroupResource("", "limitranges");
    public static final GroupResource RESOURCE_QUOTAS = new GroupResource("", "resourcequotas");
    public static final GroupResource POD_DISRUPTION_BUDGETS =
            new GroupResource("policy", "poddisruptionbudgets");
    public static final GroupResource STORAGE_CLASSES =
            new GroupResource("storage.k8s.io", "storageclasses");
    public static final GroupResource CSI_NODES = new GroupResource("storage.k8s.io", "csinodes");
    public static final GroupResource CSI_DRIVERS =
            new GroupResource("storage.k8s.io", "csidrivers");
    public static final GroupResource CSI_STORAGE_CAPACITIES =
            new GroupResource("storage.k8s.io", "csistoragecapacities");
    public static final GroupResource RUNTIME_CLASSES =
            new GroupResource("node.k8s.io", "runtimeclasses");
    public static final GroupResource RESOURCE_CLAIMS =
            new GroupResource("resource.k8s.io", "resourceclaims");
    public static final GroupResource RESOURCE_CLAIM_TEMPLATES =
            new GroupResource("resource.k8s.io", "resourceclaimtemplates");
    public static final GroupResource RESOURCE_SLICES =
            new GroupResource("resource.k8s.io", "resourceslices");
    public static final GroupResource DEVICE_CLASSES =
            new GroupResource("resource.k8s.io", "deviceclasses");

    private Resources() {}
}
