package dev.gantry.model.kind;

import dev.gantry.model.meta.GroupResource;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of {@link Kinds} as an enum, for those that still name them so. */
public enum BuiltinKind {
    NAMESPACE(Kinds.NAMESPACE),
    NODE(Kinds.NODE),
    POD(Kinds.POD),
    SERVICE(Kinds.SERVICE),
    ENDPOINTS(Kinds.ENDPOINTS),
    CONFIG_MAP(Kinds.CONFIG_MAP),
    SECRET(Kinds.SECRET),
    SERVICE_ACCOUNT(Kinds.SERVICE_ACCOUNT),
    EVENT(Kinds.EVENT),
    REPLICA_SET(Kinds.REPLICA_SET),
    DEPLOYMENT(Kinds.DEPLOYMENT),
    CONTROLLER_REVISION(Kinds.CONTROLLER_REVISION),
    ENDPOINT_SLICE(Kinds.ENDPOINT_SLICE),
    LEASE(Kinds.LEASE),
    ROLE(Kinds.ROLE),
    ROLE_BINDING(Kinds.ROLE_BINDING),
    CLUSTER_ROLE(Kinds.CLUSTER_ROLE),
    CLUSTER_ROLE_BINDING(Kinds.CLUSTER_ROLE_BINDING),
    PRIORITY_CLASS(Kinds.PRIORITY_CLASS),
    PERSISTENT_VOLUME(Kinds.PERSISTENT_VOLUME),
    PERSISTENT_VOLUME_CLAIM(Kinds.PERSISTENT_VOLUME_CLAIM),
    LIMIT_RANGE(Kinds.LIMIT_RANGE),
    POD_DISRUPTION_BUDGET(Kinds.POD_DISRUPTION_BUDGET),
    STORAGE_CLASS(Kinds.STORAGE_CLASS),
    CSI_NODE(Kinds.CSI_NODE),
    CSI_DRIVER(Kinds.CSI_DRIVER),
    CSI_STORAGE_CAPACITY(Kinds.CSI_STORAGE_CAPACITY),
    RUNTIME_CLASS(Kinds.RUNTIME_CLASS),
    RESOURCE_CLAIM(Kinds.RESOURCE_CLAIM),
    RESOURCE_CLAIM_TEMPLATE(Kinds.RESOURCE_CLAIM_TEMPLATE),
    RESOURCE_SLICE(Kinds.RESOURCE_SLICE),
    DEVICE_CLASS(Kinds.DEVICE_CLASS),
    POD_TEMPLATE(Kinds.POD_TEMPLATE),
    REPLICATION_CONTROLLER(Kinds.REPLICATION_CONTROLLER);

    private final Kind kind;

    BuiltinKind(Kind kind) {
        this.kind = kind;
    }

    public static Optional<BuiltinKind> of(GroupResource resource) {
        return Arrays.stream(values()).filter(each -> each.resource().equals(resource)).findFirst();
    }

    public Kind kind() {
        return kind;
    }

    public String group() {
        return kind.group();
    }

    public String version() {
        return kind.version();
    }

    public String apiVersion() {
        return kind.apiVersion();
    }

    public String kindName() {
        return kind.kindName();
    }

    public String plural() {
        return kind.plural();
    }

    public String singular() {
        return kind.singular();
    }

    public boolean isNamespaced() {
        return kind.isNamespaced();
    }

    public Scope scope() {
        return kind.scope();
    }

    public GroupResource resource() {
        return kind.resource();
    }
}
