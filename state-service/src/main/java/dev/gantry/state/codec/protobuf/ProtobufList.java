package dev.gantry.state.codec.protobuf;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The bytes of a list, in pieces of about {@value #PIECE_BYTES} bytes. One reader.
 *
 * <p>How long all items are stands before the first of them. So all are encoded once to learn that,
 * and those that do not fit into {@value #KEPT_BYTES} bytes a second time, when they are sent.
 *
 * <p>Cost: of a list of any length there are never more bytes than these, and one item as a tree.
 */
final class ProtobufList<T> implements Iterator<byte[]> {
    private static final int PIECE_BYTES = 256 * 1024;
    private static final int KEPT_BYTES = 1024 * 1024;

    private final FieldShape field;
    private final Function<? super T, ? extends JsonNode> tree;
    private final byte[] end;
    private final Deque<byte[]> kept = new ArrayDeque<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Iterator<T> rest;
    private boolean isEnded;

    /** What stands before the first item, of which all together are {@code itemBytes} long. */
    @FunctionalInterface
    interface Start {
        byte[] of(long itemBytes);
    }

    /** What comes around the items. */
    record Frame(Start start, byte[] end) {}

    ProtobufList(
            FieldShape field,
            List<T> items,
            Function<? super T, ? extends JsonNode> tree,
            Frame frame) {
        this.field = field;
        this.tree = tree;
        this.end = frame.end;
        long bytes = 0;
        for (T each : items) {
            byte[] item = encode(each);
            bytes += item.length;
            if (bytes <= KEPT_BYTES) {
                kept.add(item);
            }
        }
        this.rest = items.subList(kept.size(), items.size()).iterator();
        out.writeBytes(frame.start.of(bytes));
    }

    @Override
    public boolean hasNext() {
        return !isEnded;
    }

    @Override
    public byte[] next() {
        if (isEnded) {
            throw new NoSuchElementException("the end of the list was passed");
        }
        while (out.size() < PIECE_BYTES && !kept.isEmpty()) {
            out.writeBytes(kept.poll());
        }
        while (out.size() < PIECE_BYTES && rest.hasNext()) {
            out.writeBytes(encode(rest.next()));
        }
        if (kept.isEmpty() && !rest.hasNext()) {
            out.writeBytes(end);
            isEnded = true;
        }
        byte[] piece = out.toByteArray();
        out.reset();
        return piece;
    }

    private byte[] encode(T item) {
        ReverseBuffer buffer = new ReverseBuffer();
        new MessageWriter(buffer).write(field.fields(), tree.apply(item));
        buffer.message(field.number(), 0);
        return buffer.toBytes();
    }
}
