package dev.gantry.state.table;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes, claims, classes and drivers. */
final class StoragePrinters {
    private static final String UNSET = "<unset>";
    private static final String ATTRIBUTES = "volumeAttributesClassName";
    private static final List<String> MODES =
            List.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod");
    private static final Map<String, String> SHORT =
            new TreeMap<>(
                    Map.of(
                            "ReadWriteOnce", "RWO",
                            "ReadOnlyMany", "ROX",
                            "ReadWriteMany", "RWX",
                            "ReadWriteOncePod", "RWOP"));

    private StoragePrinters() {}

    static Printer volume() {
        return new PlainPrinter(
                List.of(
                        Column.NAME,
                        Column.text("Capacity", "How much it holds."),
                        Column.text("Access Modes", "How it may be mounted."),
                        Column.text("Reclaim Policy", "What becomes of it once it is released."),
                        Column.text("Status", "Whether it is free, bound or left behind."),
                        Column.text("Claim", "The claim that it is bound to."),
                        Column.text("StorageClass", "The class that it belongs to."),
                        Column.text("VolumeAttributesClass", "The class of its attributes."),
                        Column.text("Reason", "Why it is in its state, for machines."),
                        Column.AGE,
                        Column.wide("VolumeMode", "Whether it is a file system or a device.")),
                StoragePrinters::print);
    }

    private static void print(ObjectNode volume, Cells row) {
        JsonNode spec = volume.path("spec");
        JsonNode claim = spec.path("claimRef");
        row.name(volume)
                .add(text(spec.path("capacity"), "storage"))
                .add(modes(spec.path("accessModes")))
                .add(text(spec, "persistentVolumeReclaimPolicy"))
                .add(phase(volume))
                .add(claim.isObject() ? text(claim, "namespace") + "/" + text(claim, "name") : "")
                .add(storageClass(volume))
                .add(orUnset(spec, ATTRIBUTES))
                .add(text(volume.path("status"), "reason"))
                .age(volume)
                .add(orUnset(spec, "volumeMode"));
    }

    static Printer claim() {
        return new PlainPrinter(
                List.of(
                        Column.NAME,
                        Column.text("Status", "Whether it has its volume."),
                        Column.text("Volume", "The volume that it is bound to."),
                        Column.text("Capacity", "How much the volume holds."),
                        Column.text("Access Modes", "How the volume may be mounted."),
                        Column.text("StorageClass", "The class that it asks for."),
                        Column.text("VolumeAttributesClass", "The class of attributes it wants."),
                        Column.AGE,
                        Column.wide("VolumeMode", "Whether it wants a file system or a device.")),
                StoragePrinters::printClaim);
    }

    private static void printClaim(ObjectNode claim, Cells row) {
        JsonNode spec = claim.path("spec");
        JsonNode status = claim.path("status");
        boolean isBound = !text(spec, "volumeName").isEmpty();
        row.name(claim)
                .add(phase(claim))
                .add(text(spec, "volumeName"))
                .add(isBound ? capacity(status) : "")
                .add(isBound ? modes(status.path("accessModes")) : "")
                .add(storageClass(claim))
                .add(orUnset(spec, ATTRIBUTES))
                .age(claim)
                .add(orUnset(spec, "volumeMode"));
    }

    /** Compat: a volume of which nothing is known yet holds 0. */
    private static String capacity(JsonNode status) {
        String told = text(status.path("capacity"), "storage");
        return told.isEmpty() ? "0" : told;
    }

    private static String phase(ObjectNode object) {
        return new Resource(object).isBeingDeleted()
                ? "Terminating"
                : text(object.path("status"), "phase");
    }

    /** Compat: the annotation of old counts before the field. */
    private static String storageClass(ObjectNode object) {
        String old =
                new Resource(object).annotations().get("volume.beta.kubernetes.io/storage-class");
        return old == null ? text(object.path("spec"), "storageClassName") : old;
    }

    private static String modes(JsonNode modes) {
        List<String> given = Texts.all(modes, "");
        List<String> shown = new ArrayList<>();
        for (String mode : MODES) {
            if (given.contains(mode)) {
                shown.add(SHORT.get(mode));
            }
        }
        return String.join(",", shown);
    }

    private static String orUnset(JsonNode object, String field) {
        return object.hasNonNull(field) ? text(object, field) : UNSET;
    }

    static Printer storageClass() {
        return new PlainPrinter(
                List.of(
                        Column.NAME,
                        Column.text("Provisioner", "Who makes its volumes."),
                        Column.text("ReclaimPolicy", "What becomes of released volumes."),
                        Column.text("VolumeBindingMode", "When claims get their volumes."),
                        Column.text("AllowVolumeExpansion", "Whether volumes may grow."),
                        Column.AGE),
                StoragePrinters::printClass);
    }

    private static void printClass(ObjectNode object, Cells row) {
        var annotations = new Resource(object).annotations();
        boolean isDefault =
                "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"))
                        || "true"
                                .equals(
                                        annotations.get(
                                                "storageclass.beta.kubernetes.io/is-default-class"));
        String name = text(object.path("metadata"), "name");
        row.add(isDefault ? name + " (default)" : name)
                .add(text(object, "provisioner"))
                .addOr(text(object, "reclaimPolicy"), "Delete")
                .addOr(text(object, "volumeBindingMode"), UNSET)
                .add(object.path("allowVolumeExpansion").asBoolean(false))
                .age(object);
    }

    static Printer csiNode() {
        return PlainPrinter.of(
                (object, row) -> row.add(object.at("/spec/drivers").size()),
                Column.number("Drivers", "How many drivers run on the node."));
    }

    static Printer csiDriver() {
        return PlainPrinter.of(
                StoragePrinters::driver,
                flag("AttachRequired", "Whether volumes are attached before they are mounted."),
                flag("PodInfoOnMount", "Whether the driver is told of the pod."),
                flag("StorageCapacity", "Whether the scheduler looks at capacities."),
                Column.text("TokenRequests", "Audiences of the tokens that the driver gets."),
                flag("RequiresRepublish", "Whether volumes are published again and again."),
                Column.text("Modes", "The lives that its volumes may have."));
    }

    private static void driver(ObjectNode driver, Cells row) {
        JsonNode spec = driver.path("spec");
        List<String> audiences = Texts.all(spec.path("tokenRequests"), "/audience");
        List<String> modes = Texts.all(spec.path("volumeLifecycleModes"), "");
        row.add(spec.path("attachRequired").asBoolean(true))
                .add(spec.path("podInfoOnMount").asBoolean(false))
                .add(spec.path("storageCapacity").asBoolean(false))
                .addOr(String.join(",", audiences), UNSET)
                .add(spec.path("requiresRepublish").asBoolean(false))
                .addOr(String.join(",", modes), Texts.NONE);
    }

    /** Compat: without an age. */
    static Printer csiStorageCapacity() {
        return new PlainPrinter(
                List.of(
                        Column.NAME,
                        Column.text("StorageClassName", "The class whose volumes it is about."),
                        Column.text("Capacity", "How much is left.")),
                (object, row) ->
                        row.name(object)
                                .add(text(object, "storageClassName"))
                                .add(orUnset(object, "capacity")));
    }

    private static Column flag(String name, String description) {
        return new Column(name, "boolean", "", description, 0);
    }
}
