package dev.gantry.state.kind.admissionregistration.expression;

import dev.gantry.expression.CelForm;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What expressions of admission see of a request, beside its objects. */
public final class RequestForms {
    /** Of any type, since {@code namespace} and others of its fields are words of the language. */
    public static final CelForm REQUEST = CelForm.ANYTHING;

    public static final CelForm NAMESPACE = namespace();

    private static final long LONGEST = 1 << 20;

    private RequestForms() {}

    private static CelForm namespace() {
        CelForm text = CelForm.text(LONGEST);
        CelForm texts = CelForm.map(text, LONGEST);
        SortedMap<String, CelForm> metadata = new TreeMap<>();
        for (String each : List.of("name", "generateName", "namespace", "uid")) {
            metadata.put(each, text);
        }
        metadata.put("labels", texts);
        metadata.put("annotations", texts);
        metadata.put("creationTimestamp", CelForm.MOMENT);
        metadata.put("deletionTimestamp", CelForm.MOMENT);
        metadata.put("deletionGracePeriodSeconds", CelForm.INTEGER);
        SortedMap<String, CelForm> fields = new TreeMap<>();
        fields.put("metadata", CelForm.struct("kubernetes.NamespaceMetadata", metadata));
        fields.put(
                "spec",
                CelForm.struct(
                        "kubernetes.NamespaceSpec",
                        new TreeMap<>(Map.of("finalizers", CelForm.list(text, LONGEST)))));
        fields.put("status", struct("kubernetes.NamespaceStatus", List.of("phase")));
        return CelForm.struct("kubernetes.Namespace", fields);
    }

    private static CelForm struct(String name, List<String> texts) {
        SortedMap<String, CelForm> fields = new TreeMap<>();
        texts.forEach(each -> fields.put(each, CelForm.text(LONGEST)));
        return CelForm.struct(name, fields);
    }
}
