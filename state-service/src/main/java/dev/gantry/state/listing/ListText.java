package dev.gantry.state.listing;

import dev.gantry.state.codec.json.JsonText;
import dev.gantry.state.codec.json.PrettyJson;
import dev.gantry.state.log.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON text of a list, in pieces of about {@value #PIECE_BYTES} bytes, each made when it is
 * asked for. One reader.
 *
 * <p>Cost: of a list of any length there is never more than one piece, and one item as a tree.
 */
public final class ListText implements Iterator<byte[]> {
    static final int PIECE_BYTES = 256 * 1024;
    private static final int ITEM_DEPTH = 2;
    private static final byte[] END = "]}".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PRETTY_END = "]\n}\n".getBytes(StandardCharsets.US_ASCII);

    private final Iterator<StoredObject> items;
    private final Item item;
    private final boolean isPretty;
    private final JsonText out = new JsonText();
    private final JsonText scratch = new JsonText();
    private boolean isFirst = true;
    private boolean isEnded;

    /** Writes one item. */
    @FunctionalInterface
    public interface Item {
        void write(StoredObject object, JsonText out);
    }

    /**
     * @param start what stands before the items
     * @param name of the array of the items, which comes last in the list
     */
    public ListText(
            ObjectNode start,
            String name,
            List<StoredObject> objects,
            Item item,
            boolean isPretty) {
        this.items = objects.iterator();
        this.item = item;
        this.isPretty = isPretty;
        begin(start, name);
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
        while (items.hasNext() && out.size() < PIECE_BYTES) {
            separate();
            if (isPretty) {
                item.write(items.next(), scratch);
                out.appendPretty(scratch, ITEM_DEPTH);
                scratch.clear();
            } else {
                item.write(items.next(), out);
            }
        }
        if (!items.hasNext()) {
            end();
        }
        return out.take();
    }

    /** The list without items, up to where they come. */
    private void begin(ObjectNode start, String name) {
        start.putArray(name);
        byte[] json = start.toString().getBytes(StandardCharsets.UTF_8);
        byte[] text = isPretty ? PrettyJson.of(json) : json;
        out.append(text, 0, text.length - (isPretty ? PRETTY_END : END).length);
    }

    private void separate() {
        if (!isFirst) {
            out.append(',');
        }
        isFirst = false;
        if (isPretty) {
            PrettyJson.newLine(ITEM_DEPTH, out);
        }
    }

    private void end() {
        if (isPretty && !isFirst) {
            PrettyJson.newLine(ITEM_DEPTH - 1, out);
        }
        out.append(isPretty ? PRETTY_END : END);
        if (!isPretty) {
            out.append('\n');
        }
        isEnded = true;
    }
}
