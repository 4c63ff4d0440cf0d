package dev.gantry.state.log;

import static dev.gantry.state.log.Samples.configMap;
import static dev.gantry.state.log.Samples.createConfigMap;
import static dev.gantry.state.log.Samples.putConfigMap;
import static dev.gantry.state.log.Samples.remove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.kind.Kind;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import dev.gantry.state.log.CommitOutcome.Committed;
import dev.gantry.state.log.CommitOutcome.Stale;
import dev.gantry.testkit.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What every state log promises, whatever it keeps its entries in. */
public interface StateLogContract {
    GroupResource CONFIG_MAPS = Resources.CONFIG_MAPS;

    /** An empty one. */
    StateLog log();

    @Test
    default void whatWasCommittedIsReadBackWithItsRevision() throws Exception {
        StoredObject made = committed(log().commit(List.of(createConfigMap("a", "1"))));

        StoredObject found = log().get(configMap("a")).orElseThrow();
        assertThat(found.revision()).isEqualTo(made.revision()).isEqualTo(log().revision());
        assertThat(found.decode().revision()).isEqualTo(made.revision());
        assertThat(JsonMapper.shared().readTree(found.json()).at("/data/value").stringValue())
                .isEqualTo("1");
    }

    @Test
    default void refusesToMakeWhatIsThere() throws Exception {
        StoredObject made = committed(log().commit(List.of(createConfigMap("a", "1"))));

        CommitOutcome again = log().commit(List.of(createConfigMap("a", "2")));

        assertThat(again).isInstanceOf(Stale.class);
        assertThat(((Stale) again).current().orElseThrow().revision()).isEqualTo(made.revision());
    }

    @Test
    default void refusesAWriteThatLookedAtAnOlderRevision() throws Exception {
        Revision first = committed(log().commit(List.of(createConfigMap("a", "1")))).revision();
        Revision second =
                committed(log().commit(List.of(putConfigMap("a", "2", first)))).revision();

        CommitOutcome late = log().commit(List.of(putConfigMap("a", "3", first)));

        assertThat(second.isAfter(first)).isTrue();
        assertThat(late).isInstanceOf(Stale.class);
        assertThat(log().get(configMap("a")).orElseThrow().revision()).isEqualTo(second);
    }

    @Test
    default void aGroupIsTakenWholeOrNotAtAll() throws Exception {
        log().commit(List.of(createConfigMap("a", "1")));

        CommitOutcome outcome =
                log().commit(List.of(createConfigMap("b", "1"), createConfigMap("a", "2")));

        assertThat(outcome).isInstanceOf(Stale.class);
        assertThat(log().get(configMap("b"))).isEmpty();
    }

    @Test
    default void anObjectThatTheFeedCouldNotTellIsRefused() throws Exception {
        int most = 3 * 1024 * 1024;

        CommitOutcome large = log().commit(List.of(createConfigMap("a", "x".repeat(most))));
        CommitOutcome less = log().commit(List.of(createConfigMap("b", "x".repeat(most - 1000))));

        assertThat(large).isInstanceOf(CommitOutcome.TooLarge.class);
        assertThat(log().get(configMap("a"))).isEmpty();
        assertThat(less).isInstanceOf(Committed.class);
    }

    @Test
    default void aRemovalHasARevisionOfItsOwnAndLeavesNothing() throws Exception {
        Revision made = committed(log().commit(List.of(createConfigMap("a", "1")))).revision();

        StoredObject gone = committed(log().commit(List.of(remove(configMap("a"), made))));

        assertThat(gone.revision().isAfter(made)).isTrue();
        assertThat(gone.decode().revision()).isEqualTo(gone.revision());
        assertThat(log().get(configMap("a"))).isEmpty();
        assertThat(log().commit(List.of(remove(configMap("a"), gone.revision()))))
                .isInstanceOf(Stale.class);
    }

    @Test
    default void listsInKeyOrderAndByNamespace() throws Exception {
        log().commit(List.of(createConfigMap("b", "1"), createConfigMap("a", "1")));

        assertThat(log().list(CONFIG_MAPS, "").objects())
                .extracting(each -> each.key().name())
                .containsExactly("a", "b");
        assertThat(log().list(CONFIG_MAPS, "elsewhere").objects()).isEmpty();
        assertThat(log().list(CONFIG_MAPS, "default").revision()).isEqualTo(log().revision());
    }

    @Test
    default void findsPodsByTheirNode() throws Exception {
        log().commit(
                        List.of(
                                Samples.create(Kinds.POD, Samples.podOn("one", "node-a")),
                                Samples.create(Kinds.POD, Samples.podOn("two", "node-b"))));

        assertThat(log().listByField(Resources.PODS, "spec.nodeName", "node-b").objects())
                .extracting(each -> each.key().name())
                .containsExactly("two");
    }

    @Test
    default void watchersSeeEveryEventOnceWithTheStateBefore() throws Exception {
        Revision start = log().revision();
        try (WatchCursor cursor = log().watch(CONFIG_MAPS, start)) {
            Revision made = committed(log().commit(List.of(createConfigMap("a", "1")))).revision();
            Revision put =
                    committed(log().commit(List.of(putConfigMap("a", "2", made)))).revision();
            log().commit(List.of(remove(configMap("a"), put)));

            List<LogEvent> seen = read(cursor, 3);

            assertThat(seen)
                    .extracting(LogEvent::type)
                    .containsExactly(Type.ADDED, Type.MODIFIED, Type.DELETED);
            assertThat(seen.get(1).before().orElseThrow().revision()).isEqualTo(made);
            assertThat(seen.get(2).before().orElseThrow().revision()).isEqualTo(put);
            assertThat(cursor.poll(Duration.ofMillis(20))).isEmpty();
            assertThat(cursor.position()).isEqualTo(log().revision());
        }
    }

    @Test
    default void aWatchResumesAfterTheRevisionItNames() throws Exception {
        Revision made = committed(log().commit(List.of(createConfigMap("a", "1")))).revision();
        Revision put = committed(log().commit(List.of(putConfigMap("a", "2", made)))).revision();

        try (WatchCursor cursor = log().watch(CONFIG_MAPS, made)) {
            assertThat(read(cursor, 1)).extracting(LogEvent::revision).containsExactly(put);
        }
    }

    @Test
    default void aWatcherHearsOfItsOwnResourceOnlyButMovesOn() throws Exception {
        try (WatchCursor cursor = log().watch(Resources.PODS, log().revision())) {
            log().commit(List.of(createConfigMap("a", "1")));

            assertThat(cursor.poll(Duration.ofMillis(20))).isEmpty();
            assertThat(cursor.position()).isEqualTo(log().revision());
        }
    }

    @Test
    default void closingEndsAWaitingPoll() throws Exception {
        WatchCursor cursor = log().watch(CONFIG_MAPS, log().revision());
        Thread closer = Thread.ofVirtual().start(cursor::close);

        assertThatThrownBy(
                        () -> {
                            while (true) {
                                cursor.poll(Patience.LIMIT);
                            }
                        })
                .isInstanceOf(WatchCursor.Closed.class);
        closer.join();
    }

    @Test
    default void leasesAndEventsAreNumberedAndWatchedLikeAllElse() throws Exception {
        for (Kind kind : List.of(Kinds.LEASE, Kinds.EVENT)) {
            Revision before = log().revision();
            var key = Samples.key(kind, "default", "it");

            StoredObject made =
                    committed(
                            log().commit(List.of(Samples.create(kind, Samples.object(kind, key)))));

            assertThat(made.revision().isAfter(before)).isTrue();
            try (WatchCursor cursor = log().watch(kind.resource(), before)) {
                assertThat(read(cursor, 1)).extracting(LogEvent::type).containsExactly(Type.ADDED);
            }
        }
    }

    @Test
    default void waitsForARevisionToCome() throws Exception {
        Revision now = log().revision();
        assertThat(log().awaitRevision(now, Duration.ZERO)).isTrue();
        assertThat(log().awaitRevision(now.next(), Duration.ofMillis(20))).isFalse();

        log().commit(List.of(createConfigMap("a", "1")));

        assertThat(log().awaitRevision(now.next(), Patience.LIMIT)).isTrue();
    }

    static StoredObject committed(CommitOutcome outcome) {
        assertThat(outcome).isInstanceOf(Committed.class);
        return ((Committed) outcome).objects().getFirst();
    }

    /** Reads until {@code count} events have come. */
    static List<LogEvent> read(WatchCursor cursor, int count) throws InterruptedException {
        List<LogEvent> seen = new ArrayList<>();
        long deadline = System.nanoTime() + Patience.LIMIT.toNanos();
        while (seen.size() < count && System.nanoTime() < deadline) {
            seen.addAll(cursor.poll(Patience.LIMIT));
        }
        assertThat(seen).hasSize(count);
        return seen;
    }
}
