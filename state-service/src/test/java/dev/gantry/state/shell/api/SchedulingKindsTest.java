package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The kinds that scheduling needs, behind the API. */
class SchedulingKindsTest {
    private static final String MERGE = "merge-patch+json";
    private static final String CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses";
    private static final String VOLUMES = "/api/v1/persistentvolumes";
    private static final String CLAIMS = "/api/v1/namespaces/shop/persistentvolumeclaims";

    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    /**
     * Conformance: "verify PriorityClass endpoints can be operated with different HTTP methods".
     */
    @Test
    void priorityClassesChangeOnlyInWhatIsMutable() {
        api.post(
                CLASSES, "{\"metadata\":{\"name\":\"p1\"},\"value\":1,\"description\":\"before\"}");
        api.post(CLASSES, "{\"metadata\":{\"name\":\"p2\"},\"value\":2}");

        assertThat(api.get(CLASSES).at("/items").size()).isEqualTo(2);
        assertThat(api.patch(CLASSES + "/p1", MERGE, "{\"value\":3}").code()).isEqualTo(422);
        Answer patched = api.patch(CLASSES + "/p1", MERGE, "{\"description\":\"after\"}");
        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
        assertThat(patched.text("/description")).isEqualTo("after");
        Answer put =
                api.put(
                        CLASSES + "/p2",
                        "{\"metadata\":{\"name\":\"p2\",\"labels\":{\"a\":\"b\"}},\"value\":2}");
        assertThat(put.code()).as(put.message()).isEqualTo(200);
        assertThat(api.put(CLASSES + "/p2", "{\"metadata\":{\"name\":\"p2\"},\"value\":4}").code())
                .isEqualTo(422);
    }

    /** Conformance: "should list, patch and delete a LimitRange by collection". */
    @Test
    void limitRangesAreListedPatchedAndDeletedByCollection() {
        String ranges = "/api/v1/namespaces/shop/limitranges";
        String body =
                "{\"metadata\":{\"name\":\"r\",\"labels\":{\"e2e\":\"x\"}},\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{\"cpu\":\"500m\"}}]}}";
        api.post("/api/v1/namespaces", "{\"metadata\":{\"name\":\"other\"}}");
        api.post(ranges, body);
        api.post("/api/v1/namespaces/other/limitranges", body);

        assertThat(api.get("/api/v1/limitranges?labelSelector=e2e%3Dx").at("/items").size())
                .isEqualTo(2);
        Answer patched =
                api.patch(
                        ranges + "/r",
                        "strategic-merge-patch+json",
                        "{\"spec\":{\"limits\":[{\"type\":\"Container\",\"max\":{\"cpu\":\"300m\"}}]}}");
        assertThat(patched.code()).as(patched.message()).isEqualTo(200);
        assertThat(patched.text("/spec/limits/0/defaultRequest/cpu")).isEqualTo("300m");
        assertThat(api.delete(ranges + "?labelSelector=e2e%3Dx").code()).isEqualTo(200);
        assertThat(api.get("/api/v1/limitranges?labelSelector=e2e%3Dx").at("/items").size())
                .isEqualTo(1);
    }

    @Test
    void aVolumeTellsSinceWhenItIsInItsPhase() {
        Answer made =
                api.post(
                        VOLUMES,
                        "{\"metadata\":{\"name\":\"disk\"},\"spec\":{\"capacity\":{\"storage\":\"5Gi\"},"
                                + "\"accessModes\":[\"ReadWriteOnce\"],\"hostPath\":{\"path\":\"/d\"}},"
                                + "\"status\":{\"phase\":\"Bound\"}}");

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/status/phase")).isEqualTo("Pending");
        String since = made.text("/status/lastPhaseTransitionTime");
        assertThat(since).isEqualTo(made.text("/metadata/creationTimestamp"));
        assertThat(made.text("/metadata/finalizers/0")).isEqualTo("kubernetes.io/pv-protection");
        Answer stays =
                api.patch(
                        VOLUMES + "/disk/status",
                        MERGE,
                        "{\"status\":{\"message\":\"m\",\"lastPhaseTransitionTime\":\"2020-01-01T00:00:00Z\"}}");
        assertThat(stays.text("/status/lastPhaseTransitionTime")).isEqualTo("2020-01-01T00:00:00Z");
        Answer moves =
                api.patch(
                        VOLUMES + "/disk/status", MERGE, "{\"status\":{\"phase\":\"Available\"}}");
        assertThat(moves.text("/status/lastPhaseTransitionTime")).isEqualTo(since);
    }

    @Test
    void aClaimInUseIsOnlyMarkedWhenItIsDeleted() {
        api.post(
                "/apis/storage.k8s.io/v1/storageclasses",
                "{\"metadata\":{\"name\":\"fast\",\"annotations\":{\"storageclass.kubernetes.io/is-default-class\":\"true\"}},\"provisioner\":\"x/y\"}");
        Answer made =
                api.post(
                        CLAIMS,
                        "{\"metadata\":{\"name\":\"data\"},\"spec\":{\"accessModes\":[\"ReadWriteOnce\"],"
                                + "\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}}}");
        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/spec/storageClassName")).isEqualTo("fast");

        assertThat(api.delete(CLAIMS + "/data").code()).isEqualTo(200);

        Answer marked = api.get(CLAIMS + "/data");
        assertThat(marked.text("/metadata/deletionTimestamp")).isNotEmpty();
        api.patch(CLAIMS + "/data", MERGE, "{\"metadata\":{\"finalizers\":null}}");
        assertThat(api.get(CLAIMS + "/data").code()).isEqualTo(404);
    }

    @Test
    void generationsCountWhatControllersMustSee() {
        String slices = "/apis/resource.k8s.io/v1/resourceslices";
        String slice =
                "{\"metadata\":{\"name\":\"s\"},\"spec\":{\"driver\":\"d.example.com\",\"nodeName\":\"n\","
                        + "\"pool\":{\"name\":\"n\",\"generation\":%d,\"resourceSliceCount\":1}}}";
        assertThat(api.post(slices, slice.formatted(1)).text("/metadata/generation"))
                .isEqualTo("1");
        assertThat(api.put(slices + "/s", slice.formatted(2)).text("/metadata/generation"))
                .isEqualTo("2");
        String drivers = "/apis/storage.k8s.io/v1/csidrivers";
        Answer driver = api.post(drivers, "{\"metadata\":{\"name\":\"d\"},\"spec\":{}}");
        assertThat(driver.at("/metadata").has("generation")).isFalse();
        assertThat(
                        api.patch(drivers + "/d", MERGE, "{\"spec\":{\"requiresRepublish\":true}}")
                                .text("/metadata/generation"))
                .isEqualTo("1");
    }
}
