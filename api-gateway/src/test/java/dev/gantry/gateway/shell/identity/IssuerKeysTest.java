package dev.gantry.gateway.shell.identity;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.gantry.gateway.authentication.jwt.JwtIssuer;
import dev.gantry.gateway.shell.TestIssuer;
import dev.gantry.gateway.shell.TestPki;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class IssuerKeysTest {
    @TempDir Path folder;
    private final SetClock clock = new SetClock();
    private TestIssuer issuer;
    private IssuerKeys keys;

    @BeforeEach
    void start() throws Exception {
        issuer = new TestIssuer(new TestPki(folder));
        var configured = new JwtIssuer(issuer.url(), "", issuer.authority(), List.of("gantry"));
        keys = new IssuerKeys(configured, IssuerConnection.anywhere(issuer.authority()), clock);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void forgeriesMakeTheIssuerBeAskedOnceInAWhile() throws Exception {
        assertThat(keys.haveSigned(token())).isTrue();
        for (int i = 0; i < 5; i++) {
            assertThat(keys.haveSigned(forged())).isFalse();
        }
        assertThat(issuer.keyReads).hasValue(2);
        assertThat(keys.haveSigned(token())).isTrue();

        clock.now = clock.now.plusSeconds(10);
        assertThat(keys.haveSigned(forged())).isFalse();
        assertThat(keys.haveSigned(forged())).isFalse();
        assertThat(issuer.keyReads).hasValue(3);
    }

    @Test
    void aKeyThatWasTakenBackIsNotBelievedForLong() throws Exception {
        JWSObject old = token();
        assertThat(keys.haveSigned(old)).isTrue();
        issuer.rotate();
        assertThat(keys.haveSigned(old)).isTrue();

        clock.now = clock.now.plus(Duration.ofMinutes(6));
        assertThat(keys.haveSigned(old)).isFalse();
        assertThat(keys.haveSigned(token())).isTrue();
    }

    @Test
    void keysThatAreKnownAreUsedWhileTheIssuerDoesNotAnswer() throws Exception {
        assertThat(keys.haveSigned(token())).isTrue();
        issuer.close();
        clock.now = clock.now.plus(Duration.ofMinutes(6));
        assertThat(keys.haveSigned(token())).isTrue();
    }

    private JWSObject token() throws Exception {
        return JWSObject.parse(issuer.token(Map.of("sub", "jane")));
    }

    private JWSObject forged() throws Exception {
        return JWSObject.parse(issuer.forged(Map.of("sub", "jane")));
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
