package dev.gantry.state.kind.admissionregistration.expression;

import dev.gantry.authorization.Access;
import dev.gantry.authorization.Verdict;
import dev.gantry.model.exchange.Caller;

/** Says what a caller may do, for expressions that ask their {@code authorizer}. */
@FunctionalInterface
public interface Judge {
    Verdict judge(Caller caller, Access access);
}
