package dev.gantry.controller.workload.statefulset;

import dev.gantry.model.meta.Resource;
import java.util.OptionalInt;

/** Names that follow from a set and a number. */
final class Identity {
    static final String REVISION = "controller-revision-hash";
    static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    static final String POD_INDEX = "apps.kubernetes.io/pod-index";

    private Identity() {}

    static String pod(Resource set, int ordinal) {
        return set.name() + "-" + ordinal;
    }

    static String claim(Resource set, String template, int ordinal) {
        return template + "-" + pod(set, ordinal);
    }

    /** The number in a pod's name; empty where it is not called after the set. */
    static OptionalInt ordinal(Resource set, String pod) {
        String prefix = set.name() + "-";
        if (!pod.startsWith(prefix)) {
            return OptionalInt.empty();
        }
        try {
            int ordinal = Integer.parseInt(pod.substring(prefix.length()));
            return pod(set, ordinal).equals(pod) && ordinal >= 0
                    ? OptionalInt.of(ordinal)
                    : OptionalInt.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }

    /** The name of the revision that a pod is of. */
    static String revision(Resource pod) {
        return pod.labels().getOrDefault(REVISION, "");
    }
}
