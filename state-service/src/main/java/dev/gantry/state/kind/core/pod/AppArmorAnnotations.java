package dev.gantry.state.kind.core.pod;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The annotations that chose the AppArmor profile of a container before there was a field for it:
 * where the field says nothing, it takes over what the annotation says.
 *
 * <p>Compat: {@code applyAppArmorVersionSkew}.
 */
final class AppArmorAnnotations {
    static final String OF_CONTAINER = "container.apparmor.security.beta.kubernetes.io/";
    private static final String FIELD = "appArmorProfile";
    private static final String LOCAL = "localhost/";
    private static final int MAX_PROFILE_LENGTH = 4095;

    private AppArmorAnnotations() {}

    static void adopt(ObjectNode pod) {
        JsonNode ofPod = pod.path("spec").path("securityContext").path(FIELD);
        each(
                pod,
                (container, annotation) -> {
                    boolean isSaid = container.path("securityContext").hasNonNull(FIELD);
                    profileOf(annotation)
                            .filter(profile -> !isSaid && !profile.equals(ofPod))
                            .ifPresent(
                                    profile ->
                                            Resource.child(container, "securityContext")
                                                    .set(FIELD, profile));
                });
    }

    /** Of a pod whose fields have taken over what they take over. */
    static List<String> warnings(JsonNode pod) {
        JsonNode ofPod = pod.path("spec").path("securityContext").path(FIELD);
        List<String> found = new ArrayList<>();
        each(
                pod,
                (container, annotation) -> {
                    boolean isOfPod =
                            !container.path("securityContext").hasNonNull(FIELD)
                                    && profileOf(annotation).filter(ofPod::equals).isPresent();
                    if (!isOfPod) {
                        found.add(warning("", Resource.text(container, "name")));
                    }
                });
        return found;
    }

    /**
     * @param prefix of the path of the metadata
     */
    static String warning(String prefix, String container) {
        return "%smetadata.annotations[%s]: deprecated since v1.30; use the \"%s\" field instead"
                .formatted(prefix, OF_CONTAINER + container, FIELD);
    }

    /** Each container that has an annotation, with what it says. */
    private static void each(JsonNode pod, BiConsumer<ObjectNode, String> visitor) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        JsonNode spec = pod.path("spec");
        if (annotations.isEmpty() || Resource.text(spec.path("os"), "name").equals("windows")) {
            return;
        }
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode each : spec.path(list)) {
                String key = OF_CONTAINER + Resource.text(each, "name");
                if (annotations.has(key) && each instanceof ObjectNode container) {
                    visitor.accept(container, Resource.text(annotations, key));
                }
            }
        }
    }

    /** Empty where the annotation says nothing that the field could say. */
    private static Optional<ObjectNode> profileOf(String annotation) {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        if (annotation.equals("unconfined")) {
            return Optional.of(profile.put("type", "Unconfined"));
        }
        if (annotation.equals("runtime/default")) {
            return Optional.of(profile.put("type", "RuntimeDefault"));
        }
        String name = annotation.startsWith(LOCAL) ? annotation.substring(LOCAL.length()) : "";
        boolean isName =
                !name.isEmpty() && name.equals(name.strip()) && name.length() <= MAX_PROFILE_LENGTH;
        return isName
                ? Optional.of(profile.put("type", "Localhost").put("localhostProfile", name))
                : Optional.empty();
    }
}
