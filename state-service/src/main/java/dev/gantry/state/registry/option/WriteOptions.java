package dev.gantry.state.registry.option;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.patch.PatchType;
import dev.gantry.state.validation.GoText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a create, update or patch asks for beside the object.
 *
 * @param manager the field manager: as given, else the first word of the user agent
 * @param forces whether an apply takes fields over from other managers
 */
public record WriteOptions(
        boolean isDryRun,
        String manager,
        FieldValidation validation,
        boolean forces,
        String givenManager) {
    public static final WriteOptions NONE =
            new WriteOptions(false, "", FieldValidation.WARN, false, "");

    private static final int MAX_MANAGER_BYTES = 128;

    public WriteOptions asDryRun() {
        return new WriteOptions(true, manager, validation, forces, givenManager);
    }

    /**
     * As admission shows them.
     *
     * @param kind such as {@code CreateOptions}
     */
    public ObjectNode tree(String kind) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("kind", kind).put("apiVersion", "meta.k8s.io/v1");
        if (isDryRun) {
            tree.putArray("dryRun").add("All");
        }
        if (!givenManager.isEmpty()) {
            tree.put("fieldManager", givenManager);
        }
        switch (validation) {
            case STRICT -> tree.put("fieldValidation", "Strict");
            case IGNORE -> tree.put("fieldValidation", "Ignore");
            case WARN -> {}
        }
        return tree;
    }

    /**
     * @param kind the options type as upstream's message names it, such as {@code CreateOptions}
     */
    public static Judged<WriteOptions> parse(Query query, String userAgent, String kind) {
        return parse(query, userAgent, kind, new ArrayList<>());
    }

    public static Judged<WriteOptions> ofPatch(Query query, String userAgent, PatchType type) {
        List<FieldError> errors = new ArrayList<>();
        if (type == PatchType.APPLY && query.first("fieldManager").isEmpty()) {
            errors.add(FieldError.required("fieldManager", "is required for apply patch"));
        } else if (type != PatchType.APPLY && query.isSet("force")) {
            errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
        }
        return parse(query, userAgent, "PatchOptions", errors);
    }

    /** Of a delete, which names no field manager. */
    public static WriteOptions ofDelete(String userAgent, List<String> dryRun) {
        return new WriteOptions(
                !dryRun.isEmpty(), managerOf(userAgent), FieldValidation.WARN, false, "");
    }

    private static Judged<WriteOptions> parse(
            Query query, String userAgent, String kind, List<FieldError> errors) {
        String given = query.first("fieldManager");
        checkManager(given, errors);
        checkDryRun(query.all("dryRun"), errors);
        String validation = query.first("fieldValidation");
        Optional<FieldValidation> checking = FieldValidation.parse(validation);
        if (checking.isEmpty()) {
            errors.add(
                    FieldError.notSupported(
                            "fieldValidation",
                            '"' + validation + '"',
                            List.of("", "Ignore", "Strict", "Warn")));
        }
        if (!errors.isEmpty()) {
            return Judged.refused(new Refusal.Invalid("meta.k8s.io", kind, "", errors));
        }
        return Judged.of(
                new WriteOptions(
                        query.has("dryRun"),
                        given.isEmpty() ? managerOf(userAgent) : given,
                        checking.orElse(FieldValidation.WARN),
                        query.isSet("force"),
                        given));
    }

    /** Compat: {@code ValidateFieldManager} of apimachinery, which counts bytes. */
    private static void checkManager(String given, List<FieldError> errors) {
        int bytes = 0;
        List<FieldError> odd = new ArrayList<>();
        for (int each : given.codePoints().toArray()) {
            if (!GoText.isPrintable(each)) {
                odd.add(
                        FieldError.invalid(
                                "fieldManager",
                                GoText.quote(given),
                                "invalid character U+%04X (at position %d)"
                                        .formatted(each, bytes)));
            }
            bytes += Character.toString(each).getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > MAX_MANAGER_BYTES) {
            errors.add(FieldError.tooLong("fieldManager", MAX_MANAGER_BYTES));
        }
        errors.addAll(odd);
    }

    /** Compat: the part of the user agent before the first slash. */
    static String managerOf(String userAgent) {
        int slash = userAgent.indexOf('/');
        String prefix = slash < 0 ? userAgent : userAgent.substring(0, slash);
        String cut =
                prefix.length() > MAX_MANAGER_BYTES
                        ? prefix.substring(0, MAX_MANAGER_BYTES)
                        : prefix;
        return cut.isEmpty() ? "unknown" : cut;
    }

    /** Compat: what is wrong is the list, which is shown whole. */
    public static void checkDryRun(List<String> values, List<FieldError> errors) {
        if (values.stream().anyMatch(each -> !each.equals("All"))) {
            String shown = JsonMapper.shared().writeValueAsString(values);
            errors.add(FieldError.notSupported("dryRun", shown, List.of("All")));
        }
    }
}
