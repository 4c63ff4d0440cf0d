package dev.gantry.state.admission.plugin;

import dev.gantry.state.admission.podsecurity.PodSecurityConfiguration;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What plugins are told by whoever runs the server.
 *
 * <p>Compat: {@code AdmissionConfiguration} of {@code apiserver.config.k8s.io/v1}, as upstream
 * takes it by {@code --admission-control-config-file}. Only PodSecurity has anything to be told.
 */
public record AdmissionConfiguration(PodSecurityConfiguration podSecurity) {
    public static final AdmissionConfiguration NONE =
            new AdmissionConfiguration(PodSecurityConfiguration.NONE);

    private static final String VERSION = "apiserver.config.k8s.io/v1";

    /**
     * Throws IllegalArgumentException, with a sentence, where it cannot be used.
     *
     * @param files by their paths, for plugins whose part is in a file of its own
     */
    public static AdmissionConfiguration of(JsonNode tree, Function<String, JsonNode> files) {
        if (!tree.path("apiVersion").asString("").equals(VERSION)
                || !tree.path("kind").asString("").equals("AdmissionConfiguration")) {
            throw new IllegalArgumentException("expected an AdmissionConfiguration of " + VERSION);
        }
        PodSecurityConfiguration podSecurity = PodSecurityConfiguration.NONE;
        for (JsonNode each : tree.path("plugins")) {
            String name = each.path("name").asString("");
            if (!name.equals("PodSecurity")) {
                throw new IllegalArgumentException(
                        "the plugin \"%s\" takes no configuration".formatted(name));
            }
            String path = each.path("path").asString("");
            podSecurity =
                    PodSecurityConfiguration.of(
                            path.isEmpty() ? each.path("configuration") : files.apply(path));
        }
        return new AdmissionConfiguration(podSecurity);
    }
}
