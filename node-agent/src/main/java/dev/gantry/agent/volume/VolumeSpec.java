package dev.gantry.agent.volume;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** One entry of {@code spec.volumes}. */
public record VolumeSpec(JsonNode tree) {
    private static final long DEFAULT_TOKEN_SECONDS = 3600;
    private static final int DEFAULT_MODE = 0644;
    private static final long PART_BYTES = 4 << 20;

    /** What kind of volume it is. */
    public enum Type {
        CONFIG_MAP("configMap", "kubernetes.io~configmap"),
        SECRET("secret", "kubernetes.io~secret"),
        DOWNWARD("downwardAPI", "kubernetes.io~downward-api"),
        PROJECTED("projected", "kubernetes.io~projected"),
        EMPTY_DIR("emptyDir", "kubernetes.io~empty-dir"),
        HOST_PATH("hostPath", ""),
        CLAIM("persistentVolumeClaim", "kubernetes.io~claim"),
        EPHEMERAL("ephemeral", "kubernetes.io~claim"),
        NFS("nfs", "kubernetes.io~nfs"),
        IMAGE("image", "kubernetes.io~image"),
        UNSUPPORTED("", "");

        private final String field;
        private final String folder;

        Type(String field, String folder) {
            this.field = field;
            this.folder = folder;
        }

        /** Compat: the folder's name as kubelet has it, which tools look for. */
        public String folder() {
            return folder;
        }

        /** Whether a PersistentVolumeClaim stands behind it. */
        public boolean isClaim() {
            return this == CLAIM || this == EPHEMERAL;
        }

        /**
         * Whether its files are kept in memory only, and so never on a disk.
         *
         * <p>Compat: as kubelet has it, not those of a ConfigMap.
         */
        public boolean isInMemory() {
            return this == SECRET || this == DOWNWARD || this == PROJECTED;
        }

        /** Whether no container may write to it, whatever its mounts say. */
        public boolean isOnlyRead() {
            return isWritten() || this == IMAGE;
        }

        /** Whether the agent writes its files, and so nobody else may. */
        public boolean isWritten() {
            return this == CONFIG_MAP || this == SECRET || this == DOWNWARD || this == PROJECTED;
        }
    }

    public static List<VolumeSpec> of(JsonNode podSpec) {
        List<VolumeSpec> found = new ArrayList<>();
        podSpec.path("volumes").forEach(each -> found.add(new VolumeSpec(each)));
        return found;
    }

    public String name() {
        return Resource.text(tree, "name");
    }

    public Type type() {
        for (Type each : Type.values()) {
            if (!each.field.isEmpty() && tree.path(each.field).isObject()) {
                return each;
            }
        }
        return Type.UNSUPPORTED;
    }

    public JsonNode source() {
        return tree.path(type().field);
    }

    /** Compat: an ephemeral volume's claim is called after pod and volume. */
    public String claimName(String pod) {
        return type() == Type.EPHEMERAL ? pod + "-" + name() : Resource.text(source(), "claimName");
    }

    /** No container may write to it, whatever its mounts say. */
    public boolean isReadOnly() {
        boolean canBeAsked = type() == Type.CLAIM || type() == Type.NFS;
        boolean isAsked = canBeAsked && source().path("readOnly").asBoolean(false);
        return type().isOnlyRead() || isAsked;
    }

    public int defaultMode() {
        return source().path("defaultMode").asInt(DEFAULT_MODE);
    }

    /**
     * Room for its files where they are kept in memory: of each source a megabyte, which is the
     * most that an object holds, twice while it changes, and as much for a page for each key.
     */
    public long memoryBytes() {
        return PART_BYTES * Math.max(1, parts().size());
    }

    /** The parts of a projected volume; any other written volume is its own only part. */
    List<Part> parts() {
        List<Part> found = new ArrayList<>();
        if (type() != Type.PROJECTED) {
            found.add(new Part(type(), source()));
            return found;
        }
        for (JsonNode each : source().path("sources")) {
            for (Type part : List.of(Type.CONFIG_MAP, Type.SECRET, Type.DOWNWARD)) {
                if (each.path(part.field).isObject()) {
                    found.add(new Part(part, each.path(part.field)));
                }
            }
            if (each.path("serviceAccountToken").isObject()) {
                found.add(new Part(Type.PROJECTED, each.path("serviceAccountToken")));
            }
        }
        return found;
    }

    /** The ConfigMaps and Secrets it shows. */
    public SortedSet<ObjectKey> references(String namespace) {
        SortedSet<ObjectKey> found = new TreeSet<>();
        for (Part part : parts()) {
            if (part.type() == Type.CONFIG_MAP) {
                found.add(new ObjectKey(Resources.CONFIG_MAPS, namespace, part.name()));
            } else if (part.type() == Type.SECRET) {
                found.add(new ObjectKey(Resources.SECRETS, namespace, part.name()));
            }
        }
        return found;
    }

    public SortedSet<TokenProjection> tokens() {
        SortedSet<TokenProjection> found = new TreeSet<>();
        if (type() == Type.PROJECTED) {
            parts().stream()
                    .filter(Part::isToken)
                    .forEach(each -> found.add(each.tokenProjection()));
        }
        return found;
    }

    /**
     * @param type PROJECTED for a token
     */
    record Part(Type type, JsonNode source) {
        boolean isToken() {
            return type == Type.PROJECTED;
        }

        /** Compat: a Secret volume says secretName, a projection says name. */
        String name() {
            String own = Resource.text(source, "secretName");
            return own.isEmpty() ? Resource.text(source, "name") : own;
        }

        boolean isOptional() {
            return source.path("optional").asBoolean(false);
        }

        TokenProjection tokenProjection() {
            long seconds = source.path("expirationSeconds").asLong(DEFAULT_TOKEN_SECONDS);
            return new TokenProjection(
                    Resource.text(source, "audience"), Duration.ofSeconds(seconds));
        }
    }
}
