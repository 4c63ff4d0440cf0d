package dev.gantry.state.shell.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Uid;
import dev.gantry.state.ingest.Verdict;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class IngestRoundTest {
    private final PlainIntake intake = new PlainIntake();
    private boolean isLeading = true;
    private final IngestRound<String> round =
            new IngestRound<>(
                    intake, (group, _) -> CompletableFuture.completedFuture(answer(group)));

    @Test
    void aMessageAboutSeveralPodsKeepsItsPlaceAmongTheMessagesAboutEach() throws Exception {
        for (String each : List.of("first:a", "gang:a,b", "last:b", "other:c")) {
            round.add(each);
        }

        round.run();
        assertThat(intake.decided).containsExactly("first:a", "other:c");
        round.run();
        assertThat(intake.decided).containsExactly("first:a", "other:c", "gang:a,b");
        round.run();
        assertThat(intake.decided).containsExactly("first:a", "other:c", "gang:a,b", "last:b");
        assertThat(round.isDone()).isTrue();
    }

    @Test
    void nobodyIsToldOfARefusalBeforeTheRoundIsAskedTo() throws Exception {
        round.add("refuse:a");
        round.add("fine:b");

        round.run();
        assertThat(round.isDone()).isTrue();
        assertThat(round.hasRefused()).isTrue();
        assertThat(intake.told).isEmpty();

        round.tellRefused();
        assertThat(intake.told).containsExactly("refuse:a");
        assertThat(round.hasRefused()).isFalse();
    }

    @Test
    void aReplicaThatWasDeposedTellsNobodyWhatItRefused() throws Exception {
        round.add("refuse:a");
        round.run();
        isLeading = false;

        round.tellRefused();

        assertThat(intake.told).isEmpty();
        assertThat(round.hasRefused()).isFalse();
    }

    @Test
    void oneThatIsOvertakenIsNotDecided() throws Exception {
        round.add("idle:a");
        round.add("fine:a");

        round.run();

        assertThat(intake.decided).containsExactly("fine:a");
        assertThat(round.isDone()).isTrue();
    }

    /** Nothing is written here; who asks hears whether this replica leads. */
    private CommitOutcome answer(List<Change> group) {
        assertThat(group).isEmpty();
        return isLeading
                ? new CommitOutcome.Committed(List.of())
                : new CommitOutcome.Unavailable("another replica leads");
    }

    /** Messages are a word and the pods that they are about. */
    private static final class PlainIntake implements Intake<String> {
        private final List<String> decided = new ArrayList<>();
        private final List<String> told = new ArrayList<>();

        @Override
        public Set<String> topics() {
            return Set.of("words");
        }

        @Override
        public boolean mayComeFrom(String topic, String message) {
            return true;
        }

        @Override
        public Class<String> type() {
            return String.class;
        }

        @Override
        public List<Uid> subjects(String message) {
            return Arrays.stream(message.split(":")[1].split(",")).map(Uid::new).toList();
        }

        @Override
        public boolean isOvertakenBy(String earlier, String later) {
            return earlier.startsWith("idle");
        }

        @Override
        public boolean isCurrent(String message) {
            return true;
        }

        @Override
        public String memory() {
            return "";
        }

        @Override
        public void recall(String memory) {}

        @Override
        public Verdict decide(String message) {
            decided.add(message);
            return message.startsWith("refuse")
                    ? new Verdict.Reject("just so")
                    : new Verdict.Drop("just so");
        }

        @Override
        public void reject(String message, String why) {
            told.add(message);
        }
    }
}
