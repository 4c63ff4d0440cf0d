package dev.gantry.cli.remedy;

import dev.gantry.cli.cluster.WhatIfCluster;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Something that a pod refers to and that would have to be provided. */
public sealed interface StorageRemedy extends Remedy
        permits StorageRemedy.MakeClaim,
                StorageRemedy.BindClaim,
                StorageRemedy.OfferVolume,
                StorageRemedy.MakeDeviceClaim {
    /** Something else has to be changed, as with a label of a node; the pod stays as it is. */
    double OF_ANOTHER = 13;

    void applyTo(WhatIfCluster whatIf);

    @Override
    default String alike() {
        return text();
    }

    @Override
    default double weight() {
        return OF_ANOTHER;
    }

    /** The claim is made, and has a volume that every node reaches. */
    record MakeClaim(String namespace, String claim) implements StorageRemedy {
        @Override
        public String text() {
            return "there were a persistentvolumeclaim %s that has a volume".formatted(claim);
        }

        @Override
        public void applyTo(WhatIfCluster whatIf) {
            bind(whatIf, new Resource(named(Kinds.PERSISTENT_VOLUME_CLAIM, namespace, claim)));
        }
    }

    /** The claim that is there gets a volume that every node reaches. */
    record BindClaim(String namespace, String claim) implements StorageRemedy {
        @Override
        public String text() {
            return "its claim %s were bound to a volume".formatted(claim);
        }

        @Override
        public void applyTo(WhatIfCluster whatIf) {
            whatIf.get(claimKey(namespace, claim)).ifPresent(found -> bind(whatIf, found));
        }
    }

    /**
     * A volume appears that the claim can have, and that every node reaches.
     *
     * @param size at least this much
     * @param className of the claim; empty where it wants none
     */
    record OfferVolume(String namespace, String claim, String size, String className)
            implements StorageRemedy {
        @Override
        public String text() {
            String ofClass = className.isEmpty() ? "without a class" : "of class " + className;
            return "there were a free volume of %s %s for its claim %s"
                    .formatted(size, ofClass, claim);
        }

        @Override
        public void applyTo(WhatIfCluster whatIf) {
            Optional<Resource> found = whatIf.get(claimKey(namespace, claim));
            if (found.isEmpty()) {
                return;
            }
            JsonNode wanted = found.get().spec();
            ObjectNode tree = named(Kinds.PERSISTENT_VOLUME, "", "offered-" + claim);
            ObjectNode spec = Resource.child(tree, "spec");
            spec.put("storageClassName", className);
            spec.putObject("capacity").put("storage", size);
            spec.set("accessModes", wanted.path("accessModes").deepCopy());
            if (wanted.has("volumeMode")) {
                spec.set("volumeMode", wanted.path("volumeMode"));
            }
            if (wanted.path("selector").path("matchLabels") instanceof ObjectNode labels) {
                Resource.child(tree, "metadata").set("labels", labels.deepCopy());
            }
            tree.putObject("status").put("phase", "Available");
            put(whatIf, Kinds.PERSISTENT_VOLUME, new Resource(tree));
        }
    }

    /** The claim is made, and has its devices, which every node can use. */
    record MakeDeviceClaim(String namespace, String claim) implements StorageRemedy {
        @Override
        public String text() {
            return "there were a resourceclaim %s that has its devices".formatted(claim);
        }

        @Override
        public void applyTo(WhatIfCluster whatIf) {
            ObjectNode tree = named(Kinds.RESOURCE_CLAIM, namespace, claim);
            tree.putObject("spec").putObject("devices");
            tree.putObject("status")
                    .putObject("allocation")
                    .putObject("devices")
                    .putArray("results");
            put(whatIf, Kinds.RESOURCE_CLAIM, new Resource(tree));
        }
    }

    static ObjectKey claimKey(String namespace, String claim) {
        return new ObjectKey(Resources.PERSISTENT_VOLUME_CLAIMS, namespace, claim);
    }

    /** What there is to do for one volume claim of a pod; nothing where it is bound. */
    static List<Remedy> forClaim(WhatIfCluster whatIf, String namespace, String claim) {
        Optional<Resource> found = whatIf.get(claimKey(namespace, claim));
        if (found.isEmpty()) {
            return List.of(new MakeClaim(namespace, claim));
        }
        JsonNode spec = found.get().spec();
        if (!Resource.text(spec, "volumeName").isEmpty()) {
            return List.of();
        }
        String className = Resource.text(spec, "storageClassName");
        String size = Resource.text(spec.path("resources").path("requests"), "storage");
        boolean isDelayed =
                whatIf.get(new ObjectKey(Resources.STORAGE_CLASSES, "", className))
                        .map(each -> Resource.text(each.tree(), "volumeBindingMode"))
                        .filter("WaitForFirstConsumer"::equals)
                        .isPresent();
        return List.of(
                isDelayed
                        ? new OfferVolume(namespace, claim, size, className)
                        : new BindClaim(namespace, claim));
    }

    private static void bind(WhatIfCluster whatIf, Resource claim) {
        String volume = "volume-of-" + claim.name();
        Resource bound = claim.copy();
        Resource.child(bound.tree(), "spec").put("volumeName", volume);
        Resource.child(bound.mutableMetadata(), "annotations")
                .put("pv.kubernetes.io/bind-completed", "yes");
        bound.tree().putObject("status").put("phase", "Bound");
        put(whatIf, Kinds.PERSISTENT_VOLUME_CLAIM, bound);
        put(
                whatIf,
                Kinds.PERSISTENT_VOLUME,
                new Resource(named(Kinds.PERSISTENT_VOLUME, "", volume)));
    }

    private static void put(WhatIfCluster whatIf, Kind kind, Resource object) {
        whatIf.put(object.key(kind.resource()), object);
    }

    /**
     * @param namespace empty for what has none
     */
    private static ObjectNode named(Kind kind, String namespace, String name) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.put("apiVersion", kind.apiVersion()).put("kind", kind.kindName());
        ObjectNode metadata = tree.putObject("metadata");
        metadata.put("name", name).put("uid", "uid-" + name).put("resourceVersion", "1");
        if (!namespace.isEmpty()) {
            metadata.put("namespace", namespace);
        }
        return tree;
    }
}
