package dev.gantry.agent.shell.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.ProcessUser;
import dev.gantry.agent.shell.cri.v1.Cri;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CriReadingTest {
    private static final long STARTED = 2_000_000_000L;

    @Test
    void anEndBeforeTheStartIsTakenForOneAtTheStart() {
        assertThat(read(STARTED - 14_000_000).finishedAt())
                .isEqualTo(Instant.ofEpochSecond(0, STARTED));
    }

    @Test
    void anyOtherEndIsToldAsItWas() {
        assertThat(read(STARTED + 1).finishedAt()).isEqualTo(Instant.ofEpochSecond(0, STARTED + 1));
    }

    @Test
    void whatRunsHasNoEnd() {
        assertThat(read(0).finishedAt()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void takesFromARuntimeNothingThatItDoesNotSay() {
        assertThat(CriReading.status(Cri.StatusResponse.getDefaultInstance()).features())
                .isEqualTo(RuntimeFeatures.NONE);
        assertThat(CriReading.driver(Cri.RuntimeConfigResponse.getDefaultInstance())).isEmpty();
    }

    @Test
    void readsAsWhomAContainerWasStartedWhereItIsSaid() {
        var said = Cri.ContainerStatus.newBuilder();
        assertThat(CriReading.status(said.build()).user()).isEmpty();
        said.getUserBuilder()
                .getLinuxBuilder()
                .setUid(1000)
                .setGid(3000)
                .addSupplementalGroups(4000);
        assertThat(CriReading.status(said.build()).user())
                .hasValue(new ProcessUser(1000, 3000, List.of(4000L)));
    }

    @Test
    void readsWhatARuntimeCanDo() {
        var said = Cri.StatusResponse.newBuilder();
        said.addRuntimeHandlersBuilder().getFeaturesBuilder().setUserNamespaces(true);
        said.addRuntimeHandlersBuilder()
                .setName("runc")
                .getFeaturesBuilder()
                .setRecursiveReadOnlyMounts(true);
        said.getFeaturesBuilder().setSupplementalGroupsPolicy(true);
        RuntimeFeatures read = CriReading.status(said.build()).features();
        assertThat(read.handlers()).containsOnlyKeys("", "runc");
        assertThat(read.of("")).isEqualTo(new HandlerFeatures(false, true));
        assertThat(read.of("runc")).isEqualTo(new HandlerFeatures(true, false));
        assertThat(read.of("kata")).isEqualTo(HandlerFeatures.NONE);
        assertThat(read.hasGroupsPolicy()).isTrue();
    }

    @Test
    void readsWhoMakesCgroups() {
        var said = Cri.RuntimeConfigResponse.newBuilder();
        said.getLinuxBuilder().setCgroupDriver(Cri.CgroupDriver.SYSTEMD);
        assertThat(CriReading.driver(said.build())).hasValue(CgroupDriver.SYSTEMD);
        said.getLinuxBuilder().setCgroupDriver(Cri.CgroupDriver.CGROUPFS);
        assertThat(CriReading.driver(said.build())).hasValue(CgroupDriver.CGROUPFS);
    }

    private static ContainerStatus read(long finished) {
        return CriReading.status(
                Cri.ContainerStatus.newBuilder()
                        .setStartedAt(STARTED)
                        .setFinishedAt(finished)
                        .build());
    }
}
