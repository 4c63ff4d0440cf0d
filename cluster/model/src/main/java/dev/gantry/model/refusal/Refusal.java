package dev.gantry.model.refusal;

import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.Revision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Why a request is not done: an expected outcome, part of the API. {@link StatusBody} alone turns
 * it into HTTP.
 *
 * <p>Compat: codes, reasons and sentences are those of apimachinery's {@code api/errors}.
 */
public sealed interface Refusal {
    /** Of what quotes the client's own text. */
    int LONGEST_MESSAGE = 16 * 1024;

    /** The sentence in {@code Status.message}. */
    String message();

    record Missing(GroupResource resource, String name) implements Refusal {
        @Override
        public String message() {
            return "%s \"%s\" not found".formatted(resource, name);
        }
    }

    /** No such path, group, version or resource. */
    record NoSuchPath() implements Refusal {
        @Override
        public String message() {
            return "the server could not find the requested resource";
        }
    }

    /** Nothing of this API at all: told in plain words, and by no Status. */
    record NoSuchPage() implements Refusal {
        @Override
        public String message() {
            return "404 page not found";
        }
    }

    record Exists(GroupResource resource, String name) implements Refusal {
        @Override
        public String message() {
            return "%s \"%s\" already exists".formatted(resource, name);
        }
    }

    /** Optimistic concurrency, or a precondition that does not hold. */
    record Conflict(GroupResource resource, String name, String why) implements Refusal {
        /** What a stale {@code resourceVersion} gets. */
        public static final String STALE =
                "the object has been modified; please apply your changes to the latest version and"
                        + " try again";

        @Override
        public String message() {
            return "Operation cannot be fulfilled on %s \"%s\": %s".formatted(resource, name, why);
        }
    }

    /** Fields that other managers own; {@code message} names them all. */
    record ApplyConflict(String message, List<Cause> causes) implements Refusal {
        public ApplyConflict {
            causes = List.copyOf(causes);
        }

        /** One field, and whose it is. */
        public record Cause(String field, String message) {}
    }

    /**
     * Every field error at once, in field order, or the first {@value #MOST_ERRORS} and that there
     * are more. {@code group} and {@code kind} name the type.
     */
    record Invalid(String group, String kind, String name, List<FieldError> errors)
            implements Refusal {
        /** A person corrects no more at once, and each may quote a large value. */
        public static final int MOST_ERRORS = 100;

        public Invalid {
            if (errors.size() > MOST_ERRORS) {
                List<FieldError> shown = new ArrayList<>(errors.subList(0, MOST_ERRORS));
                shown.add(FieldError.andMore(errors.get(MOST_ERRORS).field()));
                errors = shown;
            }
        }

        @Override
        public String message() {
            String subject = group.isEmpty() ? kind : kind + "." + group;
            List<String> distinct = errors.stream().map(FieldError::toString).distinct().toList();
            String all =
                    distinct.size() == 1
                            ? distinct.getFirst()
                            : "[" + String.join(", ", distinct) + "]";
            return "%s \"%s\" is invalid: %s".formatted(subject, name, all);
        }
    }

    record BadRequest(String message) implements Refusal {
        public BadRequest {
            message = FieldError.shortened(message, LONGEST_MESSAGE);
        }
    }

    /** Understood, but it cannot be done; {@code why} goes into the causes, as upstream does it. */
    record Unprocessable(String why) implements Refusal {
        public Unprocessable {
            why = FieldError.shortened(why, LONGEST_MESSAGE);
        }

        @Override
        public String message() {
            return "the server rejected our request due to an error in our request";
        }
    }

    record Unauthorized(String message) implements Refusal {}

    /** {@code why} completes "… is forbidden: ". */
    record Forbidden(GroupResource resource, String name, String why) implements Refusal {
        @Override
        public String message() {
            if (resource.plural().isEmpty()) {
                return "forbidden: " + why;
            }
            return name.isEmpty()
                    ? "%s is forbidden: %s".formatted(resource, why)
                    : "%s \"%s\" is forbidden: %s".formatted(resource, name, why);
        }
    }

    /** A creation in a namespace that is going away. */
    record NamespaceTerminating(GroupResource resource, String name, String namespace)
            implements Refusal {
        @Override
        public String message() {
            String why =
                    "unable to create new content in namespace %s because it is being terminated";
            return new Forbidden(resource, name, why.formatted(namespace)).message();
        }
    }

    /** No such method at a path that there is. */
    record NoSuchMethod() implements Refusal {
        @Override
        public String message() {
            return "the server does not allow this method on the requested resource";
        }
    }

    /** Where resources of other kinds have the method: custom ones, and those without a watch. */
    record MethodNotAllowed(GroupResource resource, String action) implements Refusal {
        @Override
        public String message() {
            return action + " is not supported on resources of kind \"" + resource + "\"";
        }
    }

    record NotAcceptable(String message) implements Refusal {}

    /** Nothing that the path can answer is of a type that the client accepts. */
    record NoSuchRepresentation(List<String> available) implements Refusal {
        public NoSuchRepresentation {
            available = List.copyOf(available);
        }

        @Override
        public String message() {
            return "406: Not Acceptable\n\nAvailable representations: "
                    + String.join(", ", available);
        }
    }

    record UnsupportedMediaType(String message) implements Refusal {}

    /** The path takes no body of this type. */
    record NoSuchFormat() implements Refusal {
        @Override
        public String message() {
            return "415: Unsupported Media Type";
        }
    }

    record TooLarge(String message) implements Refusal {}

    /** The revision asked for is no longer, or the watch fell behind. */
    record Expired(String message) implements Refusal {}

    /**
     * A list in pages outlived its revision.
     *
     * @param resume with which the client may go on all the same, at a later revision
     */
    record ExpiredList(String resume) implements Refusal {
        @Override
        public String message() {
            return "The provided continue parameter is too old to display a consistent list"
                    + " result. You can start a new list without the continue parameter, or use the"
                    + " continue token in this response to retrieve the remainder of the results."
                    + " Continuing with the provided token results in an inconsistent list - objects"
                    + " that were created, modified, or deleted between the time the first chunk was"
                    + " returned and now may show up in the list.";
        }
    }

    record TooManyRequests(String message, Duration retryAfter) implements Refusal {}

    /**
     * An eviction that a PodDisruptionBudget does not allow now.
     *
     * @param why which budget, and what it lacks
     * @param retryAfter zero where nobody can tell
     */
    record Disruption(String why, Duration retryAfter) implements Refusal {
        @Override
        public String message() {
            return "Cannot evict pod as it would violate the pod's disruption budget.";
        }
    }

    /** Asked in good faith, but nothing here knows how; code 500 without a reason. */
    record Unsupported(String message) implements Refusal {}

    /**
     * @param retryAfter zero where nobody can tell: a client shall not try again by itself
     */
    record Unavailable(String message, Duration retryAfter) implements Refusal {}

    record Timeout(String message) implements Refusal {}

    /**
     * A revision that is not known yet, and may never be.
     *
     * <p>Compat: client-go's reflector looks for the cause, and lists anew where it finds it.
     */
    record TooLargeVersion(Revision wanted, Revision current) implements Refusal {
        @Override
        public String message() {
            return "Timeout: Too large resource version: %s, current: %s"
                    .formatted(wanted, current);
        }
    }

    /**
     * Somebody else refused it, in a status of their own: a webhook, a policy.
     *
     * @param details as they go into {@code Status.details}
     */
    record Denied(int code, String reason, String message, ObjectNode details) implements Refusal {
        public Denied {
            message = FieldError.shortened(message, LONGEST_MESSAGE);
        }
    }

    /** A fault that the caller shall hear of; details are in the log, not in the message. */
    record Internal(String message) implements Refusal {}
}
