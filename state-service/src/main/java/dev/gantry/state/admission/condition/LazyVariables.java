package dev.gantry.state.admission.condition;

import java.util.AbstractMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Variables by name, each computed when it is first asked for. */
final class LazyVariables extends AbstractMap<String, Object> {
    private final Map<String, String> expressions;
    private final Map<String, Object> computed = new HashMap<>();
    private final Set<Object> underWay = new HashSet<>();
    private final Inquiry inquiry;

    LazyVariables(Map<String, String> expressions, Inquiry inquiry) {
        this.expressions = expressions;
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
        return expressions.containsKey(name);
    }

    @Override
    public Object get(Object name) {
        Object known = computed.get(name);
        if (known != null) {
            return known;
        }
        if (!underWay.add(name)) {
            throw new Failed("variable \"%s\" refers to itself".formatted(name));
        }
        try {
            Object value = compute((String) name);
            computed.put((String) name, value);
            return value;
        } finally {
            underWay.remove(name);
        }
    }

    private Object compute(String name) {
        String expression = expressions.get(name);
        return switch (inquiry.ask(expression == null ? "" : expression)) {
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
        expressions.keySet().forEach(name -> all.put(name, get(name)));
        return all.entrySet();
    }
}
