package dev.gantry.scheduler.plugin.dynamicresources;

import dev.cel.runtime.CelEvaluationException;
import dev.gantry.expression.DeviceExpression;
import dev.gantry.model.cache.LruMap;
import dev.gantry.scheduler.snapshot.device.Device;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Asks a device whether a CEL expression holds for it. Keeps what it has compiled, up to a number
 * of expressions; may be asked by several threads.
 */
final class Selectors {
    /** What came of asking. */
    sealed interface Answer {
        record Known(boolean holds) implements Answer {}

        /**
         * @param why upstream's words, from "CEL" on
         */
        record Failed(String why) implements Answer {}
    }

    private static final int KEPT = 256;
    private static final Pattern NO_KEY = Pattern.compile(".*key '(.*)' is not present in map.*");

    private final Map<String, DeviceExpression> compiled = new LruMap<>(KEPT);

    Answer ask(String expression, Device device) {
        return switch (compiled(expression)) {
            case DeviceExpression.Wrong wrong ->
                    new Answer.Failed("CEL compile error: " + wrong.why());
            case DeviceExpression.Sound sound -> ask(sound, device);
        };
    }

    private static Answer ask(DeviceExpression.Sound sound, Device device) {
        try {
            Object result = sound.ask(DeviceValue.of(device));
            return result instanceof Boolean holds
                    ? new Answer.Known(holds)
                    : new Answer.Failed(
                            "CEL runtime error: CEL result of type %s could not be converted to bool"
                                    .formatted(result.getClass().getSimpleName()));
        } catch (CelEvaluationException | IllegalArgumentException problem) {
            return new Answer.Failed("CEL runtime error: " + words(problem));
        }
    }

    private synchronized DeviceExpression compiled(String expression) {
        return compiled.computeIfAbsent(expression, DeviceExpression::compile);
    }

    private static String words(Exception problem) {
        String message = String.valueOf(problem.getMessage());
        Matcher noKey = NO_KEY.matcher(message);
        return noKey.matches() ? "no such key: " + noKey.group(1) : message;
    }
}
