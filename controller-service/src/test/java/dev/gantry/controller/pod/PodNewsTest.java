package dev.gantry.controller.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.Controller.Change;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PodNewsTest {
    private static final String PENDING = "'phase':'Pending'";
    private static final String READY = "{'type':'Ready','status':'%s'}";

    private final Resource pod = pod("'labels':{'app':'web'}", PENDING);

    @Test
    void aPodThatGetsANodeIsNoNews() {
        Resource bound =
                pod(
                        "'labels':{'app':'web'}",
                        PENDING + ",'conditions':[{'type':'PodScheduled','status':'True'}]");
        Resource.child(bound.tree(), "spec").put("nodeName", "a");
        assertThat(isNews(pod, bound)).isFalse();
    }

    @Test
    void aPodThatComesOrGoesIsNews() {
        var key = pod.key(Resources.PODS);
        assertThat(PodNews.isIn(new Change(key, Optional.empty(), Optional.of(pod)))).isTrue();
        assertThat(PodNews.isIn(new Change(key, Optional.of(pod), Optional.empty()))).isTrue();
        String going = "'labels':{'app':'web'},'deletionTimestamp':'2026-01-01T00:00:00Z'";
        assertThat(isNews(pod, pod(going, PENDING))).isTrue();
    }

    @Test
    void itsPhaseAndWhetherItIsReadyAreNews() {
        String labels = "'labels':{'app':'web'}";
        Resource started = pod(labels, running("False"));
        assertThat(isNews(pod, started)).isTrue();
        assertThat(isNews(started, pod(labels, running("True")))).isTrue();
        assertThat(isNews(started, pod(labels, running("False") + ",'podIP':'10.0.0.1'")))
                .isFalse();
    }

    @Test
    void whoseItIsIsNews() {
        assertThat(isNews(pod, pod("'labels':{'app':'other'}", PENDING))).isTrue();
        assertThat(isNews(pod, pod("'labels':{'app':'web'},'finalizers':['a/b']", PENDING)))
                .isTrue();
        assertThat(
                        isNews(
                                pod,
                                pod(
                                        "'labels':{'app':'web'},'ownerReferences':[{'kind':'Job','uid':'u'}]",
                                        PENDING)))
                .isTrue();
    }

    /** A Job's rules are about how its pods failed. */
    @Test
    void allThatAFinishedPodTellsIsNews() {
        String labels = "'labels':{'app':'web'}";
        Resource failed = pod(labels, "'phase':'Failed'");
        Resource told = pod(labels, "'phase':'Failed','containerStatuses':[{'name':'main'}]");
        assertThat(isNews(failed, told)).isTrue();
    }

    private static String running(String ready) {
        return "'phase':'Running','conditions':[" + READY.formatted(ready) + "]";
    }

    private static boolean isNews(Resource before, Resource after) {
        var key = before.key(Resources.PODS);
        return PodNews.isIn(new Change(key, Optional.of(before), Optional.of(after)));
    }

    private static Resource pod(String metadata, String status) {
        return SimulatedApi.object(
                "{'metadata':{'name':'a','namespace':'default',%s},'spec':{},'status':{%s}}"
                        .formatted(metadata, status));
    }
}
