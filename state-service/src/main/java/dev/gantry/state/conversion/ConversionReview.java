package dev.gantry.state.conversion;

import static dev.gantry.model.meta.Resource.text;

import dev.gantry.state.webhook.WebhookAnswer;
import dev.gantry.state.webhook.WebhookCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * One question to a webhook: these objects in another version.
 *
 * @param uid which the answer has to repeat
 * @param desired the version, as objects say it
 * @param objects at least one, all of another version
 */
public record ConversionReview(
        ConversionWebhook webhook, String uid, String desired, List<ObjectNode> objects) {
    private static final String GROUP = "apiextensions.k8s.io";
    private static final String KIND = "ConversionReview";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** What came of it. */
    public sealed interface Result {
        /** In the order of the question. */
        record Converted(List<ObjectNode> objects) implements Result {}

        record Failed(String why) implements Result {}
    }

    public WebhookCall call() {
        ObjectNode review = JsonNodeFactory.instance.objectNode();
        review.put("kind", KIND).put("apiVersion", apiVersion());
        ObjectNode request = review.putObject("request");
        request.put("uid", uid).put("desiredAPIVersion", desired);
        ArrayNode all = request.putArray("objects");
        objects.forEach(all::add);
        return new WebhookCall(
                webhook.name(), webhook.destination(), LIMIT, review, Optional.empty());
    }

    public Result result(WebhookAnswer answer) {
        return switch (answer) {
            case WebhookAnswer.Failed(var why) -> failed(" failed: " + why);
            case WebhookAnswer.OutOfTime _ -> failed(" failed: context deadline exceeded");
            case WebhookAnswer.Replied(var review) ->
                    problem(review)
                            .<Result>map(why -> failed(" failed: " + why))
                            .orElseGet(() -> converted(review.at("/response/convertedObjects")));
        };
    }

    private String apiVersion() {
        return GROUP + "/" + webhook.reviewVersion();
    }

    /** Compat: {@code getConvertedObjectsFromResponse}; v1beta1 is believed more. */
    private Optional<String> problem(JsonNode review) {
        JsonNode response = review.path("response");
        boolean isStrict = webhook.reviewVersion().equals("v1");
        boolean isReview =
                text(review, "kind").equals(KIND)
                        && text(review, "apiVersion").equals(apiVersion());
        if (isStrict && !isReview) {
            return Optional.of(
                    "expected webhook response of %s, Kind=%s, got %s, Kind=%s"
                            .formatted(
                                    apiVersion(),
                                    KIND,
                                    groupVersion(text(review, "apiVersion")),
                                    text(review, "kind")));
        }
        if (!response.isObject()) {
            return Optional.of("no response provided");
        }
        if (isStrict && !text(response, "uid").equals(uid)) {
            return Optional.of(
                    "expected response.uid=\"%s\", got \"%s\""
                            .formatted(uid, text(response, "uid")));
        }
        String status = text(response.path("result"), "status");
        if (status.equals("Success")) {
            return Optional.empty();
        }
        String message = text(response.path("result"), "message");
        return Optional.of(
                message.isEmpty()
                        ? "response.result.status was '%s', not 'Success'".formatted(status)
                        : message);
    }

    private Result converted(JsonNode replies) {
        if (replies.size() != objects.size()) {
            return failed(
                    " returned %d objects, expected %d".formatted(replies.size(), objects.size()));
        }
        List<ObjectNode> converted = new ArrayList<>();
        for (int i = 0; i < objects.size(); i++) {
            switch (ConvertedObject.of(objects.get(i), replies.get(i), desired)) {
                case ConvertedObject.Invalid(var what, var why) -> {
                    return failed(" returned " + place(what, i) + ": " + why);
                }
                case ConvertedObject.Valid(var object) -> {
                    webhook.prune(object);
                    converted.add(object);
                }
            }
        }
        return new Result.Converted(converted);
    }

    /** Compat: a single object and those of a list are spoken of in other words. */
    private String place(ConvertedObject.Fault fault, int index) {
        boolean isSingle = objects.size() == 1;
        return switch (fault) {
            case TYPE ->
                    isSingle
                            ? "invalid object at index 0"
                            : "invalid converted object at index " + index;
            case OBJECT ->
                    isSingle ? "invalid object" : "invalid converted object at index " + index;
            case METADATA ->
                    isSingle ? "invalid metadata" : "invalid metadata in object at index " + index;
        };
    }

    private Result failed(String what) {
        ObjectNode first = objects.getFirst();
        return new Result.Failed(
                "conversion webhook for %s, Kind=%s%s"
                        .formatted(ConversionWebhook.versionOf(first), text(first, "kind"), what));
    }

    /** Compat: as Go writes a group and a version that are not there. */
    private static String groupVersion(String apiVersion) {
        return apiVersion.contains("/") ? apiVersion : "/" + apiVersion;
    }
}
