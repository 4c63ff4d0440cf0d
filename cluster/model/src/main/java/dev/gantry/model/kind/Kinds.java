package dev.gantry.model.kind;

import dev.gantry.model.meta.GroupResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds that Gantry's own parts read and write: what a client must know to name an object. What
 * is served besides, discovery tells.
 */
public final class Kinds {
    public static final Kind NAMESPACE = Kind.ofCluster("", "v1", "Namespace", "namespaces");
    public static final Kind NODE = Kind.ofCluster("", "v1", "Node", "nodes");
    public static final Kind POD = Kind.namespaced("", "v1", "Pod", "pods");
    public static final Kind SERVICE = Kind.namespaced("", "v1", "Service", "services");
    public static final Kind ENDPOINTS = Kind.namespaced("", "v1", "Endpoints", "endpoints");
    public static final Kind CONFIG_MAP = Kind.namespaced("", "v1", "ConfigMap", "configmaps");
    public static final Kind SECRET = Kind.namespaced("", "v1", "Secret", "secrets");
    public static final Kind SERVICE_ACCOUNT =
            Kind.namespaced("", "v1", "ServiceAccount", "serviceaccounts");
    public static final Kind EVENT = Kind.namespaced("", "v1", "Event", "events");
    public static final Kind REPLICA_SET =
            Kind.namespaced("apps", "v1", "ReplicaSet", "replicasets");
    public static final Kind DEPLOYMENT =
            Kind.namespaced("apps", "v1", "Deployment", "deployments");
    public static final Kind STATEFUL_SET =
            Kind.namespaced("apps", "v1", "StatefulSet", "statefulsets");
    public static final Kind DAEMON_SET = Kind.namespaced("apps", "v1", "DaemonSet", "daemonsets");
    public static final Kind JOB = Kind.namespaced("batch", "v1", "Job", "jobs");
    public static final Kind CRON_JOB = Kind.namespaced("batch", "v1", "CronJob", "cronjobs");
    public static final Kind HORIZONTAL_POD_AUTOSCALER =
            Kind.namespaced(
                    "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers");
    public static final Kind CONTROLLER_REVISION =
            Kind.namespaced("apps", "v1", "ControllerRevision", "controllerrevisions");
    public static final Kind ENDPOINT_SLICE =
            Kind.namespaced("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices");
    public static final Kind LEASE =
            Kind.namespaced("coordination.k8s.io", "v1", "Lease", "leases");
    public static final Kind ROLE =
            Kind.namespaced("rbac.authorization.k8s.io", "v1", "Role", "roles");
    public static final Kind ROLE_BINDING =
            Kind.namespaced("rbac.authorization.k8s.io", "v1", "RoleBinding", "rolebindings");
    public static final Kind CLUSTER_ROLE =
            Kind.ofCluster("rbac.authorization.k8s.io", "v1", "ClusterRole", "clusterroles");
    public static final Kind CLUSTER_ROLE_BINDING =
            Kind.ofCluster(
                    "rbac.authorization.k8s.io", "v1", "ClusterRoleBinding", "clusterrolebindings");
    public static final Kind CUSTOM_RESOURCE_DEFINITION =
            Kind.ofCluster(
                    "apiextensions.k8s.io",
                    "v1",
                    "CustomResourceDefinition",
                    "customresourcedefinitions");
    public static final Kind PRIORITY_CLASS =
            Kind.ofCluster("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses");
    public static final Kind WORKLOAD =
            Kind.namespaced("scheduling.k8s.io", "v1alpha2", "Workload", "workloads");
    public static final Kind POD_GROUP =
            Kind.namespaced("scheduling.k8s.io", "v1alpha2", "PodGroup", "podgroups");
    public static final Kind PERSISTENT_VOLUME =
            Kind.ofCluster("", "v1", "PersistentVolume", "persistentvolumes");
    public static final Kind PERSISTENT_VOLUME_CLAIM =
            Kind.namespaced("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims");
    public static final Kind LIMIT_RANGE = Kind.namespaced("", "v1", "LimitRange", "limitranges");
    public static final Kind RESOURCE_QUOTA =
            Kind.namespaced("", "v1", "ResourceQuota", "resourcequotas");
    public static final Kind CERTIFICATE_SIGNING_REQUEST =
            Kind.ofCluster(
                    "certificates.k8s.io",
                    "v1",
                    "CertificateSigningRequest",
                    "certificatesigningrequests");
    public static final Kind API_SERVICE =
            Kind.ofCluster("apiregistration.k8s.io", "v1", "APIService", "apiservices");
    public static final Kind INGRESS =
            Kind.namespaced("networking.k8s.io", "v1", "Ingress", "ingresses");
    public static final Kind INGRESS_CLASS =
            Kind.ofCluster("networking.k8s.io", "v1", "IngressClass", "ingressclasses");
    public static final Kind NETWORK_POLICY =
            Kind.namespaced("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies");
    public static final Kind SERVICE_CIDR =
            Kind.ofCluster("networking.k8s.io", "v1", "ServiceCIDR", "servicecidrs");
    public static final Kind IP_ADDRESS =
            Kind.ofCluster("networking.k8s.io", "v1", "IPAddress", "ipaddresses");
    public static final Kind VOLUME_ATTACHMENT =
            Kind.ofCluster("storage.k8s.io", "v1", "VolumeAttachment", "volumeattachments");
    public static final Kind VOLUME_ATTRIBUTES_CLASS =
            Kind.ofCluster(
                    "storage.k8s.io", "v1", "VolumeAttributesClass", "volumeattributesclasses");
    public static final Kind FLOW_SCHEMA =
            Kind.ofCluster("flowcontrol.apiserver.k8s.io", "v1", "FlowSchema", "flowschemas");
    public static final Kind PRIORITY_LEVEL_CONFIGURATION =
            Kind.ofCluster(
                    "flowcontrol.apiserver.k8s.io",
                    "v1",
                    "PriorityLevelConfiguration",
                    "prioritylevelconfigurations");
    public static final Kind POD_DISRUPTION_BUDGET =
            Kind.namespaced("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets");
    public static final Kind STORAGE_CLASS =
            Kind.ofCluster("storage.k8s.io", "v1", "StorageClass", "storageclasses");
    public static final Kind CSI_NODE =
            Kind.ofCluster("storage.k8s.io", "v1", "CSINode", "csinodes");
    public static final Kind CSI_DRIVER =
            Kind.ofCluster("storage.k8s.io", "v1", "CSIDriver", "csidrivers");
    public static final Kind CSI_STORAGE_CAPACITY =
            Kind.namespaced("storage.k8s.io", "v1", "CSIStorageCapacity", "csistoragecapacities");
    public static final Kind RUNTIME_CLASS =
            Kind.ofCluster("node.k8s.io", "v1", "RuntimeClass", "runtimeclasses");
    public static final Kind RESOURCE_CLAIM =
            Kind.namespaced("resource.k8s.io", "v1", "ResourceClaim", "resourceclaims");
    public static final Kind RESOURCE_CLAIM_TEMPLATE =
            Kind.namespaced(
                    "resource.k8s.io", "v1", "ResourceClaimTemplate", "resourceclaimtemplates");
    public static final Kind RESOURCE_SLICE =
            Kind.ofCluster("resource.k8s.io", "v1", "ResourceSlice", "resourceslices");
    public static final Kind DEVICE_CLASS =
            Kind.ofCluster("resource.k8s.io", "v1", "DeviceClass", "deviceclasses");

    public static final Kind POD_TEMPLATE =
            Kind.namespaced("", "v1", "PodTemplate", "podtemplates");
    public static final Kind REPLICATION_CONTROLLER =
            Kind.namespaced("", "v1", "ReplicationController", "replicationcontrollers");

    public static final List<Kind> ALL =
            List.of(
                    NAMESPACE,
                    NODE,
                    POD,
                    SERVICE,
                    ENDPOINTS,
                    CONFIG_MAP,
                    SECRET,
                    SERVICE_ACCOUNT,
                    EVENT,
                    REPLICA_SET,
                    DEPLOYMENT,
                    STATEFUL_SET,
                    DAEMON_SET,
                    JOB,
                    CRON_JOB,
                    HORIZONTAL_POD_AUTOSCALER,
                    CONTROLLER_REVISION,
                    ENDPOINT_SLICE,
                    LEASE,
                    ROLE,
                    ROLE_BINDING,
                    CLUSTER_ROLE,
                    CLUSTER_ROLE_BINDING,
                    CUSTOM_RESOURCE_DEFINITION,
                    PRIORITY_CLASS,
                    WORKLOAD,
                    POD_GROUP,
                    PERSISTENT_VOLUME,
                    PERSISTENT_VOLUME_CLAIM,
                    LIMIT_RANGE,
                    RESOURCE_QUOTA,
                    CERTIFICATE_SIGNING_REQUEST,
                    API_SERVICE,
                    INGRESS,
                    INGRESS_CLASS,
                    NETWORK_POLICY,
                    SERVICE_CIDR,
                    IP_ADDRESS,
                    VOLUME_ATTACHMENT,
                    VOLUME_ATTRIBUTES_CLASS,
                    FLOW_SCHEMA,
                    PRIORITY_LEVEL_CONFIGURATION,
                    POD_DISRUPTION_BUDGET,
                    STORAGE_CLASS,
                    CSI_NODE,
                    CSI_DRIVER,
                    CSI_STORAGE_CAPACITY,
                    RUNTIME_CLASS,
                    RESOURCE_CLAIM,
                    RESOURCE_CLAIM_TEMPLATE,
                    RESOURCE_SLICE,
                    DEVICE_CLASS,
                    POD_TEMPLATE,
                    REPLICATION_CONTROLLER);

    private static final Map<GroupResource, Kind> BY_RESOURCE =
            ALL.stream().collect(Collectors.toMap(Kind::resource, Function.identity()));

    private Kinds() {}

    public static Optional<Kind> of(GroupResource resource) {
        return Optional.ofNullable(BY_RESOURCE.get(resource));
    }
}
