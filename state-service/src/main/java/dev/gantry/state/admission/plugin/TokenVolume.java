package dev.gantry.state.admission.plugin;

import dev.gantry.model.meta.Resource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The volume through which a pod's containers find the API: token, certificate authority and
 * namespace.
 *
 * <p>Compat: one hour and seven seconds, so that the token can be told from those that asked for an
 * hour themselves.
 */
final class TokenVolume {
    private static final String PREFIX = "kube-api-access-";
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final int EXPIRATION_SECONDS = 3607;
    private static final int MODE = 420;
    private static final String ALPHABET = "bcdfghjklmnpqrstvwxz2456789";
    private static final int SUFFIX_LENGTH = 5;

    /** Keeps the name apart from others that are made from the same seed. */
    private static final long STREAM = 0x746f6b656eL;

    private TokenVolume() {}

    /** Mounts it in every container that has nothing at its path. */
    static void mount(ObjectNode spec, long seed) {
        Optional<String> existing = existing(spec);
        String name = existing.orElseGet(() -> freshName(spec, seed));
        boolean isNeeded = false;
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : spec.path(list)) {
                isNeeded |= mountIn((ObjectNode) container, name);
            }
        }
        if (isNeeded && existing.isEmpty()) {
            addVolume(list(spec, "volumes").addObject(), name);
        }
    }

    /** Compat: a volume of that prefix counts as made for this, so a copied pod keeps its own. */
    private static Optional<String> existing(ObjectNode spec) {
        for (JsonNode volume : spec.path("volumes")) {
            String name = Resource.text(volume, "name");
            if (name.startsWith(PREFIX)) {
                return Optional.of(name);
            }
        }
        return Optional.empty();
    }

    private static String freshName(ObjectNode spec, long seed) {
        Set<String> taken = new HashSet<>();
        spec.path("volumes").forEach(each -> taken.add(Resource.text(each, "name")));
        SplittableRandom random = new SplittableRandom(seed ^ STREAM);
        while (true) {
            StringBuilder name = new StringBuilder(PREFIX);
            for (int i = 0; i < SUFFIX_LENGTH; i++) {
                name.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            if (!taken.contains(name.toString())) {
                return name.toString();
            }
        }
    }

    private static boolean mountIn(ObjectNode container, String volume) {
        for (JsonNode mount : container.path("volumeMounts")) {
            if (Resource.text(mount, "mountPath").equals(MOUNT_PATH)) {
                return false;
            }
        }
        list(container, "volumeMounts")
                .addObject()
                .put("mountPath", MOUNT_PATH)
                .put("name", volume)
                .put("readOnly", true);
        return true;
    }

    private static void addVolume(ObjectNode volume, String name) {
        volume.put("name", name);
        ObjectNode projected = volume.putObject("projected").put("defaultMode", MODE);
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", EXPIRATION_SECONDS)
                .put("path", "token");
        ObjectNode authority = sources.addObject().putObject("configMap");
        authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        authority.put("name", "kube-root-ca.crt");
        ObjectNode namespace =
                sources.addObject().putObject("downwardAPI").putArray("items").addObject();
        namespace
                .putObject("fieldRef")
                .put("apiVersion", "v1")
                .put("fieldPath", "metadata.namespace");
        namespace.put("path", "namespace");
    }

    private static ArrayNode list(ObjectNode parent, String name) {
        return parent.path(name) instanceof ArrayNode found ? found : parent.putArray(name);
    }
}
