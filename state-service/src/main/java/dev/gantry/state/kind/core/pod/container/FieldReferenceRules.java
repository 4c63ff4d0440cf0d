package dev.gantry.state.kind.core.pod.container;

import dev.gantry.state.validation.Field;
import dev.gantry.state.validation.GoText;
import dev.gantry.state.validation.Names;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** References to fields of the pod itself: the downward API. */
public final class FieldReferenceRules {
    private static final List<String> FOR_VARIABLES =
            List.of(
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.serviceAccountName",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final List<String> FOR_FILES =
            List.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid");
    private static final Set<String> KNOWN =
            Set.of(
                    "metadata.annotations",
                    "metadata.labels",
                    "metadata.name",
                    "metadata.namespace",
                    "metadata.uid",
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.serviceAccountName",
                    "spec.schedulerName",
                    "status.phase",
                    "status.hostIP",
                    "status.hostIPs",
                    "status.podIP",
                    "status.podIPs");
    private static final List<String> RESOURCES =
            List.of(
                    "limits.cpu",
                    "limits.ephemeral-storage",
                    "limits.memory",
                    "requests.cpu",
                    "requests.ephemeral-storage",
                    "requests.memory");
    private static final List<String> BYTE_DIVISORS =
            List.of(
                    "1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi",
                    "1Ei");
    private static final String BYTES_ONLY =
            "only divisor's values 1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei are"
                    + " supported with the ";

    private FieldReferenceRules() {}

    static void forVariable(Field reference) {
        object(reference, FOR_VARIABLES);
    }

    public static void forFile(Field reference) {
        object(reference, FOR_FILES);
    }

    private static void object(Field reference, List<String> allowed) {
        String path = reference.text("fieldPath");
        if (reference.text("apiVersion").isEmpty()) {
            reference.child("apiVersion").required("");
        } else if (path.isEmpty()) {
            reference.child("fieldPath").required("");
        } else if (path.endsWith("']") && path.contains("['")) {
            subscripted(reference, path);
        } else if (!isConvertible(reference, path)) {
            reference
                    .child("fieldPath")
                    .invalid("error converting fieldPath: field label not supported: " + path);
        } else if (!allowed.contains(path)) {
            reference.child("fieldPath").notSupported(allowed);
        }
    }

    private static boolean isConvertible(Field reference, String path) {
        return reference.text("apiVersion").equals("v1") && KNOWN.contains(path);
    }

    private static void subscripted(Field reference, String text) {
        int open = text.indexOf("['");
        String path = text.substring(0, open);
        String key = text.substring(open + 2, text.length() - 2);
        switch (path) {
            case "metadata.annotations" ->
                    Names.qualified(key.toLowerCase(Locale.ROOT))
                            .forEach(
                                    each ->
                                            reference.invalidText(
                                                    key.toLowerCase(Locale.ROOT), each));
            case "metadata.labels" ->
                    Names.qualified(key).forEach(each -> reference.invalidText(key, each));
            default ->
                    reference
                            .child("fieldPath")
                            .invalid(
                                    "error converting fieldPath: field label does not support"
                                            + " subscript: "
                                            + text);
        }
    }

    public static void resource(Field reference, boolean needsContainer) {
        String resource = reference.text("resource");
        if (needsContainer && reference.text("containerName").isEmpty()) {
            reference.child("containerName").required("");
        } else if (resource.isEmpty()) {
            reference.child("resource").required("");
        } else if (!RESOURCES.contains(resource) && !isHugePages(resource)) {
            reference.child("resource").notSupported(RESOURCES);
        }
        divisor(reference, resource);
    }

    private static boolean isHugePages(String resource) {
        return resource.startsWith("requests.hugepages-")
                || resource.startsWith("limits.hugepages-");
    }

    /** Compat: the bad value that is shown is the resource. */
    private static void divisor(Field reference, String resource) {
        Field divisor = reference.child("divisor");
        String text = divisor.quantity().map(Object::toString).orElse("0");
        if (text.equals("0")) {
            return;
        }
        String shown = GoText.quote(resource);
        if (resource.endsWith(".cpu")) {
            if (!text.equals("1") && !text.equals("1m")) {
                divisor.invalidAs(
                        shown,
                        "only divisor's values 1m and 1 are supported with the cpu resource");
            }
            return;
        }
        if (!BYTE_DIVISORS.contains(text)) {
            if (resource.endsWith(".memory")) {
                divisor.invalidAs(shown, BYTES_ONLY + "memory resource");
            } else if (resource.endsWith(".ephemeral-storage")) {
                divisor.invalidAs(shown, BYTES_ONLY + "local ephemeral storage resource");
            } else if (isHugePages(resource)) {
                divisor.invalidAs(shown, BYTES_ONLY + "hugepages resource");
            }
        }
    }
}
