package dev.gantry.expression;

import com.google.common.collect.ImmutableMap;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a value looks like to expressions, and how much of it there can be.
 *
 * @param fields of an object with fields, by the name that expressions have for them
 * @param parts what the items of a list or the entries of a map are
 * @param structs all types with fields that occur in it
 */
public record CelForm(
        CelType type,
        Extent extent,
        SortedMap<String, CelForm> fields,
        Optional<CelForm> parts,
        List<StructType> structs) {
    public static final CelForm ANYTHING = plain(SimpleType.DYN, Extent.UNKNOWN);
    public static final CelForm TRUTH = plain(SimpleType.BOOL, Extent.ONE);
    public static final CelForm INTEGER = plain(SimpleType.INT, Extent.ONE);
    public static final CelForm NUMBER = plain(SimpleType.DOUBLE, Extent.ONE);
    public static final CelForm MOMENT = plain(SimpleType.TIMESTAMP, Extent.ONE);
    public static final CelForm DURATION = plain(SimpleType.DURATION, Extent.ONE);
    public static final CelForm QUANTITY = plain(QuantityFunctions.TYPE, Extent.ONE);

    /**
     * @param longest in characters
     */
    public static CelForm text(long longest) {
        return plain(SimpleType.STRING, Extent.of(longest));
    }

    public static CelForm bytes(long longest) {
        return plain(SimpleType.BYTES, Extent.of(longest));
    }

    /** Any value, of which it is known how large it can be. */
    public static CelForm anything(long largest) {
        return plain(SimpleType.DYN, Extent.of(largest));
    }

    /** Of what an expression gives, with the types that are known to its environment. */
    public static CelForm of(CelType type) {
        return plain(type, Extent.UNKNOWN);
    }

    public static CelForm list(CelForm items, long most) {
        return new CelForm(
                ListType.create(items.type),
                Extent.of(most).with(items.extent),
                new TreeMap<>(),
                Optional.of(items),
                items.structs);
    }

    public static CelForm map(CelForm values, long most) {
        return map(Extent.UNKNOWN.size(), values, most);
    }

    static CelForm map(long longestKey, CelForm values, long most) {
        return new CelForm(
                MapType.create(SimpleType.STRING, values.type),
                Extent.of(most).with(Extent.of(longestKey), values.extent),
                new TreeMap<>(),
                Optional.of(values),
                values.structs);
    }

    /**
     * @param name of the type, another one for each
     * @param properties by their name in JSON; those that expressions cannot name are left out
     */
    public static CelForm struct(String name, SortedMap<String, CelForm> properties) {
        SortedMap<String, CelForm> fields = new TreeMap<>();
        properties.forEach(
                (property, form) ->
                        CelNames.of(property).ifPresent(field -> fields.put(field, form)));
        Map<String, CelType> types = new LinkedHashMap<>();
        fields.forEach((field, form) -> types.put(field, form.type));
        ImmutableMap<String, CelType> known = ImmutableMap.copyOf(types);
        StructType type =
                StructType.create(
                        name, known.keySet(), field -> Optional.ofNullable(known.get(field)));
        SortedMap<String, Extent> extents = new TreeMap<>();
        fields.forEach((field, form) -> extents.put(field, form.extent));
        List<StructType> structs = new ArrayList<>(List.of(type));
        collect(fields.values(), structs);
        return new CelForm(
                type, Extent.struct(extents), fields, Optional.empty(), List.copyOf(structs));
    }

    /** Maybe absent: {@code optional<T>}. */
    public CelForm orNone() {
        return new CelForm(OptionalType.create(type), extent, fields, parts, structs);
    }

    private static CelForm plain(CelType type, Extent extent) {
        return new CelForm(type, extent, new TreeMap<>(), Optional.empty(), List.of());
    }

    private static void collect(Collection<CelForm> forms, List<StructType> structs) {
        forms.forEach(each -> structs.addAll(each.structs));
    }

    boolean isStruct() {
        return type instanceof StructType;
    }
}
