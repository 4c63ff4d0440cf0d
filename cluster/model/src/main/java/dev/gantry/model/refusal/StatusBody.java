package dev.gantry.model.refusal;

import dev.gantry.model.meta.GroupResource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The one place where a {@link Refusal} becomes an HTTP code and a {@code Status} object. */
public final class StatusBody {
    private static final Duration SOON = Duration.ofSeconds(1);

    private StatusBody() {}

    public static int codeOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.BadRequest _ -> 400;
            case Refusal.Unauthorized _ -> 401;
            case Refusal.Forbidden _, Refusal.NamespaceTerminating _ -> 403;
            case Refusal.Missing _, Refusal.NoSuchPath _, Refusal.NoSuchPage _ -> 404;
            case Refusal.NoSuchMethod _, Refusal.MethodNotAllowed _ -> 405;
            case Refusal.NotAcceptable _, Refusal.NoSuchRepresentation _ -> 406;
            case Refusal.Exists _, Refusal.Conflict _, Refusal.ApplyConflict _ -> 409;
            case Refusal.Expired _, Refusal.ExpiredList _ -> 410;
            case Refusal.TooLarge _ -> 413;
            case Refusal.UnsupportedMediaType _, Refusal.NoSuchFormat _ -> 415;
            case Refusal.Invalid _, Refusal.Unprocessable _ -> 422;
            case Refusal.TooManyRequests _, Refusal.Disruption _ -> 429;
            case Refusal.Internal _, Refusal.Unsupported _ -> 500;
            case Refusal.Unavailable _ -> 503;
            case Refusal.Timeout _, Refusal.TooLargeVersion _ -> 504;
            case Refusal.Denied denied -> denied.code();
        };
    }

    public static String reasonOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.BadRequest _ -> "BadRequest";
            case Refusal.Unauthorized _ -> "Unauthorized";
            case Refusal.Forbidden _, Refusal.NamespaceTerminating _ -> "Forbidden";
            case Refusal.Missing _, Refusal.NoSuchPath _, Refusal.NoSuchPage _ -> "NotFound";
            case Refusal.NoSuchMethod _, Refusal.MethodNotAllowed _ -> "MethodNotAllowed";
            case Refusal.NotAcceptable _, Refusal.NoSuchRepresentation _ -> "NotAcceptable";
            case Refusal.Exists _ -> "AlreadyExists";
            case Refusal.Conflict _, Refusal.ApplyConflict _ -> "Conflict";
            case Refusal.Expired _, Refusal.ExpiredList _ -> "Expired";
            case Refusal.TooLarge _ -> "RequestEntityTooLarge";
            case Refusal.UnsupportedMediaType _, Refusal.NoSuchFormat _ -> "UnsupportedMediaType";
            case Refusal.Invalid _, Refusal.Unprocessable _ -> "Invalid";
            case Refusal.TooManyRequests _, Refusal.Disruption _ -> "TooManyRequests";
            case Refusal.Unsupported _ -> "";
            case Refusal.Internal _ -> "InternalError";
            case Refusal.Unavailable _ -> "ServiceUnavailable";
            case Refusal.Timeout _, Refusal.TooLargeVersion _ -> "Timeout";
            case Refusal.Denied denied -> denied.reason();
        };
    }

    /** What the {@code Retry-After} header shall say, where there is one. */
    public static Optional<Duration> retryAfterOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.TooManyRequests(_, var after) -> Optional.of(after);
            case Refusal.Disruption(_, var after) -> unlessZero(after);
            case Refusal.Unavailable(_, var after) -> unlessZero(after);
            case Refusal.TooLargeVersion _ -> Optional.of(SOON);
            default -> Optional.empty();
        };
    }

    private static Optional<Duration> unlessZero(Duration after) {
        return Optional.of(after).filter(Duration::isPositive);
    }

    /** The {@code v1.Status} body, fields in the order in which Kubernetes writes them. */
    public static ObjectNode of(Refusal refusal) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata =
                status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        if (refusal instanceof Refusal.ExpiredList(var resume)) {
            metadata.put("continue", resume);
        }
        status.put("status", "Failure");
        status.put("message", refusal.message());
        putUnlessEmpty(status, "reason", reasonOf(refusal));
        ObjectNode details = detailsOf(refusal);
        if (!details.isEmpty() || hasEmptyDetails(refusal)) {
            status.set("details", details);
        }
        status.put("code", codeOf(refusal));
        return status;
    }

    /** Compat: what apimachinery's {@code NewGenericServerResponse} makes, and of mere paths. */
    private static boolean hasEmptyDetails(Refusal refusal) {
        return switch (refusal) {
            case Refusal.NoSuchPath _,
                    Refusal.NoSuchMethod _,
                    Refusal.NoSuchRepresentation _,
                    Refusal.NoSuchFormat _,
                    Refusal.Unprocessable _ ->
                    true;
            case Refusal.Forbidden(var resource, _, _) -> resource.plural().isEmpty();
            default -> false;
        };
    }

    private static ObjectNode detailsOf(Refusal refusal) {
        return switch (refusal) {
            case Refusal.Missing(var resource, var name) -> named(resource, name);
            case Refusal.Exists(var resource, var name) -> named(resource, name);
            case Refusal.Conflict(var resource, var name, _) -> named(resource, name);
            case Refusal.Forbidden(var resource, var name, _) -> named(resource, name);
            case Refusal.NamespaceTerminating terminating -> terminating(terminating);
            case Refusal.Invalid invalid -> causes(invalid);
            case Refusal.ApplyConflict(_, var causes) -> conflicts(causes);
            case Refusal.MethodNotAllowed(var resource, _) -> named(resource, "");
            case Refusal.TooManyRequests(_, var after) -> retry(after);
            case Refusal.Unavailable(_, var after) ->
                    unlessZero(after)
                            .map(StatusBody::retry)
                            .orElseGet(JsonNodeFactory.instance::objectNode);
            case Refusal.Disruption disruption -> disruption(disruption);
            case Refusal.TooLargeVersion _ -> tooLargeVersion();
            case Refusal.Denied denied -> denied.details().deepCopy();
            case Refusal.NoSuchPath _,
                    Refusal.NoSuchPage _,
                    Refusal.NoSuchMethod _,
                    Refusal.NoSuchRepresentation _,
                    Refusal.NoSuchFormat _,
                    Refusal.Unprocessable _,
                    Refusal.BadRequest _,
                    Refusal.Unauthorized _,
                    Refusal.NotAcceptable _,
                    Refusal.UnsupportedMediaType _,
                    Refusal.TooLarge _,
                    Refusal.Expired _,
                    Refusal.ExpiredList _,
                    Refusal.Timeout _,
                    Refusal.Unsupported _,
                    Refusal.Internal _ ->
                    JsonNodeFactory.instance.objectNode();
        };
    }

    private static ObjectNode named(GroupResource resource, String name) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(details, "name", name);
        putUnlessEmpty(details, "group", resource.group());
        putUnlessEmpty(details, "kind", resource.plural());
        return details;
    }

    private static ObjectNode causes(Refusal.Invalid invalid) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        putUnlessEmpty(details, "name", invalid.name());
        putUnlessEmpty(details, "group", invalid.group());
        putUnlessEmpty(details, "kind", invalid.kind());
        ArrayNode causes = details.putArray("causes");
        for (FieldError error : invalid.errors()) {
            causes.addObject()
                    .put("reason", error.type().reason())
                    .put("message", error.detail())
                    .put("field", error.field());
        }
        return details;
    }

    private static ObjectNode terminating(Refusal.NamespaceTerminating refusal) {
        ObjectNode details = named(refusal.resource(), refusal.name());
        details.putArray("causes")
                .addObject()
                .put("reason", "NamespaceTerminating")
                .put("message", "namespace " + refusal.namespace() + " is being terminated")
                .put("field", "metadata.namespace");
        return details;
    }

    private static ObjectNode conflicts(List<Refusal.ApplyConflict.Cause> conflicts) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        ArrayNode causes = details.putArray("causes");
        for (Refusal.ApplyConflict.Cause each : conflicts) {
            causes.addObject()
                    .put("reason", "FieldManagerConflict")
                    .put("message", each.message())
                    .put("field", each.field());
        }
        return details;
    }

    private static ObjectNode disruption(Refusal.Disruption refusal) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putArray("causes")
                .addObject()
                .put("reason", "DisruptionBudget")
                .put("message", refusal.why());
        if (!refusal.retryAfter().isZero()) {
            details.put("retryAfterSeconds", refusal.retryAfter().toSeconds());
        }
        return details;
    }

    private static ObjectNode tooLargeVersion() {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.putArray("causes")
                .addObject()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version");
        return details.setAll(retry(SOON));
    }

    private static ObjectNode retry(Duration after) {
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.put("retryAfterSeconds", Math.max(1, after.toSeconds()));
        return details;
    }

    private static void putUnlessEmpty(ObjectNode target, String field, String value) {
        if (!value.isEmpty()) {
            target.put(field, value);
        }
    }
}
