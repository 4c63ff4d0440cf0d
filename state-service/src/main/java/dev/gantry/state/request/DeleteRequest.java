package dev.gantry.state.request;

import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Judged;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.codec.FieldValidation;
import dev.gantry.state.registry.option.DeletionOptions;
import dev.gantry.state.registry.option.WriteOptions;
import dev.gantry.state.schema.GroupVersionKind;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a delete asks for: in its body, where it has one, else in its query. */
public record DeleteRequest(DeletionOptions deletion, WriteOptions write) {
    private static final GroupVersionKind OPTIONS = GroupVersionKind.of("v1", "DeleteOptions");

    public static Judged<DeleteRequest> of(Call call, BodyReading bodies) {
        return call.writeOptions("DeleteOptions")
                .then(
                        write ->
                                call.hasBody()
                                        ? bodies.read(call, OPTIONS, FieldValidation.IGNORE)
                                                .then(body -> ofBody(body.tree(), write))
                                        : ofQuery(call, write));
    }

    private static Judged<DeleteRequest> ofQuery(Call call, WriteOptions write) {
        try {
            return Judged.of(new DeleteRequest(DeletionOptions.of(call.query()), write));
        } catch (IllegalArgumentException malformed) {
            return Judged.refused(new Refusal.BadRequest(String.valueOf(malformed.getMessage())));
        }
    }

    private static Judged<DeleteRequest> ofBody(ObjectNode body, WriteOptions write) {
        return withDryRun(write, body.path("dryRun"))
                .map(options -> new DeleteRequest(DeletionOptions.of(body), options));
    }

    private static Judged<WriteOptions> withDryRun(WriteOptions options, JsonNode dryRun) {
        List<String> values = new ArrayList<>();
        dryRun.forEach(each -> values.add(each.asString("")));
        List<FieldError> errors = new ArrayList<>();
        WriteOptions.checkDryRun(values, errors);
        if (!errors.isEmpty()) {
            return Judged.refused(new Refusal.Invalid("meta.k8s.io", "DeleteOptions", "", errors));
        }
        return Judged.of(values.isEmpty() ? options : options.asDryRun());
    }
}
