package dev.gantry.local.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class RolloutTroubleTest {
    private static final String READY =
            "'conditions':[{'type':'Ready','status':'True'}],'phase':'Running'";

    @Test
    void aPodWhoseImageCannotBePulledIsToldOnceWithItsLatestWarning() {
        Resource pod =
                pod(
                        "web-1",
                        "'phase':'Pending','containerStatuses':[{'name':'web','ready':false,"
                                + "'state':{'waiting':{'reason':'ImagePullBackOff',"
                                + "'message':'Back-off pulling image none.invalid/web'}}}]");
        List<Resource> events =
                List.of(
                        event("web-1", "Warning", "Failed", "no such host", "2026-01-01T00:00:09Z"),
                        event("web-1", "Warning", "BackOff", "older", "2026-01-01T00:00:05Z"),
                        event("web-1", "Normal", "Pulling", "newest", "2026-01-01T00:00:10Z"),
                        event("web-2", "Warning", "Other", "of another", "2026-01-01T00:00:11Z"));

        assertThat(sentences(List.of(pod), events))
                .containsExactly(
                        """
                        web-1 (on node-1): container web waits: ImagePullBackOff: Back-off pulling image none.invalid/web
                          latest warning: Failed: no such host\
                        """);
    }

    @Test
    void onlyPodsThatAreNotReadyAreTold() {
        Resource crashing =
                pod(
                        "web-2",
                        "'phase':'Running','containerStatuses':[{'name':'web','ready':false,"
                                + "'state':{'waiting':{'reason':'CrashLoopBackOff'}},"
                                + "'lastState':{'terminated':{'reason':'Error','exitCode':7}}}]");

        assertThat(sentences(List.of(pod("web-1", READY), crashing), List.of()))
                .containsExactly(
                        "web-2 (on node-1): container web waits: CrashLoopBackOff"
                                + " (it ended before: Error, exit code 7)");
    }

    @Test
    void aPodWithoutANodeSaysWhatTheSchedulerSaid() {
        Resource pod =
                resource(
                        "{'kind':'Pod','metadata':{'name':'web-1','uid':'web-1'},'spec':{},"
                                + "'status':{'phase':'Pending','conditions':[{'type':'PodScheduled','status':'False','message':'0/2"
                                + " nodes are available'}]}}");

        assertThat(sentences(List.of(pod), List.of()))
                .containsExactly("web-1 (on no node): it has no node: 0/2 nodes are available");
    }

    @Test
    void aProbeThatFailsIsToldByItsWarning() {
        Resource pod =
                pod(
                        "web-1",
                        "'phase':'Running','containerStatuses':[{'name':'web','ready':false,"
                                + "'state':{'running':{'startedAt':'2026-01-01T00:00:00Z'}}}]");
        var events =
                List.of(
                        event(
                                "web-1",
                                "Warning",
                                "Unhealthy",
                                "Readiness probe failed:\n 404",
                                "2026-01-01T00:00:09Z"));

        assertThat(sentences(List.of(pod), events))
                .containsExactly(
                        "web-1 (on node-1): container web runs, but is not ready\n"
                                + "  latest warning: Unhealthy: Readiness probe failed: 404");
    }

    @Test
    void podsThatCannotBeMadeAreExplainedByTheDeployment() {
        Resource deployment =
                resource(
                        "{'kind':'Deployment','metadata':{'name':'web'},'spec':{'replicas':4},"
                                + "'status':{'conditions':[{'type':'ReplicaFailure','status':'True','reason':'FailedCreate','message':'exceeded"
                                + " quota'}]}}");

        assertThat(new RolloutTrouble(Optional.of(deployment), List.of(), List.of()).sentences())
                .containsExactly("pods cannot be made: FailedCreate: exceeded quota");
    }

    @Test
    void manyPodsAreCounted() {
        List<Resource> pods = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            pods.add(pod("web-" + i, "'phase':'Pending'"));
        }

        assertThat(sentences(pods, List.of())).hasSize(11).last().asString().contains("4 more");
    }

    @Test
    void whereAllIsWellThereIsNothingToTell() {
        assertThat(sentences(List.of(pod("web-1", READY)), List.of())).isEmpty();
    }

    private static List<String> sentences(List<Resource> pods, List<Resource> events) {
        Resource deployment =
                resource("{'kind':'Deployment','metadata':{'name':'web'},'spec':{'replicas':1}}");
        return new RolloutTrouble(Optional.of(deployment), pods, events).sentences();
    }

    private static Resource pod(String name, String status) {
        return resource(
                "{'kind':'Pod','metadata':{'name':'%1$s','uid':'%1$s'},'spec':{'nodeName':'node-1'},'status':{%2$s}}"
                        .formatted(name, status));
    }

    private static Resource event(
            String pod, String type, String reason, String message, String when) {
        Resource event = resource("{'kind':'Event','involvedObject':{'kind':'Pod'}}");
        ((ObjectNode) event.tree().path("involvedObject")).put("uid", pod);
        event.tree().put("type", type).put("reason", reason).put("message", message);
        event.tree().put("lastTimestamp", when);
        return event;
    }

    private static Resource resource(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }
}
