package dev.gantry.state.kind.admissionregistration.expression;

import dev.gantry.authorization.Access;
import dev.gantry.model.exchange.Caller;
import java.util.Map;

/** The values that expressions have for {@code authorizer}: the rights of who sent the request. */
public record RequestAuthorizer(Judge judge, Caller caller) {
    /**
     * @param request what it is about; its verb does not count
     */
    public void putInto(Map<String, Object> values, Access request) {
        var authorizer = new AuthorizerFunctions.Authorizer(judge, caller);
        values.put(AdmissionExpressions.AUTHORIZER, authorizer);
        values.put(
                AdmissionExpressions.REQUEST_RESOURCE,
                new AuthorizerFunctions.ResourceCheck(
                        authorizer,
                        request.resource(),
                        request.subresource(),
                        request.namespace(),
                        request.name()));
    }
}
