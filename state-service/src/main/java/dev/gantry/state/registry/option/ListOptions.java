package dev.gantry.state.registry.option;

import dev.gantry.model.meta.Revision;
import dev.gantry.model.refusal.FieldError;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.model.request.Query;
import dev.gantry.model.selector.FieldSelector;
import dev.gantry.model.selector.LabelQuery;
import dev.gantry.model.selector.LabelSelector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a list, a watch or a deletecollection asks for.
 *
 * @param limit zero for no limit
 * @param resume the continue token, empty at the start
 * @param version the {@code resourceVersion}, empty where it was not given
 * @param givenMatch as the client wrote it
 */
public record ListOptions(
        LabelSelector labels,
        FieldSelector fields,
        long limit,
        String resume,
        String version,
        Match match,
        String givenMatch,
        Watching watching) {
    /** How a given revision is meant. */
    public enum Match {
        UNSET,
        EXACT,
        NOT_OLDER_THAN,
        UNKNOWN
    }

    /** What concerns a watch only. */
    public record Watching(
            boolean isWanted,
            boolean wantsBookmarks,
            Optional<Boolean> sendsInitialEvents,
            Optional<Duration> timeout) {}

    /** Throws IllegalArgumentException, with a sentence for the client, where it is malformed. */
    public static ListOptions parse(Query query) {
        OptionalLong timeout = query.number("timeoutSeconds");
        Watching watching =
                new Watching(
                        query.isSet("watch"),
                        query.isSet("allowWatchBookmarks"),
                        query.has("sendInitialEvents")
                                ? Optional.of(query.isSet("sendInitialEvents"))
                                : Optional.empty(),
                        timeout.isPresent()
                                ? Optional.of(Duration.ofSeconds(timeout.getAsLong()))
                                : Optional.empty());
        String match = query.first("resourceVersionMatch");
        return new ListOptions(
                LabelQuery.parse(query.first("labelSelector")),
                FieldSelector.parse(query.first("fieldSelector")),
                query.number("limit").orElse(0),
                query.first("continue"),
                query.first("resourceVersion"),
                switch (match) {
                    case "" -> Match.UNSET;
                    case "Exact" -> Match.EXACT;
                    case "NotOlderThan" -> Match.NOT_OLDER_THAN;
                    default -> Match.UNKNOWN;
                },
                match,
                watching);
    }

    /** Zero where none was given (or it says zero). */
    public Revision revision() {
        return Revision.parse(version).orElse(Revision.NONE);
    }

    /** Compat: {@code ValidateListOptions} of apimachinery's internalversion. */
    public Optional<Refusal> contradiction(boolean watches) {
        List<FieldError> errors = new ArrayList<>();
        if (watches) {
            checkInitialEvents(errors);
        } else if (watching.sendsInitialEvents.isPresent()) {
            errors.add(
                    FieldError.forbidden(
                            "sendInitialEvents", "sendInitialEvents is forbidden for list"));
        }
        if (match != Match.UNSET && !(watches && watching.sendsInitialEvents.isPresent())) {
            checkMatch(watches, errors);
        }
        return errors.isEmpty() ? Optional.empty() : Optional.of(invalid(errors));
    }

    /**
     * The refusal of a {@code resourceVersion} that is no number.
     *
     * <p>Compat: only lists say that it is the client's fault.
     */
    public Optional<Refusal> badVersion(boolean watches) {
        return wrongVersion(version)
                .map(
                        why ->
                                watches
                                        ? new Refusal.Unsupported(why)
                                        : new Refusal.BadRequest(
                                                "invalid resource version: " + why));
    }

    /** What is wrong with a {@code resourceVersion}; empty where nothing is. */
    public static Optional<String> wrongVersion(String version) {
        if (version.isEmpty() || Revision.parse(version).isPresent()) {
            return Optional.empty();
        }
        boolean isNumber = version.chars().allMatch(each -> each >= '0' && each <= '9');
        return Optional.of(
                FieldError.invalid(
                                "resourceVersion",
                                '"' + version + '"',
                                "strconv.ParseUint: parsing \"%s\": %s"
                                        .formatted(
                                                version,
                                                isNumber ? "value out of range" : "invalid syntax"))
                        .toString());
    }

    private void checkInitialEvents(List<FieldError> errors) {
        if (watching.sendsInitialEvents.isPresent() && match == Match.UNSET) {
            errors.add(
                    FieldError.forbidden(
                            "resourceVersionMatch",
                            "sendInitialEvents requires setting resourceVersionMatch to"
                                    + " NotOlderThan"));
        } else if (watching.sendsInitialEvents.isPresent() && match == Match.EXACT) {
            errors.add(
                    FieldError.forbidden(
                            "resourceVersionMatch",
                            "sendInitialEvents requires setting resourceVersionMatch to"
                                    + " NotOlderThan"));
        } else if (watching.sendsInitialEvents.orElse(false) && !watching.wantsBookmarks) {
            errors.add(
                    FieldError.forbidden(
                            "allowWatchBookmarks",
                            "sendInitialEvents is forbidden if allowWatchBookmarks is false"));
        }
    }

    private void checkMatch(boolean watches, List<FieldError> errors) {
        String field = "resourceVersionMatch";
        if (watches) {
            errors.add(
                    FieldError.forbidden(
                            field,
                            "resourceVersionMatch is forbidden for watch unless sendInitialEvents"
                                    + " is provided"));
            if (match != Match.NOT_OLDER_THAN) {
                errors.add(
                        FieldError.notSupported(
                                field, '"' + givenMatch + '"', List.of("NotOlderThan")));
            }
        } else if (version.isEmpty()) {
            errors.add(
                    FieldError.forbidden(
                            field,
                            "resourceVersionMatch is forbidden unless resourceVersion is"
                                    + " provided"));
        }
        if (!resume.isEmpty()) {
            errors.add(
                    FieldError.forbidden(
                            field, "resourceVersionMatch is forbidden when continue is provided"));
        }
        if (!watches && match == Match.EXACT && version.equals("0")) {
            errors.add(
                    FieldError.forbidden(
                            field,
                            "resourceVersionMatch \"exact\" is forbidden for resourceVersion"
                                    + " \"0\""));
        }
        if (!watches && match == Match.UNKNOWN) {
            errors.add(
                    FieldError.notSupported(
                            field, '"' + givenMatch + '"', List.of("Exact", "NotOlderThan", "")));
        }
    }

    static Refusal invalid(List<FieldError> errors) {
        return new Refusal.Invalid("meta.k8s.io", "ListOptions", "", errors);
    }
}
