package dev.gantry.state.memory;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is known of an encoded object without decoding it.
 *
 * <p>Cost: there is one for every object and every event of a watch window, so texts that repeat
 * are shared, and what is empty is left out. A plain pod weighs 0.8 KB beside its bytes with it,
 * and 1.5 KB without.
 *
 * @param fields those of field selectors that are not empty
 * @param isPlain whether the database's jsonb can hold the object: it cannot hold the character
 *     U+0000, which JSON can
 * @param reportSequence of the last status report that is merged in; 0 where there is none
 */
public record Facts(
        Uid uid,
        SortedMap<String, String> labels,
        Map<String, String> fields,
        List<Uid> owners,
        boolean isPlain,
        long reportSequence) {
    private static final String NUL = "\\u0000";

    static Facts of(Resource object, Map<String, String> fields, byte[] json) {
        return new Facts(
                object.uid(),
                labels(object),
                shared(fields),
                object.owners().stream().map(Owner::uid).toList(),
                !holdsNul(json),
                0);
    }

    private static SortedMap<String, String> labels(Resource object) {
        SortedMap<String, String> labels = object.labels();
        return labels.isEmpty()
                ? Collections.emptySortedMap()
                : labels.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        each -> SharedTexts.share(each.getKey()),
                                        each -> SharedTexts.share(each.getValue()),
                                        (first, _) -> first,
                                        TreeMap::new));
    }

    private static Map<String, String> shared(Map<String, String> fields) {
        return fields.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .collect(
                        Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, each -> SharedTexts.share(each.getValue())));
    }

    Facts reported(long sequence) {
        return new Facts(uid, labels, fields, owners, isPlain, sequence);
    }

    /**
     * May err on the side of caution: the text {@code \\u0000} in a string counts too.
     *
     * <p>Cost: a text of one byte per character is made and searched by whole words.
     */
    private static boolean holdsNul(byte[] json) {
        return new String(json, ISO_8859_1).contains(NUL);
    }
}
