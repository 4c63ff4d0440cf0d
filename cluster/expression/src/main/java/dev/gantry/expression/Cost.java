package dev.gantry.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;

/**
 * What the asking of one expression has cost so far: a point for each part that was looked at, and
 * more for what is long. Made for one question.
 *
 * <p>Compat: the limit is upstream's, and so is the price of texts. What a call makes is bounded
 * besides: the next call might multiply it, and the cost of that is known only when it is done.
 */
final class Cost implements CelEvaluationListener {
    private static final int FREE_LENGTH = 10;
    private static final int LONGEST_MADE = 4096;

    /** What asks an authorizer. Compat: two such calls are all that an expression may afford. */
    private static final String AUTHORIZATION = "check";

    private static final long AUTHORIZATION_COST = 350_000;

    private final long most;
    private long spent;

    Cost(long most) {
        this.most = most;
    }

    @Override
    public void callback(CelExpr part, Object result) {
        int length = length(result);
        boolean isCall = part.getKind() == ExprKind.Kind.CALL;
        boolean isTooLong = length > LONGEST_MADE && isCall;
        spent += isTooLong ? most : 1 + length / FREE_LENGTH;
        if (isCall && part.call().function().equals(AUTHORIZATION)) {
            spent += AUTHORIZATION_COST;
        }
        if (isTooHigh()) {
            // Ends the evaluation as any error of a part would.
            throw new IllegalArgumentException(CelBudget.TOO_HIGH);
        }
    }

    /** Also to be asked at the end: a disjunction goes on where one of its sides failed. */
    boolean isTooHigh() {
        return spent >= most;
    }

    long spent() {
        return spent;
    }

    private static int length(Object result) {
        return switch (result) {
            case CharSequence text -> text.length();
            case Collection<?> list -> list.size();
            default -> 0;
        };
    }
}
