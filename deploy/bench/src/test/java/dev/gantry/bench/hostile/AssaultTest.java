package dev.gantry.bench.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.bench.hostile.client.Ground;
import dev.gantry.bench.hostile.client.Hostile;
import dev.gantry.testkit.Patience;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.Test;

final class AssaultTest {
    private final Ground ground =
            new Ground(
                    new Ground.Server(
                            "127.0.0.1", 1, (SSLSocketFactory) SSLSocketFactory.getDefault()),
                    "",
                    "default");

    @Test
    void goesOnAfterARefusalAndEndsWhenItIsClosed() throws IOException {
        var kind = new Refused();
        try (var _ = new Assault(kind, ground)) {
            Patience.await().untilAsserted(() -> assertThat(kind.attempts).hasValueGreaterThan(3));
        }
        int made = kind.attempts.get();

        assertThat(ground.answers()).containsEntry("refused: IOException", made);
    }

    private static final class Refused implements Hostile {
        private final AtomicInteger attempts = new AtomicInteger();

        @Override
        public String name() {
            return "refused";
        }

        @Override
        public Caller caller() {
            return Caller.STRANGER;
        }

        @Override
        public int pace() {
            return 100;
        }

        @Override
        public void attempt(Ground unused) throws IOException {
            attempts.incrementAndGet();
            throw new IOException("go away");
        }
    }
}
