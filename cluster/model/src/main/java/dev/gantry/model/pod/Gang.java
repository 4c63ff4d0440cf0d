package dev.gantry.model.pod;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A group of pods that are placed all or none.
 *
 * <p>Named by the annotation {@code gantry.dev/pod-group}, or by the pod's {@code
 * spec.schedulingGroup.podGroupName}; its size is the annotation {@code gantry.dev/pod-group-size}.
 *
 * @param size how many pods make the group complete
 */
public record Gang(String namespace, String name, int size) {
    public static final Gang NONE = new Gang("", "", 0);

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");
    private static final String NAME = "gantry.dev/pod-group";
    private static final String SIZE = "gantry.dev/pod-group-size";

    public boolean isNone() {
        return name.isEmpty();
    }

    /** A group without a size, or with one that is no number, binds nobody. */
    public static Gang of(Resource pod) {
        Map<String, String> annotations = pod.annotations();
        String size = annotations.getOrDefault(SIZE, "");
        if (size.isEmpty() || !NUMBER.matcher(size).matches()) {
            return NONE;
        }
        String field = Resource.text(pod.spec().path("schedulingGroup"), "podGroupName");
        String name = annotations.getOrDefault(NAME, field);
        return name.isEmpty() ? NONE : new Gang(pod.namespace(), name, Integer.parseInt(size));
    }
}
