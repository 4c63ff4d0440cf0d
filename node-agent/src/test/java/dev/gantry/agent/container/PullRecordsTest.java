package dev.gantry.agent.container;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.runtime.RegistryCredentials;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PullRecordsTest {
    private static final RegistryCredentials TEAM = credentials("team");
    private static final RegistryCredentials OTHERS = credentials("others");
    private static final PullRecords PULLED =
            PullRecords.NONE
                    .begins("reg/app:1")
                    .isPulled("i1", "reg/app:1", Optional.of(TEAM), List.of("i1"));

    @Test
    void whatTheAgentDidNotPullIsForEverybody() {
        assertThat(PullRecords.NONE.isForAnybody("i1", "reg/app:1")).isTrue();
        assertThat(PULLED.isForAnybody("i2", "reg/app:1")).isTrue();
    }

    @Test
    void whatWasPulledWithCredentialsIsForThoseWhoHaveThem() {
        assertThat(PULLED.isForAnybody("i1", "reg/app:1")).isFalse();
        assertThat(PULLED.admits("i1", "reg/app:1", List.of(OTHERS, TEAM))).isTrue();
        assertThat(PULLED.admits("i1", "reg/app:2", List.of(TEAM))).isTrue();
        assertThat(PULLED.admits("i1", "reg/app:1", List.of(OTHERS))).isFalse();
        assertThat(PULLED.admits("i1", "reg/app:1", List.of())).isFalse();
    }

    @Test
    void onceItCouldBePulledWithoutAnyItIsForEverybody() {
        PullRecords open = PULLED.isPulled("i1", "reg/app:1", Optional.empty(), List.of("i1"));
        assertThat(open.isForAnybody("i1", "reg/app:1")).isTrue();
    }

    @Test
    void anImageWhosePullNobodySawEndingIsForNobody() {
        PullRecords begun = PullRecords.NONE.begins("reg/app:1");
        assertThat(begun.admits("i1", "reg/app:1", List.of(TEAM))).isFalse();
        assertThat(begun.hasFailed("reg/app:1")).isEqualTo(PullRecords.NONE);
    }

    @Test
    void comesBackFromTheDiskAsItWas() {
        PullRecords two = PULLED.begins("other");
        assertThat(PullRecords.of(two.tree())).isEqualTo(two);
        assertThat(two.tree().toString()).doesNotContain("secret-of-team");
    }

    @Test
    void forgetsImagesThatAreGone() {
        PullRecords later = PULLED.isPulled("i2", "reg/b", Optional.of(TEAM), List.of("i2"));
        assertThat(later.holders()).hasSize(1);
    }

    private static RegistryCredentials credentials(String user) {
        return new RegistryCredentials(user, "secret-of-" + user, "reg", "");
    }
}
