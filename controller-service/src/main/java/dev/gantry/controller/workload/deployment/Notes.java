package dev.gantry.controller.workload.deployment;

import dev.gantry.model.meta.Resource;
import java.util.OptionalLong;
import java.util.Set;

/** The annotations that a Deployment and its ReplicaSets keep their history in. */
final class Notes {
    static final String REVISION = "deployment.kubernetes.io/revision";
    static final String HISTORY = "deployment.kubernetes.io/revision-history";
    static final String DESIRED = "deployment.kubernetes.io/desired-replicas";
    static final String MAXIMUM = "deployment.kubernetes.io/max-replicas";
    static final String HASH = "pod-template-hash";

    /** Those that a ReplicaSet does not take over from its Deployment. */
    static final Set<String> NOT_COPIED =
            Set.of(
                    "kubectl.kubernetes.io/last-applied-configuration",
                    REVISION,
                    HISTORY,
                    DESIRED,
                    MAXIMUM,
                    AutoRollback.AVAILABLE,
                    "deprecated.deployment.rollback.to");

    private Notes() {}

    /** Zero where there is none. */
    static long revision(Resource object) {
        return number(object, REVISION).orElse(0);
    }

    static OptionalLong number(Resource object, String annotation) {
        try {
            String text = object.annotations().get(annotation);
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }
}
