package dev.gantry.model.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LruMapTest {
    private final LruMap<String, Integer> map = new LruMap<>(2);

    @Test
    void losesWhatWasUsedTheLongestAgo() {
        map.put("a", 1);
        map.put("b", 2);
        assertThat(map.get("a")).isEqualTo(1);
        map.put("c", 3);
        assertThat(map).containsOnlyKeys("a", "c");
    }

    @Test
    void losesNothingForWhatItHasAlready() {
        map.put("a", 1);
        map.put("b", 2);
        map.put("a", 3);
        assertThat(map).containsEntry("a", 3).containsEntry("b", 2);
    }
}
