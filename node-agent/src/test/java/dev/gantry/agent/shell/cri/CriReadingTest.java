package dev.gantry.agent.shell.cri;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.shell.cri.v1.Cri;
import java.time.Instant;
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

    private static ContainerStatus read(long finished) {
        return CriReading.status(
                Cri.ContainerStatus.newBuilder()
                        .setStartedAt(STARTED)
                        .setFinishedAt(finished)
                        .build());
    }
}
