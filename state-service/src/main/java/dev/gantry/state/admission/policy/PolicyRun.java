package dev.gantry.state.admission.policy;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.state.admission.Notes;
import dev.gantry.state.admission.condition.Inquiry;
import dev.gantry.state.admission.condition.Inquiry.Answer;
import dev.gantry.state.admission.condition.MatchConditions.Verdict;
import java.util.ArrayList;
import java.util.List;

/** One policy, asked about one request with one parameter. Compat: {@code validator.Validate}. */
record PolicyRun(ValidatingPolicy policy, Inquiry inquiry, Notes notes) {
    private static final int LONGEST_MESSAGE = 5 * 1024;
    private static final int LONGEST_ANNOTATION = 10 * 1024;

    /**
     * What does not hold.
     *
     * @param rule its place among the policy's validations
     * @param isCertain whether it refuses whatever the binding's actions are
     */
    record Failure(String message, String reason, int rule, boolean isCertain) {}

    /** Empty where nothing stands against the request. */
    List<Failure> failures() {
        List<Failure> failures = new ArrayList<>();
        switch (policy.common().conditions().judge(inquiry)) {
            case Verdict.Fails _ -> {
                return List.of();
            }
            case Verdict.Unclear(var why) -> {
                fail(failures, why, 0, false);
                return failures;
            }
            case Verdict.Holds _ -> {}
        }
        for (int i = 0; i < policy.rules().size(); i++) {
            judge(i, failures);
        }
        policy.annotations().forEach(each -> annotate(each, failures));
        return failures;
    }

    private void judge(int at, List<Failure> failures) {
        ValidatingPolicy.Rule rule = policy.rules().get(at);
        switch (inquiry.ask(rule.expression())) {
            case Answer.None(var why) -> fail(failures, why, at, false);
            case Answer.Given given -> {
                if (!given.isTrue()) {
                    failures.add(new Failure(message(rule), rule.reason(), at, false));
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

    /** Compat: a null, and a text of blanks only, says nothing. */
    private void annotate(ValidatingPolicy.Annotation annotation, List<Failure> failures) {
        switch (inquiry.ask(annotation.expression())) {
            case Answer.None(var why) -> fail(failures, why, 0, true);
            case Answer.Given(String said) when !said.isBlank() ->
                    notes.annotateToo(
                            policy.common().name() + "/" + annotation.key(),
                            FieldError.shortened(said.strip(), LONGEST_ANNOTATION));
            case Answer.Given _ -> {}
        }
    }

    private void fail(List<Failure> failures, String why, int rule, boolean isCertain) {
        if (!policy.common().failsOpen()) {
            failures.add(new Failure(why, "", rule, isCertain));
        }
    }
}
