package dev.gantry.controller.workload.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.pod.PodLife;
import dev.gantry.controller.simulated.FaultyCluster;
import dev.gantry.controller.simulated.Pods;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Caches lag, events repeat, writes fail, the controller starts again: the count is right. */
final class JobSimulationTest {
    private static final GroupResource PODS = Resources.PODS;
    private static final ObjectKey PI = new ObjectKey(Resources.JOBS, "default", "pi");
    private static final int COMPLETIONS = 6;
    private static final int PARALLELISM = 3;

    private final Set<String> succeeded = new TreeSet<>();
    private final Set<String> failed = new TreeSet<>();

    static LongStream seeds() {
        return Seeds.first(60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsEachPodOnce(long seed) {
        run(seed, "'completions':%d,'parallelism':%d,'backoffLimit':1000");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void doesEachIndexOnce(long seed) {
        Resource job =
                run(
                        seed,
                        "'completionMode':'Indexed','completions':%d,'parallelism':%d,"
                                + "'backoffLimitPerIndex':1000,'backoffLimit':2147483647");
        assertThat(job.status().path("completedIndexes").asString()).isEqualTo("0-5");
    }

    private Resource run(long seed, String spec) {
        var cluster = new FaultyCluster(seed, new JobController());
        SimulatedApi api = cluster.api();
        var pods = new Pods(api);
        var random = new Random(seed);
        cluster.always(() -> check(api, seed));
        api.create(Resources.JOBS, JobObjects.job(spec.formatted(COMPLETIONS, PARALLELISM)));
        for (int i = 0; i < 600; i++) {
            cluster.step();
            if (random.nextInt(6) == 0) {
                live(pods.active(), pods, api, random);
            }
        }
        for (int i = 0; i < 400 && !JobReconciler.isFinished(job(api)); i++) {
            cluster.heal();
            api.pass(600);
            pods.active().forEach(pod -> end(pod, true, pods));
        }
        cluster.heal();
        Resource job = job(api);
        String replay = "replay with -Dseed=" + seed + ": " + job.status();
        assertThat(Conditions.isTrue(job.status().path("conditions"), "Complete"))
                .as(replay)
                .isTrue();
        assertThat(job.status().path("succeeded").asInt()).as(replay).isEqualTo(COMPLETIONS);
        assertThat(succeeded).as(replay).hasSize(COMPLETIONS);
        assertThat(job.status().path("failed").asInt()).as(replay).isEqualTo(failed.size());
        assertThat(pods.all()).as(replay).noneMatch(JobPod::isTracked);
        return job;
    }

    /** Pods start, end and are deleted, and time passes. */
    private void live(List<Resource> active, Pods pods, SimulatedApi api, Random random) {
        api.pass(random.nextInt(40));
        pods.bindAll();
        for (Resource pod : active) {
            switch (random.nextInt(6)) {
                case 0, 1 -> end(pod, true, pods);
                case 2 -> end(pod, false, pods);
                case 3 -> {
                    failed.add(pod.uid().value());
                    api.delete(pod.key(PODS), "Background");
                }
                default -> {}
            }
        }
        for (Resource pod : pods.all()) {
            if (pod.isBeingDeleted() && !JobPod.isTracked(pod)) {
                api.drop(pod.key(PODS));
            }
        }
    }

    private void end(Resource pod, boolean isGood, Pods pods) {
        (isGood ? succeeded : failed).add(pod.uid().value());
        pods.end(pod, isGood ? "Succeeded" : "Failed", isGood ? 0 : 1);
    }

    private void check(SimulatedApi api, long seed) {
        String replay = "replay with -Dseed=" + seed;
        assertThat(api.list(PODS).stream().filter(PodLife::isActive).count())
                .as(replay)
                .isLessThanOrEqualTo(PARALLELISM);
        var status = job(api).status();
        assertThat(status.path("succeeded").asInt(0))
                .as(replay)
                .isLessThanOrEqualTo(succeeded.size());
        assertThat(status.path("failed").asInt(0)).as(replay).isLessThanOrEqualTo(failed.size());
    }

    private static Resource job(SimulatedApi api) {
        return api.get(PI).orElseThrow();
    }
}
