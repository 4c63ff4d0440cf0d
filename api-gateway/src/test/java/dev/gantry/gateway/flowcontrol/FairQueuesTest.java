package dev.gantry.gateway.flowcontrol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.gateway.flowcontrol.FairQueues.Ticket;
import dev.gantry.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FairQueuesTest {
    /** Two queues, one for each of these flows. */
    private static final Queuing TWO = new Queuing(2, 1, 1_000);

    private static final long A = 0;
    private static final long B = 1;

    private final FairQueues queues = new FairQueues(TWO);

    static LongStream seeds() {
        return Seeds.first(100);
    }

    @Test
    void servesFlowsInTurn() {
        Ticket first = join(A);
        Ticket second = join(A);
        Ticket other = join(B);
        assertThat(served()).isEqualTo(first);
        assertThat(served()).isEqualTo(other);
        assertThat(served()).isEqualTo(second);
        assertThat(queues.next()).isEmpty();
    }

    @Test
    void aFlowThatTookLongWaitsForTheOther() {
        Ticket slow = join(A);
        join(A);
        Ticket others = join(B);
        join(B);
        join(B);
        served();
        queues.end(slow, 10 * FairQueues.ASSUMED_NANOS);
        assertThat(served()).isEqualTo(others);
        assertThat(served().queue()).isEqualTo(others.queue());
        assertThat(served().queue()).isEqualTo(others.queue());
    }

    @Test
    void whoWasIdleHasSavedNothingUp() {
        for (int i = 0; i < 20; i++) {
            join(A);
        }
        for (int i = 0; i < 10; i++) {
            served();
        }
        Ticket late = join(B);
        join(B);
        assertThat(served()).isEqualTo(late);
        assertThat(served().queue()).isNotEqualTo(late.queue());
    }

    @Test
    void turnsAwayOnceTheFlowsQueuesAreFull() {
        FairQueues small = new FairQueues(new Queuing(4, 2, 3));
        for (int i = 0; i < 6; i++) {
            assertThat(small.join(A, 1)).isPresent();
        }
        assertThat(small.join(A, 1)).isEmpty();
        assertThat(small.waiting()).isEqualTo(6);
        assertThat(new FairQueues(Queuing.NONE).join(A, 1)).isEmpty();
    }

    @Test
    void servesNobodyWhoGaveUp() {
        Ticket impatient = join(A);
        Ticket patient = join(B);
        assertThat(queues.giveUp(impatient)).isTrue();
        assertThat(served()).isEqualTo(patient);
        assertThat(queues.giveUp(patient)).as("served already").isFalse();
        assertThat(queues.waiting()).isZero();
    }

    @Test
    void thoseThatWaitStayWhenTheQueuesChange() {
        Ticket before = join(B);
        queues.reshape(new Queuing(1, 1, 10));
        Ticket after = join(B);
        assertThat(List.of(served(), served())).containsExactlyInAnyOrder(before, after);
        queues.end(before, 0);
        queues.end(after, 0);
    }

    /** What a flow has had of the level, while both always wanted more. */
    @ParameterizedTest
    @MethodSource("seeds")
    void flowsThatAlwaysWaitGetTheSame(long seed) {
        Random random = new Random(seed);
        int widest = 1 + random.nextInt(5);
        int[] had = new int[2];
        List<Ticket> running = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            queues.join(A, 1 + random.nextInt(widest)).orElseThrow();
            queues.join(B, 1 + random.nextInt(widest)).orElseThrow();
        }
        for (int step = 0; step < 500; step++) {
            Ticket ticket = served();
            had[ticket.queue()] += ticket.width();
            running.add(ticket);
            if (random.nextBoolean()) {
                queues.end(
                        running.remove(random.nextInt(running.size())), FairQueues.ASSUMED_NANOS);
            }
            assertThat(Math.abs(had[0] - had[1]))
                    .as("replay with -Dseed=%d", seed)
                    .isLessThanOrEqualTo(widest);
        }
    }

    private Ticket join(long flow) {
        return queues.join(flow, 1).orElseThrow();
    }

    private Ticket served() {
        Optional<Ticket> next = queues.next();
        queues.begin(next.orElseThrow());
        return next.get();
    }
}
