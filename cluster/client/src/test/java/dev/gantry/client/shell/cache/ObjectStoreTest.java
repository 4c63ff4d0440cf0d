package dev.gantry.client.shell.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class ObjectStoreTest {
    private final ObjectStore store = new ObjectStore();

    @Test
    void listsInOrderOfNamespaceAndName() {
        put("b", "x");
        put("a", "z");
        put("a", "y");
        put("a-b", "w");

        assertThat(store.all()).extracting(Resource::name).containsExactly("y", "z", "w", "x");
        assertThat(store.in("a")).extracting(Resource::name).containsExactly("y", "z");
        assertThat(store.in("c")).isEmpty();
    }

    @Test
    void tellsWhatWasThereBefore() {
        assertThat(put("a", "x")).isFalse();
        assertThat(put("a", "x")).isTrue();
        assertThat(store.remove(key("a", "x"))).isPresent();
        assertThat(store.remove(key("a", "x"))).isEmpty();
        assertThat(store.get(key("a", "x"))).isEmpty();
        assertThat(store.all()).isEmpty();
    }

    private boolean put(String namespace, String name) {
        var tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata").put("name", name);
        return store.put(key(namespace, name), new Resource(tree)).isPresent();
    }

    private static ObjectKey key(String namespace, String name) {
        return new ObjectKey(Resources.PODS, namespace, name);
    }
}
