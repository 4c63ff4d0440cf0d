package dev.gantry.controller.workload.ttlafterfinished;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.controller.simulated.SimulatedApi;
import dev.gantry.model.kind.Resources;
import org.junit.jupiter.api.Test;

final class TtlAfterFinishedControllerTest {
    private final SimulatedApi api = new SimulatedApi(new TtlAfterFinishedController());

    @Test
    void deletesAJobWhenItHasBeenOverForLongEnough() {
        job("'ttlSecondsAfterFinished':30", "Complete");
        api.pass(29);
        assertThat(isGoing()).isFalse();
        api.pass(1);
        assertThat(isGoing()).isTrue();
    }

    @Test
    void aJobThatNamesNoTimeStays() {
        job("", "Failed");
        api.pass(3600);
        assertThat(isGoing()).isFalse();
    }

    @Test
    void aJobThatRunsStays() {
        job("'ttlSecondsAfterFinished':0", "Suspended");
        api.pass(3600);
        assertThat(isGoing()).isFalse();
    }

    private void job(String spec, String condition) {
        api.create(
                Resources.JOBS,
                SimulatedApi.object(
                        """
                        {'apiVersion':'batch/v1','kind':'Job','metadata':{'name':'j','namespace':'default'},
                         'spec':{%s},'status':{'conditions':[{'type':'%s','status':'True',
                          'lastTransitionTime':'2026-01-01T00:00:00Z'}]}}
                        """
                                .formatted(spec, condition)));
        api.settle();
    }

    private boolean isGoing() {
        return api.list(Resources.JOBS).getFirst().isBeingDeleted();
    }
}
