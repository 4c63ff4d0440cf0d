package dev.gantry.client.shell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QueueNamesTest {
    @Test
    void areThoseOfUpstream() {
        assertThat(QueueNames.of("deployment-controller")).isEqualTo("deployment");
        assertThat(QueueNames.of("endpoint-slice-controller")).isEqualTo("endpoint_slice");
        assertThat(QueueNames.of("resource_claim")).isEqualTo("resource_claim");
        assertThat(QueueNames.of("horizontal-pod-autoscaler")).isEqualTo("horizontalpodautoscaler");
        assertThat(QueueNames.of("attachdetach-controller")).isEqualTo("pvcs");
        assertThat(QueueNames.of("ttl-after-finished-controller")).isEqualTo("ttl_jobs_to_delete");
        assertThat(QueueNames.of("ttl-controller")).isEqualTo("ttlcontroller");
    }
}
