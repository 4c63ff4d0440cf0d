package dev.gantry.controller.workload.cronjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.owner.Ownership;
import dev.gantry.controller.simulated.FaultyCluster;
import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.condition.Conditions;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class CronJobControllerTest {
    private static final GroupResource CRON_JOBS = Resources.CRON_JOBS;
    private static final GroupResource JOBS = Resources.JOBS;
    private static final ObjectKey BACKUP = new ObjectKey(CRON_JOBS, "default", "backup");

    private final SimulatedApi api = new SimulatedApi(new CronJobController());

    static LongStream seeds() {
        return Seeds.first(40);
    }

    @Test
    void makesAJobWhenItIsDue() {
        create("'schedule':'*/5 * * * *'");
        assertThat(jobs()).isEmpty();
        api.pass(300);

        Resource job = jobs().getFirst();
        assertThat(job.name()).isEqualTo("backup-29453765");
        assertThat(job.annotations())
                .containsEntry(
                        "batch.kubernetes.io/cronjob-scheduled-timestamp", "2026-01-01T00:05:00Z");
        assertThat(job.labels()).containsEntry("app", "backup");
        assertThat(job.controller().orElseThrow().kind()).isEqualTo("CronJob");
        assertThat(status().path("lastScheduleTime").asString()).isEqualTo("2026-01-01T00:05:00Z");
        assertThat(status().at("/active/0/name").asString()).isEqualTo(job.name());
        assertThat(api.told()).contains("SuccessfulCreate: Created job " + job.name());
    }

    @Test
    void itsClockMayStandElsewhere() {
        create("'schedule':'0 9 * * *','timeZone':'Asia/Tokyo'");
        api.pass(24 * 3600);
        assertThat(jobs()).hasSize(1);
        assertThat(jobs().getFirst().annotations())
                .containsEntry(
                        "batch.kubernetes.io/cronjob-scheduled-timestamp",
                        "2026-01-02T09:00:00+09:00");
    }

    @Test
    void aClockThatNobodyKnowsIsToldOfAndMakesNothing() {
        create("'schedule':'0 9 * * *','timeZone':'Mars/Olympus'");
        api.pass(24 * 3600);
        assertThat(jobs()).isEmpty();
        assertThat(api.told())
                .containsExactly(
                        "UnknownTimeZone: invalid timeZone: \"Mars/Olympus\": unknown time zone"
                                + " Mars/Olympus");
    }

    @Test
    void ofTimesThatWereMissedTheLastIsMadeUpFor() {
        create("'schedule':'* * * * *','suspend':true");
        api.pass(3 * 24 * 3600);
        suspend(false);
        assertThat(jobs()).hasSize(1);
        assertThat(status().path("lastScheduleTime").asString()).isEqualTo("2026-01-04T00:00:00Z");
        assertThat(api.told()).anyMatch(each -> each.startsWith("TooManyMissedTimes"));
    }

    @Test
    void noneIsMadeThatIsTooLate() {
        create("'schedule':'0 * * * *','suspend':true,'startingDeadlineSeconds':60");
        api.pass(3700);
        suspend(false);
        assertThat(jobs()).isEmpty();
        api.pass(3500);
        assertThat(jobs()).hasSize(1);
    }

    @Test
    void oneAfterTheOtherWhereTwoAreForbidden() {
        create("'schedule':'* * * * *','concurrencyPolicy':'Forbid'");
        api.pass(60);
        api.pass(60);
        assertThat(jobs()).hasSize(1);
        assertThat(api.told()).anyMatch(each -> each.startsWith("JobAlreadyActive"));
        end(jobs().getFirst(), "Complete");
        api.pass(60);
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void aNewJobReplacesTheOldOneWhereThatIsWanted() {
        create("'schedule':'* * * * *','concurrencyPolicy':'Replace'");
        api.pass(60);
        String first = jobs().getFirst().name();
        api.pass(60);
        assertThat(jobs()).hasSize(1).noneMatch(job -> job.name().equals(first));
        assertThat(api.told())
                .contains("SuccessfulDelete: Deleted job " + first)
                .noneMatch(each -> each.startsWith("MissingJob"));
    }

    /** As {@code kubectl create job --from} does it. */
    @Test
    void aJobThatAPersonMadeIsToldAndStandsInNobodysWay() {
        create("'schedule':'* * * * *','concurrencyPolicy':'Forbid'");
        Resource manual =
                SimulatedApi.object(
                        "{'metadata':{'name':'manual','namespace':'default'},'status':{}}");
        api.create(JOBS, Ownership.adopted(manual, api.get(BACKUP).orElseThrow()));
        api.settle();
        assertThat(api.told())
                .contains(
                        "UnexpectedJob: Saw a job that the controller did not create or forgot: manual");
        assertThat(status().path("active")).isEmpty();

        api.pass(60);
        assertThat(jobs()).hasSize(2);
    }

    @Test
    void aFewThatEndedAreKept() {
        create("'schedule':'* * * * *','successfulJobsHistoryLimit':2,'failedJobsHistoryLimit':1");
        for (int i = 0; i < 8; i++) {
            api.pass(60);
            for (Resource job : jobs()) {
                if (CronJobView.end(job).isEmpty()) {
                    end(job, i % 2 == 0 ? "Complete" : "Failed");
                }
            }
        }
        assertThat(jobs().stream().filter(CronJobView::hasSucceeded)).hasSize(2);
        assertThat(jobs()).hasSize(3);
        assertThat(status().path("active")).isEmpty();
        assertThat(status().has("lastSuccessfulTime")).isTrue();
        assertThat(api.told())
                .anyMatch(each -> each.startsWith("SawCompletedJob: Saw completed job"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noMinuteIsDoneTwiceWhateverHappens(long seed) {
        var cluster = new FaultyCluster(seed, new CronJobController());
        var random = new Random(seed);
        cluster.api().create(CRON_JOBS, cron("'schedule':'* * * * *'"));
        var seen = new TreeSet<String>();
        cluster.always(
                () -> {
                    for (Resource job : cluster.api().list(JOBS)) {
                        seen.add(job.name() + "/" + job.uid());
                    }
                });
        for (int i = 0; i < 300; i++) {
            cluster.step();
            cluster.api().pass(random.nextInt(20));
        }
        cluster.heal();
        assertThat(seen.stream().map(each -> each.substring(0, each.indexOf('/'))))
                .as("replay with -Dseed=%d", seed)
                .doesNotHaveDuplicates()
                .isNotEmpty();
        Resource cron = cluster.api().get(BACKUP).orElseThrow();
        assertThat(cron.status().path("active")).hasSameSizeAs(cluster.api().list(JOBS));
    }

    private void create(String spec) {
        api.create(CRON_JOBS, cron(spec));
        api.settle();
    }

    private static Resource cron(String spec) {
        return SimulatedApi.object(
                """
                {'apiVersion':'batch/v1','kind':'CronJob',
                 'metadata':{'name':'backup','namespace':'default'},
                 'spec':{%s,'jobTemplate':{'metadata':{'labels':{'app':'backup'}},
                   'spec':{'template':{'spec':{'containers':[{'name':'c','image':'i'}]}}}}},
                 'status':{}}
                """
                        .formatted(spec));
    }

    private void suspend(boolean isSuspended) {
        Resource next = api.get(BACKUP).orElseThrow().copy();
        Resource.child(next.tree(), "spec").put("suspend", isSuspended);
        api.update(CRON_JOBS, next);
        api.settle();
    }

    private void end(Resource job, String condition) {
        Resource next = job.copy();
        ObjectNode status = Resource.child(next.tree(), "status");
        status.put("startTime", Conditions.timestamp(api.now()));
        status.put("completionTime", Conditions.timestamp(api.now()));
        Conditions.set(
                Resource.array(status, "conditions"),
                new Conditions.Wanted(condition, "True", "", ""),
                api.now());
        api.putStatus(JOBS, next);
        api.settle();
    }

    private List<Resource> jobs() {
        return api.list(JOBS);
    }

    private JsonNode status() {
        return api.get(BACKUP).orElseThrow().status();
    }
}
