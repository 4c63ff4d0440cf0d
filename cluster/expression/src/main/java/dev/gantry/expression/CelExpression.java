package dev.gantry.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.Map;
import java.util.Set;

/** What became of the text of an expression. */
public sealed interface CelExpression {
    /** Why asking it failed, in cel-go's words. */
    static String words(Exception failed) {
        String why =
                String.valueOf(told(failed).getMessage())
                        .replaceFirst("^evaluation error(?: at [^ ]+)?: ", "")
                        .replaceFirst("^key '(.*)' is not present in map\\.?$", "no such key: $1");
        return why.contains("/ by zero") || why.contains("divide by zero")
                ? "division by zero"
                : why;
    }

    /** What a function of ours says itself, and not only that it failed. */
    private static Throwable told(Exception failed) {
        boolean isOfFunction =
                String.valueOf(failed.getMessage()).contains(": Function '")
                        && String.valueOf(failed.getMessage()).contains("' failed with arg(s) ");
        Throwable cause = failed;
        while (isOfFunction && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? failed : cause;
    }

    /**
     * One that can be asked.
     *
     * @param worstCost what that costs at most, whatever the values
     * @param variables that it reads, of those of its environment
     * @param fields of variables that it reads by name, as {@code claims.email}
     */
    record Sound(
            CelRuntime.Program program,
            CelType result,
            long worstCost,
            Set<String> variables,
            Set<String> fields)
            implements CelExpression {
        /** Whether it says yes or no, as far as its type tells. */
        public boolean isCondition() {
            return result.equals(SimpleType.BOOL);
        }

        public boolean isText() {
            return result.equals(SimpleType.STRING);
        }

        /** Whether it makes an object of the kind at hand. */
        public boolean isObject() {
            return result.equals(ObjectLiterals.OBJECT);
        }

        /** Whether it makes a list of the operations of a JSON patch. */
        public boolean isJsonPatch() {
            return ObjectLiterals.isPatch(result);
        }

        public boolean isOfAnyType() {
            return result.equals(SimpleType.DYN);
        }

        /**
         * @param values of the variables, as {@link CelValues} makes them
         * @throws CelEvaluationException where the expression fails, or costs too much
         */
        public Object ask(Map<String, Object> values, CelBudget budget)
                throws CelEvaluationException {
            Cost cost = budget.begin();
            try {
                Object answer = program.trace(values, cost);
                if (!cost.isTooHigh()) {
                    return answer;
                }
            } catch (CelEvaluationException problem) {
                if (!cost.isTooHigh()) {
                    throw problem;
                }
            } finally {
                budget.end(cost);
            }
            throw new CelEvaluationException(CelBudget.TOO_HIGH);
        }
    }

    /**
     * @param why where and what, as cel-go says it
     */
    record Wrong(String why) implements CelExpression {}
}
