package dev.gantry.model.pod;

import dev.gantry.model.meta.Resource;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A group of pods that are placed all or none.
 *
 * <p>A pod names it by its {@code spec.schedulingGroup.podGroupName}: then the {@link PodGroup} of
 * that name says how many there must be, and whether they are a gang at all. Or by the annotations
 * {@code gantry.dev/pod-group} and {@code gantry.dev/pod-group-size}, which need no PodGroup; the
 * size alone goes with the name in the field, too.
 *
 * @param size how many pods make the group complete; 0 where that is for its PodGroup to say
 */
public record Gang(String namespace, String name, int size) {
    public static final Gang NONE = new Gang("", "", 0);

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,5}");
    private static final String NAME = "gantry.dev/pod-group";
    private static final String SIZE = "gantry.dev/pod-group-size";

    public boolean isNone() {
        return name.isEmpty();
    }

    /** Whether only the PodGroup of this name can say what the gang is. */
    public boolean isForPodGroupToSay() {
        return !isNone() && size == 0;
    }

    /** The gang that pods of the group are; none where they are placed one by one. */
    public static Gang of(PodGroup group) {
        return group.minCount() == 0
                ? NONE
                : new Gang(group.namespace(), group.name(), group.minCount());
    }

    /** An annotation without a size, or with one that is no number, binds nobody. */
    public static Gang of(Resource pod) {
        Map<String, String> annotations = pod.annotations();
        String size = annotations.getOrDefault(SIZE, "");
        String field = PodGroup.nameIn(pod);
        if (!NUMBER.matcher(size).matches()) {
            return field.isEmpty() ? NONE : new Gang(pod.namespace(), field, 0);
        }
        String name = annotations.getOrDefault(NAME, field);
        return name.isEmpty() ? NONE : new Gang(pod.namespace(), name, Integer.parseInt(size));
    }
}
