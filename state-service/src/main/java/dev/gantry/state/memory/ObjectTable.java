package dev.gantry.state.memory;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Uid;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The objects of one resource, by key and by what is often asked for. A value. */
public final class ObjectTable {
    /** Asked for by every agent: its own pods. */
    public static final String NODE_NAME = "spec.nodeName";

    /** Not a field of selectors: finds what an object owns. */
    public static final String OWNER_UID = "metadata.ownerReferences.uid";

    private static final ObjectKey FIRST = new ObjectKey(new GroupResource("", ""), "", "");

    private static final ObjectTable EMPTY =
            new ObjectTable(
                    SortedTable.empty(ObjectTable::byName),
                    SortedTable.empty(Comparator.naturalOrder()));

    private final SortedTable<ObjectKey, EncodedObject> objects;
    private final SortedTable<Place, EncodedObject> index;

    private ObjectTable(
            SortedTable<ObjectKey, EncodedObject> objects,
            SortedTable<Place, EncodedObject> index) {
        this.objects = objects;
        this.index = index;
    }

    public static ObjectTable empty() {
        return EMPTY;
    }

    public int size() {
        return objects.size();
    }

    public Optional<EncodedObject> get(ObjectKey key) {
        return objects.get(key);
    }

    public ObjectTable with(EncodedObject object) {
        var found = index;
        for (Place old : places(objects.get(object.key()))) {
            found = found.without(old);
        }
        for (Place place : places(Optional.of(object))) {
            found = found.with(place, object);
        }
        return new ObjectTable(objects.with(object.key(), object), found);
    }

    public ObjectTable without(ObjectKey key) {
        var found = index;
        for (Place old : places(objects.get(key))) {
            found = found.without(old);
        }
        return new ObjectTable(objects.without(key), found);
    }

    public List<EncodedObject> all() {
        return objects.values();
    }

    public List<EncodedObject> in(ObjectKey first) {
        return objects.from(first, key -> key.namespace().equals(first.namespace()));
    }

    public List<EncodedObject> where(String field, String value) {
        boolean isIndexed = field.equals(NODE_NAME) || field.equals(OWNER_UID);
        if (isIndexed && !value.isEmpty()) {
            return index.from(
                    new Place(field, value, FIRST),
                    place -> place.field().equals(field) && place.value().equals(value));
        }
        return all().stream().filter(each -> each.field(field).equals(value)).toList();
    }

    private static int byName(ObjectKey one, ObjectKey other) {
        int byNamespace = one.namespace().compareTo(other.namespace());
        return byNamespace != 0 ? byNamespace : one.name().compareTo(other.name());
    }

    private static List<Place> places(Optional<EncodedObject> object) {
        if (object.isEmpty()) {
            return List.of();
        }
        List<Place> found = new ArrayList<>(2);
        EncodedObject each = object.get();
        String node = each.field(NODE_NAME);
        if (!node.isEmpty()) {
            found.add(new Place(NODE_NAME, node, each.key()));
        }
        for (Uid owner : each.facts().owners()) {
            found.add(new Place(OWNER_UID, owner.value(), each.key()));
        }
        return found;
    }

    /** One entry of the index. */
    private record Place(String field, String value, ObjectKey key) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byField = field.compareTo(other.field);
            if (byField != 0) {
                return byField;
            }
            int byValue = value.compareTo(other.value);
            return byValue != 0 ? byValue : byName(key, other.key);
        }
    }
}
