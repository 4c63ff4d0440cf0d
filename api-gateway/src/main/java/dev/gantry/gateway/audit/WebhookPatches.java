package dev.gantry.gateway.audit;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Those annotations of admission that tell what webhooks made of what was sent. They are treated as
 * bodies are: not written down below the level Request, nor where they are too long.
 *
 * <p>Compat: {@code PatchAuditAnnotationPrefix} of the mutating webhook dispatcher.
 */
final class WebhookPatches {
    private static final String PREFIX = "patch.webhook.admission.k8s.io/";

    private WebhookPatches() {}

    static SortedMap<String, String> heldFor(
            AuditDecision decision, SortedMap<String, String> annotations) {
        return decision.wantsRequest()
                ? upTo(AuditEvent.Bodies.LONGEST, annotations)
                : without(annotations);
    }

    static SortedMap<String, String> without(SortedMap<String, String> annotations) {
        return upTo(0, annotations);
    }

    /** How much of the annotations they are. */
    static int length(SortedMap<String, String> annotations) {
        return annotations.entrySet().stream()
                .filter(each -> each.getKey().startsWith(PREFIX))
                .mapToInt(each -> each.getValue().length())
                .sum();
    }

    private static SortedMap<String, String> upTo(
            int longest, SortedMap<String, String> annotations) {
        SortedMap<String, String> kept = new TreeMap<>(annotations);
        kept.entrySet()
                .removeIf(
                        each ->
                                each.getKey().startsWith(PREFIX)
                                        && each.getValue().length() > longest);
        return kept;
    }
}
