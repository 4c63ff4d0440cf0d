package dev.gantry.state.admission.podsecurity;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * What holds where namespaces say nothing, and whom the standards do not concern.
 *
 * <p>Compat: {@code PodSecurityConfiguration} of {@code pod-security.admission.config.k8s.io/v1}.
 *
 * @param usernames of callers; a pod that one of its controllers makes is not exempt by them
 * @param runtimeClasses of pods
 */
public record PodSecurityConfiguration(
        NamespaceStandards defaults,
        Set<String> usernames,
        Set<String> runtimeClasses,
        Set<String> namespaces) {
    public static final PodSecurityConfiguration NONE =
            new PodSecurityConfiguration(
                    NamespaceStandards.PRIVILEGED, Set.of(), Set.of(), Set.of());

    private static final String VERSION = "pod-security.admission.config.k8s.io/v1";
    private static final String KIND = "PodSecurityConfiguration";

    /** Throws IllegalArgumentException, with a sentence, where it cannot be used. */
    public static PodSecurityConfiguration of(JsonNode configuration) {
        String version = configuration.path("apiVersion").asString("");
        String kind = configuration.path("kind").asString("");
        if (!version.equals(VERSION) || !kind.equals(KIND)) {
            throw new IllegalArgumentException(
                    "expected %s of %s, found \"%s\" of \"%s\""
                            .formatted(KIND, VERSION, kind, version));
        }
        SortedMap<String, String> given = new TreeMap<>();
        configuration
                .path("defaults")
                .properties()
                .forEach(each -> given.put(each.getKey(), each.getValue().asString("")));
        NamespaceStandards defaults = NamespaceStandards.ofDefaults(given);
        if (!defaults.errors().isEmpty()) {
            throw new IllegalArgumentException(
                    defaults.errors().stream()
                            .map(each -> each.field() + ": " + each.detail())
                            .collect(Collectors.joining(", ")));
        }
        JsonNode exempt = configuration.path("exemptions");
        return new PodSecurityConfiguration(
                defaults,
                names(exempt, "usernames"),
                names(exempt, "runtimeClasses"),
                names(exempt, "namespaces"));
    }

    /** What holds in a namespace with these labels. */
    public NamespaceStandards standards(SortedMap<String, String> labels) {
        return NamespaceStandards.of(labels, defaults);
    }

    /** Whether a pod of that spec may do anything. */
    public boolean exempts(JsonNode podSpec) {
        return runtimeClasses.contains(podSpec.path("runtimeClassName").asString(""));
    }

    private static Set<String> names(JsonNode exemptions, String field) {
        List<String> names = new ArrayList<>();
        exemptions.path(field).forEach(each -> names.add(each.asString("")));
        if (names.contains("")) {
            throw new IllegalArgumentException(
                    "exemptions.%s: names must not be empty".formatted(field));
        }
        return Set.copyOf(new TreeSet<>(names));
    }
}
