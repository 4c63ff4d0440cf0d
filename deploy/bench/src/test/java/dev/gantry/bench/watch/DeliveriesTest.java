package dev.gantry.bench.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class DeliveriesTest {
    @Test
    void countWhatWasHeardAndWhatIsMissing() throws InterruptedException {
        var deliveries = new Deliveries(2);
        deliveries.send(1);
        deliveries.hear(1);
        assertThat(deliveries.missing()).isEqualTo(1);
        deliveries.acknowledge(1);
        deliveries.hear(1);
        deliveries.await();

        assertThat(deliveries.missing()).isZero();
        assertThat(deliveries.afterSending().count()).isEqualTo(2);
        // What overtook its acknowledgement took no time, rather than less than none.
        assertThat(deliveries.afterAcknowledgement().percentile(0)).isZero();
    }

    @Test
    void knowNothingOfObjectsOfOthers() {
        var deliveries = new Deliveries(1);
        deliveries.hear(7);

        assertThat(deliveries.afterSending().count()).isZero();
    }
}
