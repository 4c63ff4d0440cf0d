package dev.gantry.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A topic: messages come late, some twice, those of one key in order. */
final class LossyBus<M> {
    private static final int LATEST_MILLIS = 900;

    private final Random random;
    private final Consumer<M> receiver;
    private final Map<String, List<Parcel<M>>> byKey = new TreeMap<>();

    private record Parcel<M>(M message, Instant due) {}

    LossyBus(Random random, Consumer<M> receiver) {
        this.random = random;
        this.receiver = receiver;
    }

    void send(String key, M message, Instant now) {
        int copies = random.nextInt(10) == 0 ? 2 : 1;
        List<Parcel<M>> queue = byKey.computeIfAbsent(key, _ -> new ArrayList<>());
        for (int i = 0; i < copies; i++) {
            queue.add(new Parcel<>(message, now.plusMillis(random.nextInt(LATEST_MILLIS))));
        }
    }

    void deliver(Instant now) {
        for (List<Parcel<M>> queue : List.copyOf(byKey.values())) {
            while (!queue.isEmpty() && !queue.getFirst().due.isAfter(now)) {
                receiver.accept(queue.removeFirst().message);
            }
        }
        byKey.values().removeIf(List::isEmpty);
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }
}
