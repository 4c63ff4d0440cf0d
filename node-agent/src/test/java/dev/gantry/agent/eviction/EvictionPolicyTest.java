package dev.gantry.agent.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.eviction.EvictionPolicy.Pressures;
import dev.gantry.agent.eviction.EvictionPolicy.Victim;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.agent.runtime.Image;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvictionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final long MEBI = 1L << 20;

    @Test
    void leavesANodeAloneThatHasEnough() {
        assertThat(EvictionPolicy.victim(measured(200, 50))).isEmpty();
        assertThat(EvictionPolicy.pressures(Pressures.NONE, measured(200, 50), NOW))
                .isEqualTo(Pressures.NONE);
    }

    @Test
    void evictsFirstWhoUsesMoreThanAskedForAndLessImportantOnes() {
        assertThat(
                        EvictionPolicy.victim(
                                measured(
                                        50,
                                        50,
                                        pod("modest", 0, 100, 200),
                                        pod("greedy", 10, 300, 100),
                                        pod("greedier", 10, 900, 100),
                                        pod("important", 100, 5000, 0))))
                .map(Victim::uid)
                .contains("greedier");
    }

    @Test
    void neverEvictsACriticalPod() {
        PodUsage critical = new PodUsage("c", "c", 0, 900 * MEBI, 0, 0, true);
        assertThat(EvictionPolicy.victim(measured(50, 50, critical))).isEmpty();
    }

    @Test
    void evictsTheLargestOnAFullDisk() {
        PodUsage small = new PodUsage("small", "small", 0, 0, 0, 5, false);
        PodUsage large = new PodUsage("large", "large", 0, 0, 0, 50, false);
        assertThat(EvictionPolicy.victim(measured(500, 5, small, large)))
                .contains(new Victim("large", "The node was low on resource: ephemeral-storage."));
    }

    @Test
    void tellsPressureForAWhileLonger() {
        Pressures told = EvictionPolicy.pressures(Pressures.NONE, measured(50, 50), NOW);
        Pressures later = EvictionPolicy.pressures(told, measured(500, 50), NOW.plusSeconds(60));
        assertThat(later.isOnMemory(NOW.plusSeconds(299))).isTrue();
        assertThat(later.isOnMemory(NOW.plusSeconds(300))).isFalse();
        assertThat(later.isOnDisk(NOW)).isFalse();
    }

    @Test
    void removesTheLeastRecentlyUsedImagesOnly() {
        List<Image> images =
                List.of(
                        image("used"),
                        image("old"),
                        image("older"),
                        image("fresh"),
                        image("pinned"));
        var lastUse =
                new TreeMap<>(
                        Map.of(
                                "old", NOW.minusSeconds(500),
                                "older", NOW.minusSeconds(900),
                                "fresh", NOW.minusSeconds(30)));
        var shelf = new ImageCollection.Shelf(images, Set.of("used"), lastUse);
        assertThat(ImageCollection.toRemove(shelf, 1000, 200, NOW)).isEmpty();
        assertThat(ImageCollection.toRemove(shelf, 1000, 140, NOW))
                .extracting(Image::id)
                .containsExactly("older");
        assertThat(ImageCollection.toRemove(shelf, 1000, 0, NOW))
                .extracting(Image::id)
                .containsExactly("older", "old");
    }

    private static Image image(String id) {
        return new Image(id, List.of(), List.of(), 100, null, "", id.equals("pinned"));
    }

    private static PodUsage pod(String uid, int priority, long usedMebi, long askedMebi) {
        return new PodUsage(uid, uid, priority, usedMebi * MEBI, askedMebi * MEBI, 0, false);
    }

    private static Measurements measured(long availableMebi, long diskPercent, PodUsage... pods) {
        return new Measurements(4096 * MEBI, availableMebi * MEBI, 100, diskPercent, List.of(pods));
    }
}
