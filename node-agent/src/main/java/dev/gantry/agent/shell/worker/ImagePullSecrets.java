package dev.gantry.agent.shell.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.edge.ClusterObjects;
import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds a pod's credentials for a registry among its image pull secrets. */
final class ImagePullSecrets {
    private final ClusterObjects cluster;

    ImagePullSecrets(ClusterObjects cluster) {
        this.cluster = cluster;
    }

    /** The first secret that knows the image's registry counts. */
    Optional<RegistryCredentials> credentials(PodSpec pod, String image) {
        String registry = registry(image);
        for (JsonNode each : pod.spec().path("imagePullSecrets")) {
            var key =
                    new ObjectKey(Resources.SECRETS, pod.namespace(), Resource.text(each, "name"));
            Optional<RegistryCredentials> found =
                    cluster.get(key).flatMap(secret -> credentialsIn(secret, registry));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<RegistryCredentials> credentialsIn(Resource secret, String registry) {
        String encoded = Resource.text(secret.tree().path("data"), ".dockerconfigjson");
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        try {
            JsonNode auths =
                    JsonMapper.shared().readTree(Base64.getDecoder().decode(encoded)).path("auths");
            for (var each : auths.properties()) {
                if (registry(each.getKey().replaceFirst("^https?://", "") + "/").equals(registry)) {
                    return Optional.of(credentials(each.getKey(), each.getValue()));
                }
            }
        } catch (JacksonException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    private static RegistryCredentials credentials(String server, JsonNode entry) {
        String user = Resource.text(entry, "username");
        String password = Resource.text(entry, "password");
        String both = Resource.text(entry, "auth");
        if (user.isEmpty() && !both.isEmpty()) {
            String decoded = new String(Base64.getDecoder().decode(both), UTF_8);
            int colon = decoded.indexOf(':');
            user = colon < 0 ? decoded : decoded.substring(0, colon);
            password = colon < 0 ? "" : decoded.substring(colon + 1);
        }
        return new RegistryCredentials(
                user, password, server, Resource.text(entry, "identitytoken"));
    }

    /** Compat: a name whose first part is no host is one of Docker Hub. */
    private static String registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean isHost = first.contains(".") || first.contains(":") || first.equals("localhost");
        return isHost && !first.equals("index.docker.io") ? first : "docker.io";
    }
}
