package dev.gantry.state.request;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.WriteOptions;
import java.util.List;

/**
 * What a delete asks for: in its body, where it has one, else in its query.
 *
 * <p>Compat: a query does not count beside a body, not even its dry run.
 */
public record DeleteRequest(DeletionOptions deletion, WriteOptions write) {
    public static Judged<DeleteRequest> of(Call call, BodyReading bodies) {
        return call.hasBody()
                ? bodies.options(call)
                        .then(
                                body ->
                                        of(
                                                call,
                                                DeletionOptions.of(body),
                                                DeletionOptions.dryRun(body)))
                : ofQuery(call);
    }

    private static Judged<DeleteRequest> ofQuery(Call call) {
        try {
            return of(call, DeletionOptions.of(call.query()), call.query().all("dryRun"));
        } catch (IllegalArgumentException malformed) {
            return Judged.refused(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
        }
    }

    private static Judged<DeleteRequest> of(
            Call call, DeletionOptions deletion, List<String> dryRun) {
        List<FieldError> errors = deletion.errors();
        WriteOptions.checkDryRun(dryRun, errors);
        return Judged.unless(
                DeletionOptions.refusal(errors),
                new DeleteRequest(deletion, WriteOptions.ofDelete(call.userAgent(), dryRun)));
    }
}
