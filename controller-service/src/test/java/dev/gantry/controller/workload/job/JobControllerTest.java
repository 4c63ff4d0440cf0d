package dev.gantry.controller.workload.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class JobControllerTest {
    private static final GroupResource JOBS = Resources.JOBS;
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey PI = new ObjectKey(JOBS, "default", "pi");

    private final SimulatedApi api = new SimulatedApi(new JobController());
    private final Pods pods = new Pods(api);

    @Test
    void runsItsPodsAndIsComplete() {
        job("'completions':3,'parallelism':2");
        assertThat(active()).hasSize(2);
        assertThat(status().path("active").asInt()).isEqualTo(2);
        assertThat(status().path("startTime").asString()).isEqualTo("2026-01-01T00:00:00Z");

        api.pass(5);
        endAll("Succeeded");
        assertThat(active()).hasSize(1);
        assertThat(status().path("succeeded").asInt()).isEqualTo(2);
        endAll("Succeeded");

        assertThat(status().path("succeeded").asInt()).isEqualTo(3);
        assertThat(conditions()).containsExactly("SuccessCriteriaMet", "Complete");
        assertThat(status().path("completionTime").asString()).isEqualTo("2026-01-01T00:00:05Z");
        assertThat(status().path("uncountedTerminatedPods")).isEmpty();
        assertThat(pods.all()).hasSize(3).noneMatch(JobPod::isTracked);
        assertThat(api.told()).contains("Completed: Job completed");
    }

    /** Such as two of which each ended at the same time, when one was wanted no more. */
    @Test
    void tellsOfMoreSuccessesThanWereWanted() {
        job("'completions':2,'parallelism':2");
        List<Resource> both = active();
        both.forEach(pod -> pods.end(pod, "Succeeded"));
        Resource fewer = api.get(PI).orElseThrow().copy();
        Resource.child(fewer.tree(), "spec").put("completions", 1);
        api.update(JOBS, fewer);
        api.settle();

        assertThat(conditions()).contains("Complete");
        assertThat(api.told())
                .containsSubsequence(
                        "TooManySucceededPods: Too many succeeded pods running after completion"
                                + " count reached",
                        "Completed: Job completed");
    }

    @Test
    void withoutCompletionsOneSuccessIsEnoughAndTheOthersMayEnd() {
        job("'parallelism':3");
        pods.end(active().getFirst(), "Succeeded");
        api.settle();

        assertThat(active()).hasSize(2);
        assertThat(conditions()).isEmpty();
        endAll("Succeeded");
        assertThat(conditions()).contains("Complete");
    }

    @Test
    void aFailedPodIsReplacedAfterAWhileThatDoubles() {
        job("'completions':1,'parallelism':1");
        fail(0);
        assertThat(active()).isEmpty();
        assertThat(status().path("failed").asInt()).isEqualTo(1);
        api.pass(10);
        assertThat(active()).hasSize(1);

        fail(0);
        api.pass(19);
        assertThat(active()).isEmpty();
        api.pass(1);
        assertThat(active()).hasSize(1);
    }

    @Test
    void failsWhenMorePodsFailedThanMay() {
        job("'completions':2,'parallelism':2,'backoffLimit':1");
        fail(0);
        api.pass(10);
        assertThat(active()).hasSize(2);
        fail(0);
        assertThat(conditions()).containsExactly("FailureTarget", "Failed");
        assertThat(condition("Failed").path("reason").asString()).isEqualTo("BackoffLimitExceeded");
        assertThat(status().path("failed").asInt()).isEqualTo(3);
        assertThat(status().path("active").asInt()).isZero();
        assertThat(api.told())
                .contains("BackoffLimitExceeded: Job has reached the specified backoff limit");
    }

    @Test
    void failsWhenItTakesTooLong() {
        job("'completions':1,'parallelism':1,'activeDeadlineSeconds':30");
        api.pass(29);
        assertThat(conditions()).isEmpty();
        api.pass(1);
        pods.runAll();

        assertThat(condition("Failed").path("reason").asString()).isEqualTo("DeadlineExceeded");
        assertThat(active()).isEmpty();
    }

    @Test
    void anIndexedJobGivesEachPodANumber() {
        job("'completionMode':'Indexed','completions':4,'parallelism':2");
        Resource first = active().getFirst();
        assertThat(first.name()).startsWith("pi-0-");
        assertThat(first.annotations()).containsEntry(JobPod.INDEX, "0");
        assertThat(first.labels()).containsEntry(JobPod.INDEX, "0");
        assertThat(Resource.text(first.spec(), "hostname")).isEqualTo("pi-0");
        assertThat(first.spec().at("/containers/0/env/0/name").asString())
                .isEqualTo("JOB_COMPLETION_INDEX");

        endAll("Succeeded");
        assertThat(status().path("completedIndexes").asString()).isEqualTo("0,1");
        assertThat(active())
                .extracting(pod -> pod.annotations().get(JobPod.INDEX))
                .containsExactly("2", "3");
        endAll("Succeeded");
        assertThat(status().path("completedIndexes").asString()).isEqualTo("0-3");
        assertThat(conditions()).contains("Complete");
    }

    @Test
    void eachIndexFailsForItself() {
        job(
                "'completionMode':'Indexed','completions':2,'parallelism':2,"
                        + "'backoffLimitPerIndex':1,'backoffLimit':2147483647");
        pods.end(ofIndex("0"), "Succeeded");
        pods.end(ofIndex("1"), "Failed", 1);
        api.settle();
        assertThat(status().path("failed").asInt()).as("awaits its replacement").isZero();
        api.pass(10);
        assertThat(ofIndex("1").annotations()).containsEntry(JobPod.FAILURES, "1");
        assertThat(status().path("failed").asInt()).isEqualTo(1);

        pods.end(ofIndex("1"), "Failed", 1);
        api.settle();
        assertThat(status().path("failedIndexes").asString()).isEqualTo("1");
        assertThat(status().path("completedIndexes").asString()).isEqualTo("0");
        assertThat(condition("Failed").path("reason").asString()).isEqualTo("FailedIndexes");
        assertThat(status().path("failed").asInt()).isEqualTo(2);
    }

    @Test
    void aPolicySaysWhatFailuresMean() {
        job(
                "'completions':1,'parallelism':1,'podFailurePolicy':{'rules':["
                        + "{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget','status':'True'}]},"
                        + "{'action':'FailJob','onExitCodes':{'operator':'In','values':[42]}}]}");
        Resource disrupted = active().getFirst().copy();
        Conditions.set(
                Resource.array(Resource.child(disrupted.tree(), "status"), "conditions"),
                new Conditions.Wanted("DisruptionTarget", "True", "", ""),
                api.now());
        Resource.child(disrupted.tree(), "status").put("phase", "Failed");
        api.putStatus(PODS, disrupted);
        api.pass(10);
        assertThat(status().path("failed").asInt()).isZero();
        assertThat(api.get(disrupted.key(PODS)))
                .hasValueSatisfying(pod -> assertThat(JobPod.isTracked(pod)).isFalse());

        Resource wrong = active().getFirst();
        pods.end(wrong, "Failed", 42);
        api.settle();
        assertThat(condition("Failed").path("reason").asString()).isEqualTo("PodFailurePolicy");
        assertThat(condition("Failed").path("message").asString())
                .isEqualTo(
                        "Container c for pod default/%s failed with exit code 42 matching FailJob rule at index 1"
                                .formatted(wrong.name()));
    }

    @Test
    void aPolicySaysWhichSuccessesAreEnough() {
        job(
                "'completionMode':'Indexed','completions':5,'parallelism':5,"
                        + "'successPolicy':{'rules':[{'succeededIndexes':'0,2-3','succeededCount':2}]}");
        pods.end(ofIndex("1"), "Succeeded");
        pods.end(ofIndex("2"), "Succeeded");
        api.settle();
        assertThat(conditions()).isEmpty();
        pods.end(ofIndex("3"), "Succeeded");
        api.settle();
        pods.runAll();

        assertThat(conditions()).containsExactly("SuccessCriteriaMet", "Complete");
        assertThat(condition("Complete").path("reason").asString()).isEqualTo("SuccessPolicy");
        assertThat(condition("Complete").path("message").asString())
                .isEqualTo("Matched rules at index 0");
        assertThat(status().path("completedIndexes").asString()).isEqualTo("1-3");
        assertThat(status().path("failed").asInt(0)).isZero();
        assertThat(active()).isEmpty();
    }

    @Test
    void aSuspendedJobHasNoPodsAndIsResumed() {
        job("'completions':2,'parallelism':2");
        suspend(true);
        pods.runAll();
        assertThat(active()).isEmpty();
        assertThat(condition("Suspended").path("status").asString()).isEqualTo("True");
        assertThat(status().has("startTime")).isFalse();
        assertThat(status().path("failed").asInt()).isZero();

        api.pass(60);
        suspend(false);
        assertThat(active()).hasSize(2);
        assertThat(condition("Suspended").path("status").asString()).isEqualTo("False");
        assertThat(status().path("startTime").asString()).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(api.told()).contains("Suspended: Job suspended", "Resumed: Job resumed");
    }

    @Test
    void aPodThatIsBeingDeletedIsReplacedAtOnceUnlessTheJobWaitsForItsEnd() {
        job("'completions':1,'parallelism':1,'podReplacementPolicy':'Failed'");
        pods.bindAll();
        Resource going = active().getFirst();
        api.delete(going.key(PODS), "Background");
        api.pass(60);
        assertThat(active()).isEmpty();
        assertThat(status().path("terminating").asInt()).isEqualTo(1);

        pods.end(going, "Failed", 137);
        api.pass(60);
        assertThat(active()).hasSize(1);
        assertThat(status().path("failed").asInt()).isEqualTo(1);
    }

    @Test
    void fewerAtOnceMeansThatSomeGoUncounted() {
        job("'completions':5,'parallelism':4");
        Resource next = job().copy();
        Resource.child(next.tree(), "spec").put("parallelism", 1);
        api.update(JOBS, next);
        api.settle();
        pods.runAll();

        assertThat(active()).hasSize(1);
        assertThat(status().path("failed").asInt()).isZero();
    }

    @Test
    void anotherControllersJobIsLeftAlone() {
        job("'completions':1,'parallelism':1,'managedBy':'example.com/other'");
        assertThat(pods.all()).isEmpty();
        assertThat(status()).isEmpty();
    }

    @Test
    void podsWhoseJobIsGoneLoseTheirFinalizer() {
        job("'completions':1,'parallelism':1");
        api.drop(PI);
        api.settle();
        assertThat(pods.all()).hasSize(1).noneMatch(JobPod::isTracked);
    }

    @Test
    void podsOfAJobThatIsBeingDeletedDoNotHoldItUp() {
        job("'completions':2,'parallelism':2");
        api.delete(PI, "Foreground");
        api.settle();
        assertThat(pods.all()).hasSize(2).noneMatch(JobPod::isTracked);
    }

    private void job(String spec) {
        api.create(JOBS, JobObjects.job(spec));
        api.settle();
    }

    private void suspend(boolean isSuspended) {
        Resource next = job().copy();
        Resource.child(next.tree(), "spec").put("suspend", isSuspended);
        api.update(JOBS, next);
        api.settle();
    }

    private void fail(int which) {
        pods.end(active().get(which), "Failed", 1);
        api.settle();
    }

    private void endAll(String phase) {
        active().forEach(pod -> pods.end(pod, phase));
        api.settle();
    }

    private List<Resource> active() {
        return pods.active();
    }

    private Resource ofIndex(String index) {
        return active().stream()
                .filter(pod -> index.equals(pod.annotations().get(JobPod.INDEX)))
                .findFirst()
                .orElseThrow();
    }

    private Resource job() {
        return api.get(PI).orElseThrow();
    }

    private JsonNode status() {
        return job().status();
    }

    private JsonNode condition(String type) {
        return Conditions.find(status().path("conditions"), type).orElseThrow();
    }

    private List<String> conditions() {
        var types = new ArrayList<String>();
        status().path("conditions").forEach(each -> types.add(each.path("type").asString()));
        assertThat(new TreeSet<>(types)).hasSameSizeAs(types);
        return types;
    }
}
