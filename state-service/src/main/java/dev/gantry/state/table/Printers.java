package dev.gantry.state.table;

import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.schema.KindName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Which printer is responsible for a kind. */
final class Printers {
    private static final Map<String, Printer> BY_KIND = new TreeMap<>();

    static {
        put("", "Pod", new PodPrinter());
        put("", "Node", new NodePrinter());
        put("", "Service", new ServicePrinter());
        put("", "Endpoints", new EndpointPrinters.Whole());
        put("", "Event", new EventPrinter());
        put("", "Namespace", phase());
        put("", "ConfigMap", dataCount());
        put("", "Secret", secret());
        put("", "ServiceAccount", serviceAccount());
        put("apps", "Deployment", new WorkloadPrinters.Deployments());
        put("apps", "ReplicaSet", new WorkloadPrinters.ReplicaSets());
        put("apps", "ControllerRevision", controllerRevision());
        put("discovery.k8s.io", "EndpointSlice", new EndpointPrinters.Slice());
        put("coordination.k8s.io", "Lease", lease());
        put("rbac.authorization.k8s.io", "RoleBinding", new RbacPrinters.Bindings());
        put("rbac.authorization.k8s.io", "ClusterRoleBinding", new RbacPrinters.Bindings());
        put("scheduling.k8s.io", "PriorityClass", priorityClass());
        put("policy", "PodDisruptionBudget", budget());
        put("node.k8s.io", "RuntimeClass", runtimeClass());
        put("", "PersistentVolume", StoragePrinters.volume());
        put("", "PersistentVolumeClaim", StoragePrinters.claim());
        put("storage.k8s.io", "StorageClass", StoragePrinters.storageClass());
        put("storage.k8s.io", "CSINode", StoragePrinters.csiNode());
        put("storage.k8s.io", "CSIDriver", StoragePrinters.csiDriver());
        put("storage.k8s.io", "CSIStorageCapacity", StoragePrinters.csiStorageCapacity());
        put("resource.k8s.io", "ResourceClaim", DevicePrinters.claim());
        put("resource.k8s.io", "ResourceSlice", DevicePrinters.slice());
        put("resource.k8s.io", "ResourceClaimTemplate", DevicePrinters.nameAndAge());
        put("resource.k8s.io", "DeviceClass", DevicePrinters.nameAndAge());
    }

    private Printers() {}

    static Printer of(KindName kind) {
        return BY_KIND.getOrDefault(kind.group() + "/" + kind.kind(), PlainPrinter.NAME_AND_DATE);
    }

    private static void put(String group, String kind, Printer printer) {
        BY_KIND.put(group + "/" + kind, printer);
    }

    private static Printer phase() {
        return PlainPrinter.of(
                (object, row) -> row.add(object.at("/status/phase").asString("")),
                Column.text("Status", "Active, or being deleted."));
    }

    private static Printer dataCount() {
        return PlainPrinter.of(
                (object, row) ->
                        row.add(object.path("data").size() + object.path("binaryData").size()),
                Column.text("Data", "How many entries there are."));
    }

    private static Printer secret() {
        return PlainPrinter.of(
                (object, row) ->
                        row.add(Resource.text(object, "type")).add(object.path("data").size()),
                Column.text("Type", "What the secret is for."),
                Column.text("Data", "How many entries there are."));
    }

    private static Printer serviceAccount() {
        return PlainPrinter.of(
                (object, row) -> row.add(object.path("secrets").size()),
                Column.text("Secrets", "How many secrets pods of this account may use."));
    }

    private static Printer lease() {
        return PlainPrinter.of(
                (object, row) -> row.add(object.at("/spec/holderIdentity").asString("")),
                Column.text("Holder", "Who holds the lease."));
    }

    private static Printer runtimeClass() {
        return PlainPrinter.of(
                (object, row) -> row.add(Resource.text(object, "handler")),
                Column.text("Handler", "What the container runtime knows it as."));
    }

    private static Printer budget() {
        return PlainPrinter.of(
                (object, row) ->
                        row.add(object.at("/spec/minAvailable").asString("N/A"))
                                .add(object.at("/spec/maxUnavailable").asString("N/A"))
                                .add(object.at("/status/disruptionsAllowed").asLong(0)),
                Column.text("Min Available", "How many pods must stay."),
                Column.text("Max Unavailable", "How many pods may be missing."),
                Column.number("Allowed Disruptions", "How many pods may go now."));
    }

    private static Printer controllerRevision() {
        return PlainPrinter.of(
                (object, row) ->
                        row.add(
                                        new Resource(object)
                                                .controller()
                                                .map(Printers::ownerName)
                                                .orElse(Texts.NONE))
                                .add(object.path("revision").asLong(0)),
                Column.text("Controller", "Whose revision it is."),
                Column.number("Revision", "The number of the revision."));
    }

    /** {@code statefulset.apps/web} */
    private static String ownerName(Owner owner) {
        String group = KindName.of(owner.apiVersion(), owner.kind()).group();
        String kind = owner.kind().toLowerCase(Locale.ROOT);
        return (group.isEmpty() ? kind : kind + "." + group) + "/" + owner.name();
    }

    private static Printer priorityClass() {
        return new PlainPrinter(
                List.of(
                        Column.NAME,
                        Column.number("Value", "The priority of pods of this class."),
                        new Column(
                                "Global-Default",
                                "boolean",
                                "",
                                "Whether pods without a class have this one.",
                                0),
                        Column.AGE,
                        Column.text("PreemptionPolicy", "Whether pods displace others.")),
                Printers::printPriorityClass);
    }

    private static void printPriorityClass(ObjectNode object, Cells row) {
        row.name(object)
                .add(object.path("value").asLong(0))
                .add(object.path("globalDefault").asBoolean(false))
                .age(object)
                .add(Resource.text(object, "preemptionPolicy"));
    }
}
