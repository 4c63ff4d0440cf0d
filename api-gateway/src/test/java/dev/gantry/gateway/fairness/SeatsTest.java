package dev.gantry.gateway.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.authorization.Access;
import dev.gantry.gateway.fairness.Seats.Arrival;
import dev.gantry.model.exchange.Caller;
import dev.gantry.model.meta.GroupResource;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeatsTest {
    @Test
    void servesUsersInTurn() {
        Seats seats = new Seats(1, 10);
        assertThat(seats.arrive("a")).isEqualTo(new Arrival.Seated());
        long first = waiting(seats, "a");
        long second = waiting(seats, "a");
        long other = waiting(seats, "b");
        assertThat(seats.leave()).contains(first);
        assertThat(seats.leave()).contains(other);
        assertThat(seats.leave()).contains(second);
        assertThat(seats.leave()).isEmpty();
        assertThat(seats.taken()).isZero();
    }

    @Test
    void turnsAwayWhoeverFillsTheirQueueAndNobodyElse() {
        Seats seats = new Seats(1, 2);
        seats.arrive("a");
        waiting(seats, "a");
        waiting(seats, "a");
        assertThat(seats.arrive("a")).isEqualTo(new Arrival.TurnedAway());
        assertThat(seats.arrive("b")).isInstanceOf(Arrival.Waiting.class);
    }

    @Test
    void givesNoSeatToThoseWhoGaveUp() {
        Seats seats = new Seats(1, 10);
        seats.arrive("a");
        long impatient = waiting(seats, "a");
        long patient = waiting(seats, "b");
        assertThat(seats.giveUp("a", impatient)).isTrue();
        assertThat(seats.leave()).contains(patient);
        assertThat(seats.giveUp("b", patient)).as("seated already").isFalse();
        assertThat(seats.waiting()).isZero();
    }

    @Test
    void neverKeepsAnybodyWaitingBeforeAFreeSeat() {
        Seats seats = new Seats(2, 10);
        assertThat(seats.arrive("a")).isEqualTo(new Arrival.Seated());
        assertThat(seats.arrive("a")).isEqualTo(new Arrival.Seated());
        seats.leave();
        assertThat(seats.arrive("b")).isEqualTo(new Arrival.Seated());
    }

    @Test
    void putsRepairAndProbesBeforeEverything() {
        Access pods = Access.resource("list", new GroupResource("", "pods"), "", "", "");
        assertThat(level(pods, "system:masters")).isEqualTo(PriorityLevel.EXEMPT);
        assertThat(level(Access.path("get", "/readyz"), "system:unauthenticated"))
                .isEqualTo(PriorityLevel.EXEMPT);
        assertThat(level(pods, "system:nodes")).isEqualTo(PriorityLevel.NODES);
        assertThat(level(pods, "system:serviceaccounts")).isEqualTo(PriorityLevel.WORKLOADS);
        assertThat(level(pods, "system:authenticated")).isEqualTo(PriorityLevel.PEOPLE);
        assertThat(level(pods, "system:unauthenticated")).isEqualTo(PriorityLevel.STRANGERS);
    }

    private static PriorityLevel level(Access access, String group) {
        return PriorityLevel.of(new Caller("u", "", List.of(group), new TreeMap<>()), access);
    }

    private static long waiting(Seats seats, String user) {
        return ((Arrival.Waiting) seats.arrive(user)).ticket();
    }
}
