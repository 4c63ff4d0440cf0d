package dev.gantry.state.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gantry.model.json.Trees;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Revision;
import dev.gantry.model.meta.Uid;
import dev.gantry.state.log.StoredObject;
import java.util.Arrays;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An object as it goes out, encoded once. Where its {@code resourceVersion} stands in the bytes is
 * remembered, so that the number can be put in when it is known, and no tree be made again.
 *
 * <p>Cost: numbering is one array copy; encoding happens before, on the thread of the request.
 */
public final class EncodedObject implements StoredObject {
    static final String MANAGED_FIELDS = "managedFields";

    private static final String REVISION = "\"resourceVersion\":\"";
    private static final byte[] MARK = ("\"" + MANAGED_FIELDS + "\":[").getBytes(ISO_8859_1);

    private final ObjectKey key;
    private final Revision revision;
    private final byte[] json;
    private final int revisionAt;
    private final Facts facts;

    /** Found out again where a race of two threads loses one. */
    private @Nullable Object asStoredIn;

    EncodedObject(ObjectKey key, Revision revision, byte[] json, int revisionAt, Facts facts) {
        this.key = key;
        this.revision = revision;
        this.json = json;
        this.revisionAt = revisionAt;
        this.facts = facts;
    }

    /** The same object under another number. */
    public EncodedObject at(Revision number) {
        byte[] digits = number.toString().getBytes(ISO_8859_1);
        int tail = revisionAt + digitsOf(revision);
        byte[] made = new byte[json.length - digitsOf(revision) + digits.length];
        System.arraycopy(json, 0, made, 0, revisionAt);
        System.arraycopy(digits, 0, made, revisionAt, digits.length);
        System.arraycopy(json, tail, made, revisionAt + digits.length, json.length - tail);
        return new EncodedObject(key, number, made, revisionAt, facts);
    }

    /** The same object, with the number of the last status report that is merged into it. */
    public EncodedObject reported(long sequence) {
        return sequence == facts.reportSequence()
                ? this
                : new EncodedObject(key, revision, json, revisionAt, facts.reported(sequence));
    }

    /**
     * The last report of an agent that this object has taken in; 0 where it has none. Beside the
     * object and not in it: built-in objects carry the upstream fields only.
     */
    public long reportSequence() {
        return facts.reportSequence();
    }

    public Facts facts() {
        return facts;
    }

    @Override
    public ObjectKey key() {
        return key;
    }

    @Override
    public Revision revision() {
        return revision;
    }

    @Override
    public Uid uid() {
        return facts.uid();
    }

    @Override
    public byte[] json() {
        return json;
    }

    /**
     * The bytes without {@code managedFields}, for who decides by what objects say and not by who
     * wrote it.
     *
     * <p>Invariant: {@link ObjectEncoder} writes them just before the revision. No quote within a
     * text is without a backslash, so the first such name with a list is that of the metadata.
     *
     * <p>Cost: they are about half of a pod; leaving them out is one search and one copy.
     */
    public byte[] jsonWithoutManagedFields() {
        int end = revisionAt - REVISION.length();
        int from = managedFieldsAt(end);
        if (from == end) {
            return json;
        }
        byte[] rest = new byte[json.length - (end - from)];
        System.arraycopy(json, 0, rest, 0, from);
        System.arraycopy(json, end, rest, from, json.length - end);
        return rest;
    }

    /** {@code end} where there are none. */
    private int managedFieldsAt(int end) {
        for (int i = 0; i < end - MARK.length; i++) {
            if (json[i] == MARK[0]
                    && Arrays.equals(json, i, i + MARK.length, MARK, 0, MARK.length)) {
                return i;
            }
        }
        return end;
    }

    @Override
    public SortedMap<String, String> labels() {
        return facts.labels();
    }

    @Override
    public String field(String name) {
        return switch (name) {
            case "metadata.name" -> key.name();
            case "metadata.namespace" -> key.namespace();
            default -> facts.fields().getOrDefault(name, "");
        };
    }

    @Override
    public boolean isShownAsStored(Object form) {
        return asStoredIn == form;
    }

    @Override
    public void noteShownAsStored(Object form) {
        asStoredIn = form;
    }

    @Override
    public Resource decode() {
        return new Resource(Trees.read(json));
    }

    @Override
    public String toString() {
        return key + " at " + revision;
    }

    private static int digitsOf(Revision revision) {
        return revision.equals(Revision.NONE) ? 0 : revision.toString().length();
    }
}
