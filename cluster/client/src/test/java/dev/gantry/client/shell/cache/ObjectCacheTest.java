package dev.gantry.client.shell.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.Controller;
import dev.gantry.client.controller.WholeObjects;
import dev.gantry.model.json.Trees;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.message.ChangeMessage;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Of all ConfigMaps, one is read. */
final class ObjectCacheTest {
    private static final ObjectKey READ = new ObjectKey(Resources.CONFIG_MAPS, "n", "read");
    private static final ObjectKey COUNTED = new ObjectKey(Resources.CONFIG_MAPS, "n", "counted");
    private static final String MAP =
            "{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"%s\"},\"data\":{\"a\":\"b\"}}";

    private final ObjectCache cache = new ObjectCache(new WholeObjects(List.of(new ReaderOfOne())));

    @Test
    void keepsOnlyMetadataOfWhatNobodyReadsWhole() {
        hear(READ);
        hear(COUNTED);

        assertThat(cache.get(READ).orElseThrow().tree()).hasToString(MAP.formatted("read"));
        assertThat(cache.get(COUNTED).orElseThrow().tree())
                .hasToString("{\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"counted\"}}");
    }

    @Test
    void keepsNoMoreOfWhatDidNotComeByTheFeed() {
        put(COUNTED);
        put(READ);

        assertThat(cache.get(READ).orElseThrow().tree().has("data")).isTrue();
        assertThat(cache.get(COUNTED).orElseThrow().tree().has("data")).isFalse();
    }

    /** As a topic is after it was compacted: the object was there before anybody here listened. */
    @Test
    void observersDoNotHearOfAnEndWhoseBeginningNobodySaw() {
        List<String> heard = new ArrayList<>();
        cache.observe((key, _, _) -> heard.add(key.name()));
        cache.put(COUNTED, new Revision(7), Optional.empty());
        assertThat(cache.revision(Resources.CONFIG_MAPS)).isEqualTo(new Revision(7));
        hear(READ);
        assertThat(heard).containsExactly("read");
    }

    @Test
    void observersHearOfObjectsAsTheyAreKept() {
        List<String> heard = new ArrayList<>();
        cache.observe((_, before, after) -> heard.add(fields(before) + " to " + fields(after)));
        hear(COUNTED);
        hear(COUNTED);
        cache.put(COUNTED, new Revision(9), Optional.empty());

        assertThat(heard)
                .containsExactly(
                        "[] to [kind, metadata]",
                        "[kind, metadata] to [kind, metadata]",
                        "[kind, metadata] to []");
    }

    /** A controller waits for the revision of what it wrote, and then looks into the index. */
    @Test
    void anIndexHearsOfAChangeBeforeItsRevisionIsToldAndObserversAfterwards() {
        List<String> heard = new ArrayList<>();
        cache.observe((_, _, _) -> heard.add("observer " + newest()));
        cache.index((_, _, _) -> heard.add("index " + newest()));
        cache.put(READ, new Revision(3), Optional.of(new Resource(Trees.read(body(READ)))));

        assertThat(heard).containsExactly("index 0", "observer 3");
    }

    private long newest() {
        return cache.revision(Resources.CONFIG_MAPS).value();
    }

    private static List<String> fields(Optional<Resource> object) {
        return object.map(each -> List.copyOf(each.tree().propertyNames())).orElse(List.of());
    }

    private void put(ObjectKey key) {
        var object = new Resource(Trees.read(body(key)));
        cache.put(key, new Revision(1), Optional.of(object));
    }

    private void hear(ObjectKey key) {
        cache.onChange(
                new ChangeMessage(
                        key,
                        new Revision(1),
                        Revision.NONE,
                        ChangeMessage.Type.ADDED,
                        Instant.EPOCH.toString(),
                        "test",
                        body(key)));
    }

    private static byte[] body(ObjectKey key) {
        return MAP.formatted(key.name()).getBytes(UTF_8);
    }

    private static final class ReaderOfOne implements Controller {
        @Override
        public String component() {
            return "test";
        }

        @Override
        public Set<GroupResource> watches() {
            return Set.of(Resources.CONFIG_MAPS);
        }

        @Override
        public boolean readsWhole(ObjectKey key) {
            return key.equals(READ);
        }

        @Override
        public void keysFor(Change change, ClusterReader cluster, Consumer<ObjectKey> enqueue) {}

        @Override
        public Plan<Action> reconcile(ObjectKey key, ClusterReader cluster, Instant now) {
            return Plan.settled();
        }
    }
}
