package dev.gantry.state.shell.webhook;

import dev.gantry.state.conversion.ConversionWebhook;
import dev.gantry.state.log.StoredObject;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * What watchers were shown last, for the next watcher of the same version.
 *
 * <p>Cost: a hundred watchers of one version ask the webhook once for an event, not a hundred times
 * each for the object and for what it was before. A lost race asks once more.
 */
final class RecentlyConverted {
    private static final int SLOTS = 512;

    private record Entry(
            StoredObject stored, ConversionWebhook webhook, String version, StoredObject shown) {}

    private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(SLOTS);

    Optional<StoredObject> find(StoredObject stored, ConversionWebhook webhook, String version) {
        Entry found = entries.get(slot(stored, version));
        return found != null
                        && found.stored == stored
                        && found.webhook == webhook
                        && found.version.equals(version)
                ? Optional.of(found.shown)
                : Optional.empty();
    }

    void note(StoredObject stored, ConversionWebhook webhook, String version, StoredObject shown) {
        entries.set(slot(stored, version), new Entry(stored, webhook, version, shown));
    }

    private static int slot(StoredObject stored, String version) {
        return (int) ((stored.revision().value() * 3 + version.hashCode()) & (SLOTS - 1));
    }
}
