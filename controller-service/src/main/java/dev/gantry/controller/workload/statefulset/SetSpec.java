package dev.gantry.controller.workload.statefulset;

import dev.gantry.model.meta.Resource;
import java.time.Duration;
import tools.jackson.databind.JsonNode;

/** What a StatefulSet wants, in words. */
record SetSpec(Resource set) {
    int replicas() {
        return set.spec().path("replicas").asInt(1);
    }

    /** The number of the first pod. */
    int start() {
        return set.spec().path("ordinals").path("start").asInt(0);
    }

    int end() {
        return start() + replicas();
    }

    boolean isOrdered() {
        return !Resource.text(set.spec(), "podManagementPolicy").equals("Parallel");
    }

    boolean isRolling() {
        return Resource.text(set.spec().path("updateStrategy"), "type").equals("RollingUpdate");
    }

    /** The first number that is updated. */
    int firstUpdated() {
        return start() + rolling().path("partition").asInt(0);
    }

    boolean hasPartition() {
        return rolling().isObject();
    }

    private JsonNode rolling() {
        return set.spec().path("updateStrategy").path("rollingUpdate");
    }

    Duration minReady() {
        return Duration.ofSeconds(set.spec().path("minReadySeconds").asLong(0));
    }

    JsonNode claimTemplates() {
        return set.spec().path("volumeClaimTemplates");
    }

    boolean deletesClaimsWithSet() {
        return retention("whenDeleted").equals("Delete");
    }

    boolean deletesClaimsWhenScaled() {
        return retention("whenScaled").equals("Delete");
    }

    private String retention(String when) {
        return Resource.text(set.spec().path("persistentVolumeClaimRetentionPolicy"), when);
    }
}
