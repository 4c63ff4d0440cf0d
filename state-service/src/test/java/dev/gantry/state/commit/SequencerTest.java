package dev.gantry.state.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.commit.Proposal.Origin;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.Samples;
import dev.gantry.state.memory.EncodedObject;
import dev.gantry.state.memory.Memory;
import dev.gantry.state.memory.ObjectEncoder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequencerTest {
    private static final ObjectEncoder ENCODER = new ObjectEncoder((_, _) -> Map.of());
    private static final Instant NOON = Samples.NOON;

    @Test
    void theSecondOfTwoWritersThatSawTheSameIsStale() {
        Memory memory = Memory.empty(Revision.NONE);
        Batch first = plan(memory, 7, List.of(List.of(put("a", "1", 0))));

        Batch second =
                plan(
                        first.after(),
                        8,
                        List.of(List.of(put("a", "2", 8)), List.of(put("a", "3", 8))));

        assertThat(second.outcomes().get(0)).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(second.outcomes().get(1)).isInstanceOf(CommitOutcome.Stale.class);
        var stale = (CommitOutcome.Stale) second.outcomes().get(1);
        assertThat(stale.current().orElseThrow().revision()).isEqualTo(new Revision(9));
        assertThat(second.last()).isEqualTo(new Revision(9));
    }

    @Test
    void aGroupMayChangeAnObjectAndRemoveIt() {
        Batch first = plan(Memory.empty(Revision.NONE), 0, List.of(List.of(put("a", "1", 0))));
        Batch second = plan(first.after(), 1, List.of(List.of(put("a", "2", 1), remove("a", 1))));

        assertThat(second.outcomes().getFirst()).isInstanceOf(CommitOutcome.Committed.class);
        assertThat(second.entries().stream().map(each -> each.event().type()))
                .containsExactly(Type.MODIFIED, Type.DELETED);
        assertThat(second.entries().getLast().previous()).isEqualTo(new Revision(2));
        assertThat(second.after().get(Samples.configMap("a"))).isEmpty();
    }

    @Test
    void timesNeverGoBackWhateverTheClockOfAWriterSays() {
        var early = new Origin("tester", NOON.minusSeconds(60));
        Batch first = plan(Memory.empty(Revision.NONE), 0, List.of(List.of(put("a", "1", 0))));

        Batch second =
                Sequencer.plan(
                        first.after(),
                        first.last(),
                        first.lastTime(),
                        List.of(
                                List.of(
                                        new Proposal(
                                                Samples.configMap("b"),
                                                Revision.NONE,
                                                object("b", "1"),
                                                early,
                                                0))));

        assertThat(second.entries().getFirst().time()).isEqualTo(NOON);
    }

    /**
     * Random writers, some of whom saw an older state; batches of random size, some of which fail.
     * A plain map, fed the entries of the batches that became durable, must come out the same.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void replayingTheDurableEntriesGivesTheMemory(long seed) {
        var random = new Random(seed);
        Memory memory = Memory.empty(Revision.NONE);
        Revision last = Revision.NONE;
        Revision lastSeen = Revision.NONE;
        var replayed = new TreeMap<ObjectKey, Revision>();

        for (int step = 0; step < 300; step++) {
            List<List<Proposal>> groups = randomGroups(random, memory);
            Batch batch = Sequencer.plan(memory, last, NOON, groups);
            assertThat(batch.outcomes()).hasSameSizeAs(groups);
            last = batch.last();
            boolean isLost = random.nextInt(5) == 0;
            if (isLost) {
                continue;
            }
            memory = batch.after();
            for (LogEntry entry : batch.entries()) {
                assertThat(entry.revision().isAfter(lastSeen)).as("seed %d", seed).isTrue();
                lastSeen = entry.revision();
                replay(entry, replayed);
            }
        }

        var found = new TreeMap<ObjectKey, Revision>();
        memory.list(Samples.configMap("x").resource(), "")
                .objects()
                .forEach(each -> found.put(each.key(), each.revision()));
        assertThat(found).as("seed %d", seed).isEqualTo(replayed).isNotEmpty();
    }

    private static void replay(LogEntry entry, TreeMap<ObjectKey, Revision> replayed) {
        ObjectKey key = entry.object().key();
        assertThat(replayed.getOrDefault(key, Revision.NONE)).isEqualTo(entry.previous());
        switch (entry.event().type()) {
            case ADDED, MODIFIED -> replayed.put(key, entry.revision());
            case DELETED -> replayed.remove(key);
        }
    }

    private static List<List<Proposal>> randomGroups(Random random, Memory memory) {
        List<List<Proposal>> groups = new ArrayList<>();
        for (int group = random.nextInt(1, 6); group > 0; group--) {
            List<Proposal> proposals = new ArrayList<>();
            int first = random.nextInt(20);
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                String name = "n" + (first + i);
                long seen =
                        memory.get(Samples.configMap(name))
                                .map(each -> each.revision().value())
                                .orElse(0L);
                boolean isOutdated = random.nextInt(10) == 0;
                seen = isOutdated && seen > 0 ? seen - 1 : seen;
                boolean removes = seen > 0 && random.nextInt(3) == 0;
                proposals.add(removes ? remove(name, seen) : put(name, "v", seen));
            }
            groups.add(proposals);
        }
        return groups;
    }

    private static Batch plan(Memory memory, long last, List<List<Proposal>> groups) {
        return Sequencer.plan(memory, new Revision(last), NOON, groups);
    }

    private static Proposal put(String name, String value, long previous) {
        return new Proposal(
                Samples.configMap(name),
                new Revision(previous),
                object(name, value),
                new Origin("tester", NOON),
                0);
    }

    private static Proposal remove(String name, long previous) {
        return new Proposal(
                Samples.configMap(name),
                new Revision(previous),
                null,
                new Origin("tester", NOON),
                0);
    }

    private static EncodedObject object(String name, String value) {
        return ENCODER.encode(Samples.configMap(name), Samples.configMapWith(name, value));
    }
}
