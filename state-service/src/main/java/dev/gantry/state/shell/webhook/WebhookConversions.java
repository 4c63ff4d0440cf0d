package dev.gantry.state.shell.webhook;

import dev.gantry.model.meta.Resource;
import dev.gantry.state.codec.BodyEncoder;
import dev.gantry.state.conversion.ConversionReview;
import dev.gantry.state.conversion.ConversionReview.Result;
import dev.gantry.state.conversion.ConversionWebhook;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts objects between the log and requests in other versions than the one they are stored in,
 * where a webhook has to be asked. All others pass through untouched.
 *
 * <p>Cost: objects of a list go to the webhook many at a time, one batch after the other; what has
 * the wanted version already and can lack no default is not even decoded.
 */
public final class WebhookConversions {
    private static final int BATCH_OBJECTS = 500;
    private static final int BATCH_BYTES = 1 << 20;

    private final WebhookClient client;
    private final RecentlyConverted recent = new RecentlyConverted();

    public WebhookConversions(WebhookClient client) {
        this.client = client;
    }

    /** As requests in the version see it. Throws {@link ConversionFailed}. */
    public Optional<StoredObject> read(ServedVersion version, Optional<StoredObject> object)
            throws InterruptedException {
        return object.isEmpty() ? object : Optional.of(read(version, object.get()));
    }

    public StoredObject read(ServedVersion version, StoredObject object)
            throws InterruptedException {
        return version.webhook().isEmpty() ? object : read(version, List.of(object)).getFirst();
    }

    /** In the same order. Throws {@link ConversionFailed}. */
    public List<StoredObject> read(ServedVersion version, List<StoredObject> objects)
            throws InterruptedException {
        if (version.webhook().isEmpty()) {
            return objects;
        }
        ConversionWebhook webhook = version.webhook().get();
        String desired = version.kind().apiVersion();
        List<StoredObject> found = new ArrayList<>(objects.size());
        Batch batch = new Batch(webhook, desired, found);
        for (StoredObject each : objects) {
            if (isAsWanted(each, webhook, desired)) {
                found.add(each);
            } else {
                batch.add(each);
            }
        }
        batch.send();
        return found;
    }

    public StateLog.Snapshot read(ServedVersion version, StateLog.Snapshot snapshot)
            throws InterruptedException {
        return version.webhook().isEmpty()
                ? snapshot
                : new StateLog.Snapshot(snapshot.revision(), read(version, snapshot.objects()));
    }

    /** As {@link #read}, where others may have asked for the same just now. */
    List<StoredObject> readRecent(ServedVersion version, List<StoredObject> objects)
            throws InterruptedException {
        ConversionWebhook webhook = version.webhook().orElseThrow();
        String desired = version.kind().apiVersion();
        Map<StoredObject, StoredObject> shown = new IdentityHashMap<>();
        for (StoredObject each : objects) {
            recent.find(each, webhook, desired).ifPresent(found -> shown.put(each, found));
        }
        List<StoredObject> unknown =
                objects.stream().filter(each -> !shown.containsKey(each)).distinct().toList();
        List<StoredObject> converted = read(version, unknown);
        for (int i = 0; i < unknown.size(); i++) {
            shown.put(unknown.get(i), converted.get(i));
            recent.note(unknown.get(i), webhook, desired, converted.get(i));
        }
        return objects.stream().map(each -> Objects.requireNonNull(shown.get(each))).toList();
    }

    /** The cursor's events as watches in the version see them. */
    public WatchCursor read(ServedVersion version, WatchCursor cursor) {
        return version.webhook().isEmpty() ? cursor : new ConvertedEvents(cursor, version, this);
    }

    /** As it is stored. Throws {@link ConversionFailed}. */
    public Resource write(ServedVersion version, Resource object) throws InterruptedException {
        if (version.webhook().isEmpty()) {
            return object;
        }
        ConversionWebhook webhook = version.webhook().get();
        String desired = webhook.stored().apiVersion();
        return desired.equals(version.kind().apiVersion())
                ? object
                : new Resource(
                        convert(webhook, desired, List.of(object.tree().deepCopy())).getFirst());
    }

    /** Whether a request that changes nothing has the object stored in another version now. */
    public boolean isOutdated(ServedVersion version, StoredObject stored) {
        return version.webhook().isPresent()
                && !isOf(stored, version.webhook().get().stored().apiVersion());
    }

    private List<ObjectNode> convert(
            ConversionWebhook webhook, String desired, List<ObjectNode> objects)
            throws InterruptedException {
        var review = new ConversionReview(webhook, UUID.randomUUID().toString(), desired, objects);
        var call = review.call();
        return switch (review.result(client.ask(call, call.timeout()))) {
            case Result.Converted(var converted) -> converted;
            case Result.Failed(var why) -> throw new ConversionFailed(why);
        };
    }

    private static boolean isAsWanted(
            StoredObject object, ConversionWebhook webhook, String desired) {
        return isOf(object, desired) && !webhook.completes(desired);
    }

    /** Cost: compares the first bytes, where the encoder puts the version. */
    private static boolean isOf(StoredObject object, String apiVersion) {
        byte[] start = ("{\"apiVersion\":\"" + apiVersion + "\"").getBytes(StandardCharsets.UTF_8);
        byte[] json = object.json();
        return json.length > start.length
                && Arrays.equals(json, 0, start.length, start, 0, start.length);
    }

    /** Objects that wait to be converted together, and the places that are kept for them. */
    private final class Batch {
        private final ConversionWebhook webhook;
        private final String desired;
        private final List<StoredObject> found;
        private final List<ObjectNode> waiting = new ArrayList<>();
        private final List<Integer> places = new ArrayList<>();
        private int bytes;

        Batch(ConversionWebhook webhook, String desired, List<StoredObject> found) {
            this.webhook = webhook;
            this.desired = desired;
            this.found = found;
        }

        void add(StoredObject object) throws InterruptedException {
            ObjectNode tree = object.decode().tree();
            webhook.complete(tree);
            found.add(object);
            if (isOf(object, desired)) {
                put(found.size() - 1, tree);
                return;
            }
            waiting.add(tree);
            places.add(found.size() - 1);
            bytes += object.json().length;
            if (waiting.size() >= BATCH_OBJECTS || bytes >= BATCH_BYTES) {
                send();
            }
        }

        void send() throws InterruptedException {
            if (waiting.isEmpty()) {
                return;
            }
            List<ObjectNode> converted = convert(webhook, desired, List.copyOf(waiting));
            for (int i = 0; i < converted.size(); i++) {
                put(places.get(i), converted.get(i));
            }
            waiting.clear();
            places.clear();
            bytes = 0;
        }

        private void put(int place, ObjectNode tree) {
            found.set(
                    place,
                    new ReadObject(
                            found.get(place), BodyEncoder.json(tree), new Resource(tree).labels()));
        }
    }
}
