package dev.gantry.gateway.audit;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How events become requests to a webhook: what was sent and answered is left out of an event that
 * is too long, and an event that still is too long is not sent.
 *
 * <p>Compat: {@code apiserver/plugin/pkg/audit/truncate}.
 *
 * @param longestEvent in bytes
 * @param longestList in bytes of its events; a single event may be as long as it is allowed to be
 */
public record EventPacking(long longestEvent, long longestList) {
    /** Compat: the default of kube-apiserver. */
    public static final EventPacking UNLIMITED = new EventPacking(Long.MAX_VALUE, Long.MAX_VALUE);

    private static final String ANNOTATION = "audit.k8s.io/truncated";

    /**
     * @param tooLong how many events are left out
     */
    public record Packed(List<EventList> lists, int tooLong) {}

    public Packed pack(List<AuditEvent> events) {
        List<EventList> lists = new ArrayList<>();
        List<byte[]> current = new ArrayList<>();
        long bytes = 0;
        int tooLong = 0;
        for (AuditEvent each : events) {
            byte[] encoded = encode(each);
            if (encoded.length > longestEvent) {
                tooLong++;
                continue;
            }
            if (!current.isEmpty() && bytes + encoded.length > longestList) {
                lists.add(EventList.of(current));
                current = new ArrayList<>();
                bytes = 0;
            }
            current.add(encoded);
            bytes += encoded.length;
        }
        if (!current.isEmpty()) {
            lists.add(EventList.of(current));
        }
        return new Packed(lists, tooLong);
    }

    private byte[] encode(AuditEvent event) {
        ObjectNode tree = event.toTree();
        tree.remove(List.of("kind", "apiVersion")); // Compat: the list says what its items are
        byte[] whole = JsonMapper.shared().writeValueAsBytes(tree);
        if (whole.length <= longestEvent || !event.decision().wantsRequest()) {
            return whole;
        }
        tree.remove(List.of("requestObject", "responseObject"));
        tree.withObjectProperty("annotations").put(ANNOTATION, "true");
        return JsonMapper.shared().writeValueAsBytes(tree);
    }
}
