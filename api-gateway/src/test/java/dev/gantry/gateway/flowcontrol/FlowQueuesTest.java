package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.flowcontrol.FlowQueues.Arrival;
import org.junit.jupiter.api.Test;

class SeatsTest {
    @Test
    void servesUsersInTurn() {
        FlowQueues queues = new FlowQueues(1, 10);
        assertThat(queues.arrive("a")).isEqualTo(new Arrival.Executing());
        long first = waiting(queues, "a");
        long second = waiting(queues, "a");
        long other = waiting(queues, "b");
        assertThat(queues.leave()).contains(first);
        assertThat(queues.leave()).contains(other);
        assertThat(queues.leave()).contains(second);
        assertThat(queues.leave()).isEmpty();
        assertThat(queues.taken()).isZero();
    }

    @Test
    void turnsAwayWhoeverFillsTheirQueueAndNobodyElse() {
        FlowQueues queues = new FlowQueues(1, 2);
        queues.arrive("a");
        waiting(queues, "a");
        waiting(queues, "a");
        assertThat(queues.arrive("a")).isEqualTo(new Arrival.Rejected());
        assertThat(queues.arrive("b")).isInstanceOf(Arrival.Queued.class);
    }

    @Test
    void givesNoSeatToThoseWhoGaveUp() {
        FlowQueues queues = new FlowQueues(1, 10);
        queues.arrive("a");
        long impatient = waiting(queues, "a");
        long patient = waiting(queues, "b");
        assertThat(queues.giveUp("a", impatient)).isTrue();
        assertThat(queues.leave()).contains(patient);
        assertThat(queues.giveUp("b", patient)).as("executing already").isFalse();
        assertThat(queues.waiting()).isZero();
    }

    @Test
    void neverKeepsAnybodyWaitingBeforeAFreeSeat() {
        FlowQueues queues = new FlowQueues(2, 10);
        assertThat(queues.arrive("a")).isEqualTo(new Arrival.Executing());
        assertThat(queues.arrive("a")).isEqualTo(new Arrival.Executing());
        queues.leave();
        assertThat(queues.arrive("b")).isEqualTo(new Arrival.Executing());
    }

    private static long waiting(FlowQueues queues, String user) {
        return ((Arrival.Queued) queues.arrive(user)).ticket();
    }
}
