package dev.gantry.state.memory;

import dev.gantry.model.meta.Owner;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.meta.Uid;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What is known of an encoded object without decoding it.
 *
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
    private static final byte[] NUL = {'\\', 'u', '0', '0', '0', '0'};

    static Facts of(Resource object, Map<String, String> fields, byte[] json) {
        return new Facts(
                object.uid(),
                object.labels(),
                fields,
                object.owners().stream().map(Owner::uid).toList(),
                !holdsNul(json),
                0);
    }

    Facts reported(long sequence) {
        return new Facts(uid, labels, fields, owners, isPlain, sequence);
    }

    /** May err on the side of caution: the text {@code \\u0000} in a string counts too. */
    private static boolean holdsNul(byte[] json) {
        for (int at = 0; at <= json.length - NUL.length; at++) {
            if (json[at] == NUL[0]
                    && java.util.Arrays.equals(json, at, at + NUL.length, NUL, 0, NUL.length)) {
                return true;
            }
        }
        return false;
    }
}
