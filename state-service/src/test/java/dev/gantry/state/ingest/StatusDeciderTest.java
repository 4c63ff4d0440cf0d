package dev.gantry.state.ingest;

import static dev.gantry.state.log.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.PodStatusReport;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.Samples;
import dev.gantry.state.memory.ObjectEncoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class StatusDeciderTest {
    /** Compat: times are written where there are none. */
    private static final String UNTIMED = ",'lastProbeTime':null,'lastTransitionTime':null";

    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());
    private static final JsonMapper JSON = JsonMapper.shared();

    @Test
    void takesTheAgentsWordAndKeepsWhatOthersSaid() {
        Resource pod =
                pod(
                        "{'qosClass':'Burstable','reason':'Gone','conditions':["
                                + "{'type':'PodScheduled','status':'True'},"
                                + "{'type':'Ready','status':'False'},"
                                + "{'type':'example.com/gate','status':'True'}]}");

        Resource merged =
                put(
                        decide(
                                report(
                                        8,
                                        "{'phase':'Running','conditions':["
                                                + "{'type':'Ready','status':'True'}]}",
                                        false),
                                pod,
                                7));

        assertThat(merged.status())
                .isEqualTo(
                        json(
                                ("{'phase':'Running','conditions':["
                                                + "{'type':'Ready','status':'True'%1$s},"
                                                + "{'type':'PodScheduled','status':'True'%1$s},"
                                                + "{'type':'example.com/gate','status':'True'%1$s}],"
                                                + "'qosClass':'Burstable'}")
                                        .formatted(UNTIMED)));
    }

    @Test
    void aResizeIsOverWhenTheAgentSaysNoMoreOfIt() {
        Resource pod =
                pod(
                        "{'conditions':["
                                + "{'type':'PodResizePending','status':'True'},"
                                + "{'type':'PodResizeInProgress','status':'True'}]}");
        String waits = "{'conditions':[{'type':'PodResizePending','status':'True'%s}]}";

        assertThat(put(decide(report(8, waits.formatted(""), false), pod, 7)).status())
                .isEqualTo(json(waits.formatted(UNTIMED)));
    }

    @Test
    void whatTheAgentSetsIsNotedAsTheKubelets() {
        Resource pod = pod("{'conditions':[{'type':'PodScheduled','status':'True'}]}");
        pod.mutableMetadata()
                .set(
                        "managedFields",
                        JSON.readTree(
                                """
                                [{"manager":"m","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z",
                                  "fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:nodeName":{}}}}]
                                """));

        Resource merged =
                put(
                        decide(
                                report(
                                        8,
                                        "{'phase':'Running','conditions':["
                                                + "{'type':'Ready','status':'True'}]}",
                                        false),
                                pod,
                                7));

        JsonNode entries = merged.metadata().path("managedFields");
        assertThat(entries.findValuesAsString("manager")).containsExactly("m", "kubelet");
        assertThat(entries.path(1).path("subresource").asString()).isEqualTo("status");
        assertThat(entries.path(1).path("fieldsV1").toString())
                .isEqualTo(
                        """
                        {"f:status":{"f:conditions":{"k:{\\"type\\":\\"Ready\\"}":\
                        {".":{},"f:lastProbeTime":{},"f:lastTransitionTime":{},"f:status":{},"f:type":{}}},"f:phase":{}}}""");
    }

    @Test
    void aReportFromTheFutureLocksNobodyOut() {
        Resource pod = pod("{}");
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, NOON);
        long hour = ChronoUnit.HOURS.getDuration().toNanos() / 1000;

        assertThat(decide(report(now + hour, "{'phase':'Failed'}", false), pod, 0))
                .isEqualTo(new Verdict.Drop("it is from the future"));
        assertThat(decide(report(now, "{'phase':'Running'}", false), pod, now + hour))
                .as("one that was taken in before it was looked at")
                .isInstanceOf(Verdict.Commit.class);
    }

    @Test
    void dropsWhatIsOvertakenOrAboutAnother() {
        Resource pod = pod("{}");

        assertThat(decide(report(7, "{}", false), pod, 7)).isInstanceOf(Verdict.Drop.class);
        assertThat(StatusDecider.decide(report(8, "{}", false), Optional.empty(), 0, NOON))
                .isInstanceOf(Verdict.Drop.class);
        assertThat(decide(from("node-b", "uid-of-default/web"), pod, 0))
                .isInstanceOf(Verdict.Drop.class);
        assertThat(decide(from("node-a", "uid of the last one"), pod, 0))
                .isInstanceOf(Verdict.Drop.class);
    }

    @Test
    void aReportWithNothingNewWritesNothing() {
        Resource pod = pod("{'phase':'Running'}");

        assertThat(decide(report(8, "{'phase':'Running'}", false), pod, 7))
                .isInstanceOf(Verdict.Drop.class);
    }

    @Test
    void aPodThatIsGoneIsRemovedOnlyIfSomebodyDeletedIt() {
        Resource wanted = pod("{'phase':'Running'}");
        Resource deleting = pod("{'phase':'Running'}");
        deleting.mutableMetadata().put("deletionTimestamp", NOON.toString());
        Resource held = deleting.copy();
        held.mutableMetadata().putArray("finalizers").add("example.com/hold");
        held.mutableMetadata().put("deletionGracePeriodSeconds", 30);

        assertThat(put(decide(report(8, "{'phase':'Failed'}", true), wanted, 7)).status())
                .isEqualTo(json("{'phase':'Failed'}"));
        assertThat(removes(decide(report(8, "{'phase':'Failed'}", true), deleting, 7))).isTrue();
        Resource kept = put(decide(report(8, "{'phase':'Failed'}", true), held, 7));
        assertThat(kept.metadata().path("deletionGracePeriodSeconds").asInt()).isZero();
    }

    private static Verdict decide(PodStatusReport report, Resource pod, long lastSequence) {
        var stored = ENCODER.encode(pod.key(Resources.PODS), pod).at(new Revision(7));
        return StatusDecider.decide(report, Optional.of(stored), lastSequence, NOON);
    }

    private static Resource put(Verdict verdict) {
        return ((Verdict.Commit) verdict).group().getFirst().object().orElseThrow();
    }

    private static boolean removes(Verdict verdict) {
        return ((Verdict.Commit) verdict).group().getFirst().object().isEmpty();
    }

    private static PodStatusReport report(long sequence, String status, boolean isGone) {
        return new PodStatusReport(
                "node-a",
                "default",
                "web",
                new Uid("uid-of-default/web"),
                sequence,
                json(status),
                isGone);
    }

    private static PodStatusReport from(String node, String uid) {
        return new PodStatusReport(
                node, "default", "web", new Uid(uid), 1, json("{'phase':'Running'}"), false);
    }

    private static Resource pod(String status) {
        Resource pod = Samples.podOn("web", "node-a");
        pod.tree().set("status", json(status));
        return pod;
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }
}
