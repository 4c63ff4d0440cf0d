package dev.gantry.state.admission.condition;

import dev.gantry.state.kind.admissionregistration.expression.AdmissionExpressions.Variable;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Variables by name, each computed when it is first asked for. */
final class LazyVariables extends AbstractMap<String, Object> {
    private final Map<String, Variable> variables;
    private final Map<String, Object> computed = new HashMap<>();
    private final Inquiry inquiry;

    LazyVariables(Inquiry inquiry) {
        this.variables = inquiry.variables();
        this.inquiry = inquiry;
    }

    /** A variable has no value. */
    static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message, null, false, false);
        }
    }

    @Override
    public boolean containsKey(Object name) {
        return variables.containsKey(name);
    }

    @Override
    public Object get(Object name) {
        Object known = computed.get(name);
        if (known != null) {
            return known;
        }
        Object value = compute((String) name);
        computed.put((String) name, value);
        return value;
    }

    private Object compute(String name) {
        Variable variable = Objects.requireNonNull(variables.get(name));
        return switch (inquiry.ask(variable.text(), variable.expression())) {
            case Inquiry.Answer.Given(var value) -> value;
            case Inquiry.Answer.None(var why) ->
                    throw new Failed(
                            "composited variable \"%s\" fails to evaluate: %s"
                                    .formatted(name, why));
        };
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new TreeMap<>();
        variables.keySet().forEach(name -> all.put(name, get(name)));
        return all.entrySet();
    }
}
