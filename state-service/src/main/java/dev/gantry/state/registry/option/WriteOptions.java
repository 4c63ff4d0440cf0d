package dev.gantry.state.registry.option;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.state.codec.FieldValidation;
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

    private static final int MAX_MANAGER_CHARACTERS = 128;

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

    /** What is wrong with these options on a patch. */
    public Optional<Refusal> contradiction(boolean isApply) {
        List<FieldError> errors = new ArrayList<>();
        if (isApply && givenManager.isEmpty()) {
            errors.add(FieldError.required("fieldManager", "is required for apply patch"));
        } else if (!isApply && forces) {
            errors.add(FieldError.forbidden("force", "may not be specified for non-apply patch"));
        }
        return errors.isEmpty()
                ? Optional.empty()
                : Optional.of(new Refusal.Invalid("meta.k8s.io", "PatchOptions", "", errors));
    }

    /**
     * @param kind the options type as upstream's message names it, such as {@code CreateOptions}
     */
    public static Judged<WriteOptions> parse(Query query, String userAgent, String kind) {
        List<FieldError> errors = new ArrayList<>();
        checkDryRun(query.all("dryRun"), errors);
        String given = query.first("fieldManager");
        if (given.length() > MAX_MANAGER_CHARACTERS) {
            errors.add(FieldError.tooLong("fieldManager", MAX_MANAGER_CHARACTERS));
        }
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

    /** Compat: the part of the user agent before the first slash. */
    static String managerOf(String userAgent) {
        int slash = userAgent.indexOf('/');
        String prefix = slash < 0 ? userAgent : userAgent.substring(0, slash);
        String cut =
                prefix.length() > MAX_MANAGER_CHARACTERS
                        ? prefix.substring(0, MAX_MANAGER_CHARACTERS)
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
