package dev.gantry.state.admission.match;

import dev.gantry.state.admission.AdmissionRequest.Subject;
import dev.gantry.state.admission.RequestContext;
import dev.gantry.state.conversion.ConversionReview;
import dev.gantry.state.conversion.ConversionWebhook;
import dev.gantry.state.definition.ServedVersion;
import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of a request, or of its policies, in another version, as far as the webhook that
 * converts them has answered.
 *
 * <p>Invariant: the same object gives the same call, so that its answer is found again when the
 * request is decided anew.
 */
public record ConvertedByWebhook(
        ConversionWebhook webhook, String desired, RequestContext context) {
    public sealed interface Result {
        record Converted(ObjectNode tree) implements Result {}

        /** The call is noted. */
        record Open() implements Result {}

        record Failed(String why) implements Result {}

        default Optional<ObjectNode> object() {
            return this instanceof Converted(var tree) ? Optional.of(tree) : Optional.empty();
        }

        /** The same, where a failure is noted in the context as an open call is. */
        default Optional<ObjectNode> objectOrNoted(RequestContext context) {
            if (this instanceof Failed(var why)) {
                context.open().fail(why);
            }
            return object();
        }
    }

    /** Whether the request's objects have another form in the version, which a webhook makes. */
    static boolean is(Subject subject, ServedVersion version) {
        boolean isOther = !version.kind().equals(subject.version().kind());
        return isOther && subject.isOfObject() && version.webhook().isPresent();
    }

    public static ConvertedByWebhook to(ServedVersion version, RequestContext context) {
        return new ConvertedByWebhook(
                version.webhook().orElseThrow(), version.kind().apiVersion(), context);
    }

    /** The tree is the receiver's own; {@code object} stays as it is. */
    public Result of(ObjectNode object) {
        String seed = context.uid() + "/" + desired;
        String uid = UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString();
        var review = new ConversionReview(webhook, uid, desired, List.of(object.deepCopy()));
        WebhookCall call = review.call();
        Optional<WebhookAnswer> answer = context.answers().to(call);
        if (answer.isEmpty()) {
            context.open().add(call);
            return new Result.Open();
        }
        return switch (review.result(answer.get())) {
            case ConversionReview.Result.Converted(var converted) ->
                    new Result.Converted(converted.getFirst().deepCopy());
            case ConversionReview.Result.Failed(var why) -> new Result.Failed(why);
        };
    }
}
