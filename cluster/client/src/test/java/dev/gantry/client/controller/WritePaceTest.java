package dev.gantry.client.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WritePaceTest {
    private static final ObjectKey WEB = new ObjectKey(Resources.REPLICA_SETS, "default", "web");
    private static final ObjectKey OTHER = new ObjectKey(Resources.REPLICA_SETS, "default", "db");

    private final WritePace pace = new WritePace();
    private Instant now = Instant.EPOCH;

    @Test
    void aKeyThatIsWrittenNowAndThenNeverRests() {
        for (int i = 0; i < 100; i++) {
            assertThat(pace.restsUntil(WEB, now)).isEmpty();
            pace.wrote(WEB, now);
            now = now.plusMillis(50);
        }
    }

    @Test
    void aBusyKeyIsWrittenTwentyTimesASecondAndOthersAsTheyLike() {
        int writes = 0;
        for (int i = 0; i < 1000; i++) {
            if (pace.restsUntil(WEB, now).isEmpty()) {
                pace.wrote(WEB, now);
                writes++;
            }
            now = now.plusMillis(1);
        }
        assertThat(writes).isBetween(28, 32);
        assertThat(pace.restsUntil(OTHER, now)).isEmpty();
    }

    @Test
    void saysWhenTheKeyMayBeReconciledAgain() {
        for (int i = 0; i < 12; i++) {
            pace.wrote(WEB, now);
        }
        Instant again = pace.restsUntil(WEB, now).orElseThrow();
        assertThat(Duration.between(now, again)).isEqualTo(Duration.ofMillis(100));
        assertThat(pace.restsUntil(WEB, again)).isEmpty();
    }
}
