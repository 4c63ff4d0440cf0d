package dev.gantry.state.kind.admissionregistration.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.gantry.expression.CelEnvironment;
import dev.gantry.expression.CelExpression;
import dev.gantry.expression.CelForm;
import dev.gantry.state.validation.Field;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The expressions of one webhook or policy, compiled.
 *
 * <p>Compat: {@code apiserver/pkg/admission/plugin/cel}: {@code object}, {@code oldObject} and
 * {@code params} are of any type, {@code namespaceObject} has known fields. A variable has the type
 * of its expression, which may use the variables before it.
 *
 * <p>Cost: the environments without variables are made once and shared by all policies; with
 * variables, one more is made of these.
 */
public final class AdmissionExpressions {
    public static final String OBJECT = "object";
    public static final String OLD_OBJECT = "oldObject";
    public static final String REQUEST = "request";
    public static final String PARAMS = "params";
    public static final String NAMESPACE = "namespaceObject";
    public static final String VARIABLES = "variables";
    public static final String AUTHORIZER = "authorizer";
    public static final String REQUEST_RESOURCE = "authorizer.requestResource";
    private static final int MOST_KEPT = 1000;
    private static final Map<Purpose, AdmissionExpressions> PLAIN = new EnumMap<>(Purpose.class);

    private final CelEnvironment environment;
    private final Map<String, Variable> variables;
    private final Map<String, CelExpression> compiled = new HashMap<>();

    private AdmissionExpressions(CelEnvironment environment, Map<String, Variable> variables) {
        this.environment = environment;
        this.variables = Collections.unmodifiableMap(variables);
    }

    /** An expression that others ask for by a name. */
    public record Variable(String text, CelExpression expression) {}

    /** What the expressions are for. */
    public enum Purpose {
        /** They say whether a request is meant, or passes. */
        JUDGING(false, false),
        JUDGING_BY_PARAMS(true, false),
        /** They make patches, too. */
        MUTATING(false, true),
        MUTATING_BY_PARAMS(true, true);

        private final boolean hasParams;
        private final boolean makesObjects;

        Purpose(boolean hasParams, boolean makesObjects) {
            this.hasParams = hasParams;
            this.makesObjects = makesObjects;
        }

        public Purpose withParams() {
            return makesObjects ? MUTATING_BY_PARAMS : JUDGING_BY_PARAMS;
        }

        private CelEnvironment environment() {
            SortedMap<String, CelForm> forms =
                    forms(
                            CelForm.ANYTHING,
                            hasParams ? Optional.of(CelForm.ANYTHING) : Optional.empty());
            var further = List.of(AuthorizerFunctions.ALL);
            return makesObjects
                    ? CelEnvironment.makingObjects(forms, further)
                    : CelEnvironment.of(forms, further);
        }
    }

    private static SortedMap<String, CelForm> forms(CelForm object, Optional<CelForm> params) {
        SortedMap<String, CelForm> forms = new TreeMap<>();
        forms.put(OBJECT, object);
        forms.put(OLD_OBJECT, object);
        forms.put(REQUEST, RequestForms.REQUEST);
        forms.put(NAMESPACE, RequestForms.NAMESPACE);
        forms.put(AUTHORIZER, CelForm.of(AuthorizerFunctions.AUTHORIZER));
        forms.put(REQUEST_RESOURCE, CelForm.of(AuthorizerFunctions.RESOURCE_CHECK));
        params.ifPresent(form -> forms.put(PARAMS, form));
        return forms;
    }

    /** What an expression has to give. */
    public enum Result {
        BOOL("bool"),
        TEXT("string"),
        TEXT_OR_NULL("one of [string null_type]"),
        OBJECT("Object"),
        JSON_PATCH("list(JSONPatch)"),
        ANYTHING("any");

        private final String type;

        Result(String type) {
            this.type = type;
        }
    }

    /** Of webhooks. */
    public static AdmissionExpressions plain() {
        return plain(Purpose.JUDGING);
    }

    /** Without variables. Made when it is used first. */
    private static AdmissionExpressions plain(Purpose purpose) {
        synchronized (PLAIN) {
            return PLAIN.computeIfAbsent(
                    purpose, made -> new AdmissionExpressions(made.environment(), Map.of()));
        }
    }

    /**
     * @param variables their expressions by their names, in order
     */
    public static AdmissionExpressions of(Purpose purpose, Map<String, String> variables) {
        return over(plain(purpose), variables);
    }

    /** The same for objects of a known form, so that what they cannot have is found. */
    public static AdmissionExpressions checking(
            CelForm object, Optional<CelForm> params, Map<String, String> variables) {
        CelEnvironment environment =
                CelEnvironment.of(forms(object, params), List.of(AuthorizerFunctions.ALL));
        return over(new AdmissionExpressions(environment, Map.of()), variables);
    }

    private static AdmissionExpressions over(
            AdmissionExpressions plain, Map<String, String> variables) {
        if (variables.isEmpty()) {
            return plain;
        }
        SortedMap<String, CelForm> forms = new TreeMap<>();
        Map<String, Variable> found = new LinkedHashMap<>();
        variables.forEach(
                (name, text) -> {
                    CelExpression expression =
                            text.contains(VARIABLES)
                                    ? with(plain.environment, forms).compile(text)
                                    : plain.compile(text);
                    found.put(name, new Variable(text, expression));
                    forms.put(name, formOf(expression));
                });
        return new AdmissionExpressions(with(plain.environment, forms), found);
    }

    private static CelEnvironment with(CelEnvironment plain, SortedMap<String, CelForm> variables) {
        return plain.with(VARIABLES, CelForm.struct("kubernetes.variables", variables));
    }

    private static CelForm formOf(CelExpression expression) {
        return expression instanceof CelExpression.Sound sound
                ? CelForm.of(sound.result())
                : CelForm.ANYTHING;
    }

    /** By their names, in order. */
    public Map<String, Variable> variables() {
        return variables;
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
        check(expression, compile(expression.text()), wanted);
    }

    /** Notes what is wrong with the expression of a variable. */
    public void checkVariable(Field variable) {
        Variable found = variables.get(variable.text("name"));
        Field expression = variable.child("expression");
        check(
                expression,
                found == null ? compile(expression.text()) : found.expression,
                Result.ANYTHING);
    }

    private static void check(Field field, CelExpression expression, Result wanted) {
        switch (expression) {
            case CelExpression.Wrong(var why) -> field.invalid("compilation failed: " + why);
            case CelExpression.Sound sound -> {
                if (wanted == Result.TEXT && sound.variables().contains(AUTHORIZER)) {
                    field.invalid("compilation failed: " + undeclared(field.text()));
                } else if (!gives(sound, wanted)) {
                    field.invalid(
                            "must evaluate to %s but got %s"
                                    .formatted(wanted.type, named(sound.result())));
                }
            }
        }
    }

    /** As cel-go writes a type. */
    private static String named(CelType type) {
        return switch (type) {
            case ListType list -> "list(" + named(list.elemType()) + ")";
            case MapType map -> "map(" + named(map.keyType()) + ", " + named(map.valueType()) + ")";
            case TypeParamType _ -> "dyn";
            default -> type.name();
        };
    }

    /** Compat: messages have no authorizer. */
    private static String undeclared(String text) {
        int at = text.indexOf(AUTHORIZER);
        int start = text.lastIndexOf('\n', at) + 1;
        int end = text.indexOf('\n', at);
        String line = text.substring(start, end < 0 ? text.length() : end);
        long number = text.substring(0, start).lines().count() + 1;
        return "ERROR: <input>:%d:%d: undeclared reference to '%s' (in container '')\n | %s\n | %s^"
                .formatted(number, at - start + 1, AUTHORIZER, line, ".".repeat(at - start));
    }

    private static boolean gives(CelExpression.Sound sound, Result wanted) {
        return switch (wanted) {
            case BOOL -> sound.isCondition();
            case TEXT -> sound.isText();
            case TEXT_OR_NULL -> sound.isText() || sound.result().equals(SimpleType.NULL_TYPE);
            case OBJECT -> sound.isObject();
            case JSON_PATCH -> sound.isJsonPatch();
            case ANYTHING -> true;
        };
    }
}
