package dev.gantry.agent.shell.worker;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.pod.PodResize;
import dev.gantry.agent.testing.NodeOnFakeRuntime;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Pods of a node with 2 cpu that ask for other resources, on a runtime that fails at will. */
class PodResizeOnNodeTest extends NodeOnFakeRuntime {
    private static final String POD =
            "{\"containers\": [{\"name\": \"main\", \"image\": \"IMAGE\", \"command\": [\"sleep\", \"1000\"], \"resources\": %s}]}";

    @Test
    void aPodGetsWhatThereIsWithoutRestart() {
        Resource pod = run("web", "500m");
        node.resize(pod, cpu("1"));
        await().until(
                        () ->
                                hasCpu("web", "1")
                                        && condition("web", PodResize.IN_PROGRESS).isEmpty());
        assertThat(node.container("web").path("restartCount").asInt()).isZero();
        assertThat(cpuOf(node.container("web").path("allocatedResources"))).isEqualTo("1");
        await().until(
                        () ->
                                node.cluster()
                                        .wasTold("ResizeStarted", "\"requests\":{\"cpu\":\"1\"}"));
        await().until(() -> node.cluster().wasTold("ResizeCompleted", "Pod resize completed: "));
    }

    @Test
    void aPodWaitsForTheRoomOfAnother() {
        Resource pod = run("web", "500m");
        Resource other = run("other", "1500m");
        node.resize(pod, cpu("1"));
        await().until(() -> condition("web", PodResize.PENDING).equals("Deferred"));
        assertThat(hasCpu("web", "500m")).isTrue();
        await().until(() -> node.cluster().wasTold("ResizeDeferred", "used: 1500, capacity: 2000"));
        node.delete(other, 0);
        await().until(() -> hasCpu("web", "1") && condition("web", PodResize.PENDING).isEmpty());
    }

    @Test
    void aPodThatAsksForMoreThanTheNodeHasKeepsWhatItHas() {
        Resource pod = run("web", "500m");
        Resource asking = node.resize(pod, cpu("3"));
        await().until(() -> condition("web", PodResize.PENDING).equals("Infeasible"));
        assertThat(hasCpu("web", "500m")).isTrue();
        node.resize(asking, cpu("500m"));
        await().until(() -> condition("web", PodResize.PENDING).isEmpty());
    }

    @Test
    void anAgentThatStartsAgainKnowsWhatItAllocated() {
        Resource pod = run("web", "500m");
        run("other", "1500m");
        node.resize(pod, cpu("1"));
        await().until(() -> condition("web", PodResize.PENDING).equals("Deferred"));
        node.close();
        long before = node.cluster().lastReport("web").orElseThrow().sequence();
        node.open();
        await().until(() -> node.cluster().lastReport("web").orElseThrow().sequence() > before);
        assertThat(condition("web", PodResize.PENDING)).isEqualTo("Deferred");
        assertThat(hasCpu("web", "500m")).isTrue();
        assertThat(cpuOf(node.container("web").path("allocatedResources"))).isEqualTo("500m");
    }

    @Test
    void aRuntimeThatFailsIsAskedAgain() {
        Resource pod = run("web", "500m");
        runtime.failNext(1);
        node.resize(pod, cpu("1"));
        await().until(() -> node.cluster().wasTold("ResizeError", "\"error\":\"by will\""));
        await().until(
                        () ->
                                hasCpu("web", "1")
                                        && condition("web", PodResize.IN_PROGRESS).isEmpty());
    }

    @Test
    void aPodThatGivesUpRoomLetsAnotherHaveIt() {
        Resource pod = run("web", "500m");
        Resource other = run("other", "1500m");
        node.resize(pod, cpu("1"));
        await().until(() -> condition("web", PodResize.PENDING).equals("Deferred"));
        node.resize(other, cpu("900m"));
        await().until(() -> hasCpu("web", "1") && hasCpu("other", "900m"));
    }

    private Resource run(String name, String cpu) {
        Resource pod = node.run(name, POD.formatted(cpu(cpu)));
        await().until(() -> Conditions.isTrue(node.status(name).path("conditions"), "Ready"));
        return pod;
    }

    private static String cpu(String amount) {
        return "{\"requests\": {\"cpu\": \"" + amount + "\"}}";
    }

    private boolean hasCpu(String pod, String amount) {
        JsonNode resources = node.container(pod).path("resources");
        return cpuOf(resources.path("requests")).equals(amount);
    }

    private static String cpuOf(JsonNode amounts) {
        return Resource.text(amounts, "cpu");
    }

    /** Its reason; {@code -} where it has none, empty where there is no such condition. */
    private String condition(String pod, String type) {
        return Conditions.find(node.status(pod).path("conditions"), type)
                .map(each -> Resource.text(each, "reason"))
                .map(reason -> reason.isEmpty() ? "-" : reason)
                .orElse("");
    }
}
