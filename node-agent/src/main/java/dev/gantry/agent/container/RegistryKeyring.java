package dev.gantry.agent.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.spec.ImageName;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * The credentials of image pull secrets, by the registries and repositories that they are for.
 *
 * <p>Compat: {@code pkg/credentialprovider/keyring.go}: a key is a host, whose parts may be {@code
 * *}, perhaps with the beginning of a path; the more exact key goes first.
 */
public final class RegistryKeyring {
    private static final String DEFAULT_KEY = "index.docker.io";

    private final SortedMap<String, List<RegistryCredentials>> keys =
            new TreeMap<>(Comparator.reverseOrder());

    /** What is no list of credentials is left out. */
    public RegistryKeyring(List<Resource> secrets) {
        for (Resource each : secrets) {
            JsonNode entries = file(each, ".dockerconfigjson").path("auths");
            add(entries.isMissingNode() ? file(each, ".dockercfg") : entries);
        }
    }

    /** In the order in which they are worth a try; empty where nothing is known. */
    public List<RegistryCredentials> of(ImageName image) {
        List<RegistryCredentials> found = new ArrayList<>();
        keys.forEach(
                (key, credentials) -> {
                    if (isMeant(key, image)) {
                        found.addAll(credentials);
                    }
                });
        return found.isEmpty() && image.isOfDefaultRegistry()
                ? keys.getOrDefault(DEFAULT_KEY, found)
                : found;
    }

    private static JsonNode file(Resource secret, String name) {
        String encoded = Resource.text(secret.tree().path("data"), name);
        try {
            return JsonMapper.shared().readTree(Base64.getDecoder().decode(encoded));
        } catch (JacksonException | IllegalArgumentException malformed) {
            return MissingNode.getInstance();
        }
    }

    private void add(JsonNode entries) {
        for (var each : entries.properties()) {
            keys.computeIfAbsent(key(each.getKey()), _ -> new ArrayList<>())
                    .add(credentials(each.getKey(), each.getValue()));
        }
    }

    private static String key(String server) {
        String plain = server.replaceFirst("^https?://", "");
        return plain.replaceFirst("^([^/]*)/v[12]/", "$1/").replaceFirst("/$", "");
    }

    private static boolean isMeant(String key, ImageName image) {
        int slash = key.indexOf('/');
        String host = slash < 0 ? key : key.substring(0, slash);
        String path = slash < 0 ? "" : key.substring(slash + 1);
        return isSameHost(host, image.registry()) && image.repository().startsWith(path);
    }

    private static boolean isSameHost(String pattern, String host) {
        String[] wanted = pattern.split("[.:]", -1);
        String[] parts = host.split("[.:]", -1);
        if (wanted.length != parts.length || pattern.contains(":") != host.contains(":")) {
            return false;
        }
        for (int at = 0; at < parts.length; at++) {
            if (!parts[at].matches(glob(wanted[at]))) {
                return false;
            }
        }
        return true;
    }

    private static String glob(String part) {
        return "\\Q" + part.replace("\\E", "").replace("*", "\\E.*\\Q") + "\\E";
    }

    private static RegistryCredentials credentials(String server, JsonNode entry) {
        String user = Resource.text(entry, "username");
        String password = Resource.text(entry, "password");
        String both = Resource.text(entry, "auth");
        if (user.isEmpty() && !both.isEmpty()) {
            String decoded = decoded(both);
            int colon = decoded.indexOf(':');
            user = colon < 0 ? decoded : decoded.substring(0, colon);
            password = colon < 0 ? "" : decoded.substring(colon + 1);
        }
        return new RegistryCredentials(
                user, password, server, Resource.text(entry, "identitytoken"));
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
