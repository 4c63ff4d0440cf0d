package dev.gantry.state.shell.api.watch;

import dev.gantry.model.message.ChangeMessage.Type;
import dev.gantry.state.log.StoredObject;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Supplier;

/**
 * Plain JSON frames that watchers share.
 *
 * <p>Cost: ten thousand watchers of one resource send one array; each would else encode its own. A
 * lost race between two of them costs one encoding, nothing more.
 */
final class FrameCache {
    private static final int SLOTS = 4096;

    private record Entry(StoredObject object, Type type, byte[] frame) {}

    private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(SLOTS);

    byte[] frame(Type type, StoredObject object, Supplier<byte[]> encoding) {
        int slot = (int) ((object.revision().value() * 3 + type.ordinal()) & (SLOTS - 1));
        Entry found = entries.get(slot);
        if (found != null && found.object == object && found.type == type) {
            return found.frame;
        }
        byte[] frame = encoding.get();
        entries.set(slot, new Entry(object, type, frame));
        return frame;
    }
}
