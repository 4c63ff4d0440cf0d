package dev.gantry.state.admission.policy;

import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.condition.Inquiry.Answer;
import dev.gantry.state.admission.condition.MatchConditions.Verdict;
import java.util.ArrayList;
import java.util.List;

/** One policy, asked about one request with one parameter. Compat: {@code validator.Validate}. */
record PolicyRun(ValidatingPolicy policy, Inquiry inquiry) {
    private static final int LONGEST_MESSAGE = 5 * 1024;

    /**
     * What does not hold.
     *
     * @param isCertain whether it refuses whatever the binding's actions are
     */
    record Failure(String message, String reason, boolean isCertain) {}

    /** Empty where nothing stands against the request. */
    List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        switch (policy.common().conditions().judge(inquiry)) {
            case Verdict.Fails _ -> {
                return List.of();
            }
            case Verdict.Unclear(var why) -> {
                fail(failures, why, false);
                return failures;
            }
            case Verdict.Holds _ -> {}
        }
        policy.rules().forEach(each -> judge(each, failures));
        policy.annotations().forEach(each -> annotate(each, failures));
        return failures;
    }

    private void judge(ValidatingPolicy.Rule rule, List<Failure> failures) {
        switch (inquiry.ask(rule.expression())) {
            case Answer.None(var why) -> fail(failures, why, false);
            case Answer.Given given -> {
                if (!given.isTrue()) {
                    failures.add(new Failure(message(rule), rule.reason(), false));
                }
            }
        }
    }

    private String message(ValidatingPolicy.Rule rule) {
        String computed = rule.messageExpression().isBlank() ? "" : computed(rule);
        if (!computed.isEmpty()) {
            return computed;
        }
        return rule.message().isEmpty()
                ? "failed expression: " + rule.expression().strip()
                : rule.message();
    }

    /** Empty where it is no message. */
    private String computed(ValidatingPolicy.Rule rule) {
        if (inquiry.ask(rule.messageExpression()) instanceof Answer.Given(String said)) {
            String message = said.strip();
            return message.length() > LONGEST_MESSAGE || message.contains("\n") ? "" : message;
        }
        return "";
    }

    private void annotate(ValidatingPolicy.Annotation annotation, List<Failure> failures) {
        if (inquiry.ask(annotation.expression()) instanceof Answer.None(var why)) {
            fail(failures, why, true);
        }
    }

    private void fail(List<Failure> failures, String why, boolean isCertain) {
        if (!policy.common().failsOpen()) {
            failures.add(new Failure(why, "", isCertain));
        }
    }
}
