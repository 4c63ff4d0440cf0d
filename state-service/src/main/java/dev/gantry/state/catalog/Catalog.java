package dev.gantry.state.catalog;

import dev.gantry.model.kind.BuiltinKind;
import dev.gantry.model.kind.CustomKind;
import dev.gantry.model.kind.Kind;
import dev.gantry.state.strategy.Strategy;
import dev.gantry.state.strategy.configmap.ConfigMapStrategy;
import dev.gantry.state.strategy.controllerrevision.ControllerRevisionStrategy;
import dev.gantry.state.strategy.csi.CsiDriverStrategy;
import dev.gantry.state.strategy.csi.CsiNodeStrategy;
import dev.gantry.state.strategy.csi.CsiStorageCapacityStrategy;
import dev.gantry.state.strategy.custom.CustomStrategy;
import dev.gantry.state.strategy.deployment.DeploymentStrategy;
import dev.gantry.state.strategy.device.DeviceClassStrategy;
import dev.gantry.state.strategy.device.ResourceClaimStrategy;
import dev.gantry.state.strategy.device.ResourceClaimTemplateStrategy;
import dev.gantry.state.strategy.device.ResourceSliceStrategy;
import dev.gantry.state.strategy.endpoints.EndpointsStrategy;
import dev.gantry.state.strategy.endpointslice.EndpointSliceStrategy;
import dev.gantry.state.strategy.event.EventStrategy;
import dev.gantry.state.strategy.lease.LeaseStrategy;
import dev.gantry.state.strategy.limitrange.LimitRangeStrategy;
import dev.gantry.state.strategy.namespace.NamespaceStrategy;
import dev.gantry.state.strategy.node.NodeStrategy;
import dev.gantry.state.strategy.persistentvolume.PersistentVolumeStrategy;
import dev.gantry.state.strategy.persistentvolumeclaim.PersistentVolumeClaimStrategy;
import dev.gantry.state.strategy.pod.PodStrategy;
import dev.gantry.state.strategy.poddisruptionbudget.PodDisruptionBudgetStrategy;
import dev.gantry.state.strategy.priorityclass.PriorityClassStrategy;
import dev.gantry.state.strategy.rbac.RoleBindingStrategy;
import dev.gantry.state.strategy.rbac.RoleStrategy;
import dev.gantry.state.strategy.replicaset.ReplicaSetStrategy;
import dev.gantry.state.strategy.runtimeclass.RuntimeClassStrategy;
import dev.gantry.state.strategy.secret.SecretStrategy;
import dev.gantry.state.strategy.service.ServiceStrategy;
import dev.gantry.state.strategy.serviceaccount.ServiceAccountStrategy;
import dev.gantry.state.strategy.storageclass.StorageClassStrategy;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Which strategy is responsible for a kind. */
public final class Catalog {
    private static final Map<BuiltinKind, Strategy> BUILTIN = new EnumMap<>(BuiltinKind.class);

    static {
        for (BuiltinKind kind : BuiltinKind.values()) {
            BUILTIN.put(kind, made(kind));
        }
    }

    private Catalog() {}

    public static Strategy of(Kind kind) {
        return switch (kind) {
            case BuiltinKind builtin -> Objects.requireNonNull(BUILTIN.get(builtin));
            case CustomKind custom -> new CustomStrategy(custom);
        };
    }

    /** Invariant: no default here, so a new kind does not compile before it has a strategy. */
    private static Strategy made(BuiltinKind kind) {
        return switch (kind) {
            case NAMESPACE -> new NamespaceStrategy();
            case NODE -> new NodeStrategy();
            case POD -> new PodStrategy();
            case SERVICE -> new ServiceStrategy();
            case ENDPOINTS -> new EndpointsStrategy();
            case CONFIG_MAP -> new ConfigMapStrategy();
            case SECRET -> new SecretStrategy();
            case SERVICE_ACCOUNT -> new ServiceAccountStrategy();
            case EVENT -> new EventStrategy();
            case REPLICA_SET -> new ReplicaSetStrategy();
            case DEPLOYMENT -> new DeploymentStrategy();
            case CONTROLLER_REVISION -> new ControllerRevisionStrategy();
            case ENDPOINT_SLICE -> new EndpointSliceStrategy();
            case LEASE -> new LeaseStrategy();
            case ROLE, CLUSTER_ROLE -> new RoleStrategy(kind);
            case ROLE_BINDING, CLUSTER_ROLE_BINDING -> new RoleBindingStrategy(kind);
            case PRIORITY_CLASS -> new PriorityClassStrategy();
            case PERSISTENT_VOLUME -> new PersistentVolumeStrategy();
            case PERSISTENT_VOLUME_CLAIM -> new PersistentVolumeClaimStrategy();
            case LIMIT_RANGE -> new LimitRangeStrategy();
            case POD_DISRUPTION_BUDGET -> new PodDisruptionBudgetStrategy();
            case STORAGE_CLASS -> new StorageClassStrategy();
            case CSI_NODE -> new CsiNodeStrategy();
            case CSI_DRIVER -> new CsiDriverStrategy();
            case CSI_STORAGE_CAPACITY -> new CsiStorageCapacityStrategy();
            case RUNTIME_CLASS -> new RuntimeClassStrategy();
            case RESOURCE_CLAIM -> new ResourceClaimStrategy();
            case RESOURCE_CLAIM_TEMPLATE -> new ResourceClaimTemplateStrategy();
            case RESOURCE_SLICE -> new ResourceSliceStrategy();
            case DEVICE_CLASS -> new DeviceClassStrategy();
        };
    }
}
