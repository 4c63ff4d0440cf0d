package dev.gantry.state.admission.condition;

import dev.gantry.model.meta.Resource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * All of them must hold. Compat: {@code matchconditions.Matcher}: one that does not hold counts
 * more than those that fail.
 *
 * @param expressions in order
 */
public record MatchConditions(List<String> expressions) {
    /** Whether the conditions hold. */
    public sealed interface Verdict {
        record Holds() implements Verdict {}

        record Fails() implements Verdict {}

        record Unclear(String why) implements Verdict {}
    }

    public static MatchConditions of(JsonNode conditions) {
        List<String> found = new ArrayList<>();
        conditions.forEach(each -> found.add(Resource.text(each, "expression")));
        return new MatchConditions(List.copyOf(found));
    }

    public boolean isEmpty() {
        return expressions.isEmpty();
    }

    public Verdict judge(Inquiry inquiry) {
        List<String> problems = new ArrayList<>();
        for (String each : expressions) {
            switch (inquiry.ask(each)) {
                case Inquiry.Answer.None(var why) -> problems.add(why);
                case Inquiry.Answer.Given given -> {
                    if (!given.isTrue()) {
                        return new Verdict.Fails();
                    }
                }
            }
        }
        if (problems.isEmpty()) {
            return new Verdict.Holds();
        }
        return new Verdict.Unclear(
                problems.size() == 1 ? problems.getFirst() : problems.toString());
    }
}
