package dev.gantry.agent.eviction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.eviction.EvictionPolicy.Pressures;
import dev.gantry.agent.eviction.EvictionPolicy.Victim;
import dev.gantry.agent.eviction.Measurements.Amount;
import dev.gantry.agent.eviction.Measurements.ContainerUsage;
import dev.gantry.agent.eviction.Measurements.Disk;
import dev.gantry.agent.eviction.Measurements.PodUsage;
import dev.gantry.agent.eviction.Measurements.Storage;
import dev.gantry.agent.eviction.Measurements.Store;
import dev.gantry.agent.runtime.Image;
import dev.gantry.model.quantity.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvictionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
    private static final long MEBI = 1L << 20;
    private static final Amount NOTHING = new Amount(Quantity.ZERO, 0);
    private static final Storage NONE = new Storage(Quantity.ZERO, 0, 0);

    @Test
    void leavesANodeAloneThatHasEnough() {
        assertThat(EvictionPolicy.victim(measured(200, 50), 0)).isEmpty();
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
                                        pod("important", 100, 5000, 0)),
                                0))
                .map(Victim::uid)
                .contains("greedier");
    }

    @Test
    void neverEvictsACriticalPod() {
        PodUsage critical = usage("c", 0, true, amount(900, 0), NONE);
        assertThat(EvictionPolicy.victim(measured(50, 50, critical), 0)).isEmpty();
    }

    @Test
    void evictsOnAFullDiskWhoExceedsItsRequestMost() {
        PodUsage frugal = onDisk("frugal", 900, 1000);
        PodUsage small = onDisk("small", 5, 0);
        PodUsage large = onDisk("large", 50, 0);
        assertThat(EvictionPolicy.victim(measured(500, 5, small, large, frugal), 0))
                .map(Victim::uid)
                .contains("large");
    }

    @Test
    void saysWhyInUpstreamsWords() {
        var greedy = new ContainerUsage("greedy", amount(300, 64), NOTHING);
        var modest = new ContainerUsage("modest", amount(50, 64), NOTHING);
        var pod = new PodUsage("p", 0, false, amount(350, 128), NONE, List.of(greedy, modest));
        assertThat(EvictionPolicy.victim(measured(50, 50, pod), 0))
                .contains(
                        new Victim(
                                "p",
                                "memory.available",
                                "The node was low on resource: memory. Threshold quantity: 100Mi, available: 50Mi. "
                                        + "Container greedy was using 300Mi, request is 64Mi, has larger consumption of memory. "));
        Optional<Victim> ofDisk = EvictionPolicy.victim(measured(500, 5, onDisk("d", 7, 0)), 0);
        assertThat(ofDisk).map(Victim::signal).contains("nodefs.available");
        assertThat(ofDisk)
                .map(Victim::message)
                .contains(
                        "The node was low on resource: ephemeral-storage. Threshold quantity: 10, available: 5. ");
    }

    @Test
    void leavesMoreOfADiskThatHasTheImages() {
        PodUsage one = onDisk("one", 7, 0);
        assertThat(EvictionPolicy.isShortOfDisk(measured(500, 15, one))).isFalse();
        assertThat(EvictionPolicy.victim(measured(500, 14, one), 0))
                .map(Victim::message)
                .contains(
                        "The node was low on resource: ephemeral-storage. Threshold quantity: 15, available: 14. ");
        assertThat(EvictionPolicy.isShortOfDisk(apart(disk(140, 1000), disk(500, 1000))))
                .as("the images are elsewhere")
                .isFalse();
    }

    @Test
    void evictsWhoFillsTheDiskThatIsShort() {
        PodUsage writes = stored("writes", new Storage(Quantity.ZERO, 0, 50));
        PodUsage logs = stored("logs", new Storage(Quantity.ZERO, 40, 0));
        PodUsage both = stored("both", new Storage(Quantity.ZERO, 30, 30));
        PodUsage[] all = {writes, logs, both};
        assertThat(EvictionPolicy.victim(apart(disk(50, 1000), disk(500, 1000), all), 0))
                .map(Victim::uid)
                .contains("logs");
        assertThat(EvictionPolicy.victim(apart(disk(500, 1000), disk(100, 1000), all), 0))
                .map(Victim::uid)
                .contains("writes");
        assertThat(EvictionPolicy.victim(apart(disk(500, 1000), disk(500, 49), all), 0))
                .map(Victim::message)
                .contains(
                        "The node was low on resource: inodes. Threshold quantity: 50, available: 49. ");
        assertThat(EvictionPolicy.victim(measured(500, 5, all), 0))
                .as("on one disk")
                .map(Victim::uid)
                .contains("both");
    }

    @Test
    void evictsNobodyForTheDiskWhileImagesGoButForTheMemoryItDoes() {
        PodUsage large = onDisk("large", 50, 0);
        assertThat(EvictionPolicy.victim(measured(500, 5, large), 1)).isEmpty();
        assertThat(EvictionPolicy.victim(measured(50, 5, large), 1)).isPresent();
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
    void forgetsAPressureFromBeforeTheClockWasSetBack() {
        Pressures told = EvictionPolicy.pressures(Pressures.NONE, measured(50, 5), NOW);
        assertThat(told.isOnMemory(NOW)).isTrue();
        assertThat(told.isOnMemory(NOW.minusSeconds(3600))).isFalse();
        assertThat(told.isOnDisk(NOW.minusSeconds(3600))).isFalse();
    }

    @Test
    void removesTheLeastRecentlyUsedImagesOnly() {
        List<Image> images =
                List.of(
                        image("used"),
                        image("old"),
                        image("older"),
                        image("fresh"),
                        image("left"),
                        image("pinned"));
        var firstSeen = new TreeMap<>(Map.of("fresh", NOW.minusSeconds(30)));
        var lastUse =
                new TreeMap<>(
                        Map.of(
                                "old", NOW.minusSeconds(500),
                                "older", NOW.minusSeconds(900),
                                "fresh", NOW.minusSeconds(30),
                                "left", NOW.minusSeconds(10)));
        var present = new ImageCollection.NodeImages(images, Set.of("used"), firstSeen, lastUse);
        assertThat(ImageCollection.toRemove(present, disk(200, 1000), NOW)).isEmpty();
        assertThat(ImageCollection.toRemove(present, disk(140, 1000), NOW))
                .extracting(Image::id)
                .containsExactly("older");
        assertThat(ImageCollection.toRemove(present, disk(0, 1000), NOW))
                .extracting(Image::id)
                .containsExactly("older", "old");
        assertThat(ImageCollection.toRemove(present, disk(900, 49), NOW))
                .as("also what was in use until a moment ago")
                .extracting(Image::id)
                .containsExactly("older", "old", "left");
    }

    @Test
    void onlyTheDiskWithTheImagesIsWorthRemovingContainersFor() {
        assertThat(EvictionPolicy.isShortOfImageDisk(measured(500, 14))).isTrue();
        assertThat(EvictionPolicy.isShortOfImageDisk(measured(500, 15))).isFalse();
        assertThat(EvictionPolicy.isShortOfImageDisk(apart(disk(50, 1000), disk(500, 1000))))
                .isFalse();
        assertThat(EvictionPolicy.isShortOfImageDisk(apart(disk(500, 1000), disk(500, 49))))
                .isTrue();
    }

    @Test
    void aDiskWithoutInodesIsFullHoweverManyBytesItHas() {
        Disk crowded = disk(900, 49);
        var measured =
                new Measurements(new Store(0, 4096 * MEBI), crowded, Optional.empty(), List.of());
        assertThat(EvictionPolicy.isShortOfDisk(measured)).isTrue();
        var one =
                new Measurements(
                        measured.memory(), crowded, Optional.empty(), List.of(onDisk("one", 7, 0)));
        assertThat(EvictionPolicy.victim(one, 0))
                .map(Victim::message)
                .contains(
                        "The node was low on resource: inodes. Threshold quantity: 50, available: 49. ");
        var present =
                new ImageCollection.NodeImages(
                        List.of(image("old")), Set.of(), new TreeMap<>(), new TreeMap<>());
        assertThat(ImageCollection.toRemove(present, crowded, NOW)).hasSize(1);
        assertThat(ImageCollection.toRemove(present, disk(900, 50), NOW)).isEmpty();
        assertThat(EvictionPolicy.isShortOfInodes(new Disk(new Store(100, 50), 0, 0)))
                .as("a file system without a fixed number of them")
                .isFalse();
    }

    /** Of a thousand bytes and inodes each. */
    private static Disk disk(long availableBytes, long availableInodes) {
        return new Disk(new Store(1000, availableBytes), 1000, availableInodes);
    }

    private static Image image(String id) {
        return new Image(id, List.of(), List.of(), 100, null, "", id.equals("pinned"));
    }

    private static PodUsage pod(String uid, int priority, long usedMebi, long askedMebi) {
        return usage(uid, priority, false, amount(usedMebi, askedMebi), NONE);
    }

    private static PodUsage onDisk(String uid, long usedMebi, long askedMebi) {
        Quantity asked = Quantity.ofBytes(askedMebi * MEBI);
        return stored(uid, new Storage(asked, 0, usedMebi * MEBI));
    }

    private static PodUsage stored(String uid, Storage storage) {
        return usage(uid, 0, false, NOTHING, storage);
    }

    private static PodUsage usage(
            String uid, int priority, boolean isCritical, Amount memory, Storage storage) {
        return new PodUsage(uid, priority, isCritical, memory, storage, List.of());
    }

    private static Amount amount(long usedMebi, long askedMebi) {
        return new Amount(Quantity.ofBytes(askedMebi * MEBI), usedMebi * MEBI);
    }

    private static Measurements measured(long availableMebi, long diskPercent, PodUsage... pods) {
        return new Measurements(
                new Store(4096 * MEBI, availableMebi * MEBI),
                new Disk(new Store(100, diskPercent), 1000, 1000),
                Optional.empty(),
                List.of(pods));
    }

    private static Measurements apart(Disk disk, Disk images, PodUsage... pods) {
        return new Measurements(
                new Store(0, 4096 * MEBI), disk, Optional.of(images), List.of(pods));
    }
}
