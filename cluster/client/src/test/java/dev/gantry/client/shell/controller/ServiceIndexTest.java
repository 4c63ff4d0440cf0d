package dev.gantry.client.shell.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.shell.cache.ObjectCache;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The index answers what a reader of all objects answers, whatever comes, changes and goes. */
final class ServiceIndexTest {
    private static final List<String> LABELS =
            List.of("", "'app':'a'", "'app':'b'", "'app':'a','tier':'x'", "'tier':'x'");

    private final ObjectCache cache = new ObjectCache();
    private final ClusterReader indexed = new CacheReader(cache);
    private final ClusterReader plain = new Plain();
    private long revision;

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAsAReaderOfAllObjects(long seed) {
        var random = new Random(seed);
        for (int step = 0; step < 300; step++) {
            String namespace = "n" + random.nextInt(2);
            if (random.nextInt(3) == 0) {
                hear(Resources.SERVICES, namespace, random, "'spec':{'selector':{%s}}");
            } else {
                hear(Resources.PODS, namespace, random, "'spec':{}");
            }
            for (Resource service : cache.list(Resources.SERVICES)) {
                assertThat(indexed.selectedBy(service))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(plain.selectedBy(service));
            }
            for (Resource pod : cache.list(Resources.PODS)) {
                assertThat(indexed.servicesSelecting(pod))
                        .as("seed %d, step %d", seed, step)
                        .containsExactlyInAnyOrderElementsOf(plain.servicesSelecting(pod));
            }
        }
    }

    static LongStream seeds() {
        return Seeds.first(20);
    }

    private void hear(GroupResource resource, String namespace, Random random, String rest) {
        var key = new ObjectKey(resource, namespace, "o" + random.nextInt(6));
        String pairs = LABELS.get(random.nextInt(LABELS.size()));
        Optional<Resource> after =
                random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(
                                object(
                                        "{'metadata':{'name':'%s','namespace':'%s','labels':{%s}},%s}"
                                                .formatted(
                                                        key.name(),
                                                        namespace,
                                                        pairs,
                                                        rest.formatted(pairs))));
        cache.put(key, new Revision(++revision), after);
    }

    private static Resource object(String json) {
        return new Resource((ObjectNode) JsonMapper.shared().readTree(json.replace('\'', '"')));
    }

    /** Reads all objects each time, as the interface itself does. */
    private final class Plain implements ClusterReader {
        @Override
        public Optional<Resource> get(ObjectKey key) {
            return cache.get(key);
        }

        @Override
        public List<Resource> list(GroupResource resource) {
            return cache.list(resource);
        }
    }
}
