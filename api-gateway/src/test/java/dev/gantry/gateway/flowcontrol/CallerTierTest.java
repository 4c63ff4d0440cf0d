package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.exchange.Caller;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerTierTest {
    @ParameterizedTest
    @CsvSource({
        "admin, system:masters, PLATFORM",
        "system:kube-scheduler, system:authenticated, PLATFORM",
        "system:gantry:monitoring, system:authenticated, PLATFORM",
        "x, system:serviceaccounts:kube-system, PLATFORM",
        "system:node:n1, system:nodes, NODE",
        "x, system:serviceaccounts, SERVICE_ACCOUNT",
        "jane, system:authenticated, USER",
        "system:anonymous, system:unauthenticated, STRANGER",
        "nobody, none, STRANGER"
    })
    void knowsWhoAsks(String user, String group, CallerTier tier) {
        assertThat(CallerTier.of(new Caller(user, "", List.of(group), new TreeMap<>())))
                .isEqualTo(tier);
    }

    @Test
    void tiersShareAllMemoryAndStrangersHaveLittleOfIt() {
        long sum = Arrays.stream(CallerTier.values()).mapToLong(each -> each.partOf(3_650)).sum();
        assertThat(sum).isEqualTo(3_650);
        assertThat(CallerTier.STRANGER.partOf(3_650)).isEqualTo(50);
    }
}
