package dev.gantry.state.listing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A JSON text with many items in the making, as chunks of about {@value #CHUNK_BYTES} bytes. One
 * writer.
 *
 * <p>Cost: an item is bytes when it is added, so that of a long list never more than one is a tree.
 */
public final class ItemChunks {
    private static final int CHUNK_BYTES = 256 * 1024;

    private final List<byte[]> chunks = new ArrayList<>();
    private byte[] bytes = new byte[4096];
    private int size;
    private boolean isFirst = true;

    /** {@code start} is what stands before the first item. */
    public ItemChunks(byte[] start) {
        append(start, 0, start.length);
    }

    public void add(byte[] item) {
        begin();
        append(item, 0, item.length);
        end();
    }

    /** An object, of which {@code json} has all but the opening brace from {@code from} on. */
    void addObject(byte[] json, int from, int length) {
        begin();
        append('{');
        append(json, from, length);
        end();
    }

    /** All chunks, to be sent in order; {@code end} is what stands behind the last item. */
    public List<byte[]> finish(byte[] end) {
        append(end, 0, end.length);
        chunks.add(take());
        return chunks;
    }

    private void begin() {
        if (!isFirst) {
            append(',');
        }
        isFirst = false;
    }

    private void end() {
        if (size >= CHUNK_BYTES) {
            chunks.add(take());
        }
    }

    private void append(char c) {
        reserve(1);
        bytes[size++] = (byte) c;
    }

    private void append(byte[] from, int offset, int length) {
        reserve(length);
        System.arraycopy(from, offset, bytes, size, length);
        size += length;
    }

    private byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, size);
        size = 0;
        return taken;
    }

    private void reserve(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
