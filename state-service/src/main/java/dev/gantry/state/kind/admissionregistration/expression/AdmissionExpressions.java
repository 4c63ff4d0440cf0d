package dev.gantry.state.kind.admissionregistration.expression;

import dev.cel.common.types.SimpleType;
import dev.gantry.expression.CelEnvironment;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.state.validation.Field;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An environment for the expressions of one webhook or policy.
 *
 * <p>Compat: {@code apiserver/pkg/admission/plugin/cel}: {@code object}, {@code oldObject} and
 * {@code params} are of any type, {@code namespaceObject} has known fields, {@code variables} those
 * that are declared.
 */
public final class AdmissionExpressions {
    public static final String OBJECT = "object";
    public static final String OLD_OBJECT = "oldObject";
    public static final String REQUEST = "request";
    public static final String PARAMS = "params";
    public static final String NAMESPACE = "namespaceObject";
    public static final String VARIABLES = "variables";
    private static final long LONGEST = 1 << 20;
    private static final int MOST_KEPT = 1000;

    /** Of any type, since {@code namespace} and others of its fields are words of the language. */
    public static final CelForm REQUEST_FORM = CelForm.ANYTHING;

    public static final CelForm NAMESPACE_FORM = namespace();

    private final CelEnvironment environment;
    private final Map<String, CelExpression> compiled = new HashMap<>();

    private AdmissionExpressions(CelEnvironment environment) {
        this.environment = environment;
    }

    /** What an expression has to give. */
    public enum Result {
        BOOL("bool"),
        TEXT("string"),
        TEXT_OR_NULL("one of [string null_type]"),
        ANYTHING("any");

        private final String type;

        Result(String type) {
            this.type = type;
        }
    }

    /** Of webhooks and of policies without parameters and variables. */
    public static AdmissionExpressions plain() {
        return Plain.EXPRESSIONS;
    }

    /**
     * @param variables by their names; none of them may be asked for where there are none
     */
    public static AdmissionExpressions of(boolean hasParams, Collection<String> variables) {
        SortedMap<String, CelForm> forms = new TreeMap<>();
        forms.put(OBJECT, CelForm.ANYTHING);
        forms.put(OLD_OBJECT, CelForm.ANYTHING);
        forms.put(REQUEST, REQUEST_FORM);
        forms.put(NAMESPACE, NAMESPACE_FORM);
        if (hasParams) {
            forms.put(PARAMS, CelForm.ANYTHING);
        }
        if (!variables.isEmpty()) {
            SortedMap<String, CelForm> each = new TreeMap<>();
            variables.forEach(name -> each.put(name, CelForm.ANYTHING));
            forms.put(VARIABLES, CelForm.struct("kubernetes.variables", each));
        }
        return new AdmissionExpressions(CelEnvironment.of(forms));
    }

    /** May be called by several threads; what was compiled is kept, up to a number. */
    public synchronized CelExpression compile(String text) {
        if (compiled.size() >= MOST_KEPT) {
            compiled.clear();
        }
        return compiled.computeIfAbsent(text, environment::compile);
    }

    /** Notes what is wrong with an expression that is there. */
    public void check(Field expression, Result wanted) {
        switch (compile(expression.text())) {
            case CelExpression.Wrong(var why) -> expression.invalid("compilation failed: " + why);
            case CelExpression.Sound sound -> {
                if (!gives(sound, wanted) && !mayGive(sound, expression.text())) {
                    expression.invalid(
                            "must evaluate to %s but got %s"
                                    .formatted(wanted.type, sound.result().name()));
                }
            }
        }
    }

    /** The types of variables are not known here: what they give is seen when they are asked. */
    private static boolean mayGive(CelExpression.Sound sound, String text) {
        return text.contains(VARIABLES + ".") && sound.result().equals(SimpleType.DYN);
    }

    private static boolean gives(CelExpression.Sound sound, Result wanted) {
        return switch (wanted) {
            case BOOL -> sound.isCondition();
            case TEXT -> sound.isText();
            case TEXT_OR_NULL -> sound.isText() || sound.result().equals(SimpleType.NULL_TYPE);
            case ANYTHING -> true;
        };
    }

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

    /** Made when it is used first. */
    private static final class Plain {
        private static final AdmissionExpressions EXPRESSIONS =
                AdmissionExpressions.of(false, List.of());
    }
}
